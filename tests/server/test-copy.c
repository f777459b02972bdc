/* A department in another database: nothing differs, what does is named, and half of one is none. */

#include "mtb-authority.h"
#include "mtb-copy.h"
#include "mtb-error.h"
#include "mtb-founding.h"
#include "mtb-person.h"
#include "mtb-subscriber.h"
#include "mtb-test-record.h"
#include "mtb-words.h"

#include <glib/gstdio.h>

/* More than is read or written at once. */
#define N_SUBSCRIBERS 6000

typedef struct
{
  char *folder;
  char *from_path;
  char *to_path;
  MtbStore *from;
  MtbStore *to;
  GString *found;
} Department;

static char *
dup_address (const char *path)
{
  return g_strconcat ("sqlite:", path, NULL);
}

static MtbStore *
open_store (const char *path)
{
  g_autofree char *address = dup_address (path);
  g_autoptr (GError) error = NULL;
  MtbStore *store = mtb_store_open (address, MTB_STORE_AUTHORITY, &error);

  g_assert_no_error (error);
  return store;
}

static MtbAuthority *
open_authority (const char *path, GError **error)
{
  g_autofree char *address = dup_address (path);

  return mtb_authority_open (address, error);
}

static void
add_subscribers (MtbStore *store)
{
  g_assert_true (mtb_store_begin (store, NULL));
  for (guint i = 0; i < N_SUBSCRIBERS; i++)
    {
      g_autoptr (MtbSubscriber) subscriber = mtb_record_new (&mtb_subscriber_table.shape);
      g_autofree char *number = g_strdup_printf ("%u", i);

      subscriber->id = g_strdup (mtb_test_id (number));
      subscriber->account_number = g_strdup (number);
      subscriber->username = g_strdup (number);
      subscriber->name = g_strdup_printf ("عمر %u", i);
      subscriber->name_folded = g_strdup (subscriber->name);
      subscriber->status = 0;
      g_assert_true (mtb_store_insert (store, subscriber, NULL));
    }
  g_assert_true (mtb_store_commit (store, NULL));
}

static void
set_up (Department *self, gconstpointer data)
{
  g_autoptr (MtbAuthority) authority = NULL;
  g_autoptr (GError) error = NULL;
  gboolean was_there;

  self->folder = g_dir_make_tmp ("mutabaa-copy-XXXXXX", NULL);
  self->from_path = g_build_filename (self->folder, "from.db", NULL);
  self->to_path = g_build_filename (self->folder, "to.db", NULL);
  authority = open_authority (self->from_path, &error);
  g_assert_no_error (error);
  g_assert_true (mtb_department_found (authority, &was_there, NULL));
  self->from = open_store (self->from_path);
  self->to = open_store (self->to_path);
  self->found = g_string_new (NULL);
  add_subscribers (self->from);
}

static void
tear_down (Department *self, gconstpointer data)
{
  mtb_store_close (self->from);
  mtb_store_close (self->to);
  g_unlink (self->from_path);
  g_unlink (self->to_path);
  g_rmdir (self->folder);
  g_free (self->from_path);
  g_free (self->to_path);
  g_free (self->folder);
  g_string_free (self->found, TRUE);
}

static void
count_rows (const char *table, gint64 n_rows, gpointer data)
{
  *(gint64 *) data += n_rows;
}

static gboolean
copy (Department *self, gint64 *n_rows, GError **error)
{
  gboolean ok;

  *n_rows = 0;
  g_assert_true (mtb_store_begin_read (self->from, NULL));
  ok = mtb_copy_write (self->from, self->to, count_rows, n_rows, error);
  mtb_store_rollback (self->from);
  return ok;
}

static void
copy_well (Department *self)
{
  g_autoptr (GError) error = NULL;
  gint64 n_rows;

  copy (self, &n_rows, &error);
  g_assert_no_error (error);
}

static void
note_finding (const MtbFinding *finding, gpointer data)
{
  g_string_append_printf (data, "%s %s %s: %s\n", finding->table, finding->id,
                          finding->field != NULL ? finding->field : "", finding->reason);
}

static gint64
compare (Department *self)
{
  g_autoptr (GError) error = NULL;
  gint64 n_rows;

  g_string_truncate (self->found, 0);
  mtb_copy_compare (self->from, self->to, note_finding, self->found, &n_rows, &error);
  g_assert_no_error (error);
  return n_rows;
}

static void
test_nothing_differs (Department *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 n_copied;
  gint64 n_words = 0;

  copy (self, &n_copied, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_copied, >, N_SUBSCRIBERS);
  g_assert_cmpint (compare (self), ==, n_copied);
  g_assert_cmpstr (self->found->str, ==, "");
  g_assert_true (mtb_store_select_number (self->to, "SELECT COUNT(*) FROM subscriber_word", NULL,
                                          &n_words, NULL));
  g_assert_cmpint (n_words, >, N_SUBSCRIBERS);
  mtb_verify (self->to, MTB_CHECK_WORDS, note_finding, self->found, &n_words, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (self->found->str, ==, "");
}

/* It is changed behind the program's back. */
static void
expect (Department *self, const char *sql, const char *expected)
{
  g_autoptr (GError) error = NULL;

  mtb_store_execute (self->to, sql, &error);
  g_assert_no_error (error);
  compare (self);
  g_assert_cmpstr (self->found->str, ==, expected);
}

static void
test_what_differs_is_named (Department *self, gconstpointer data)
{
  copy_well (self);
  expect (self, "UPDATE person SET active = 0 WHERE id = '" MTB_PERSON_PBX "'",
          "person " MTB_PERSON_PBX " active: It is another in the copy\n");
  expect (self,
          "UPDATE person SET active = 1 WHERE id = '" MTB_PERSON_PBX "';"
          "UPDATE change SET before_scope = '' WHERE seq = 2",
          "change 2 before_scope: It is another in the copy\n");
  expect (self, "DELETE FROM change WHERE seq = 2", "change 2 : It is missing in the copy\n");
  expect (self,
          "INSERT INTO change (seq, tbl, row_id, after_scope) SELECT seq + 1, tbl, row_id,"
          " after_scope FROM change WHERE seq = 1;"
          "UPDATE head SET recovering = 1;"
          "INSERT INTO sight_change (person_id, seq) VALUES ('x', 1)",
          "change 2 row_id: It is another in the copy\n"
          "sight_change x : It is in the copy alone\n"
          "head 1 recovering: It is another in the copy\n");
}

static void
test_a_target_that_is_taken (Department *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 n_rows;

  copy_well (self);
  g_assert_false (copy (self, &n_rows, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_CONFLICT);
  compare (self);
  g_assert_cmpstr (self->found->str, ==, "");
}

static void
test_half_a_copy_is_no_department (Department *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 n_rows;

  copy_well (self);
  g_assert_true (mtb_store_execute (self->to, "DELETE FROM head; DELETE FROM command", NULL));
  g_assert_null (open_authority (self->to_path, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_false (copy (self, &n_rows, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_CONFLICT);
}

#define ADD(path, func) g_test_add (path, Department, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/copy/nothing-differs", test_nothing_differs);
  ADD ("/copy/what-differs-is-named", test_what_differs_is_named);
  ADD ("/copy/a-target-that-is-taken", test_a_target_that_is_taken);
  ADD ("/copy/half-a-copy-is-no-department", test_half_a_copy_is_no_department);
  return g_test_run ();
}
