/* Two engines, each with its threads, and a server over real HTTP: what one desk is given, the other
 * hears of by itself. */

#include "mtb-engine.h"
#include "mtb-id.h"
#include "mtb-listener.h"
#include "mtb-report-query.h"
#include "mtb-soup-transport.h"
#include "mtb-test-desk.h"
#include "mtb-time.h"
#include "mtb-total.h"

#define PATIENCE_MS 20000
#define ANY_PORT "127.0.0.1:0"

/* The real listener on a thread of its own. */
typedef struct
{
  char *database;
  char *address;
  char *uri;
  GMainLoop *loop;
  GThread *thread;
  GMutex mutex;
  GCond ready;
} Host;

static gpointer
run_host (gpointer data)
{
  Host *self = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (MtbConfiguration) configuration = mtb_configuration_new ();
  MtbListener *listener;

  configuration->database = g_strdup (self->database);
  configuration->listen = g_strdup (self->address);
  g_main_context_push_thread_default (context);
  listener = mtb_listener_new (configuration, NULL);
  g_assert_nonnull (listener);
  g_mutex_lock (&self->mutex);
  self->loop = g_main_loop_new (context, FALSE);
  self->uri = g_strdup (mtb_listener_get_uri (listener));
  g_cond_signal (&self->ready);
  g_mutex_unlock (&self->mutex);
  g_main_loop_run (self->loop);
  mtb_listener_free (listener);
  g_main_context_pop_thread_default (context);
  return NULL;
}

static Host *
host_new (const char *database, const char *address)
{
  Host *self = g_new0 (Host, 1);

  self->database = g_strdup (database);
  self->address = g_strdup (address);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->ready);
  self->thread = g_thread_new ("host", run_host, self);
  g_mutex_lock (&self->mutex);
  while (self->uri == NULL)
    g_cond_wait (&self->ready, &self->mutex);
  g_mutex_unlock (&self->mutex);
  return self;
}

static void
host_free (Host *self)
{
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->ready);
  g_free (self->database);
  g_free (self->address);
  g_free (self->uri);
  g_free (self);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static MtbEngine *
sign_in (const char *uri, const char *folder, const char *username)
{
  g_autofree char *path = g_build_filename (folder, username, NULL);
  g_autoptr (MtbTransport) transport = mtb_soup_transport_new (uri);
  MtbEngine *engine = mtb_engine_new (transport, path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  mtb_engine_sign_in_async (engine, username, MTB_TEST_PASSWORD, NULL, on_done, &result);
  g_assert_true (mtb_engine_sign_in_finish (engine, wait_for (&result), &error));
  g_assert_no_error (error);
  return engine;
}

static guint
count_calls (MtbEngine *engine)
{
  g_autoptr (MtbCallSearch) search = mtb_record_new (mtb_call_search_query.arguments);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  search->limit = 100;
  mtb_engine_ask_async (engine, &mtb_call_search_query, search, NULL, on_done, &result);
  rows = mtb_engine_ask_finish (engine, wait_for (&result), &error);
  g_assert_no_error (error);
  return rows->len;
}

static gboolean
on_impatient (gpointer data)
{
  g_error ("nothing has come");
  return G_SOURCE_REMOVE;
}

static void
wait_until (gboolean (*holds) (MtbEngine *), MtbEngine *engine)
{
  guint source = g_timeout_add (PATIENCE_MS, on_impatient, NULL);

  while (!holds (engine))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
}

static gboolean
is_online (MtbEngine *engine)
{
  return mtb_engine_get_state (engine) == MTB_ENGINE_ONLINE;
}

static gboolean
is_offline (MtbEngine *engine)
{
  return mtb_engine_get_state (engine) == MTB_ENGINE_OFFLINE;
}

static gboolean
has_nothing_waiting (MtbEngine *engine)
{
  return is_online (engine) && mtb_engine_get_n_waiting (engine) == 0;
}

static gboolean
has_a_call (MtbEngine *engine)
{
  return count_calls (engine) == 1;
}

static void
give_call (MtbEngine *engine, const char *notes)
{
  g_autoptr (MtbCallLog) call = mtb_test_new_call (notes);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  mtb_engine_give_async (engine, call, NULL, on_done, &result);
  g_assert_true (mtb_engine_give_finish (engine, wait_for (&result), &error));
  g_assert_no_error (error);
}

static void
test_other_desk_hears_of_it (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  Host *host = host_new (server->database, ANY_PORT);
  g_autoptr (MtbEngine) rima = sign_in (host->uri, server->folder, "rima");
  g_autoptr (MtbEngine) hadi = sign_in (host->uri, server->folder, "hadi");

  wait_until (is_online, rima);
  wait_until (is_online, hadi);
  g_assert_cmpstr (mtb_engine_get_person (rima)->username, ==, "rima");
  g_assert_cmpuint (count_calls (hadi), ==, 0);
  give_call (rima, "to be heard of");
  g_assert_cmpuint (count_calls (rima), ==, 1);
  wait_until (has_a_call, hadi);
  wait_until (has_nothing_waiting, rima);
  g_clear_object (&rima);
  g_clear_object (&hadi);
  host_free (host);
}

/* Where a server can listen, and again; nobody else is given it while the socket lives. */
static GSocket *
hold_address (char **address)
{
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  GSocket *holder =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  g_autoptr (GSocketAddress) held = NULL;

  g_assert_true (g_socket_bind (holder, any, TRUE, NULL));
  held = g_socket_get_local_address (holder, NULL);
  *address = g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (held));
  return holder;
}

static void
test_server_away_and_back (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autofree char *address = NULL;
  g_autoptr (GSocket) holder = hold_address (&address);
  Host *host = host_new (server->database, address);
  g_autoptr (MtbEngine) rima = sign_in (host->uri, server->folder, "rima");

  wait_until (is_online, rima);
  host_free (host);
  give_call (rima, "while it is away");
  wait_until (is_offline, rima);
  g_assert_cmpuint (mtb_engine_get_n_waiting (rima), ==, 1);
  g_assert_cmpint (mtb_engine_get_waiting_since (rima), !=, MTB_ABSENT);
  g_assert_cmpuint (count_calls (rima), ==, 1);
  host = host_new (server->database, address);
  wait_until (has_nothing_waiting, rima);
  g_assert_cmpint (mtb_test_server_count (server, "SELECT COUNT(*) FROM call"), ==, 1);
  g_clear_object (&rima);
  host_free (host);
}

static void
test_wrong_password (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  Host *host = host_new (server->database, ANY_PORT);
  g_autoptr (MtbTransport) transport = mtb_soup_transport_new (host->uri);
  g_autoptr (MtbEngine) engine = mtb_engine_new (transport, server->folder);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  mtb_engine_sign_in_async (engine, "rima", "wrong password", NULL, on_done, &result);
  g_assert_false (mtb_engine_sign_in_finish (engine, wait_for (&result), &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED);
  g_assert_cmpint (mtb_engine_get_state (engine), ==, MTB_ENGINE_SIGNED_OUT);
  g_clear_object (&engine);
  host_free (host);
}

/* A row of a report's totals, days ago. */
static void
add_total (MtbTestServer *server, gint64 days, gint64 offered)
{
  g_autoptr (MtbQueueTotal) total = mtb_record_new (&mtb_queue_total_table.shape);
  g_autoptr (MtbStore) store = mtb_store_open (server->database, MTB_STORE_AUTHORITY, NULL);

  for (guint i = 0; i < mtb_queue_total_table.shape.n_fields; i++)
    if (mtb_queue_total_table.shape.fields[i].type != MTB_TYPE_ID
        && mtb_queue_total_table.shape.fields[i].type != MTB_TYPE_TEXT)
      mtb_field_set_number (&mtb_queue_total_table.shape.fields[i], total, 0);
  total->id = mtb_id_new (mtb_time_now ());
  total->queue = g_strdup ("support");
  total->slot_at = mtb_time_now () - days * MTB_DAY;
  total->offered = offered;
  g_assert_true (mtb_store_put (store, total, NULL));
}

/* The sum of a report that begins days ago, and whether it is only a part. */
static gint64
ask_report (MtbEngine *engine, gint64 days, gboolean *is_partial)
{
  g_autoptr (MtbCallsReport) report = mtb_record_new (mtb_calls_report_query.arguments);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  report->from = mtb_time_now () - days * MTB_DAY;
  report->to = mtb_time_now () + MTB_DAY;
  report->by = MTB_REPORT_BY_QUEUE;
  mtb_engine_ask_async (engine, &mtb_calls_report_query, report, NULL, on_done, &result);
  rows = mtb_engine_ask_finish (engine, wait_for (&result), &error);
  g_assert_no_error (error);
  *is_partial = mtb_engine_ask_is_partial (engine, result);
  return rows->len > 0 ? ((const MtbCallsReportRow *) g_ptr_array_index (rows, 0))->offered : 0;
}

/* Of the days that a desk keeps it has the figures itself; of those before the server is asked. The
 * rows are put behind the feed's back, so that what the desk has and what the server has differ. */
static void
test_a_report_is_asked_where_its_days_are (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  Host *host;
  g_autoptr (MtbEngine) nadia = NULL;
  gboolean is_partial;

  add_total (server, 3, 5);
  host = host_new (server->database, ANY_PORT);
  nadia = sign_in (host->uri, server->folder, "nadia");
  wait_until (is_online, nadia);
  add_total (server, 50, 70);
  add_total (server, 2, 100);
  g_assert_cmpint (ask_report (nadia, 34, &is_partial), ==, 5);
  g_assert_false (is_partial);
  g_assert_cmpint (ask_report (nadia, 60, &is_partial), ==, 175);
  g_assert_false (is_partial);
  host_free (host);
  g_assert_cmpint (ask_report (nadia, 60, &is_partial), ==, 5);
  g_assert_true (is_partial);
  g_assert_cmpint (ask_report (nadia, 34, &is_partial), ==, 5);
  g_assert_false (is_partial);
}

static GPtrArray *
run_broken (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  return mtb_store_select (store, &mtb_call_row_shape, "SELECT nothing", NULL, error);
}

/* The outbox of rima, spoilt. */
static void
spoil_outbox (const char *uri, const char *folder)
{
  g_autofree char *server = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "rima", -1);
  g_autofree char *address =
    g_strdup_printf ("sqlite:%s/rima/%.16s/%.16s/outbox.db", folder, server, name);
  g_autoptr (MtbStore) store = mtb_store_open (address, MTB_STORE_PRECIOUS, NULL);

  g_assert_true (mtb_store_execute (store, "DROP TABLE given", NULL));
}

/* A person is told what can be done about it, in words that are translated. */
static void
test_a_failure_of_the_disk_is_worded (void)
{
  static const char words[] = "This computer cannot read or write its data; its disk may be full";
  static const MtbQuery broken = { .name = "broken", .run = run_broken };
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  Host *host = host_new (server->database, ANY_PORT);
  g_autoptr (MtbEngine) rima = sign_in (host->uri, server->folder, "rima");
  g_autoptr (MtbCallLog) call = mtb_test_new_call ("cannot be kept");
  g_autoptr (GAsyncResult) asked = NULL;
  g_autoptr (GAsyncResult) given = NULL;
  g_autoptr (GError) question = NULL;
  g_autoptr (GError) command = NULL;

  wait_until (is_online, rima);
  mtb_engine_ask_async (rima, &broken, call, NULL, on_done, &asked);
  g_assert_null (mtb_engine_ask_finish (rima, wait_for (&asked), &question));
  g_assert_error (question, MTB_ERROR, MTB_ERROR_STORAGE);
  g_assert_cmpstr (question->message, ==, words);
  spoil_outbox (host->uri, server->folder);
  mtb_engine_give_async (rima, call, NULL, on_done, &given);
  g_assert_false (mtb_engine_give_finish (rima, wait_for (&given), &command));
  g_assert_error (command, MTB_ERROR, MTB_ERROR_STORAGE);
  g_assert_cmpstr (command->message, ==, words);
  g_assert_cmpuint (count_calls (rima), ==, 0);
  g_clear_object (&rima);
  host_free (host);
}

static void
test_what_needs_the_server_waits_for_it (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  Host *host = host_new (server->database, ANY_PORT);
  g_autoptr (MtbEngine) nadia = sign_in (host->uri, server->folder, "nadia");
  g_autoptr (MtbThresholdSet) set = mtb_record_new (&mtb_threshold_set.shape);
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;

  wait_until (is_online, nadia);
  set->id = g_strdup (mtb_test_id ("threshold"));
  set->wait_s = 45;
  mtb_engine_give_async (nadia, set, NULL, on_done, &first);
  g_assert_true (mtb_engine_give_finish (nadia, wait_for (&first), &error));
  g_assert_no_error (error);
  g_assert_cmpint (mtb_test_server_count (server, "SELECT wait_s FROM threshold"), ==, 45);
  host_free (host);
  mtb_engine_sync_now (nadia);
  wait_until (is_offline, nadia);
  mtb_engine_give_async (nadia, set, NULL, on_done, &second);
  g_assert_false (mtb_engine_give_finish (nadia, wait_for (&second), &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_ONLINE_ONLY);
  g_clear_object (&nadia);
}

static gboolean
sees_rima (MtbEngine *engine)
{
  return mtb_engine_is_connected (engine, mtb_test_id ("rima"));
}

static gboolean
misses_rima (MtbEngine *engine)
{
  return mtb_engine_get_gone_since (engine, mtb_test_id ("rima")) != MTB_ABSENT;
}

static gboolean
knows_nobody (MtbEngine *engine)
{
  return !mtb_engine_knows_connected (engine);
}

static gboolean
knows_somebody (MtbEngine *engine)
{
  return mtb_engine_knows_connected (engine);
}

static void
sign_out (MtbEngine *engine)
{
  g_autoptr (GAsyncResult) result = NULL;

  mtb_engine_sign_out_async (engine, NULL, on_done, &result);
  g_assert_true (mtb_engine_sign_out_finish (engine, wait_for (&result), NULL));
}

static void
count_one (MtbEngine *engine, guint *n)
{
  ++*n;
}

static void
test_who_is_connected (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  Host *host = host_new (server->database, ANY_PORT);
  g_autoptr (MtbEngine) hadi = sign_in (host->uri, server->folder, "hadi");
  g_autoptr (MtbEngine) lina = sign_in (host->uri, server->folder, "lina");
  g_autoptr (MtbEngine) rima = NULL;
  guint n_changes = 0;

  g_signal_connect (hadi, "connected-changed", G_CALLBACK (count_one), &n_changes);
  wait_until (knows_somebody, hadi);
  wait_until (knows_somebody, lina);
  g_assert_false (sees_rima (hadi));
  g_assert_false (misses_rima (hadi));
  n_changes = 0;
  rima = sign_in (host->uri, server->folder, "rima");
  wait_until (sees_rima, hadi);
  g_assert_false (misses_rima (hadi));
  g_assert_cmpuint (n_changes, ==, 1);
  sign_out (rima);
  wait_until (misses_rima, hadi);
  g_assert_false (sees_rima (hadi));
  /* She is of another team. */
  g_assert_false (sees_rima (lina));
  g_assert_false (misses_rima (lina));
  host_free (host);
  wait_until (knows_nobody, hadi);
  g_assert_false (misses_rima (hadi));
}

static gboolean
is_supervisor (MtbEngine *engine)
{
  return (mtb_engine_get_person (engine)->roles & MTB_ROLE_SUPERVISOR) != 0;
}

static gboolean
is_dismissed (MtbEngine *engine)
{
  return mtb_engine_get_state (engine) == MTB_ENGINE_DISMISSED;
}

static void
set_rima (MtbTestServer *server, gint64 roles, gint64 active)
{
  MtbPersonPut *put = mtb_record_new (&mtb_person_set.shape);

  put->id = g_strdup (mtb_test_id ("rima"));
  put->username = g_strdup ("rima");
  put->display_name = g_strdup ("rima");
  put->roles = roles;
  put->team_id = g_strdup (mtb_test_id ("north"));
  put->active = active;
  mtb_test_server_command (server, "majd", put);
}

/* At once, and without a new sign-in. */
static void
test_new_roles_are_told (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  Host *host = host_new (server->database, ANY_PORT);
  g_autoptr (MtbEngine) rima = sign_in (host->uri, server->folder, "rima");

  wait_until (knows_somebody, rima);
  set_rima (server, MTB_ROLE_SUPERVISOR, 1);
  wait_until (is_supervisor, rima);
  wait_until (is_online, rima);
  set_rima (server, MTB_ROLE_SUPERVISOR, 0);
  wait_until (is_dismissed, rima);
  wait_until (knows_nobody, rima);
  g_clear_object (&rima);
  host_free (host);
}

/* The thread that has given the last answer may be the last to hold the engine. */
static void
test_ends_after_an_answer (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTransport) transport = MTB_TRANSPORT (mtb_test_transport_new (server));

  for (guint i = 0; i < 50; i++)
    {
      MtbEngine *engine = mtb_engine_new (transport, server->folder);
      gpointer left = engine;
      g_autoptr (MtbCallSearch) search = mtb_record_new (mtb_call_search_query.arguments);
      g_autoptr (GAsyncResult) result = NULL;
      guint source = g_timeout_add (PATIENCE_MS, on_impatient, NULL);

      g_object_add_weak_pointer (G_OBJECT (engine), &left);
      mtb_engine_ask_async (engine, &mtb_call_search_query, search, NULL, on_done, &result);
      wait_for (&result);
      g_clear_object (&result);
      g_object_unref (engine);
      while (left != NULL)
        g_main_context_iteration (NULL, FALSE);
      g_source_remove (source);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/other-desk-hears-of-it", test_other_desk_hears_of_it);
  g_test_add_func ("/engine/server-away-and-back", test_server_away_and_back);
  g_test_add_func ("/engine/wrong-password", test_wrong_password);
  g_test_add_func ("/engine/a-failure-of-the-disk-is-worded", test_a_failure_of_the_disk_is_worded);
  g_test_add_func ("/engine/what-needs-the-server-waits-for-it",
                   test_what_needs_the_server_waits_for_it);
  g_test_add_func ("/engine/report-is-asked-where-its-days-are",
                   test_a_report_is_asked_where_its_days_are);
  g_test_add_func ("/engine/who-is-connected", test_who_is_connected);
  g_test_add_func ("/engine/new-roles-are-told", test_new_roles_are_told);
  g_test_add_func ("/engine/ends-after-an-answer", test_ends_after_an_answer);
  return g_test_run ();
}
