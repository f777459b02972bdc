#include "mtb-call.h"
#include "mtb-feed.h"
#include "mtb-pbx.h"
#include "mtb-presence.h"
#include "mtb-schema.h"
#include "mtb-setting.h"
#include "mtb-subscriber.h"
#include "mtb-test-department.h"

/* A desk that only follows the feed: rows by "table id", with removals applied. */
typedef struct
{
  GHashTable *rows;
  GString *removed;
  guint n_changes;
  guint room;
} Desk;

static void
desk_init (Desk *self)
{
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, mtb_record_unref);
  self->removed = g_string_new (NULL);
  self->n_changes = 0;
}

static void
desk_clear (Desk *self)
{
  g_hash_table_unref (self->rows);
  g_string_free (self->removed, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static char *
make_key (const MtbTable *table, const char *id)
{
  return g_strdup_printf ("%s %s", table != NULL ? table->shape.name : MTB_CHANGE_WINDOW, id);
}

static gboolean
take_change (gint64 seq, const MtbTable *table, const char *id, gconstpointer row, gpointer data)
{
  Desk *self = data;
  g_autofree char *key = make_key (table, id);

  self->n_changes++;
  if (row != NULL)
    g_hash_table_replace (self->rows, g_steal_pointer (&key), mtb_record_copy (row));
  else if (table != NULL)
    {
      g_hash_table_remove (self->rows, key);
      g_string_append_printf (self->removed, "%s;", key);
    }
  return self->room == 0 || --self->room > 0;
}

static gint64
read_page (MtbTestDepartment *department, const char *who, gint64 after, guint limit, Desk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbViewer) viewer = mtb_viewer_load (department->store, mtb_test_id (who), &error);
  g_autoptr (MtbHead) head = mtb_test_get_head (department);
  gint64 next;

  g_assert_no_error (error);
  mtb_feed_read (department->store, viewer, head, after, limit, take_change, desk, &next, &error);
  g_assert_no_error (error);
  return next;
}

static gboolean
has (const Desk *desk, const MtbTable *table, const char *name)
{
  g_autofree char *key = make_key (table, mtb_test_id (name));

  return g_hash_table_contains (desk->rows, key);
}

static void
log_calls (MtbTestDepartment *department)
{
  mtb_test_accept (department, "agent", mtb_test_call (department, "of agent"));
  mtb_test_accept (department, "colleague", mtb_test_call (department, "of colleague"));
  mtb_test_accept (department, "stranger", mtb_test_call (department, "of stranger"));
}

static void
check_calls (const char *who, gboolean agents, gboolean colleagues, gboolean strangers)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_auto (Desk) desk = { 0 };

  desk_init (&desk);
  log_calls (department);
  read_page (department, who, 0, 100, &desk);
  g_assert_cmpint (has (&desk, &mtb_call_table, "of agent"), ==, agents);
  g_assert_cmpint (has (&desk, &mtb_call_table, "of colleague"), ==, colleagues);
  g_assert_cmpint (has (&desk, &mtb_call_table, "of stranger"), ==, strangers);
  g_assert_cmpstr (desk.removed->str, ==, "");
}

static void
test_calls_go_to_whom_they_concern (void)
{
  check_calls ("agent", TRUE, FALSE, FALSE);
  check_calls ("colleague", FALSE, TRUE, FALSE);
  check_calls ("supervisor", TRUE, TRUE, FALSE);
  check_calls ("quality", TRUE, TRUE, TRUE);
  check_calls ("manager", TRUE, TRUE, TRUE);
  check_calls ("followup", FALSE, FALSE, FALSE);
  check_calls ("field", FALSE, FALSE, FALSE);
  check_calls ("finance", FALSE, FALSE, FALSE);
  check_calls ("department", FALSE, FALSE, FALSE);
  check_calls ("admin", FALSE, FALSE, FALSE);
  check_calls ("connector", FALSE, FALSE, FALSE);
}

static void
check_untaken (const char *who, gboolean seen)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_auto (Desk) desk = { 0 };

  desk_init (&desk);
  mtb_test_log (department, "0|r1|support|NONE|ENTERQUEUE||0114018827|1\n"
                            "5|r1|support|NONE|ABANDON|1|1|5\n");
  read_page (department, who, 0, 100, &desk);
  g_assert_cmpint (g_hash_table_size (desk.rows), ==, seen ? 1 : 0);
}

static void
test_calls_that_no_agent_took (void)
{
  check_untaken ("agent", FALSE);
  check_untaken ("supervisor", TRUE);
  check_untaken ("manager", TRUE);
  check_untaken ("admin", FALSE);
}

static void
check_prospect (const char *who, gboolean seen)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  MtbProspectAdd *prospect = mtb_record_new (&mtb_prospect_add.shape);
  g_auto (Desk) desk = { 0 };

  desk_init (&desk);
  prospect->id = g_strdup (mtb_test_id ("new"));
  prospect->name = g_strdup ("New");
  mtb_test_accept (department, "agent", prospect);
  read_page (department, who, 0, 100, &desk);
  g_assert_cmpint (has (&desk, &mtb_prospect_table, "new"), ==, seen);
}

static void
test_the_directory (void)
{
  check_prospect ("agent", TRUE);
  check_prospect ("followup", TRUE);
  check_prospect ("field", FALSE);
  check_prospect ("finance", FALSE);
  check_prospect ("department", FALSE);
  check_prospect ("admin", FALSE);
}

static void
take_over (MtbTestDepartment *department, const char *name)
{
  g_autoptr (MtbPbxCall) call = mtb_test_get (department, &mtb_pbx_call_table, name);
  g_autoptr (MtbHead) head = NULL;
  g_autoptr (MtbPbxCall) after = mtb_record_copy (call);

  mtb_store_begin (department->store, NULL);
  head = mtb_ledger_take_head (department->store, NULL);
  MTB_TEST_SET (after, person_id, mtb_test_id ("stranger"));
  mtb_ledger_add_change (department->store, head, &mtb_pbx_call_table, call, after, NULL);
  mtb_store_put (department->store, after, NULL);
  mtb_ledger_write_head (department->store, head, NULL);
  mtb_store_commit (department->store, NULL);
}

/* Who saw a row and sees it no more is told to drop it; who sees it now gets it. */
static void
test_a_row_that_goes_to_somebody_else (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_auto (Desk) loser = { 0 };
  g_auto (Desk) winner = { 0 };
  g_auto (Desk) colleague = { 0 };
  g_autofree char *id = NULL;
  gint64 cursor;

  desk_init (&loser);
  desk_init (&winner);
  desk_init (&colleague);
  mtb_test_log (department, "0|r1|support|NONE|ENTERQUEUE||0114018827|1\n"
                            "5|r1|support|rima|CONNECT|5|u|2\n");
  id = mtb_store_select_text (department->store, "SELECT id FROM pbx_call", NULL, NULL);
  cursor = read_page (department, "agent", 0, 100, &loser);
  g_assert_cmpuint (g_hash_table_size (loser.rows), ==, 1);
  take_over (department, id);
  read_page (department, "agent", cursor, 100, &loser);
  read_page (department, "stranger", cursor, 100, &winner);
  read_page (department, "colleague", 0, 100, &colleague);
  g_assert_cmpuint (g_hash_table_size (loser.rows), ==, 0);
  g_assert_cmpuint (g_hash_table_size (winner.rows), ==, 1);
  g_assert_cmpuint (colleague.n_changes, ==, 0);
}

static void
test_deleted_rows_are_removed (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (MtbHead) head = NULL;
  g_auto (Desk) desk = { 0 };
  g_autoptr (MtbCall) call = NULL;

  desk_init (&desk);
  log_calls (department);
  read_page (department, "agent", 0, 100, &desk);
  call = mtb_test_get (department, &mtb_call_table, mtb_test_id ("of agent"));
  head = mtb_test_get_head (department);
  mtb_ledger_add_change (department->store, head, &mtb_call_table, call, NULL, NULL);
  mtb_store_delete (department->store, &mtb_call_table.shape, call->id, NULL);
  mtb_ledger_write_head (department->store, head, NULL);
  read_page (department, "agent", head->seq - 1, 100, &desk);
  g_assert_false (has (&desk, &mtb_call_table, "of agent"));
}

static void
move_window (MtbTestDepartment *department, gint64 from)
{
  g_autoptr (MtbHead) head = mtb_test_get_head (department);

  mtb_ledger_move_window (department->store, head, from, NULL);
  mtb_ledger_write_head (department->store, head, NULL);
}

static void
test_what_is_before_the_window (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_auto (Desk) desk = { 0 };

  desk_init (&desk);
  log_calls (department);
  move_window (department, department->log_from + 1);
  read_page (department, "agent", 0, 100, &desk);
  g_assert_false (has (&desk, &mtb_call_table, "of agent"));
  g_assert_cmpuint (desk.n_changes, ==, 2);
}

static void
check_pages (guint limit)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (MtbHead) head = NULL;
  g_auto (Desk) whole = { 0 };
  g_auto (Desk) paged = { 0 };
  gint64 cursor = 0;
  guint n_pages = 0;

  desk_init (&whole);
  desk_init (&paged);
  log_calls (department);
  mtb_test_accept (department, "agent", mtb_test_amendment (department, "of agent", 1));
  head = mtb_test_get_head (department);
  g_assert_cmpint (read_page (department, "manager", 0, 1000, &whole), ==, head->seq);
  for (; cursor < head->seq; n_pages++)
    {
      guint n_before = paged.n_changes;
      gint64 next = read_page (department, "manager", cursor, limit, &paged);

      g_assert_cmpuint (paged.n_changes - n_before, <=, limit);
      g_assert_cmpint (next, >, cursor);
      cursor = next;
    }
  g_assert_cmpint (cursor, ==, head->seq);
  g_assert_cmpuint (n_pages, >=, whole.n_changes / limit);
  g_assert_cmpuint (g_hash_table_size (paged.rows), ==, g_hash_table_size (whole.rows));
}

static void
test_pages (void)
{
  for (guint limit = 1; limit < 8; limit++)
    check_pages (limit);
}

/* A row that changed twice is sent once on a page, as it is now. */
static void
test_a_row_stands_once_on_a_page (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_auto (Desk) desk = { 0 };
  g_autofree char *key = make_key (&mtb_call_table, mtb_test_id ("call"));
  const MtbCall *call;

  desk_init (&desk);
  mtb_test_accept (department, "agent", mtb_test_call (department, "call"));
  mtb_test_accept (department, "agent", mtb_test_amendment (department, "call", 1));
  read_page (department, "agent", 0, 100, &desk);
  call = g_hash_table_lookup (desk.rows, key);
  g_assert_cmpint (call->version, ==, 2);
  g_assert_cmpuint (desk.n_changes, ==, 2);
}

/* Every row of the source that is written now goes into the feed too. */
/* Ids are made at desks, and nobody hinders one from taking the same for two things. */
static void
test_one_id_in_two_tables (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  MtbPresenceMove *move = mtb_record_new (&mtb_presence_move.shape);
  g_auto (Desk) desk = { 0 };

  desk_init (&desk);
  move->id = g_strdup (mtb_test_id ("both"));
  move->act = MTB_PRESENCE_ACT_BEGIN;
  mtb_test_accept (department, "agent", mtb_test_call (department, "both"));
  mtb_test_accept (department, "agent", move);
  read_page (department, "supervisor", 0, 100, &desk);
  g_assert_true (has (&desk, &mtb_call_table, "both"));
  g_assert_true (has (&desk, &mtb_presence_table, "both"));
}

static void
enter_everything (MtbTestDepartment *department)
{
  g_autoptr (MtbHead) head = mtb_test_get_head (department);

  for (guint i = 0; mtb_tables[i] != NULL; i++)
    {
      g_autofree char *sql =
        g_strdup_printf ("SELECT $columns(t) FROM %s t", mtb_tables[i]->shape.name);
      g_autoptr (GPtrArray) rows =
        mtb_store_select (department->store, &mtb_tables[i]->shape, sql, NULL, NULL);

      for (guint j = 0; j < rows->len; j++)
        mtb_ledger_add_change (department->store, head, mtb_tables[i], NULL,
                               g_ptr_array_index (rows, j), NULL);
    }
  mtb_ledger_write_head (department->store, head, NULL);
}

/* However little room there is on a page, and also where the last one ends just at the head. */
static void
test_pages_end_where_they_are_full (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_auto (Desk) desk = { 0 };
  g_auto (Desk) whole = { 0 };
  gint64 next = 0;
  gint64 end;

  enter_everything (department);
  desk_init (&desk);
  desk_init (&whole);
  end = read_page (department, "agent", 0, 1000, &whole);
  g_assert_cmpuint (whole.n_changes, >, 3);
  for (guint i = 0; next < end && i < 1000; i++)
    {
      desk.room = 1;
      next = read_page (department, "agent", next, 1000, &desk);
    }
  g_assert_cmpint (next, ==, end);
  g_assert_cmpuint (g_hash_table_size (desk.rows), ==, g_hash_table_size (whole.rows));
}

static MtbStore *
copy_for (MtbTestDepartment *department, const char *who)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbViewer) viewer = mtb_viewer_load (department->store, mtb_test_id (who), &error);
  g_autoptr (MtbHead) head = mtb_test_get_head (department);
  MtbStore *target = mtb_store_open ("sqlite::memory:", MTB_STORE_FILE, &error);

  mtb_schema_create_tables (target, &error);
  mtb_feed_copy (department->store, viewer, head, MTB_ABSENT, target, &error);
  g_assert_no_error (error);
  return target;
}

static void
check_copy (MtbTestDepartment *department, const char *who)
{
  g_autoptr (MtbStore) copy = copy_for (department, who);
  g_auto (Desk) desk = { 0 };
  gint64 n_copied = 0;

  desk_init (&desk);
  read_page (department, who, 0, 10000, &desk);
  for (guint i = 0; mtb_tables[i] != NULL; i++)
    {
      g_autofree char *sql =
        g_strdup_printf ("SELECT $columns(t) FROM %s t", mtb_tables[i]->shape.name);
      g_autoptr (GPtrArray) rows = mtb_store_select (copy, &mtb_tables[i]->shape, sql, NULL, NULL);

      for (guint j = 0; j < rows->len; j++)
        {
          gconstpointer row = g_ptr_array_index (rows, j);
          g_autofree char *key = make_key (mtb_tables[i], mtb_record_get_id (row));
          gconstpointer fed = g_hash_table_lookup (desk.rows, key);

          g_assert_nonnull (fed);
          g_assert_true (mtb_record_equal (row, fed));
          n_copied++;
        }
    }
  g_assert_cmpint (n_copied, ==, g_hash_table_size (desk.rows));
}

/* A snapshot and the feed from its beginning are the same rows, for everybody. */
static void
test_snapshot_is_the_feed (void)
{
  static const char *const people[] = { "agent",   "colleague",  "stranger", "supervisor",
                                        "quality", "manager",    "followup", "field",
                                        "finance", "department", "admin",    "connector",
                                        "operator" };
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  MtbCallLog *late = mtb_test_call (department, "late");

  log_calls (department);
  late->started_at += 2;
  mtb_test_accept (department, "agent", late);
  mtb_test_log (department, "0|r1|support|NONE|ENTERQUEUE||0114018827|1\n"
                            "5|r1|support|NONE|ABANDON|1|1|5\n"
                            "6|r2|support|NONE|ENTERQUEUE||0114018827|1\n"
                            "7|r2|support|samer|CONNECT|1|u|1\n"
                            "8|NONE|NONE|samer|PAUSEALL|tea\n");
  move_window (department, department->log_from + 1);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      enter_everything (department);
      check_copy (department, people[i]);
    }
}

static void
keep_directory (MtbTestDepartment *department, const char *value)
{
  MtbSettingSet *setting = mtb_record_new (&mtb_setting_set.shape);

  setting->name = g_strdup (MTB_SETTING_DIRECTORY_KEEP);
  setting->value = g_strdup (value);
  mtb_test_accept (department, "admin", setting);
}

static void
test_a_directory_that_is_not_kept (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (MtbStore) kept = copy_for (department, "agent");
  g_autoptr (MtbStore) unkept = NULL;
  g_auto (Desk) desk = { 0 };
  gint64 n_kept, n_unkept;

  desk_init (&desk);
  keep_directory (department, "dealt_with");
  unkept = copy_for (department, "agent");
  mtb_store_select_number (kept, "SELECT COUNT(*) FROM subscriber", NULL, &n_kept, NULL);
  mtb_store_select_number (unkept, "SELECT COUNT(*) FROM subscriber", NULL, &n_unkept, NULL);
  g_assert_cmpint (n_kept, ==, 1);
  g_assert_cmpint (n_unkept, ==, 0);
  enter_everything (department);
  read_page (department, "agent", 0, 1000, &desk);
  g_assert_false (has (&desk, &mtb_subscriber_table, "omar"));
  g_assert_true (has (&desk, &mtb_prospect_table, "sami"));
}

static gboolean
touches (MtbTestDepartment *department, const char *who, gint64 after)
{
  g_autoptr (MtbViewer) viewer = mtb_viewer_load (department->store, mtb_test_id (who), NULL);
  g_autoptr (MtbFeedNews) news = mtb_feed_news_read (department->store, after, NULL);

  return mtb_feed_news_concern (news, viewer);
}

static void
test_pokes_go_only_where_something_is (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (MtbHead) head = NULL;

  g_assert_false (touches (department, "agent", 0));
  mtb_test_accept (department, "agent", mtb_test_call (department, "call"));
  g_assert_true (touches (department, "agent", 0));
  g_assert_true (touches (department, "supervisor", 0));
  g_assert_false (touches (department, "colleague", 0));
  g_assert_false (touches (department, "admin", 0));
  head = mtb_test_get_head (department);
  g_assert_false (touches (department, "agent", head->seq));
}

static void
test_viewers (void)
{
  g_autoptr (MtbTestDepartment) department = mtb_test_department_new ();
  g_autoptr (MtbViewer) supervisor =
    mtb_viewer_load (department->store, mtb_test_id ("supervisor"), NULL);
  g_autoptr (MtbViewer) agent = mtb_viewer_load (department->store, mtb_test_id ("agent"), NULL);
  g_autofree const char **people = mtb_viewer_list_people (supervisor);
  g_autofree const char **alone = mtb_viewer_list_people (agent);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_strv_length ((char **) people), ==, 3);
  g_assert_cmpuint (g_strv_length ((char **) alone), ==, 1);
  g_assert_true (mtb_viewer_has_person (supervisor, mtb_test_id ("colleague")));
  g_assert_false (mtb_viewer_has_person (supervisor, mtb_test_id ("stranger")));
  g_assert_false (mtb_viewer_has_person (agent, mtb_test_id ("colleague")));
  g_assert_false (mtb_viewer_sees_scope (agent, &mtb_pbx_call_table, NULL));
  g_assert_true (mtb_viewer_sees_scope (supervisor, &mtb_pbx_call_table, ""));
  g_assert_null (mtb_viewer_load (department->store, mtb_test_id ("nobody"), &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/feed/calls", test_calls_go_to_whom_they_concern);
  g_test_add_func ("/store/feed/untaken", test_calls_that_no_agent_took);
  g_test_add_func ("/store/feed/directory", test_the_directory);
  g_test_add_func ("/store/feed/reassigned", test_a_row_that_goes_to_somebody_else);
  g_test_add_func ("/store/feed/deleted", test_deleted_rows_are_removed);
  g_test_add_func ("/store/feed/window", test_what_is_before_the_window);
  g_test_add_func ("/store/feed/pages", test_pages);
  g_test_add_func ("/store/feed/once", test_a_row_stands_once_on_a_page);
  g_test_add_func ("/store/feed/one-id-in-two-tables", test_one_id_in_two_tables);
  g_test_add_func ("/store/feed/pages-end-where-they-are-full", test_pages_end_where_they_are_full);
  g_test_add_func ("/store/feed/snapshot", test_snapshot_is_the_feed);
  g_test_add_func ("/store/feed/directory-not-kept", test_a_directory_that_is_not_kept);
  g_test_add_func ("/store/feed/touches", test_pokes_go_only_where_something_is);
  g_test_add_func ("/store/viewer", test_viewers);
  return g_test_run ();
}
