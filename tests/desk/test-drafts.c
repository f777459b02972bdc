/* What is begun is kept in a file, and comes back as it was. */

#include "mtb-command.h"
#include "mtb-draft.h"

#include <glib/gstdio.h>

#define FIRST "00000000-0000-7000-8000-000000000001"
#define SECOND "00000000-0000-7000-8000-000000000002"
#define THIRD "00000000-0000-7000-8000-000000000003"

typedef struct
{
  char *folder;
  char *file;
} Fixture;

static void
setup (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("mutabaa-XXXXXX", NULL);
  self->file = g_build_filename (self->folder, "drafts-rima.ini", NULL);
}

static void
teardown (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (g_remove (self->file), ==, 0);
  g_assert_cmpint (g_remove (self->folder), ==, 0);
  g_free (self->file);
  g_free (self->folder);
}

static void
on_loaded (MtbDrafts *drafts, gpointer data)
{
  *(gboolean *) data = TRUE;
}

static MtbDrafts *
open_drafts (const char *folder)
{
  MtbDrafts *drafts = mtb_drafts_new (folder, "rima");
  gboolean loaded = FALSE;
  gulong handler = g_signal_connect (drafts, "loaded", G_CALLBACK (on_loaded), &loaded);

  while (!loaded)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (drafts, handler);
  return drafts;
}

/* The file is written by threads that hold the drafts until they are done. */
static void
close_drafts (MtbDrafts *drafts)
{
  g_object_add_weak_pointer (G_OBJECT (drafts), (gpointer *) &drafts);
  g_object_unref (drafts);
  while (drafts != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static MtbDraft *
begin (const char *id, const char *notes)
{
  MtbDraft *draft = mtb_draft_new (id);

  draft->started_at = 1767268800000;
  draft->notes = g_strdup (notes);
  return draft;
}

static guint
count (MtbDrafts *drafts, const MtbShape *shape)
{
  return g_list_model_get_n_items (mtb_drafts_get_model (drafts, shape));
}

static void
test_kept (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbDraft) first = begin (FIRST, "سطر\nوسطر \\ ثانٍ؛ #[x]");
  g_autoptr (MtbDraft) second = begin (SECOND, NULL);
  g_autoptr (MtbDraft) found = NULL;
  g_autoptr (MtbDraft) latest = NULL;
  MtbDrafts *drafts = open_drafts (self->folder);

  second->pbx_call_id = g_strdup ("pbx");
  mtb_drafts_put (drafts, first);
  mtb_drafts_put (drafts, second);
  mtb_drafts_put (drafts, first);
  close_drafts (drafts);

  drafts = open_drafts (self->folder);
  g_assert_cmpuint (count (drafts, &mtb_draft_shape), ==, 2);
  latest = mtb_draft_find_latest (drafts);
  g_assert_true (mtb_record_equal (latest, first));
  found = mtb_drafts_find (drafts, &mtb_draft_shape, "pbx_call_id", "pbx");
  g_assert_true (mtb_record_equal (found, second));
  mtb_drafts_remove (drafts, second);
  mtb_drafts_remove (drafts, first);
  close_drafts (drafts);

  drafts = open_drafts (self->folder);
  g_assert_cmpuint (count (drafts, &mtb_draft_shape), ==, 0);
  close_drafts (drafts);
}

static MtbNoteAdd *
begin_note (const char *id, const char *call_id, const char *text)
{
  MtbNoteAdd *note = mtb_record_new (&mtb_note_add.shape);

  note->id = g_strdup (id);
  note->call_id = g_strdup (call_id);
  note->text = g_strdup (text);
  return note;
}

static void
on_items_changed (GListModel *items, guint position, guint n_removed, guint n_added, gpointer data)
{
  *(guint *) data = MIN (*(guint *) data, g_list_model_get_n_items (items));
}

/* What is no call is kept beside the calls, whoever asks for it and whoever does not. */
static void
test_notes (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbDraft) call = begin (FIRST, "half");
  g_autoptr (MtbNoteAdd) note = begin_note (SECOND, FIRST, "سطر\nوسطر ");
  g_autoptr (MtbNoteAdd) other = begin_note (THIRD, SECOND, "other");
  g_autoptr (MtbNoteAdd) found = NULL;
  MtbDrafts *drafts = open_drafts (self->folder);
  guint n_least = 2;

  mtb_drafts_put (drafts, note);
  mtb_drafts_put (drafts, other);
  g_signal_connect (mtb_drafts_get_model (drafts, &mtb_note_add.shape), "items-changed",
                    G_CALLBACK (on_items_changed), &n_least);
  mtb_drafts_put (drafts, note);
  g_assert_cmpuint (n_least, ==, 2);
  mtb_drafts_remove (drafts, other);
  close_drafts (drafts);

  drafts = open_drafts (self->folder);
  mtb_drafts_put (drafts, call);
  close_drafts (drafts);

  drafts = open_drafts (self->folder);
  g_assert_cmpuint (count (drafts, &mtb_draft_shape), ==, 1);
  g_assert_cmpuint (count (drafts, &mtb_note_add.shape), ==, 1);
  found = mtb_drafts_find (drafts, &mtb_note_add.shape, "call_id", FIRST);
  g_assert_true (mtb_record_equal (found, note));
  close_drafts (drafts);
}

/* Of a file that was written when calls alone were kept. */
static void
test_calls_alone (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbDraft) draft = begin (FIRST, "half");
  g_autoptr (MtbDraft) latest = NULL;
  MtbDrafts *drafts;

  g_assert_true (g_file_set_contents (
    self->file, "[" FIRST "]\nid=" FIRST "\nnotes=half\nstarted_at=1767268800000\n", -1, NULL));
  drafts = open_drafts (self->folder);
  latest = mtb_draft_find_latest (drafts);
  g_assert_cmpstr (latest->id, ==, FIRST);
  g_assert_cmpstr (latest->notes, ==, "half");
  g_assert_cmpint (latest->started_at, ==, draft->started_at);
  close_drafts (drafts);
}

/* What is begun before the file was read comes after what is in there, and both are written. */
static void
test_before_loaded (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbDraft) first = begin (FIRST, "half");
  g_autoptr (MtbDraft) second = begin (SECOND, "سطر\nوسطر");
  MtbDrafts *drafts = open_drafts (self->folder);

  mtb_drafts_put (drafts, first);
  close_drafts (drafts);
  drafts = mtb_drafts_new (self->folder, "rima");
  mtb_drafts_put (drafts, second);
  g_object_unref (open_drafts (self->folder));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (MtbDraft) latest = mtb_draft_find_latest (drafts);

      g_assert_cmpuint (count (drafts, &mtb_draft_shape), ==, 2);
      g_assert_true (mtb_record_equal (latest, second));
      close_drafts (drafts);
      drafts = open_drafts (self->folder);
    }
  close_drafts (drafts);
}

static void
on_failed (MtbDrafts *drafts, const char *words, gpointer data)
{
  (*(guint *) data)++;
}

/* The file is damaged: what can be read of it is there, and the rest is not overwritten. */
static void
test_damaged (Fixture *self, gconstpointer data)
{
  static const char damaged[] = "[" FIRST "]\nnotes=half\nstarted_at=1767268800000\n[" THIRD "\n";
  g_autofree char *aside = g_strconcat (self->file, "~", NULL);
  g_autofree char *kept = NULL;
  g_autoptr (MtbDraft) second = begin (SECOND, NULL);
  MtbDrafts *drafts;
  guint n_failed = 0;

  g_assert_true (g_file_set_contents (self->file, damaged, -1, NULL));
  drafts = mtb_drafts_new (self->folder, "rima");
  g_signal_connect (drafts, "failed", G_CALLBACK (on_failed), &n_failed);
  g_object_unref (open_drafts (self->folder));
  g_assert_cmpuint (n_failed, ==, 1);
  mtb_drafts_put (drafts, second);
  close_drafts (drafts);
  drafts = open_drafts (self->folder);
  g_assert_cmpuint (count (drafts, &mtb_draft_shape), ==, 2);
  mtb_drafts_remove (drafts, second);
  close_drafts (drafts);
  g_assert_true (g_file_get_contents (aside, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, damaged);
  g_assert_cmpint (g_remove (aside), ==, 0);
}

/* It is said once that the file cannot be written, and written with the next change after it can. */
static void
test_unwritable (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbDraft) first = begin (FIRST, "half");
  g_autoptr (MtbDraft) second = begin (SECOND, "half");
  MtbDrafts *drafts = open_drafts (self->folder);
  guint n_failed = 0;

  g_signal_connect (drafts, "failed", G_CALLBACK (on_failed), &n_failed);
  g_assert_cmpint (g_remove (self->folder), ==, 0);
  mtb_drafts_put (drafts, first);
  while (n_failed == 0)
    g_main_context_iteration (NULL, TRUE);
  mtb_drafts_put (drafts, second);
  g_assert_cmpint (g_mkdir (self->folder, 0700), ==, 0);
  mtb_drafts_remove (drafts, second);
  close_drafts (drafts);
  g_assert_cmpuint (n_failed, ==, 1);
  drafts = open_drafts (self->folder);
  g_assert_cmpuint (count (drafts, &mtb_draft_shape), ==, 1);
  close_drafts (drafts);
}

/* A page that opens them while another has them sees what no file has yet. */
static void
test_shared (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbDraft) draft = begin (FIRST, "half");
  g_autoptr (MtbDraft) latest = NULL;
  MtbDrafts *drafts = open_drafts (self->folder);
  MtbDrafts *again;

  mtb_drafts_put (drafts, draft);
  again = open_drafts (self->folder);
  g_object_unref (drafts);
  latest = mtb_draft_find_latest (again);
  g_assert_true (mtb_record_equal (latest, draft));
  close_drafts (again);
}

static void
test_kinds (void)
{
  g_autoptr (MtbDraft) draft = mtb_draft_new (FIRST);

  g_assert_true (mtb_draft_is_blank (draft));
  g_assert_cmpint (mtb_draft_get_kind (draft), ==, MTB_DRAFT_CALL);
  draft->pbx_call_id = g_strdup ("pbx");
  g_assert_cmpint (mtb_draft_get_kind (draft), ==, MTB_DRAFT_WRITE_UP);
  draft->version_id = g_strdup (SECOND);
  g_assert_cmpint (mtb_draft_get_kind (draft), ==, MTB_DRAFT_CORRECTION);
  draft->command_id = g_strdup (SECOND);
  g_assert_cmpint (mtb_draft_get_kind (draft), ==, MTB_DRAFT_MEND);
  g_assert_false (mtb_draft_is_blank (draft));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, setup, func, teardown)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/desk/drafts/kept", test_kept);
  ADD ("/desk/drafts/notes", test_notes);
  ADD ("/desk/drafts/calls-alone", test_calls_alone);
  ADD ("/desk/drafts/before-loaded", test_before_loaded);
  ADD ("/desk/drafts/damaged", test_damaged);
  ADD ("/desk/drafts/unwritable", test_unwritable);
  ADD ("/desk/drafts/shared", test_shared);
  g_test_add_func ("/desk/drafts/kinds", test_kinds);
  return g_test_run ();
}
