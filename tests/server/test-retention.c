#define _GNU_SOURCE

/* Arguments whose time is over are gone from the trail, and everything else holds. */

#include "mtb-audit.h"
#include "mtb-error.h"
#include "mtb-founding.h"
#include "mtb-id.h"
#include "mtb-person.h"
#include "mtb-retention.h"
#include "mtb-setting.h"
#include "mtb-test-database.h"
#include "mtb-test-record.h"
#include "mtb-time.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_OLD 2500
#define KEPT "SELECT COUNT(*) FROM command WHERE payload IS NOT NULL AND salt IS NOT NULL"
#define ERASED "SELECT COUNT(*) FROM command WHERE payload IS NULL AND salt IS NULL"

typedef struct
{
  char *folder;
  char *path;
  MtbAuthority *authority;
  gint64 now;
} Department;

static gint64
read_clock (gpointer data)
{
  return ((Department *) data)->now;
}

static void
set_up (Department *self, gconstpointer data)
{
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;
  gboolean was_there;

  self->folder = g_dir_make_tmp ("mutabaa-retention-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "department.db", NULL);
  uri = mtb_test_database_new (self->path);
  self->now = mtb_time_now () - 100 * MTB_DAY;
  self->authority = mtb_authority_open (uri, &error);
  g_assert_no_error (error);
  mtb_authority_set_clock (self->authority, read_clock, self);
  g_assert_true (mtb_department_found (self->authority, &was_there, NULL));
}

static void
tear_down (Department *self, gconstpointer data)
{
  g_clear_pointer (&self->authority, mtb_authority_free);
  g_unlink (self->path);
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

static gint64
count (Department *self, const char *sql)
{
  gint64 n = 0;

  g_assert_true (
    mtb_store_select_number (mtb_authority_get_store (self->authority), sql, NULL, &n, NULL));
  return n;
}

static MtbOrder *
new_team (Department *self, const char *id, const char *name)
{
  MtbTeamPut *team = mtb_record_new (&mtb_team_add.shape);

  team->id = g_strdup (mtb_test_id (name));
  team->name = g_strdup (name);
  return mtb_order_new (mtb_envelope_new (team, mtb_test_id (id), 0, self->now),
                        MTB_PERSON_OPERATOR, NULL, NULL);
}

static MtbVerdict *
judge (Department *self, MtbOrder *order)
{
  g_autoptr (MtbOrder) owned = order;
  g_autoptr (GPtrArray) orders = g_ptr_array_new ();

  g_ptr_array_add (orders, order);
  mtb_authority_judge (self->authority, orders);
  g_assert_no_error (order->failure);
  return g_steal_pointer (&order->verdict);
}

static void
add_teams (Department *self, guint n)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mtb_order_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("team-of-long-ago-%u", i);

      g_ptr_array_add (orders, new_team (self, name, name));
    }
  mtb_authority_apply (self->authority, orders, &error);
  g_assert_no_error (error);
}

static void
keep_for (Department *self, const char *days)
{
  MtbSettingSet *set = mtb_record_new (&mtb_setting_set.shape);
  g_autoptr (GError) error = NULL;

  set->name = g_strdup (MTB_SETTING_RETENTION_DAYS);
  set->value = g_strdup (days);
  mtb_authority_command (self->authority, MTB_PERSON_OPERATOR, set, NULL, NULL, &error);
  g_assert_no_error (error);
}

static gint64
erase (Department *self)
{
  g_autoptr (GError) error = NULL;
  gint64 n_erased;

  mtb_retention_erase (self->authority, &n_erased, &error);
  g_assert_no_error (error);
  return n_erased;
}

static void
check_chain (Department *self)
{
  g_autoptr (GError) error = NULL;
  gint64 n_entries;

  g_assert_true (mtb_audit_verify (mtb_authority_get_store (self->authority), &n_entries, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_entries, ==, count (self, "SELECT COUNT(*) FROM command"));
}

static void
test_what_is_old_is_erased_in_portions (Department *self, gconstpointer data)
{
  gint64 n_old;

  add_teams (self, N_OLD);
  n_old = count (self, KEPT);
  self->now += 99 * MTB_DAY;
  keep_for (self, "100");
  g_assert_cmpint (erase (self), ==, 0);
  keep_for (self, "90");
  for (gint64 left = n_old; left > 0;)
    {
      gint64 n_erased = erase (self);

      g_assert_cmpint (n_erased, >, 0);
      g_assert_cmpint (n_erased, <=, 1000);
      left -= n_erased;
      g_assert_cmpint (count (self, ERASED), ==, n_old - left);
      check_chain (self);
    }
  g_assert_cmpint (erase (self), ==, 0);
  g_assert_cmpint (count (self, KEPT), ==, 2);
  /* The rows that followed are there, as is all else of the entries. */
  g_assert_cmpint (count (self, "SELECT COUNT(*) FROM team"), ==, N_OLD);
  g_assert_cmpint (count (self, "SELECT COUNT(*) FROM command WHERE payload_hash IS NULL"), ==, 0);
}

static void
test_nothing_is_erased_unasked (Department *self, gconstpointer data)
{
  add_teams (self, 3);
  self->now += 3650 * MTB_DAY;
  g_assert_cmpint (erase (self), ==, 0);
  keep_for (self, "0");
  g_assert_cmpint (erase (self), ==, 0);
  g_assert_cmpint (count (self, ERASED), ==, 0);
}

static void
check_verdict (MtbVerdict *verdict, gboolean applied, gint64 seq)
{
  g_assert_cmpint (verdict->applied, ==, applied);
  if (applied)
    g_assert_cmpint (verdict->seq, ==, seq);
  mtb_verdict_free (verdict);
}

/* Who repeats a command gets its verdict; who has its id from elsewhere learns nothing. */
static void
test_a_repeat_changes_nothing (Department *self, gconstpointer data)
{
  g_autoptr (MtbVerdict) first = judge (self, new_team (self, "command", "north"));
  MtbOrder *stranger;

  self->now += 95 * MTB_DAY;
  keep_for (self, "90");
  g_assert_cmpint (erase (self), >, 0);
  check_verdict (judge (self, new_team (self, "command", "north")), TRUE, first->seq);
  g_assert_cmpint (count (self, "SELECT COUNT(*) FROM team"), ==, 1);
  stranger = new_team (self, "command", "north");
  g_free (stranger->person_id);
  stranger->person_id = g_strdup (MTB_PERSON_PBX);
  check_verdict (judge (self, stranger), FALSE, 0);
  check_chain (self);
}

static gboolean
file_has (const char *path, const char *words)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  return memmem (bytes, length, words, strlen (words)) != NULL;
}

/* A word that stands in no row any more: the team has another name by now. */
static void
test_nothing_is_left_of_it_in_the_file (Department *self, gconstpointer data)
{
  MtbTeamPut *renamed = mtb_record_new (&mtb_team_set.shape);

  mtb_verdict_free (judge (self, new_team (self, "command", "word-of-long-ago")));
  renamed->id = g_strdup (mtb_test_id ("word-of-long-ago"));
  renamed->name = g_strdup ("north");
  g_assert_true (
    mtb_authority_command (self->authority, MTB_PERSON_OPERATOR, renamed, NULL, NULL, NULL));
  self->now += 95 * MTB_DAY;
  g_assert_true (mtb_store_forget (mtb_authority_get_store (self->authority), NULL));
  g_assert_true (file_has (self->path, "word-of-long-ago"));
  keep_for (self, "90");
  g_assert_cmpint (erase (self), >, 0);
  g_assert_true (mtb_store_forget (mtb_authority_get_store (self->authority), NULL));
  g_assert_false (file_has (self->path, "word-of-long-ago"));
}

static void
test_sign_ins_are_forgotten_in_time (Department *self, gconstpointer data)
{
  g_autoptr (MtbSession) session = mtb_record_new (&mtb_session_shape);

  session->token_hash = g_strdup ("hash");
  session->id = g_strdup (mtb_test_id ("session"));
  session->person_id = g_strdup (mtb_test_id ("somebody"));
  session->created_at = self->now;
  session->expires_at = self->now;
  session->dismissed = 1;
  g_assert_true (mtb_store_put (mtb_authority_get_store (self->authority), session, NULL));
  self->now += MTB_DISMISSED_DAYS * MTB_DAY;
  erase (self);
  g_assert_cmpint (count (self, "SELECT COUNT(*) FROM session"), ==, 1);
  self->now += 1;
  erase (self);
  g_assert_cmpint (count (self, "SELECT COUNT(*) FROM session"), ==, 0);
}

#define ADD(path, func) g_test_add (path, Department, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/retention/what-is-old-is-erased-in-portions", test_what_is_old_is_erased_in_portions);
  ADD ("/retention/nothing-is-erased-unasked", test_nothing_is_erased_unasked);
  ADD ("/retention/a-repeat-changes-nothing", test_a_repeat_changes_nothing);
  if (!mtb_test_database_is_shared ())
    ADD ("/retention/nothing-is-left-of-it-in-the-file", test_nothing_is_left_of_it_in_the_file);
  ADD ("/retention/sign-ins-are-forgotten-in-time", test_sign_ins_are_forgotten_in_time);
  return g_test_run ();
}
