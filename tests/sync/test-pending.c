/* What was given at a desk reaches the server once, whatever happens on the way. */

#include "mtb-test-desk.h"

#include "mtb-customer-query.h"
#include "mtb-export.h"
#include "mtb-id.h"
#include "mtb-outbox.h"
#include "mtb-setting.h"
#include "mtb-subscriber.h"

#include <glib/gstdio.h>

#define CALLS "SELECT COUNT(*) FROM call"
#define RECEIVED "SELECT COUNT(*) FROM call WHERE received_at IS NOT NULL"

static void
test_offline_then_sent_and_seen (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (MtbTestDesk) hadi = mtb_test_desk_new (server, "hadi");
  g_autofree char *id = NULL;

  mtb_test_transport_set_cut (rima->line, TRUE);
  id = mtb_test_desk_log (rima, "دون اتصال");
  mtb_test_desk_sync_fails (rima, MTB_ERROR_UNREACHABLE);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 1);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 1);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 0);

  mtb_test_transport_set_cut (rima->line, FALSE);
  mtb_test_desk_sync (rima);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 0);
  g_assert_cmpint (mtb_test_desk_count (rima, RECEIVED), ==, 1);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 1);

  mtb_test_desk_sync (hadi);
  g_assert_cmpint (mtb_test_desk_count (hadi, CALLS), ==, 1);
}

static void
test_lost_answer (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *id = mtb_test_desk_log (rima, "the answer is lost");
  gint64 seq;

  mtb_test_transport_lose_answers (rima->line, "POST", 1);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_UNREACHABLE);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 1);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 1);
  seq = mtb_test_server_count (server, "SELECT seq FROM head");

  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_server_count (server, "SELECT seq FROM head"), ==, seq);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 1);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 0);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 1);
}

static void
test_lost_page (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *id = mtb_test_desk_log (rima, "the page is lost");

  mtb_test_transport_lose_answers (rima->line, "GET", 1);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_UNREACHABLE);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 0);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 1);
  g_assert_cmpint (mtb_test_desk_count (rima, RECEIVED), ==, 0);
  mtb_test_transport_damage (rima->line, "/v1/changes", 1);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_UNREACHABLE);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, RECEIVED), ==, 1);
}

/* No row follows from it, but it is sent like all else. */
static void
test_export_without_rows (void)
{
  const char *entries = "SELECT COUNT(*) FROM command WHERE type = 'list.export'";
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  MtbListExport *command = mtb_record_new (&mtb_list_export.shape);

  command->id = mtb_id_new (g_get_real_time () / 1000);
  command->list = g_strdup ("records");
  command->format = MTB_EXPORT_CSV;
  command->n_rows = 3;
  mtb_test_transport_set_cut (rima->line, TRUE);
  mtb_test_desk_give (rima, command);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_UNREACHABLE);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 1);
  g_assert_cmpint (mtb_test_server_count (server, entries), ==, 0);

  mtb_test_transport_set_cut (rima->line, FALSE);
  mtb_test_desk_sync (rima);
  mtb_test_desk_sync (rima);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 0);
  g_assert_cmpint (mtb_test_server_count (server, entries), ==, 1);
}

/* Types of call are set on the server; a desk that has not heard of it still offers the old one. */
static void
retire_type (MtbTestServer *server, gint64 active)
{
  MtbCallTypePut *put = mtb_record_new (&mtb_call_type_put.shape);

  put->id = g_strdup (mtb_test_id ("fault"));
  put->parent_id = g_strdup (mtb_test_id ("technical"));
  put->name = g_strdup ("fault");
  put->name_en = g_strdup ("fault");
  put->position = 1;
  put->active = active;
  mtb_test_server_command (server, "nadia", put);
}

static void
test_refused_comes_back_whole (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *bad = NULL;
  g_autofree char *good = g_strdup (mtb_test_id ("good"));
  g_autoptr (MtbRefusal) refusal = NULL;
  MtbProspectAdd *prospect = mtb_record_new (&mtb_prospect_add.shape);
  const MtbCallLog *typed;

  retire_type (server, 0);
  bad = mtb_test_desk_log (rima, "كل ما كُتب");
  prospect->id = g_strdup (good);
  prospect->name = g_strdup ("سامي");
  mtb_test_desk_give (rima, prospect);
  mtb_test_desk_sync (rima);

  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 0);
  g_assert_cmpuint (mtb_test_desk_get_n_refused (rima), ==, 1);
  g_assert_cmpint (mtb_test_server_count (server, "SELECT COUNT(*) FROM prospect"), ==, 1);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 0);
  refusal = mtb_test_desk_get_refusal (rima, 0);
  typed = mtb_refusal_get_arguments (refusal);
  g_assert_cmpstr (typed->notes, ==, "كل ما كُتب");
  g_assert_cmpstr (typed->id, ==, bad);
  g_assert_error (mtb_refusal_get_reason (refusal), MTB_ERROR, MTB_ERROR_CONFLICT);
  g_assert_cmpstr (mtb_error_get_field (mtb_refusal_get_reason (refusal)), ==, "type_id");

  retire_type (server, 1);
  mtb_test_desk_sync (rima);
  g_assert_true (mtb_client_mend (rima->client, mtb_refusal_get_command_id (refusal),
                                  mtb_refusal_get_arguments (refusal), NULL));
  g_assert_cmpuint (mtb_test_desk_get_n_refused (rima), ==, 0);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 1);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 1);
  g_assert_cmpint (mtb_test_desk_count (rima, RECEIVED), ==, 1);
}

/* It does not stay in the rows until the next page comes. */
static void
test_refused_is_out_of_the_rows_at_once (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *id = NULL;

  retire_type (server, 0);
  id = mtb_test_desk_log (rima, "refused");
  mtb_test_transport_lose_answers (rima->line, "GET", 1);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_UNREACHABLE);
  g_assert_cmpuint (mtb_test_desk_get_n_refused (rima), ==, 1);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 0);
}

static void
test_refused_is_dropped (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *id = NULL;
  g_autoptr (MtbRefusal) refusal = NULL;

  retire_type (server, 0);
  id = mtb_test_desk_log (rima, "to be dropped");
  mtb_test_desk_sync (rima);
  refusal = mtb_test_desk_get_refusal (rima, 0);
  g_assert_true (mtb_client_drop (rima->client, mtb_refusal_get_command_id (refusal), NULL));
  g_assert_cmpuint (mtb_test_desk_get_n_refused (rima), ==, 0);
  g_assert_false (mtb_client_drop (rima->client, mtb_refusal_get_command_id (refusal), NULL));
  mtb_test_desk_restart (rima);
  mtb_test_desk_sync (rima);
  g_assert_cmpuint (mtb_test_desk_get_n_refused (rima), ==, 0);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 0);
}

static void
add_prospect_and_call (MtbTestDesk *desk, const char *prospect_name)
{
  MtbProspectAdd *prospect = mtb_record_new (&mtb_prospect_add.shape);
  MtbCallLog *call = mtb_test_new_call ("built on the prospect");

  prospect->id = g_strdup (mtb_test_id ("sami"));
  prospect->name = g_strdup (prospect_name);
  g_clear_pointer (&call->subscriber_id, g_free);
  call->prospect_id = g_strdup (mtb_test_id ("sami"));
  mtb_test_desk_give (desk, prospect);
  mtb_test_desk_give (desk, call);
}

static void
set_roles (MtbTestServer *server, const char *name, gint64 roles)
{
  MtbPersonPut *put = mtb_record_new (&mtb_person_set.shape);

  put->id = g_strdup (mtb_test_id (name));
  put->username = g_strdup (name);
  put->display_name = g_strdup (name);
  put->roles = roles;
  put->active = 1;
  mtb_test_server_command (server, "majd", put);
}

static void
test_built_on_refused_waits (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) lina = mtb_test_desk_new (server, "lina");
  g_autoptr (MtbRefusal) first = NULL;
  g_autoptr (MtbRefusal) second = NULL;

  add_prospect_and_call (lina, "سامي");
  set_roles (server, "lina", MTB_ROLE_QUALITY);
  mtb_test_desk_sync (lina);
  g_assert_cmpuint (mtb_test_desk_get_n_refused (lina), ==, 2);
  g_assert_cmpint (mtb_test_desk_count (lina, "SELECT COUNT(*) FROM prospect_word"), ==, 0);
  first = mtb_test_desk_get_refusal (lina, 0);
  second = mtb_test_desk_get_refusal (lina, 1);
  g_assert_true (mtb_refusal_get_command (first) == &mtb_prospect_add);
  g_assert_false (mtb_refusal_get_waits (first));
  g_assert_true (mtb_refusal_get_waits (second));

  set_roles (server, "lina", MTB_ROLE_AGENT);
  mtb_test_desk_sync (lina);
  g_assert_true (mtb_client_mend (lina->client, mtb_refusal_get_command_id (first),
                                  mtb_refusal_get_arguments (first), NULL));
  g_assert_cmpuint (mtb_test_desk_get_n_refused (lina), ==, 0);
  g_assert_cmpint (mtb_test_desk_count (lina, CALLS), ==, 1);
  mtb_test_desk_sync (lina);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 1);
  g_assert_cmpint (mtb_test_server_count (server, "SELECT COUNT(*) FROM prospect"), ==, 1);
}

static MtbCallAmend *
new_amendment (const MtbCallLog *call)
{
  MtbCallAmend *amendment = mtb_record_new (&mtb_call_amend.shape);

  mtb_record_assign (amendment, call);
  amendment->version_id = mtb_id_new (call->ended_at);
  amendment->version = 1;
  return amendment;
}

/* An answer was lost and what is on the way takes less now: the verdict on the second comes with the
 * next batch, and may be another one. */
static void
test_what_was_sent_has_its_own_verdict (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autofree char *path = g_build_filename (server->folder, "outbox.db", NULL);
  MtbOutbox *outbox = mtb_outbox_open (path, NULL);
  MtbCallLog *call = mtb_test_new_call ("refused");
  MtbCallAmend *amendment = new_amendment (call);
  g_autofree char *first = mtb_id_new (call->ended_at);
  g_autofree char *second = mtb_id_new (call->ended_at);
  g_autoptr (GPtrArray) sent = NULL;
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (GPtrArray) verdicts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) mtb_verdict_free);

  g_assert_true (mtb_outbox_add (outbox, call, first, call->ended_at, NULL));
  g_assert_true (mtb_outbox_add (outbox, amendment, second, call->ended_at, NULL));
  sent = mtb_outbox_list_waiting (outbox, 0, 2, NULL);
  g_assert_true (mtb_outbox_note_sent (outbox, sent, NULL));
  g_ptr_array_add (
    verdicts, mtb_verdict_new (first, MTB_ABSENT,
                               g_error_new_literal (MTB_ERROR, MTB_ERROR_FORBIDDEN, "not theirs")));
  g_assert_true (mtb_outbox_take_verdicts (outbox, verdicts, call->ended_at, NULL));
  waiting = mtb_outbox_list_waiting (outbox, 0, 2, NULL);
  g_assert_cmpuint (waiting->len, ==, 1);
  g_assert_cmpstr (((MtbGiven *) g_ptr_array_index (waiting, 0))->id, ==, second);
  mtb_outbox_close (outbox);
  mtb_record_unref (call);
  mtb_record_unref (amendment);
}

static void
test_dropped_base_frees_what_waits (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) lina = mtb_test_desk_new (server, "lina");
  g_autoptr (MtbRefusal) base = NULL;
  g_autoptr (MtbRefusal) waiting = NULL;

  add_prospect_and_call (lina, "سامي");
  set_roles (server, "lina", MTB_ROLE_QUALITY);
  mtb_test_desk_sync (lina);
  base = mtb_test_desk_get_refusal (lina, 0);
  g_assert_true (mtb_client_drop (lina->client, mtb_refusal_get_command_id (base), NULL));
  g_assert_cmpuint (mtb_test_desk_get_n_refused (lina), ==, 1);
  waiting = mtb_test_desk_get_refusal (lina, 0);
  g_assert_false (mtb_refusal_get_waits (waiting));
  g_assert_true (mtb_refusal_get_command (waiting) == &mtb_call_log);
}

/* How many customers are found at a desk, by a word of theirs. */
static gint64
count_found (MtbTestDesk *desk, const char *word)
{
  guint generation;
  g_autofree char *uri = mtb_client_dup_cache_uri (desk->client, &generation);
  g_autoptr (MtbStore) store = mtb_store_open (uri, MTB_STORE_READ_ONLY, NULL);
  g_autoptr (MtbViewer) viewer = mtb_viewer_load (store, mtb_test_id (desk->username), NULL);
  g_autoptr (MtbCustomerSearch) search = mtb_record_new (mtb_customer_search_query.arguments);
  g_autoptr (GPtrArray) rows = NULL;

  search->text = g_strdup (word);
  rows = mtb_customer_search_query.run (store, viewer, search, NULL);
  return rows->len;
}

/* Rows are taken out and put back, and have other numbers then. */
static void
test_search_goes_with_the_rows (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) lina = mtb_test_desk_new (server, "lina");
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  MtbProspectAdd *nur = mtb_record_new (&mtb_prospect_add.shape);

  g_assert_cmpint (count_found (lina, "omar"), ==, 1);
  nur->id = g_strdup (mtb_test_id ("nur"));
  nur->name = g_strdup ("نور");
  add_prospect_and_call (lina, "سامي الحلبي");
  mtb_test_desk_give (rima, nur);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (count_found (lina, "حلبي"), ==, 1);
  mtb_test_desk_sync (lina);
  g_assert_cmpint (count_found (lina, "حلبي سامي"), ==, 1);
  g_assert_cmpint (count_found (lina, "نور"), ==, 1);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (count_found (rima, "الحلبي"), ==, 1);
}

static void
test_survives_newer_rows (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *id = mtb_test_desk_log (rima, "first");
  MtbCallAmend *amend = mtb_record_new (&mtb_call_amend.shape);
  g_autoptr (MtbCallLog) call = mtb_test_new_call ("amended at the first desk");

  mtb_test_desk_sync (rima);
  mtb_record_assign (amend, call);
  g_free (amend->id);
  amend->id = g_strdup (id);
  amend->version_id = mtb_id_new (0);
  amend->version = 1;
  mtb_test_desk_give (rima, amend);
  retire_type (server, 1);
  mtb_test_transport_lose_answers (rima->line, "POST", 1);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_UNREACHABLE);
  g_assert_cmpint (mtb_test_desk_count (rima, "SELECT COUNT(*) FROM call WHERE version = 2"), ==,
                   1);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, "SELECT COUNT(*) FROM call WHERE version = 2"), ==,
                   1);
  g_assert_cmpint (mtb_test_desk_count (rima, "SELECT COUNT(*) FROM call_version"), ==, 1);
  g_assert_cmpint (mtb_test_desk_count (rima, "SELECT COUNT(*) FROM image"), ==, 0);
}

static void
test_survives_restart_and_wiped_cache (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *first = mtb_test_desk_log (rima, "before the restart");
  g_autofree char *cache = mtb_test_desk_dup_path (rima, "cache.db");
  g_autofree char *second = NULL;

  mtb_test_transport_set_cut (rima->line, TRUE);
  mtb_test_desk_restart (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 1);
  second = mtb_test_desk_log (rima, "after the restart");
  g_clear_pointer (&rima->client, mtb_client_free);
  g_assert_cmpint (g_unlink (cache), ==, 0);
  mtb_test_desk_restart (rima);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 2);
  mtb_test_transport_set_cut (rima->line, FALSE);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 2);
  g_assert_cmpint (mtb_test_desk_count (rima, RECEIVED), ==, 2);
}

static void
test_survives_damaged_cache (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *id = mtb_test_desk_log (rima, "kept in the outbox");
  g_autofree char *cache = mtb_test_desk_dup_path (rima, "cache.db");
  g_autofree char *wal = g_strconcat (cache, "-wal", NULL);

  g_clear_pointer (&rima->client, mtb_client_free);
  g_unlink (wal);
  g_assert_true (g_file_set_contents (cache, "this is no database at all", -1, NULL));
  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, "*fetched again*");
  mtb_test_desk_restart (rima);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 1);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, RECEIVED), ==, 1);
  g_assert_cmpint (mtb_test_desk_count (rima, "SELECT COUNT(*) FROM subscriber"), ==, 1);
}

/* Something that needs the server's word, and whose answer is lost, is settled and never applied
 * behind the person's back. */
static void
test_online_only_is_settled (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) nadia = mtb_test_desk_new (server, "nadia");
  MtbThresholdSet *set = mtb_record_new (&mtb_threshold_set.shape);

  set->id = g_strdup (mtb_test_id ("threshold"));
  set->wait_s = 45;
  mtb_test_desk_give (nadia, set);
  g_assert_cmpint (mtb_test_desk_count (nadia, "SELECT COUNT(*) FROM threshold"), ==, 0);
  mtb_test_transport_set_cut (nadia->line, TRUE);
  mtb_test_desk_sync_fails (nadia, MTB_ERROR_UNREACHABLE);
  mtb_test_transport_set_cut (nadia->line, FALSE);
  mtb_test_desk_sync (nadia);
  g_assert_cmpint (mtb_test_server_count (server, "SELECT COUNT(*) FROM threshold"), ==, 0);
  g_assert_cmpuint (mtb_test_desk_get_n_refused (nadia), ==, 1);
}

static void
give_another (gpointer data)
{
  MtbTestDesk *desk = data;

  if (mtb_test_desk_count (desk, CALLS) < 20)
    g_free (mtb_test_desk_log (desk, "another"));
}

/* Otherwise a desk would hear of nothing as long as its person works. */
static void
test_sync_ends_while_more_is_given (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *id = mtb_test_desk_log (rima, "the first");

  mtb_test_transport_set_meanwhile (rima->line, give_another, rima);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), <, 20);
  g_assert_cmpint (mtb_test_desk_count (rima, RECEIVED), ==, 1);
  mtb_test_transport_set_meanwhile (rima->line, NULL, NULL);
  mtb_test_desk_sync (rima);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 0);
  g_assert_cmpint (mtb_test_desk_count (rima, RECEIVED), ==, mtb_test_server_count (server, CALLS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pending/offline-then-sent-and-seen", test_offline_then_sent_and_seen);
  g_test_add_func ("/pending/lost-answer", test_lost_answer);
  g_test_add_func ("/pending/lost-page", test_lost_page);
  g_test_add_func ("/pending/export-without-rows", test_export_without_rows);
  g_test_add_func ("/pending/refused-comes-back-whole", test_refused_comes_back_whole);
  g_test_add_func ("/pending/refused-is-out-of-the-rows-at-once",
                   test_refused_is_out_of_the_rows_at_once);
  g_test_add_func ("/pending/refused-is-dropped", test_refused_is_dropped);
  g_test_add_func ("/pending/built-on-refused-waits", test_built_on_refused_waits);
  g_test_add_func ("/pending/what-was-sent-has-its-own-verdict",
                   test_what_was_sent_has_its_own_verdict);
  g_test_add_func ("/pending/dropped-base-frees-what-waits", test_dropped_base_frees_what_waits);
  g_test_add_func ("/pending/search-goes-with-the-rows", test_search_goes_with_the_rows);
  g_test_add_func ("/pending/survives-newer-rows", test_survives_newer_rows);
  g_test_add_func ("/pending/survives-restart-and-wiped-cache",
                   test_survives_restart_and_wiped_cache);
  g_test_add_func ("/pending/survives-damaged-cache", test_survives_damaged_cache);
  g_test_add_func ("/pending/online-only-is-settled", test_online_only_is_settled);
  g_test_add_func ("/pending/sync-ends-while-more-is-given", test_sync_ends_while_more_is_given);
  return g_test_run ();
}
