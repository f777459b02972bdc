#include "mtb-notifier.h"

#include "mtb-link.h"
#include "mtb-note-query.h"
#include "mtb-preferences.h"
#include "mtb-text.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

#define NOTES_LIMIT 100

/**
 * MtbNotifier:
 *
 * Has the desktop tell a person who looks elsewhere, and who prefers to be told, that a break was
 * decided, a note came or a record was refused. What was there when they signed in is not news. A
 * notification opens what it tells of; that of a break shows the window as it is, since the state
 * stands at its foot in every place. None outlives the notifier: who comes next is another.
 */
struct _MtbNotifier
{
  GObject parent_instance;

  MtbEngine *engine;
  MtbQueryModel *notes;
  GHashTable *known_notes;
  guint n_refused;
};

G_DEFINE_FINAL_TYPE (MtbNotifier, mtb_notifier, G_TYPE_OBJECT)

typedef enum
{
  OF_BREAK,
  OF_NOTE,
  OF_REFUSAL,
  N_KINDS
} Kind;

static const char *const kinds[N_KINDS] = { "break", "note", "refused" };

static gboolean
is_in_front (GApplication *application)
{
  for (GList *windows = gtk_application_get_windows (GTK_APPLICATION (application));
       windows != NULL; windows = windows->next)
    if (gtk_window_is_active (windows->data))
      return TRUE;
  return FALSE;
}

/* The latest of each kind stands for those before it. */
static void
notify (Kind kind, const char *words, const char *link)
{
  GApplication *application = g_application_get_default ();
  g_autoptr (GNotification) notification = NULL;
  gboolean wanted;

  g_object_get (mtb_preferences_get_default (), "notifications", &wanted, NULL);
  if (!wanted || application == NULL || is_in_front (application))
    return;
  notification = g_notification_new (_ ("Mutabaa"));
  g_notification_set_body (notification, words);
  if (link != NULL)
    g_notification_set_default_action_and_target (notification, "app.open-link", "s", link);
  g_application_send_notification (application, kinds[kind], notification);
}

static void
on_decided (MtbNotifier *self, const char *words)
{
  notify (OF_BREAK, words, NULL);
}

static void
on_refused (MtbNotifier *self)
{
  guint before = self->n_refused;
  g_autofree char *link = NULL;
  g_autofree char *words = NULL;

  self->n_refused = mtb_engine_get_n_refused (self->engine);
  if (self->n_refused <= before)
    return;
  words =
    g_strdup_printf (ngettext ("%u record was refused", "%u records were refused", self->n_refused),
                     self->n_refused);
  words = mtb_text_localize (g_steal_pointer (&words));
  link = mtb_link_new (MTB_LINK_PLACE, "refused");
  notify (OF_REFUSAL, words, link);
}

static void
take_note (MtbNotifier *self, const MtbNoteRow *note, gboolean is_news)
{
  g_autofree char *link = mtb_link_new (MTB_LINK_CALL, note->call_id);
  g_autofree char *words = NULL;

  if (!g_hash_table_add (self->known_notes, g_strdup (note->id)) || !is_news)
    return;
  words = g_strdup_printf (_ ("A note came from %s"),
                           note->author_name != NULL ? note->author_name : _ ("somebody"));
  notify (OF_NOTE, words, link);
}

static void
on_notes_refreshed (MtbNotifier *self)
{
  gboolean is_news = self->known_notes != NULL;

  if (!is_news)
    self->known_notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->notes)); i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (G_LIST_MODEL (self->notes), i);

      take_note (self, mtb_item_get_record (item), is_news);
    }
}

static void
ask_notes (MtbNotifier *self)
{
  g_autoptr (MtbNoteSearch) search = mtb_record_new (mtb_notes_query.arguments);

  self->notes = mtb_query_model_new (self->engine, &mtb_notes_query);
  g_signal_connect_object (self->notes, "refreshed", G_CALLBACK (on_notes_refreshed), self,
                           G_CONNECT_SWAPPED);
  search->person_id = g_strdup (mtb_engine_get_person (self->engine)->id);
  search->unseen = 1;
  search->limit = NOTES_LIMIT;
  mtb_query_model_ask (self->notes, search);
}

static void
withdraw_all (void)
{
  GApplication *application = g_application_get_default ();

  for (guint i = 0; application != NULL && i < N_KINDS; i++)
    g_application_withdraw_notification (application, kinds[i]);
}

static void
mtb_notifier_finalize (GObject *object)
{
  MtbNotifier *self = MTB_NOTIFIER (object);

  withdraw_all ();

  g_clear_object (&self->notes);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->known_notes, g_hash_table_unref);

  G_OBJECT_CLASS (mtb_notifier_parent_class)->finalize (object);
}

static void
mtb_notifier_class_init (MtbNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mtb_notifier_finalize;
}

static void
mtb_notifier_init (MtbNotifier *self)
{
}

/**
 * mtb_notifier_new:
 * @engine: the engine, with somebody signed in
 * @duty: (nullable): how that person stands
 *
 * Returns: (transfer full): what tells them as long as it is there
 */
MtbNotifier *
mtb_notifier_new (MtbEngine *engine, MtbDuty *duty)
{
  MtbNotifier *self = g_object_new (MTB_TYPE_NOTIFIER, NULL);

  self->engine = g_object_ref (engine);
  self->n_refused = mtb_engine_get_n_refused (engine);
  ask_notes (self);
  g_signal_connect_object (engine, "notify::n-refused", G_CALLBACK (on_refused), self,
                           G_CONNECT_SWAPPED);
  if (duty != NULL)
    g_signal_connect_object (duty, "decided", G_CALLBACK (on_decided), self, G_CONNECT_SWAPPED);
  return self;
}
