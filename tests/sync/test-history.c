/* A desk and a server whose history, rights or clock are not what they were. */

#include "mtb-test-desk.h"

#include "mtb-document.h"
#include "mtb-id.h"
#include "mtb-kept.h"
#include "mtb-limits.h"
#include "mtb-setting.h"
#include "mtb-subscriber.h"
#include "mtb-test-database.h"
#include "mtb-time.h"
#include "mtb-viewer.h"

#include <glib/gstdio.h>

#define CALLS "SELECT COUNT(*) FROM call"
#define SUBSCRIBERS "SELECT COUNT(*) FROM subscriber"
#define THRESHOLDS "SELECT COUNT(*) FROM threshold"
/* What a desk has in its rows that the server did not send. */
#define PENDING "SELECT COUNT(*) FROM applied"
/* More than two batches. */
#define N_OFFERED 201
/* Together less than two. */
#define N_PUT_OFF 90
#define N_BEHIND 100

static void
back_up (MtbTestServer *server)
{
  g_autofree char *backup = g_build_filename (server->folder, "backup", NULL);

  mtb_test_server_stop (server);
  mtb_test_database_save (server->database, backup);
  mtb_test_server_start (server);
}

static void
restore (MtbTestServer *server)
{
  g_autofree char *backup = g_build_filename (server->folder, "backup", NULL);

  mtb_test_server_stop (server);
  mtb_test_database_restore (server->database, backup);
  mtb_test_server_start (server);
}

static void
begin_epoch (MtbTestServer *server)
{
  MtbEpochBegin *begin = mtb_record_new (&mtb_epoch_begin.shape);

  begin->epoch = mtb_id_new (mtb_time_now ());
  mtb_test_server_command (server, "operator", begin);
}

static void
end_epoch (MtbTestServer *server)
{
  g_autoptr (MtbStore) store = mtb_store_open (server->database, MTB_STORE_READ_ONLY, NULL);
  MtbEpochBegin *end = mtb_record_new (&mtb_epoch_end.shape);

  end->epoch = mtb_store_select_text (store, "SELECT epoch FROM head", NULL, NULL);
  mtb_test_server_command (server, "operator", end);
}

static void
test_restored_server_is_not_believed (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *lost = NULL;
  g_autofree char *pending = NULL;

  back_up (server);
  lost = mtb_test_desk_log (rima, "the backup does not have this");
  mtb_test_desk_sync (rima);
  restore (server);
  pending = mtb_test_desk_log (rima, "given afterwards");
  mtb_test_desk_sync_fails (rima, MTB_ERROR_MISMATCH);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 0);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 2);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 1);
}

/* A backup from before an epoch that the desk knows is no newer history than that. */
static void
test_restored_epoch_is_not_believed (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *lost = NULL;

  back_up (server);
  begin_epoch (server);
  lost = mtb_test_desk_log (rima, "the backup does not have this");
  mtb_test_desk_sync (rima);
  restore (server);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_MISMATCH);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 1);
  begin_epoch (server);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 1);
}

static void
test_new_epoch_gets_back_what_was_lost (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (MtbTestDesk) hadi = mtb_test_desk_new (server, "hadi");
  g_autofree char *kept = mtb_test_desk_log (rima, "the backup has this");
  g_autofree char *lost = NULL;
  g_autofree char *pending = NULL;

  mtb_test_desk_sync (rima);
  back_up (server);
  lost = mtb_test_desk_log (rima, "the backup does not have this");
  mtb_test_desk_sync (rima);
  mtb_test_desk_sync (hadi);
  g_assert_cmpint (mtb_test_desk_count (hadi, CALLS), ==, 2);

  restore (server);
  begin_epoch (server);
  pending = mtb_test_desk_log (rima, "given afterwards");
  mtb_test_desk_sync (hadi);
  g_assert_cmpint (mtb_test_desk_count (hadi, CALLS), ==, 1);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 3);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 0);
  g_assert_cmpuint (mtb_test_desk_get_n_refused (rima), ==, 0);
  mtb_test_desk_sync (hadi);
  g_assert_cmpint (mtb_test_desk_count (hadi, CALLS), ==, 3);
}

/* What cannot apply yet has no verdict until the operator ends the recovery. */
static void
test_recovery_puts_off (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (MtbTestDesk) samer = mtb_test_desk_new (server, "samer");
  MtbProspectAdd *prospect = mtb_record_new (&mtb_prospect_add.shape);
  MtbCallLog *call = mtb_test_new_call ("about a prospect whom another desk has added");

  back_up (server);
  prospect->id = g_strdup (mtb_test_id ("sami"));
  prospect->name = g_strdup ("سامي");
  mtb_test_desk_give (samer, prospect);
  mtb_test_desk_sync (samer);
  mtb_test_desk_sync (rima);
  g_clear_pointer (&call->subscriber_id, g_free);
  call->prospect_id = g_strdup (mtb_test_id ("sami"));
  mtb_test_desk_give (rima, call);
  mtb_test_desk_sync (rima);

  restore (server);
  begin_epoch (server);
  mtb_test_desk_sync (rima);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 1);
  g_assert_cmpuint (mtb_test_desk_get_n_refused (rima), ==, 0);
  mtb_test_desk_sync (samer);
  mtb_test_desk_sync (rima);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 0);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 1);

  end_epoch (server);
  g_assert_cmpint (mtb_test_server_count (server, "SELECT recovering FROM head"), ==, 0);
}

static void
add_note (MtbTestDesk *desk, const char *call_id)
{
  MtbNoteAdd *note = mtb_record_new (&mtb_note_add.shape);

  note->id = mtb_id_new (mtb_time_now ());
  note->call_id = g_strdup (call_id);
  note->text = g_strdup ("about a call that another desk has given");
  mtb_test_desk_give (desk, note);
}

/* However much is put off, what was given after it is offered at once: others may have built on it. */
static void
test_recovery_goes_past_what_is_put_off (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (MtbTestDesk) hadi = mtb_test_desk_new (server, "hadi");
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  back_up (server);
  first = mtb_test_desk_log (rima, "the backup does not have this");
  mtb_test_desk_sync (rima);
  mtb_test_desk_sync (hadi);
  for (guint i = 0; i < N_OFFERED; i++)
    add_note (hadi, first);
  last = mtb_test_desk_log (hadi, "nor this");
  mtb_test_desk_sync (hadi);

  restore (server);
  begin_epoch (server);
  mtb_test_desk_sync (hadi);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 1);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (hadi), ==, N_OFFERED);
  g_assert_cmpuint (mtb_test_desk_get_n_refused (hadi), ==, 0);
  mtb_test_desk_sync (rima);
  mtb_test_desk_sync (hadi);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 2);
  g_assert_cmpint (mtb_test_server_count (server, "SELECT COUNT(*) FROM note"), ==, N_OFFERED);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (hadi), ==, 0);
  g_assert_cmpuint (mtb_test_desk_get_n_refused (hadi), ==, 0);
}

/* Few that are put off do not come with each batch again. */
static void
test_recovery_puts_off_once_a_sync (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (MtbTestDesk) hadi = mtb_test_desk_new (server, "hadi");
  g_autofree char *first = NULL;
  guint n_posts;

  back_up (server);
  first = mtb_test_desk_log (rima, "the backup does not have this");
  mtb_test_desk_sync (rima);
  mtb_test_desk_sync (hadi);
  for (guint i = 0; i < N_PUT_OFF; i++)
    add_note (hadi, first);
  for (guint i = 0; i < N_BEHIND; i++)
    g_free (mtb_test_desk_log (hadi, "nor this"));
  mtb_test_desk_sync (hadi);

  restore (server);
  begin_epoch (server);
  n_posts = mtb_test_transport_get_n_sent (hadi->line, "POST");
  mtb_test_desk_sync (hadi);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, N_BEHIND);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (hadi), ==, N_PUT_OFF);
  g_assert_cmpuint (mtb_test_transport_get_n_sent (hadi->line, "POST") - n_posts, <=, 4);
}

typedef struct
{
  MtbTestDesk *desk;
  guint n_batches;
  gint64 n_run;
} Offering;

static void
count_run (gpointer data)
{
  Offering *self = data;

  if (mtb_test_transport_get_n_sent (self->desk->line, "POST") == self->n_batches)
    return;
  self->n_batches = mtb_test_transport_get_n_sent (self->desk->line, "POST");
  self->n_run = mtb_test_desk_count (self->desk, PENDING);
}

/* Of a desk with much to offer, not all that is left is run again for each batch of it. */
static void
test_what_is_offered_again_is_run_once (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  Offering offering = { .desk = rima };

  for (guint i = 0; i < N_OFFERED; i++)
    g_free (mtb_test_desk_log (rima, "the server has it"));
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, PENDING), ==, 0);
  begin_epoch (server);
  offering.n_batches = mtb_test_transport_get_n_sent (rima->line, "POST");
  mtb_test_transport_set_meanwhile (rima->line, count_run, &offering);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (offering.n_run, ==, N_OFFERED);
  g_assert_cmpint (mtb_test_desk_count (rima, PENDING), ==, 0);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, N_OFFERED);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 0);
}

/* What needs the server's word is not applied again unasked: its person is to confirm it. */
static void
test_lost_decision_is_confirmed (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) nadia = mtb_test_desk_new (server, "nadia");
  MtbThresholdSet *set = mtb_record_new (&mtb_threshold_set.shape);
  g_autoptr (MtbRefusal) refusal = NULL;

  back_up (server);
  set->id = g_strdup (mtb_test_id ("threshold"));
  set->wait_s = 45;
  mtb_test_desk_give (nadia, set);
  mtb_test_desk_sync (nadia);
  g_assert_cmpint (mtb_test_server_count (server, THRESHOLDS), ==, 1);

  restore (server);
  begin_epoch (server);
  mtb_test_desk_sync (nadia);
  end_epoch (server);
  mtb_test_desk_sync (nadia);
  g_assert_cmpint (mtb_test_server_count (server, THRESHOLDS), ==, 0);
  g_assert_cmpuint (mtb_test_desk_get_n_refused (nadia), ==, 1);
  refusal = mtb_test_desk_get_refusal (nadia, 0);
  g_assert_true (mtb_refusal_get_command (refusal) == &mtb_threshold_set);
  g_assert_true (mtb_client_mend (nadia->client, mtb_refusal_get_command_id (refusal),
                                  mtb_refusal_get_arguments (refusal), NULL));
  mtb_test_desk_sync (nadia);
  g_assert_cmpint (mtb_test_server_count (server, THRESHOLDS), ==, 1);
}

static void
test_sign_in_without_the_server (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  mtb_test_transport_set_cut (rima->line, TRUE);
  g_clear_pointer (&rima->client, mtb_client_free);
  rima->client = mtb_client_new (MTB_TRANSPORT (rima->line), rima->folder);
  g_assert_false (mtb_client_sign_in (rima->client, "rima", "wrong password", NULL, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED);
  g_clear_error (&error);
  g_assert_false (mtb_client_sign_in (rima->client, "samer", MTB_TEST_PASSWORD, NULL, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED);
  mtb_test_desk_sign_in (rima);
  id = mtb_test_desk_log (rima, "without the server");
  mtb_test_transport_set_cut (rima->line, FALSE);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 1);
}

static void
test_sign_in_without_the_server_ends (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  MtbSettingSet *set = mtb_record_new (&mtb_setting_set.shape);
  g_autoptr (MtbTestDesk) rima = NULL;
  g_autoptr (GError) error = NULL;

  set->name = g_strdup (MTB_SETTING_OFFLINE_DAYS);
  set->value = g_strdup ("0");
  mtb_test_server_command (server, "majd", set);
  rima = mtb_test_desk_new (server, "rima");
  mtb_test_transport_set_cut (rima->line, TRUE);
  g_clear_pointer (&rima->client, mtb_client_free);
  rima->client = mtb_client_new (MTB_TRANSPORT (rima->line), rima->folder);
  g_usleep (2000);
  g_assert_false (mtb_client_sign_in (rima->client, "rima", MTB_TEST_PASSWORD, NULL, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED);
}

/* A desk's clock that goes ahead makes no call that is still to come, and one that goes behind does
 * not make the server's time. */
static void
test_clocks_lie (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  MtbCallLog *call = mtb_test_new_call ("from the future");

  call->ended_at += 10 * MTB_DAY;
  call->started_at += 10 * MTB_DAY;
  mtb_test_desk_give (rima, call);
  server->ahead_ms = 2 * MTB_HOUR;
  mtb_test_desk_sync (rima);
  g_assert_cmpint (
    mtb_test_server_count (server, "SELECT COUNT(*) FROM call WHERE started_at <= received_at"
                                   " AND ended_at <= received_at AND logged_at <= received_at"),
    ==, 1);
  g_assert_cmpint (mtb_client_get_now (rima->client), >, mtb_time_now () + MTB_HOUR);
}

static void
sign_in_again (MtbTestDesk *desk)
{
  mtb_test_desk_sync_fails (desk, MTB_ERROR_UNAUTHORIZED);
  mtb_test_desk_sign_in (desk);
  mtb_test_desk_sync (desk);
}

/* What can be offered again is kept until its time has come by the server's clock. */
static void
test_a_clock_that_is_ahead_forgets_nothing (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = NULL;

  server->ahead_ms = -32 * MTB_DAY;
  rima = mtb_test_desk_new (server, "rima");
  back_up (server);
  g_free (mtb_test_desk_log (rima, "once"));
  mtb_test_desk_sync (rima);
  server->ahead_ms = -3 * MTB_DAY;
  sign_in_again (rima);
  mtb_test_transport_set_cut (rima->line, TRUE);
  mtb_test_desk_restart (rima);
  mtb_test_transport_set_cut (rima->line, FALSE);
  restore (server);
  begin_epoch (server);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 0);
  mtb_test_desk_sign_in (rima);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 1);
}

static gint64
count_given (MtbTestDesk *desk)
{
  g_autofree char *path = mtb_test_desk_dup_path (desk, "outbox.db");
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (MtbStore) store = mtb_store_open (uri, MTB_STORE_READ_ONLY, NULL);
  gint64 count = -1;

  mtb_store_select_number (store, "SELECT COUNT(*) FROM given", NULL, &count, NULL);
  return count;
}

static void
test_what_is_old_is_not_kept (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");

  g_free (mtb_test_desk_log (rima, "long ago"));
  mtb_test_desk_sync (rima);
  server->ahead_ms = 29 * MTB_DAY;
  sign_in_again (rima);
  g_assert_cmpint (count_given (rima), ==, 1);
  server->ahead_ms = 31 * MTB_DAY;
  sign_in_again (rima);
  g_assert_cmpint (count_given (rima), ==, 0);
}

/* Rows leave the desks with the days, without anybody asking. */
static void
test_window_moves (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *id = mtb_test_desk_log (rima, "today");

  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 1);
  server->ahead_ms = (MTB_WINDOW_DAYS + 2) * MTB_DAY;
  sign_in_again (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 0);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 1);
}

static void
test_pages_are_applied_together (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (MtbSubscriber) subscriber = mtb_record_new (&mtb_subscriber_table.shape);

  subscriber->username = g_strdup ("many");
  subscriber->name = g_strdup ("كثير");
  subscriber->name_folded = g_strdup ("كثير");
  subscriber->status = MTB_SUBSCRIBER_ACTIVE;
  for (guint i = 0; i < 1100; i++)
    {
      g_autofree char *key = g_strdup_printf ("many %u", i);

      g_free (subscriber->id);
      g_free (subscriber->account_number);
      subscriber->id = g_strdup (mtb_test_id (key));
      subscriber->account_number = g_strdup (key);
      mtb_test_server_put (server, subscriber);
    }
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, SUBSCRIBERS), ==, 1101);
  g_assert_cmpint (mtb_test_desk_count (rima, "SELECT COUNT(*) FROM page"), ==, 0);
  g_assert_cmpuint (mtb_test_transport_get_n_sent (rima->line, "GET"), >=, 3);
}

/* Few changes, but more text than one answer may have. */
static void
test_pages_of_documents (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (MtbDocumentVersion) version = mtb_record_new (&mtb_document_version_table.shape);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MTB_DOCUMENT_TEXT_MAX; i++)
    g_string_append (text, "ج");
  version->document_id = g_strdup (mtb_test_id ("document"));
  version->issue = 1;
  version->dated = g_strdup ("2026-01-01");
  version->prepared_by = g_strdup ("ج");
  version->reviewed_by = g_strdup ("ج");
  version->approved_by = g_strdup ("ج");
  version->text = g_strdup (text->str);
  version->issued_at = 0;
  for (guint i = 0; i < 24; i++)
    {
      g_autofree char *name = g_strdup_printf ("version %u", i);

      g_free (version->id);
      version->id = g_strdup (mtb_test_id (name));
      version->version = i;
      mtb_test_server_put (server, version);
    }
  g_assert_cmpuint (24 * text->len, >, MTB_BODY_MAX);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, "SELECT COUNT(*) FROM document_version"), ==, 24);
}

static void
test_nothing_new_is_one_request (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  guint before = mtb_test_transport_get_n_sent (rima->line, "GET");

  mtb_test_desk_sync (rima);
  g_assert_cmpuint (mtb_test_transport_get_n_sent (rima->line, "GET"), ==, before + 1);
  g_assert_cmpuint (mtb_test_transport_get_n_sent (rima->line, "POST"), ==, 1);
}

static GPtrArray *
ask (MtbTestDesk *desk, const MtbQuery *query, const char *id)
{
  guint generation;
  g_autofree char *uri = mtb_client_dup_cache_uri (desk->client, &generation);
  g_autoptr (MtbStore) store = mtb_store_open (uri, MTB_STORE_READ_ONLY, NULL);
  g_autoptr (MtbViewer) viewer = mtb_viewer_load (store, mtb_test_id (desk->username), NULL);
  g_autoptr (MtbCustomerRef) ref = mtb_record_new (query->arguments);
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;

  ref->id = g_strdup (id);
  rows = query->run (store, viewer, ref, &error);
  g_assert_no_error (error);
  return rows;
}

static void
test_card_is_kept (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (MtbTestDesk) lina = mtb_test_desk_new (server, "lina");
  const char *omar = mtb_test_id ("omar");
  g_autofree char *id = mtb_test_desk_log (lina, "another agent's call");
  g_autoptr (GPtrArray) none = ask (rima, &mtb_card_query, omar);
  g_autoptr (GPtrArray) card = NULL;
  g_autoptr (GPtrArray) moment = NULL;
  g_autoptr (GPtrArray) calls = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  mtb_test_desk_sync (lina);
  g_assert_true (mtb_client_fetch_card (rima->client, omar, NULL, NULL));
  mtb_test_transport_set_cut (rima->line, TRUE);
  g_assert_false (mtb_client_fetch_card (rima->client, omar, NULL, NULL));
  card = ask (rima, &mtb_card_query, omar);
  moment = ask (rima, &mtb_card_moment_query, omar);
  calls = ask (rima, &mtb_card_calls_query, omar);
  g_assert_cmpuint (card->len, ==, 1);
  g_assert_cmpint (((MtbCard *) g_ptr_array_index (card, 0))->volume_up, ==, 61);
  g_assert_cmpuint (moment->len, ==, 1);
  g_assert_cmpuint (calls->len, ==, 1);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 0);
}

typedef struct
{
  MtbTestServer *server;
  MtbTestDesk *desk;
} Meanwhile;

/* The subscriber is called otherwise, and the desk hears of it. */
static void
rename_and_sync (gpointer data)
{
  Meanwhile *meanwhile = data;
  MtbSubscriberPut *put = mtb_record_new (&mtb_subscriber_put.shape);

  mtb_test_transport_set_meanwhile (meanwhile->desk->line, NULL, NULL);
  put->id = g_strdup (mtb_test_id ("omar"));
  put->account_number = g_strdup ("100200");
  put->username = g_strdup ("omar");
  put->name = g_strdup ("the new name");
  put->status = MTB_SUBSCRIBER_ACTIVE;
  mtb_test_server_command (meanwhile->server, "importer", put);
  mtb_test_desk_sync (meanwhile->desk);
}

static void
add_importer (MtbTestServer *server)
{
  g_autoptr (MtbPerson) importer = mtb_record_new (&mtb_person_table.shape);

  importer->id = g_strdup (mtb_test_id ("importer"));
  importer->username = g_strdup ("importer");
  importer->display_name = g_strdup ("importer");
  importer->roles = MTB_ROLE_CONNECTOR;
  importer->active = 1;
  mtb_test_server_put (server, importer);
}

/* What was answered before the rows became newer does not make them old again. */
static void
test_card_is_overtaken (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  Meanwhile meanwhile = { server, rima };
  g_autoptr (GPtrArray) card = NULL;

  add_importer (server);
  mtb_test_transport_set_meanwhile (rima->line, rename_and_sync, &meanwhile);
  g_assert_true (mtb_client_fetch_card (rima->client, mtb_test_id ("omar"), NULL, NULL));
  card = ask (rima, &mtb_card_query, mtb_test_id ("omar"));
  g_assert_cmpuint (card->len, ==, 1);
  g_assert_cmpint (
    mtb_test_desk_count (rima, "SELECT COUNT(*) FROM subscriber WHERE name = 'the new name'"), ==,
    1);
}

static void
test_directory_may_be_kept_away (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  MtbSettingSet *set = mtb_record_new (&mtb_setting_set.shape);

  g_assert_cmpint (mtb_test_desk_count (rima, SUBSCRIBERS), ==, 1);
  set->name = g_strdup (MTB_SETTING_DIRECTORY_KEEP);
  set->value = g_strdup ("dealt_with");
  mtb_test_server_command (server, "majd", set);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, SUBSCRIBERS), ==, 0);
  g_assert_true (mtb_client_fetch_card (rima->client, mtb_test_id ("omar"), NULL, NULL));
  g_assert_cmpint (mtb_test_desk_count (rima, SUBSCRIBERS), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/restored-server-is-not-believed",
                   test_restored_server_is_not_believed);
  g_test_add_func ("/history/restored-epoch-is-not-believed", test_restored_epoch_is_not_believed);
  g_test_add_func ("/history/new-epoch-gets-back-what-was-lost",
                   test_new_epoch_gets_back_what_was_lost);
  g_test_add_func ("/history/what-is-offered-again-is-run-once",
                   test_what_is_offered_again_is_run_once);
  g_test_add_func ("/history/recovery-puts-off", test_recovery_puts_off);
  g_test_add_func ("/history/recovery-goes-past-what-is-put-off",
                   test_recovery_goes_past_what_is_put_off);
  g_test_add_func ("/history/recovery-puts-off-once-a-sync", test_recovery_puts_off_once_a_sync);
  g_test_add_func ("/history/lost-decision-is-confirmed", test_lost_decision_is_confirmed);
  g_test_add_func ("/history/sign-in-without-the-server", test_sign_in_without_the_server);
  g_test_add_func ("/history/sign-in-without-the-server-ends",
                   test_sign_in_without_the_server_ends);
  g_test_add_func ("/history/clocks-lie", test_clocks_lie);
  g_test_add_func ("/history/a-clock-that-is-ahead-forgets-nothing",
                   test_a_clock_that_is_ahead_forgets_nothing);
  g_test_add_func ("/history/what-is-old-is-not-kept", test_what_is_old_is_not_kept);
  g_test_add_func ("/history/window-moves", test_window_moves);
  g_test_add_func ("/history/pages-of-documents", test_pages_of_documents);
  g_test_add_func ("/history/pages-are-applied-together", test_pages_are_applied_together);
  g_test_add_func ("/history/nothing-new-is-one-request", test_nothing_new_is_one_request);
  g_test_add_func ("/history/card-is-kept", test_card_is_kept);
  g_test_add_func ("/history/card-is-overtaken", test_card_is_overtaken);
  g_test_add_func ("/history/directory-may-be-kept-away", test_directory_may_be_kept_away);
  return g_test_run ();
}
