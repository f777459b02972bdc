/* What is typed while something is on its way to be saved is not lost with what was saved. All that is
 * given is answered on the main loop, so what follows a save at once comes before its answer. */

#include "mtb-break-box.h"
#include "mtb-call-form.h"
#include "mtb-call-query.h"
#include "mtb-call-type-form.h"
#include "mtb-document-adder.h"
#include "mtb-document-form.h"
#include "mtb-draft.h"
#include "mtb-error.h"
#include "mtb-id.h"
#include "mtb-mend-dialog.h"
#include "mtb-note-box.h"
#include "mtb-online-form.h"
#include "mtb-test-desk.h"
#include "mtb-test-window.h"
#include "mtb-window.h"

#define WAIT_FOR(condition) \
  for (guint n_waits = 0; !(condition); n_waits++) \
    { \
      g_assert_cmpuint (n_waits, <, 2000); \
      mtb_test_spin (10); \
    }

typedef struct
{
  MtbTestServer *server;
  MtbEngine *engine;
  MtbDrafts *drafts;
  GtkWidget *window;
  guint n_toasts;
} Scene;

/* With a toast a page says that it has the answer. */
static void
on_toast (GSimpleAction *action, GVariant *words, gpointer data)
{
  ((Scene *) data)->n_toasts++;
}

static void
open_scene (Scene *self, const char *username)
{
  const GActionEntry actions[] = { { .name = "toast", .activate = on_toast, "s" } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autofree char *folder = NULL;

  self->engine = mtb_test_open_engine (self->server);
  mtb_test_sign_in (self->engine, username);
  WAIT_FOR (mtb_engine_get_state (self->engine) == MTB_ENGINE_ONLINE);
  folder = mtb_engine_dup_folder (self->engine);
  self->drafts = mtb_drafts_new (folder, mtb_engine_get_person (self->engine)->id);
  self->window = gtk_window_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_insert_action_group (self->window, "win", G_ACTION_GROUP (group));
}

/* The drafts are there until they are written. */
static void
close_scene (Scene *self)
{
  gpointer left = self->drafts;

  gtk_window_destroy (GTK_WINDOW (self->window));
  g_object_add_weak_pointer (G_OBJECT (left), &left);
  g_clear_object (&self->drafts);
  WAIT_FOR (left == NULL);
  mtb_test_end_engine (&self->engine);
  mtb_test_server_free (self->server);
}

static gint64
count (Scene *self, const char *sql)
{
  return mtb_test_server_count (self->server, sql);
}

static guint
count_drafts (Scene *self, const MtbShape *shape)
{
  return g_list_model_get_n_items (mtb_drafts_get_model (self->drafts, shape));
}

static void
type_text (GtkWidget *root, const char *text)
{
  GtkWidget *view = mtb_test_find (root, GTK_TYPE_TEXT_VIEW);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

static char *
dup_text (GtkWidget *root)
{
  GtkTextBuffer *buffer =
    gtk_text_view_get_buffer (GTK_TEXT_VIEW (mtb_test_find (root, GTK_TYPE_TEXT_VIEW)));
  char *typed;

  g_object_get (buffer, "text", &typed, NULL);
  return typed;
}

static gboolean
has_text (GtkWidget *root, const char *text)
{
  g_autofree char *typed = dup_text (root);

  return g_str_equal (typed, text);
}

static void
assert_text (GtkWidget *root, const char *text)
{
  g_autofree char *typed = dup_text (root);

  g_assert_cmpstr (typed, ==, text);
}

static gboolean
is_corrected (Scene *self)
{
  g_autoptr (MtbDraft) draft = mtb_draft_find_latest (self->drafts);

  return mtb_draft_get_kind (draft) == MTB_DRAFT_CORRECTION;
}

/* What has this name in a form, or the form's first of the type. */
static GtkWidget *
find_named (GtkWidget *root, const char *name)
{
  if (g_str_equal (gtk_widget_get_name (root), name))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_named (child, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkEditable *
get_entry (GtkWidget *root, const char *field)
{
  return GTK_EDITABLE (mtb_test_find (find_named (root, field), GTK_TYPE_ENTRY));
}

static void
click (GtkWidget *root)
{
  g_signal_emit_by_name (mtb_test_find (root, GTK_TYPE_BUTTON), "clicked");
}

static gboolean
is_giving (GtkWidget *form)
{
  return mtb_online_form_is_giving (MTB_ONLINE_FORM (mtb_test_find (form, MTB_TYPE_ONLINE_FORM)));
}

static char *
log_call (MtbTestServer *server)
{
  MtbCallLog *call = mtb_test_new_call ("words");
  char *id = g_strdup (call->id);

  mtb_test_server_command (server, "rima", call);
  return id;
}

static void
test_note (void)
{
  Scene scene = { .server = mtb_test_server_new () };
  g_autofree char *call_id = log_call (scene.server);
  g_autoptr (MtbCallRow) call = mtb_record_new (mtb_call_query.rows);
  GtkWidget *box = g_object_new (MTB_TYPE_NOTE_BOX, NULL);

  open_scene (&scene, "hadi");
  gtk_window_set_child (GTK_WINDOW (scene.window), box);
  call->id = g_strdup (call_id);
  call->person_id = g_strdup (mtb_test_id ("rima"));
  mtb_note_box_set_engine (MTB_NOTE_BOX (box), scene.engine, scene.drafts);
  mtb_note_box_show (MTB_NOTE_BOX (box), call);
  type_text (box, "first");
  mtb_note_box_save (MTB_NOTE_BOX (box));
  type_text (box, "first, and more");
  WAIT_FOR (count (&scene, "SELECT count(*) FROM note") == 1);
  WAIT_FOR (scene.n_toasts == 1);
  assert_text (box, "first, and more");
  g_assert_cmpuint (count_drafts (&scene, &mtb_note_add.shape), ==, 1);
  mtb_note_box_save (MTB_NOTE_BOX (box));
  WAIT_FOR (count (&scene, "SELECT count(*) FROM note WHERE text = 'first, and more'") == 1);
  WAIT_FOR (count_drafts (&scene, &mtb_note_add.shape) == 0);
  assert_text (box, "");
  close_scene (&scene);
}

static void
test_document (void)
{
  Scene scene = { .server = mtb_test_server_new () };
  GtkWidget *form = g_object_new (MTB_TYPE_DOCUMENT_ADDER, NULL);

  open_scene (&scene, "nadia");
  gtk_window_set_child (GTK_WINDOW (scene.window), form);
  mtb_document_adder_set_engine (MTB_DOCUMENT_ADDER (form), scene.engine);
  gtk_editable_set_text (get_entry (form, "number"), "WI-1");
  gtk_editable_set_text (get_entry (form, "title"), "عمل");
  gtk_editable_set_text (get_entry (form, "title_en"), "Work");
  click (form);
  gtk_editable_set_text (get_entry (form, "number"), "WI-2");
  WAIT_FOR (count (&scene, "SELECT count(*) FROM document WHERE number = 'WI-1'") == 1);
  WAIT_FOR (!is_giving (form));
  g_assert_cmpstr (gtk_editable_get_text (get_entry (form, "number")), ==, "WI-2");
  g_assert_cmpstr (gtk_editable_get_text (get_entry (form, "title_en")), ==, "Work");
  click (form);
  WAIT_FOR (count (&scene, "SELECT count(*) FROM document WHERE number = 'WI-2'") == 1);
  WAIT_FOR (*gtk_editable_get_text (get_entry (form, "number")) == '\0');
  close_scene (&scene);
}

static GtkWidget *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }
  return NULL;
}

static void
issue (GtkWidget *form)
{
  click (form);
  g_assert_nonnull (find_dialog ());
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_dialog ()), "issue");
}

static void
test_document_version (void)
{
  static const char *const names[] = { "prepared_by", "reviewed_by", "approved_by" };
  Scene scene = { .server = mtb_test_server_new () };
  g_autoptr (MtbDocumentAdd) document = mtb_record_new (&mtb_document_add.shape);
  GtkWidget *form = g_object_new (MTB_TYPE_DOCUMENT_FORM, NULL);

  document->id = g_strdup (mtb_test_id ("document"));
  document->number = g_strdup ("WI-1");
  document->title = g_strdup ("عمل");
  document->title_en = g_strdup ("Work");
  mtb_test_server_command (scene.server, "nadia", mtb_record_ref (document));
  open_scene (&scene, "nadia");
  gtk_window_set_child (GTK_WINDOW (scene.window), form);
  gtk_window_present (GTK_WINDOW (scene.window));
  mtb_document_form_set_engine (MTB_DOCUMENT_FORM (form), scene.engine, scene.drafts);
  mtb_document_form_show (MTB_DOCUMENT_FORM (form), document->id, NULL);
  g_assert_cmpuint (count_drafts (&scene, &mtb_document_issue.shape), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_editable_set_text (get_entry (form, names[i]), "somebody");
  type_text (form, "first");
  issue (form);
  type_text (form, "first, and more");
  WAIT_FOR (count (&scene, "SELECT count(*) FROM document_version WHERE text = 'first'") == 1);
  WAIT_FOR (!is_giving (form));
  assert_text (form, "first, and more");
  g_assert_cmpuint (count_drafts (&scene, &mtb_document_issue.shape), ==, 1);
  gtk_editable_set_text (get_entry (form, "version"), "2");
  issue (form);
  WAIT_FOR (count (&scene, "SELECT count(*) FROM document_version WHERE version = 2") == 1);
  WAIT_FOR (count_drafts (&scene, &mtb_document_issue.shape) == 0);
  assert_text (form, "");
  close_scene (&scene);
}

/* Nor by what is given beside it. */
static void
test_call_type (void)
{
  Scene scene = { .server = mtb_test_server_new () };
  g_autoptr (MtbCallType) type = mtb_record_new (&mtb_call_type_table.shape);
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (mtb_record_unref);
  MtbCallTypePut *put = mtb_record_new (&mtb_call_type_put.shape);
  GtkWidget *form;

  open_scene (&scene, "nadia");
  type->id = g_strdup (mtb_test_id ("technical"));
  type->name = g_strdup ("technical");
  type->name_en = g_strdup ("technical");
  type->position = 1;
  type->active = 1;
  form = mtb_call_type_form_new (scene.engine, type, NULL);
  gtk_window_set_child (GTK_WINDOW (scene.window), form);
  gtk_editable_set_text (get_entry (form, "name"), "typed");
  type->position = 2;
  mtb_record_assign (put, type);
  g_ptr_array_add (orders, put);
  mtb_call_type_form_give_all (MTB_CALL_TYPE_FORM (form), orders);
  WAIT_FOR (count (&scene, "SELECT count(*) FROM call_type WHERE position = 2") == 1);
  WAIT_FOR (!is_giving (form));
  mtb_call_type_form_renew (MTB_CALL_TYPE_FORM (form), type);
  g_assert_cmpstr (gtk_editable_get_text (get_entry (form, "name")), ==, "typed");
  close_scene (&scene);
}

static void
test_call (void)
{
  Scene scene = { .server = mtb_test_server_new () };
  g_autoptr (MtbCallLog) call = mtb_test_new_call ("first");
  g_autoptr (MtbDraft) draft = mtb_draft_new (call->id);
  GtkWidget *desk;
  GtkWidget *form;

  open_scene (&scene, "rima");
  mtb_record_assign (draft, call);
  mtb_drafts_put (scene.drafts, draft);
  desk = mtb_window_new (NULL, scene.engine, "test", FALSE);
  form = mtb_test_find (desk, MTB_TYPE_CALL_FORM);
  WAIT_FOR (has_text (form, "first"));
  g_assert_true (gtk_widget_activate_action (form, "page.save", NULL));
  type_text (form, "first, and more");
  WAIT_FOR (count (&scene, "SELECT count(*) FROM call WHERE notes = 'first'") == 1);
  WAIT_FOR (is_corrected (&scene));
  assert_text (form, "first, and more");
  g_assert_cmpuint (count_drafts (&scene, &mtb_draft_shape), ==, 1);
  g_assert_true (gtk_widget_activate_action (form, "page.save", NULL));
  WAIT_FOR (count (&scene, "SELECT count(*) FROM call WHERE notes = 'first, and more'"
                           " AND version = 2")
            == 1);
  WAIT_FOR (count_drafts (&scene, &mtb_draft_shape) == 0);
  assert_text (form, "");
  g_assert_cmpint (count (&scene, "SELECT count(*) FROM call"), ==, 1);
  gtk_window_destroy (GTK_WINDOW (desk));
  close_scene (&scene);
}

/* What is not taken can be mended again. */
static void
test_mended (void)
{
  Scene scene = { .server = mtb_test_server_new () };
  MtbProspectAdd *prospect = mtb_record_new (&mtb_prospect_add.shape);
  g_autoptr (MtbRefusal) refusal = NULL;
  g_autoptr (GError) reason = NULL;
  GtkEditable *name;

  open_scene (&scene, "rima");
  gtk_window_present (GTK_WINDOW (scene.window));
  mtb_error_set_invalid (&reason, "name", "This is too long");
  refusal =
    mtb_refusal_new (mtb_test_id ("unknown"), prospect, 0, g_steal_pointer (&reason), FALSE);
  mtb_mend_dialog_present (GTK_WINDOW (scene.window), scene.engine, refusal);
  name = GTK_EDITABLE (find_named (find_dialog (), "name"));
  gtk_editable_set_text (name, "mended");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_dialog ()), "save");
  gtk_window_close (GTK_WINDOW (find_dialog ()));
  g_assert_cmpstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (find_dialog ())), ==, "");
  WAIT_FOR (*adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (find_dialog ())) != '\0');
  g_assert_cmpstr (gtk_editable_get_text (name), ==, "mended");
  gtk_window_close (GTK_WINDOW (find_dialog ()));
  WAIT_FOR (find_dialog () == NULL);
  close_scene (&scene);
}

static void
on_begun (GObject *duty, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  mtb_duty_move_finish (MTB_DUTY (duty), result, &error);
  g_assert_no_error (error);
}

/* Return twice asks once. */
static void
test_break (void)
{
  Scene scene = { .server = mtb_test_server_new () };
  g_autoptr (MtbDuty) duty = NULL;
  GtkWidget *box = g_object_new (MTB_TYPE_BREAK_BOX, NULL);
  GObject *problem = gtk_widget_get_template_child (box, MTB_TYPE_BREAK_BOX, "problem");
  GObject *note = gtk_widget_get_template_child (box, MTB_TYPE_BREAK_BOX, "note");

  open_scene (&scene, "rima");
  gtk_window_set_child (GTK_WINDOW (scene.window), box);
  duty = mtb_duty_new (scene.engine);
  WAIT_FOR (mtb_duty_may (duty, MTB_PRESENCE_ACT_BEGIN));
  mtb_duty_move_async (duty, MTB_PRESENCE_ACT_BEGIN, on_begun, NULL);
  WAIT_FOR (mtb_duty_is_on_shift (duty));
  mtb_break_box_set_duty (MTB_BREAK_BOX (box), duty);
  gtk_editable_set_text (GTK_EDITABLE (note), "once");
  g_signal_emit_by_name (note, "activate");
  g_signal_emit_by_name (note, "activate");
  gtk_editable_set_text (GTK_EDITABLE (note), "once, and more");
  WAIT_FOR (count (&scene, "SELECT count(*) FROM auxiliary WHERE note = 'once'") == 1);
  mtb_test_spin (50);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (problem)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (note)), ==, "once, and more");
  g_clear_object (&duty);
  close_scene (&scene);
}

int
main (int argc, char **argv)
{
  mtb_test_init (&argc, &argv);
  g_test_add_func ("/desk/typed/note", test_note);
  g_test_add_func ("/desk/typed/document", test_document);
  g_test_add_func ("/desk/typed/document-version", test_document_version);
  g_test_add_func ("/desk/typed/call-type", test_call_type);
  g_test_add_func ("/desk/typed/call", test_call);
  g_test_add_func ("/desk/typed/mended", test_mended);
  g_test_add_func ("/desk/typed/break", test_break);
  return g_test_run ();
}
