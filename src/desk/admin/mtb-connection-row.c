#include "mtb-connection-row.h"

#include "mtb-connection.h"
#include "mtb-facts.h"
#include "mtb-marked.h"
#include "mtb-text.h"

#include <glib/gi18n.h>

/**
 * MtbConnectionRow:
 *
 * A connection to another system: its state as an icon and a word, since when, what was last taken,
 * and what can be done about it.
 */
struct _MtbConnectionRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *title;
  GtkLabel *name;
  MtbMarked *mark;
  GtkImage *icon;
  GtkLabel *state;
  MtbFacts *facts;
  GtkWidget *advice_box;
  GtkLabel *advice;

  MtbItem *item;
};

G_DEFINE_FINAL_TYPE (MtbConnectionRow, mtb_connection_row, GTK_TYPE_LIST_BOX_ROW)

/* In the order of #MtbConnectionState. */
static const struct
{
  const char *icon_name;
  const char *mark;
} states[] = {
  { "emblem-ok-symbolic", "success" },
  { "content-loading-symbolic", NULL },
  { "dialog-warning-symbolic", "error" },
  { "media-playback-stop-symbolic", "warning" },
};

/* In the orders of #MtbConnectionKind and #MtbConnectionState; NULL where nothing is to be done. */
static const char *const advices[][G_N_ELEMENTS (states)] = {
  { NULL, NULL,
    N_ ("See on the server whether the PBX's log is where it was and may be read, then start the "
        "import again: mutabaactl import queue-log FILE --follow"),
    N_ ("While it stands still, calls that the PBX sees are not to be written up. Start it on the "
        "server: mutabaactl import queue-log FILE --follow") },
  { NULL, NULL,
    N_ ("Put the list of subscribers right and take it over again on the server: mutabaactl import "
        "subscribers FILE"),
    N_ ("Take the list of subscribers over again on the server: mutabaactl import subscribers "
        "FILE") },
};

static const char *
get_advice (const MtbConnection *connection)
{
  const char *advice = NULL;

  if (connection->kind < (gint64) G_N_ELEMENTS (advices)
      && connection->state < (gint64) G_N_ELEMENTS (states))
    advice = advices[connection->kind][connection->state];
  return advice != NULL ? gettext (advice) : NULL;
}

static void
show_state (MtbConnectionRow *self, const MtbConnection *connection)
{
  guint state = (guint) MIN (connection->state, (gint64) G_N_ELEMENTS (states) - 1);

  gtk_image_set_from_icon_name (self->icon, states[state].icon_name);
  g_object_set (self->mark, "mark", states[state].mark, NULL);
  gtk_label_set_label (self->state,
                       mtb_text_choice (mtb_connection_state_words, connection->state));
}

static const char *
say_detail (const MtbConnection *connection)
{
  return connection->detail != NULL ? gettext (connection->detail) : NULL;
}

static void
show (MtbConnectionRow *self)
{
  const MtbConnection *connection = mtb_item_get_record (self->item);
  const char *advice = get_advice (connection);
  g_autofree char *name = mtb_text_isolate (connection->name);
  g_autofree char *since = mtb_text_moment (connection->since);
  g_autofree char *last =
    connection->last_at != MTB_ABSENT ? mtb_text_moment (connection->last_at) : NULL;

  gtk_label_set_label (self->title, mtb_text_choice (mtb_connection_kind_words, connection->kind));
  gtk_label_set_label (self->name, name);
  show_state (self, connection);
  mtb_facts_clear (self->facts);
  mtb_facts_add (self->facts, _ ("Since"), since);
  mtb_facts_add (self->facts, _ ("Last taken"), last != NULL ? last : _ ("Nothing yet"));
  mtb_facts_add (self->facts, _ ("What it says"), say_detail (connection));
  gtk_widget_set_visible (self->advice_box, advice != NULL);
  gtk_label_set_label (self->advice, advice != NULL ? advice : "");
}

static void
mtb_connection_row_dispose (GObject *object)
{
  g_clear_object (&MTB_CONNECTION_ROW (object)->item);

  G_OBJECT_CLASS (mtb_connection_row_parent_class)->dispose (object);
}

static void
mtb_connection_row_class_init (MtbConnectionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mtb_connection_row_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/admin/mtb-connection-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbConnectionRow, advice);
  gtk_widget_class_bind_template_child (widget_class, MtbConnectionRow, advice_box);
  gtk_widget_class_bind_template_child (widget_class, MtbConnectionRow, facts);
  gtk_widget_class_bind_template_child (widget_class, MtbConnectionRow, icon);
  gtk_widget_class_bind_template_child (widget_class, MtbConnectionRow, mark);
  gtk_widget_class_bind_template_child (widget_class, MtbConnectionRow, name);
  gtk_widget_class_bind_template_child (widget_class, MtbConnectionRow, state);
  gtk_widget_class_bind_template_child (widget_class, MtbConnectionRow, title);

  g_type_ensure (MTB_TYPE_FACTS);
  g_type_ensure (MTB_TYPE_MARKED);
}

static void
mtb_connection_row_init (MtbConnectionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_connection_row_new:
 * @item: an #MtbConnection
 *
 * Returns: a row that follows it
 */
GtkWidget *
mtb_connection_row_new (MtbItem *item)
{
  MtbConnectionRow *self = g_object_new (MTB_TYPE_CONNECTION_ROW, NULL);

  self->item = g_object_ref (item);
  g_signal_connect_object (item, "notify::state", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}

/**
 * mtb_connection_row_describe:
 * @self: a row
 * @paper: paper with columns for what it connects with, its name, its state and since when, what was
 *   last taken, what it says and what is to be done
 *
 * Adds what it shows as a row of a table.
 */
void
mtb_connection_row_describe (MtbConnectionRow *self, MtbPaper *paper)
{
  const MtbConnection *connection;

  g_return_if_fail (MTB_IS_CONNECTION_ROW (self));

  connection = mtb_item_get_record (self->item);
  mtb_paper_add_cell (paper, gtk_label_get_label (self->title), NULL);
  mtb_paper_add_cell (paper, gtk_label_get_label (self->name), NULL);
  mtb_paper_add_cell (paper, gtk_label_get_label (self->state), NULL);
  mtb_paper_add_moment (paper, connection->since);
  mtb_paper_add_moment (paper, connection->last_at);
  mtb_paper_add_cell (paper, say_detail (connection), NULL);
  mtb_paper_add_cell (paper, get_advice (connection), NULL);
}
