#include "mtb-note-box.h"

#include "mtb-id.h"
#include "mtb-item-columns.h"
#include "mtb-listing.h"
#include "mtb-note-query.h"
#include "mtb-query-model.h"
#include "mtb-text.h"
#include "mtb-workflow.h"

#include <glib/gi18n.h>

#define NOTES_LIMIT 100

/**
 * MtbNoteBox:
 *
 * The notes on the record of a call, and a place to write one for who may. Whose record it is has read
 * them when they were seen here, and sees which were new. What was written and not left stays among
 * the drafts of who wrote it, and is given back on its record.
 */
struct _MtbNoteBox
{
  AdwBin parent_instance;

  GtkBox *notes_box;
  GtkWidget *writing;
  GtkTextView *text;
  GtkLabel *problem;

  MtbEngine *engine;
  MtbQueryModel *notes;
  MtbCallRow *call;
  char *call_id;
  MtbNoteAdd *leaving;
  gboolean own;
  gboolean loading;
  GHashTable *read_now;
  MtbDrafts *drafts;
};

static void listing_init (MtbListingInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MtbNoteBox,
                               mtb_note_box,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (MTB_TYPE_LISTING, listing_init))

static const char *
get_list_name (MtbListing *listing)
{
  GListModel *notes = G_LIST_MODEL (MTB_NOTE_BOX (listing)->notes);

  return g_list_model_get_n_items (notes) > 0 ? "notes" : NULL;
}

static const char *
get_list_title (MtbListing *listing)
{
  return _ ("Notes on this record");
}

static MtbQueryModel *
get_source (MtbListing *listing)
{
  MtbNoteBox *self = MTB_NOTE_BOX (listing);

  return mtb_query_model_is_cut (self->notes) ? self->notes : NULL;
}

static void
describe_note (const MtbNoteRow *note, MtbPaper *paper)
{
  mtb_paper_add_moment (paper, note->written_at);
  mtb_paper_add_cell (paper, note->author_name, NULL);
  mtb_paper_add_moment (paper, note->seen_at);
  mtb_paper_add_cell (paper, note->text, NULL);
}

static void
describe (MtbListing *listing, MtbPaper *paper, GListModel *items)
{
  MtbNoteBox *self = MTB_NOTE_BOX (listing);
  GListModel *notes = items != NULL ? items : G_LIST_MODEL (self->notes);

  mtb_item_add_call (self->call, paper);
  mtb_paper_add_column (paper, _ ("Written at"), MTB_PAPER_TEXT);
  mtb_paper_add_column (paper, _ ("Written by"), MTB_PAPER_TEXT);
  mtb_paper_add_column (paper, _ ("Read on"), MTB_PAPER_TEXT);
  mtb_paper_add_column (paper, _ ("Note"), MTB_PAPER_TEXT);
  for (guint i = 0; i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (notes, i);

      describe_note (mtb_item_get_record (item), paper);
    }
}

static void
listing_init (MtbListingInterface *iface)
{
  iface->get_name = get_list_name;
  iface->get_title = get_list_title;
  iface->get_source = get_source;
  iface->describe = describe;
}

static GtkWidget *
make_label (const char *words, const char *css_class)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static char *
say_head (MtbNoteBox *self, const MtbNoteRow *note)
{
  g_autofree char *moment = mtb_text_moment (note->written_at);
  const char *author = note->author_name != NULL ? note->author_name : _ ("somebody");

  if (self->own && g_hash_table_contains (self->read_now, note->id))
    /* Translators: who wrote a note and when; it was not read before. */
    return g_strdup_printf (C_ ("note", "\u200e\u2068%1$s\u2069, %2$s · new"), author, moment);
  if (!self->own && note->seen_at == MTB_ABSENT)
    /* Translators: who wrote a note and when; whom it is for has not read it. */
    return g_strdup_printf (C_ ("note", "\u200e\u2068%1$s\u2069, %2$s · not read yet"), author,
                            moment);
  /* Translators: who wrote a note and when. */
  return g_strdup_printf (C_ ("note", "\u200e\u2068%1$s\u2069, %2$s"), author, moment);
}

static void
add_note (MtbNoteBox *self, const MtbNoteRow *note)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *head = say_head (self, note);
  GtkWidget *head_label = make_label (head, "caption");

  if (note->seen_at == MTB_ABSENT || g_hash_table_contains (self->read_now, note->id))
    gtk_widget_add_css_class (head_label, "heading");
  else
    gtk_widget_add_css_class (head_label, "dim-label");
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "notes");
  gtk_box_append (GTK_BOX (box), head_label);
  gtk_box_append (GTK_BOX (box), make_label (note->text, "note"));
  gtk_box_append (self->notes_box, box);
}

static void
on_seen (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!mtb_engine_give_finish (MTB_ENGINE (engine), result, &error))
    g_message ("a note: %s", error->message);
}

/* Only what is before the person's eyes. */
static void
mark_as_read (MtbNoteBox *self, const MtbNoteRow *note)
{
  g_autoptr (MtbNoteSee) arguments = NULL;

  if (!self->own || note->seen_at != MTB_ABSENT || !gtk_widget_get_mapped (GTK_WIDGET (self))
      || !g_hash_table_add (self->read_now, g_strdup (note->id)))
    return;
  arguments = mtb_record_new (&mtb_note_see.shape);
  arguments->id = g_strdup (note->id);
  mtb_engine_give_async (self->engine, arguments, NULL, on_seen, NULL);
}

static void
show_notes (MtbNoteBox *self)
{
  GListModel *notes = G_LIST_MODEL (self->notes);
  guint n_notes = g_list_model_get_n_items (notes);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->notes_box))) != NULL)
    gtk_box_remove (self->notes_box, child);
  for (guint i = 0; i < n_notes; i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (notes, i);
      const MtbNoteRow *note = mtb_item_get_record (item);

      mark_as_read (self, note);
      add_note (self, note);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), n_notes > 0 || gtk_widget_get_visible (self->writing));
}

static void
on_mapped (MtbNoteBox *self)
{
  if (self->notes != NULL)
    show_notes (self);
}

static void
show_problem (MtbNoteBox *self, const GError *error)
{
  gtk_label_set_label (self->problem, error != NULL ? gettext (error->message) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
}

static char *
dup_text (MtbNoteBox *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static MtbNoteAdd *
find_draft (MtbNoteBox *self, const char *call_id)
{
  return mtb_drafts_find (self->drafts, &mtb_note_add.shape, "call_id", call_id);
}

/* But for the blanks around it. */
static gboolean
is_same_text (const char *a, const char *b)
{
  g_autofree char *bare_a = g_strstrip (g_strdup (a));
  g_autofree char *bare_b = g_strstrip (g_strdup (b));

  return g_str_equal (bare_a, bare_b);
}

static MtbNoteAdd *
collect (MtbNoteBox *self)
{
  MtbNoteAdd *draft = find_draft (self, self->call_id);

  if (draft == NULL)
    {
      draft = mtb_record_new (&mtb_note_add.shape);
      draft->id = mtb_id_new (mtb_engine_get_now (self->engine));
      draft->call_id = g_strdup (self->call_id);
    }
  g_free (draft->text);
  draft->text = dup_text (self);
  return draft;
}

static void
on_edited (MtbNoteBox *self)
{
  g_autoptr (MtbNoteAdd) draft = NULL;

  if (self->loading || self->call_id == NULL)
    return;
  draft = collect (self);
  if (is_same_text (draft->text, ""))
    mtb_drafts_remove (self->drafts, draft);
  else
    mtb_drafts_put (self->drafts, draft);
}

/* It may have been written on the same record elsewhere. */
static void
show_draft (MtbNoteBox *self)
{
  g_autoptr (MtbNoteAdd) draft = find_draft (self, self->call_id);
  const char *kept = draft != NULL ? draft->text : "";
  g_autofree char *text = dup_text (self);

  if (is_same_text (kept, text))
    return;
  self->loading = TRUE;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), kept, -1);
  self->loading = FALSE;
}

/* What was written meanwhile is still to be left. */
static void
on_left (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbNoteBox) self = user_data;
  g_autoptr (MtbNoteAdd) left = g_steal_pointer (&self->leaving);
  g_autoptr (MtbNoteAdd) draft = find_draft (self, left->call_id);
  g_autoptr (GError) error = NULL;

  if (!mtb_engine_give_finish (MTB_ENGINE (engine), result, &error))
    {
      show_problem (self, error);
      return;
    }
  if (draft != NULL && is_same_text (draft->text, left->text))
    mtb_drafts_remove (self->drafts, draft);
  show_problem (self, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _ ("Note left"));
}

static gboolean
may_write (MtbNoteBox *self)
{
  const MtbPerson *person = mtb_engine_get_person (self->engine);

  return person != NULL && !self->own && mtb_workflow_may (person, &mtb_note_add);
}

static void
mtb_note_box_dispose (GObject *object)
{
  MtbNoteBox *self = MTB_NOTE_BOX (object);

  g_clear_object (&self->notes);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->call, mtb_record_unref);

  G_OBJECT_CLASS (mtb_note_box_parent_class)->dispose (object);
}

static void
mtb_note_box_finalize (GObject *object)
{
  MtbNoteBox *self = MTB_NOTE_BOX (object);

  g_clear_pointer (&self->call_id, g_free);
  g_hash_table_unref (self->read_now);
  g_clear_object (&self->drafts);

  G_OBJECT_CLASS (mtb_note_box_parent_class)->finalize (object);
}

static void
mtb_note_box_class_init (MtbNoteBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_note_box_dispose;
  object_class->finalize = mtb_note_box_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/widgets/mtb-note-box.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbNoteBox, notes_box);
  gtk_widget_class_bind_template_child (widget_class, MtbNoteBox, problem);
  gtk_widget_class_bind_template_child (widget_class, MtbNoteBox, text);
  gtk_widget_class_bind_template_child (widget_class, MtbNoteBox, writing);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_mapped);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_save",
                                                G_CALLBACK (mtb_note_box_save));
}

static void
mtb_note_box_init (MtbNoteBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->read_now = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * mtb_note_box_set_engine:
 * @self: a note box
 * @engine: the engine to ask and to give to
 * @drafts: what its person has begun
 */
void
mtb_note_box_set_engine (MtbNoteBox *self, MtbEngine *engine, MtbDrafts *drafts)
{
  g_return_if_fail (MTB_IS_NOTE_BOX (self));

  self->engine = g_object_ref (engine);
  self->drafts = g_object_ref (drafts);
  g_signal_connect_object (mtb_drafts_get_model (drafts, &mtb_note_add.shape), "items-changed",
                           G_CALLBACK (show_draft), self, G_CONNECT_SWAPPED);
  self->notes = mtb_query_model_new (engine, &mtb_notes_query);
  g_signal_connect_object (self->notes, "refreshed", G_CALLBACK (show_notes), self,
                           G_CONNECT_SWAPPED);
}

static void
turn_to (MtbNoteBox *self, const char *call_id)
{
  g_free (self->call_id);
  self->call_id = g_strdup (call_id);
  show_draft (self);
  g_hash_table_remove_all (self->read_now);
  mtb_query_model_clear (self->notes);
  show_problem (self, NULL);
}

/**
 * mtb_note_box_show:
 * @self: a note box
 * @call: the record
 */
void
mtb_note_box_show (MtbNoteBox *self, const MtbCallRow *call)
{
  g_autoptr (MtbNoteSearch) search = mtb_record_new (mtb_notes_query.arguments);
  const MtbPerson *person;

  g_return_if_fail (MTB_IS_NOTE_BOX (self));

  person = mtb_engine_get_person (self->engine);
  self->own = person != NULL && g_strcmp0 (person->id, call->person_id) == 0;
  gtk_widget_set_visible (self->writing, may_write (self));
  g_clear_pointer (&self->call, mtb_record_unref);
  self->call = mtb_record_copy (call);
  if (g_strcmp0 (self->call_id, call->id) == 0)
    return;
  turn_to (self, call->id);
  show_notes (self);
  search->call_id = g_strdup (call->id);
  search->limit = NOTES_LIMIT;
  mtb_query_model_ask (self->notes, search);
}

/**
 * mtb_note_box_save:
 * @self: a note box
 *
 * Leaves what is written, if anything is.
 */
void
mtb_note_box_save (MtbNoteBox *self)
{
  g_return_if_fail (MTB_IS_NOTE_BOX (self));

  if (self->call_id == NULL || self->leaving != NULL || !may_write (self))
    return;
  self->leaving = collect (self);
  g_free (self->leaving->id);
  self->leaving->id = mtb_id_new (mtb_engine_get_now (self->engine));
  g_strstrip (self->leaving->text);
  mtb_engine_give_async (self->engine, self->leaving, NULL, on_left, g_object_ref (self));
}
