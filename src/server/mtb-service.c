/* The server without HTTP: a request goes in, an answer comes out.
 *
 * mtb_service_handle() may be called on any number of threads and waits for what it needs. Reads
 * borrow one of a few connections, each answer inside one transaction; commands go to the writer.
 * Who asks, and what they may see, is read from the database for every request. */

#include "mtb-service-private.h"

#include "mtb-error.h"
#include "mtb-id.h"
#include "mtb-lease.h"
#include "mtb-limits.h"
#include "mtb-log.h"
#include "mtb-metrics.h"
#include "mtb-query.h"
#include "mtb-status.h"
#include "mtb-time.h"

#include <glib/gi18n.h>
#include <string.h>

#define FILE_DATABASE "sqlite:"

struct _MtbService
{
  char *database;
  MtbAuthority *authority;
  MtbWriter *writer;
  GAsyncQueue *readers;
  MtbLimits limits;
  MtbClock clock;
  gpointer clock_data;
  guint beat_s;
  MtbSnapshots *snapshots;
};

/* Whether anybody may ask, even where the database cannot be read, or whoever is signed in, or only who
 * has not to change a password first. */
typedef enum
{
  ALWAYS,
  OPEN,
  SIGN_IN,
  DESK,
} Access;

typedef struct
{
  const char *method;
  const char *path;
  Access access;
  MtbResource resource;
} Route;

/* A star stands for one segment. */
static const Route routes[] = {
  { "POST", "/v1/session", OPEN, mtb_resource_post_session },
  { "GET", "/v1/session", SIGN_IN, mtb_resource_get_session },
  { "DELETE", "/v1/session", SIGN_IN, mtb_resource_delete_session },
  { "PUT", "/v1/session/password", SIGN_IN, mtb_resource_put_password },
  { "POST", "/v1/people/*/password", DESK, mtb_resource_post_password },
  { "POST", "/v1/commands", DESK, mtb_resource_post_commands },
  { "GET", "/v1/changes", DESK, mtb_resource_get_changes },
  { "GET", "/v1/snapshot", DESK, mtb_resource_get_snapshot },
  { "GET", "/v1/snapshot/*", DESK, mtb_resource_get_snapshot_part },
  { "GET", "/v1/subscribers", DESK, mtb_resource_get_subscribers },
  { "GET", "/v1/subscribers/*", DESK, mtb_resource_get_subscriber },
  { "GET", "/v1/sessions", DESK, mtb_resource_get_rows },
  { "GET", MTB_REPORTS "*", DESK, mtb_resource_get_rows },
  { "GET", "/v1/catalogue", DESK, mtb_resource_get_catalogue },
  { "GET", "/healthz", OPEN, mtb_resource_get_health },
  { "GET", "/readyz", OPEN, mtb_resource_get_health },
  { "GET", "/metrics", ALWAYS, mtb_resource_get_metrics },
};

/**
 * mtb_service_list_routes:
 *
 * Returns: (transfer full) (array zero-terminated=1): what can be asked for, each as its method and its
 *   path, in which a star stands for one segment
 */
char **
mtb_service_list_routes (void)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_autofree char *route = g_strconcat (routes[i].method, routes[i].path, NULL);

      g_strv_builder_add (list, route);
    }
  return g_strv_builder_end (list);
}

/* What no route is for. */
static const Route nowhere = { "other", "other", OPEN, NULL };

static gint64
read_clock (gpointer data)
{
  return mtb_time_now ();
}

static void
tell_which_program (const char *database)
{
  g_autofree char *engine = g_uri_parse_scheme (database);

  mtb_metrics_set (MTB_METRIC_INFO, MTB_LABELS (MTB_VERSION, engine), 1);
  mtb_metrics_set (MTB_METRIC_START_TIME, NULL, (double) mtb_time_now () / MTB_SECOND);
}

/* Beside a database that is a file; for another, where this user's programs keep such things, apart from
 * those of other databases: one would wait for the other, and remove what the other has made. */
static char *
choose_folder (const char *database)
{
  const char *path;

  if (!g_str_has_prefix (database, FILE_DATABASE))
    {
      g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, database, -1);

      return g_build_filename (g_get_user_cache_dir (), "mutabaa-server", name, NULL);
    }
  path = database + strlen (FILE_DATABASE);
  return g_strdup_printf ("%.*s.snapshots",
                          (int) (strlen (path) - (g_str_has_suffix (path, ".db") ? 3 : 0)), path);
}

/**
 * mtb_service_new:
 * @database: the database's URI
 * @committed: (nullable): called on the writer's thread after each commit
 * @data: handed to @committed
 * @error: return location
 *
 * Returns: (transfer full): the service
 */
MtbService *
mtb_service_new (const char *database, GSourceFunc committed, gpointer data, GError **error)
{
  g_autoptr (MtbConfiguration) usual = mtb_configuration_new ();
  g_autoptr (MtbService) self = g_new0 (MtbService, 1);
  g_autofree char *folder = choose_folder (database);
  MtbAuthority *authority = mtb_authority_open (database, error);

  self->readers = g_async_queue_new_full ((GDestroyNotify) mtb_store_close);
  self->clock = read_clock;
  self->beat_s = MTB_BEAT_S;
  self->database = g_strdup (database);
  self->snapshots = mtb_snapshots_new (database, folder);
  if (authority == NULL)
    return NULL;
  self->authority = authority;
  self->writer = mtb_writer_new (authority, committed, data);
  if (!mtb_service_set_limits (self, &usual->limits, error))
    return NULL;
  tell_which_program (database);
  return g_steal_pointer (&self);
}

/**
 * mtb_service_free:
 * @service: (nullable) (transfer full): a service
 */
void
mtb_service_free (MtbService *service)
{
  if (service == NULL)
    return;
  mtb_snapshots_free (service->snapshots);
  mtb_writer_free (service->writer);
  g_async_queue_unref (service->readers);
  g_free (service->database);
  g_free (service);
}

/**
 * mtb_service_set_limits:
 * @service: a service
 * @limits: what it allows
 * @error: return location
 *
 * To be called before the first request.
 *
 * Returns: whether there are as many connections to read as @limits says
 */
gboolean
mtb_service_set_limits (MtbService *service, const MtbLimits *limits, GError **error)
{
  service->limits = *limits;
  while (g_async_queue_length (service->readers) > limits->readers)
    mtb_store_close (g_async_queue_pop (service->readers));
  while (g_async_queue_length (service->readers) < limits->readers)
    {
      MtbStore *store = mtb_store_open (service->database, MTB_STORE_READ_ONLY, error);

      if (store == NULL)
        return FALSE;
      g_async_queue_push (service->readers, store);
    }
  return TRUE;
}

/**
 * mtb_service_set_clock:
 * @service: a service
 * @clock: what tells the time, in milliseconds since 1970
 * @data: handed to @clock
 *
 * To be called before the first request.
 */
void
mtb_service_set_clock (MtbService *service, MtbClock clock, gpointer data)
{
  mtb_authority_set_clock (service->authority, clock, data);
  service->clock = clock;
  service->clock_data = data;
}

/**
 * mtb_service_set_beat:
 * @service: a service
 * @seconds: how often desks are told that the connection stands, the same for all servers of a
 *   database
 *
 * To be called before the first request.
 */
void
mtb_service_set_beat (MtbService *service, guint seconds)
{
  service->beat_s = seconds;
}

const MtbLimits *
mtb_service_get_limits (MtbService *service)
{
  return &service->limits;
}

/**
 * mtb_service_set_snapshots:
 * @service: a service
 * @folder: (nullable): where parts of snapshots are kept for a while; the processes of a database may
 *   share it. %NULL for a folder beside a database that is a file, or in this user's cache
 *
 * Makes the directory ready there. To be called before the first request.
 */
void
mtb_service_set_snapshots (MtbService *service, const char *folder)
{
  g_autofree char *usual = choose_folder (service->database);

  g_clear_pointer (&service->snapshots, mtb_snapshots_free);
  service->snapshots = mtb_snapshots_new (service->database, folder != NULL ? folder : usual);
  mtb_snapshots_want_directory (service->snapshots);
}

MtbSnapshots *
mtb_service_get_snapshots (MtbService *service)
{
  return service->snapshots;
}

gint64
mtb_service_get_beat_ms (MtbService *service)
{
  return service->beat_s * MTB_SECOND;
}

gint64
mtb_service_get_now (MtbService *service)
{
  return service->clock (service->clock_data);
}

MtbWriter *
mtb_service_get_writer (MtbService *service)
{
  return service->writer;
}

/* Borrows a connection and begins to read. */
gboolean
mtb_exchange_take (MtbExchange *exchange, GError **error)
{
  MtbStore *store;

  mtb_metrics_add (MTB_METRIC_READERS_WAITING, NULL, 1);
  store = g_async_queue_pop (exchange->service->readers);
  mtb_metrics_add (MTB_METRIC_READERS_WAITING, NULL, -1);
  exchange->store = store;
  g_clear_pointer (&exchange->head, mtb_record_unref);
  if (!mtb_store_begin_read (store, error))
    {
      g_async_queue_push (exchange->service->readers, g_steal_pointer (&exchange->store));
      return FALSE;
    }
  exchange->head = mtb_ledger_read_head (store, error);
  return exchange->head != NULL;
}

/* Gives the connection back, so that waiting for the writer keeps nobody from reading. */
void
mtb_exchange_release (MtbExchange *exchange)
{
  if (exchange->store == NULL)
    return;
  mtb_store_rollback (exchange->store);
  g_async_queue_push (exchange->service->readers, g_steal_pointer (&exchange->store));
  g_clear_pointer (&exchange->head, mtb_record_unref);
}

/* Has the writer judge. What it has committed is what the answer tells, without reading it again. */
void
mtb_exchange_judge (MtbExchange *exchange, GPtrArray *orders)
{
  mtb_exchange_release (exchange);
  g_clear_pointer (&exchange->head, mtb_record_unref);
  exchange->head = mtb_writer_judge (exchange->service->writer, orders);
}

/* Where the star of @pattern begins in @path and how long it is; FALSE where they do not fit. */
static gboolean
fit_path (const char *path, const char *pattern, gsize *start, gsize *length)
{
  const char *star = strchr (pattern, '*');

  if (star == NULL)
    return g_str_equal (path, pattern);
  *start = (gsize) (star - pattern);
  if (strncmp (path, pattern, *start) != 0)
    return FALSE;
  *length = strcspn (path + *start, "/");
  return *length > 0 && g_str_equal (path + *start + *length, star + 1);
}

static const Route *
find_route (const MtbRequest *request, GError **error)
{
  gsize start, length;

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (g_str_equal (routes[i].method, request->method)
        && fit_path (request->path, routes[i].path, &start, &length))
      return &routes[i];
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_NOT_FOUND, "there is nothing here");
  return NULL;
}

/* What stands for the star of the route. */
char *
mtb_exchange_dup_segment (MtbExchange *exchange)
{
  const Route *route = find_route (exchange->request, NULL);
  gsize start = 0;
  gsize length = 0;

  fit_path (exchange->request->path, route->path, &start, &length);
  return g_strndup (exchange->request->path + start, length);
}

JsonObject *
mtb_exchange_read_body (MtbExchange *exchange, GError **error)
{
  gsize length = 0;
  const char *body =
    exchange->request->body != NULL ? g_bytes_get_data (exchange->request->body, &length) : "";

  if (exchange->session == NULL && length > MTB_STRANGERS_BODY_MAX)
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_TOO_LARGE, "the body is too large");
      return NULL;
    }
  return mtb_json_read (body, length, error);
}

/* Has the writer judge one command of the server's own; takes @arguments. */
gboolean
mtb_exchange_command (MtbExchange *exchange,
                      const MtbSession *session,
                      gpointer arguments,
                      gpointer attachment,
                      GError **error)
{
  gint64 now = mtb_service_get_now (exchange->service);
  g_autofree char *id = mtb_id_new (now);
  g_autoptr (GPtrArray) orders = g_ptr_array_new ();
  g_autoptr (MtbOrder) order =
    mtb_order_new (mtb_envelope_new (arguments, id, 0, now), session->person_id, session->desk,
                   exchange->request->origin);

  order->attachment = mtb_record_ref (attachment);
  g_ptr_array_add (orders, order);
  mtb_exchange_judge (exchange, orders);
  if (order->verdict != NULL && order->verdict->applied)
    return TRUE;
  g_propagate_error (
    error, g_error_copy (order->verdict != NULL ? order->verdict->error : order->failure));
  return FALSE;
}

/* Nothing but their password, where that has to be changed first. */
static gboolean
authenticate (MtbExchange *exchange, const char *token, Access access, GError **error)
{
  exchange->session = mtb_accounts_find_session (exchange->store, token,
                                                 mtb_service_get_now (exchange->service), error);
  if (exchange->session == NULL)
    return FALSE;
  exchange->viewer = mtb_viewer_load (exchange->store, exchange->session->person_id, error);
  if (exchange->viewer == NULL)
    return FALSE;
  if (mtb_viewer_get_person (exchange->viewer)->active != 1)
    return mtb_accounts_fail_dismissed (error);
  if (exchange->session->must_change != 1 || access == SIGN_IN)
    return TRUE;
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_PASSWORD_CHANGE,
                       N_ ("Change your password first"));
  return FALSE;
}

static void
end_exchange (MtbExchange *exchange)
{
  mtb_exchange_release (exchange);
  g_clear_pointer (&exchange->head, mtb_record_unref);
  g_clear_pointer (&exchange->session, mtb_record_unref);
  g_clear_pointer (&exchange->viewer, mtb_viewer_free);
}

static gboolean
finish_json (MtbExchange *exchange, GError **error)
{
  g_autofree char *head = NULL;
  MtbServerInfo info = { 0 };

  if (exchange->head == NULL && !mtb_exchange_take (exchange, error))
    return FALSE;
  head = mtb_head_format (exchange->head);
  info.epoch = exchange->head->epoch;
  info.seq = exchange->head->seq;
  info.head = head;
  info.time = mtb_service_get_now (exchange->service);
  mtb_message_append_server (exchange->json, &info);
  g_string_append_c (exchange->json, '}');
  return TRUE;
}

static gboolean
run_exchange (MtbExchange *exchange, GError **error)
{
  const Route *route = find_route (exchange->request, error);

  if (route == NULL)
    return FALSE;
  if (route->access == ALWAYS)
    {
      mtb_exchange_take (exchange, NULL);
      return route->resource (exchange, error);
    }
  return mtb_exchange_take (exchange, error)
         && (route->access == OPEN
             || authenticate (exchange, exchange->request->token, route->access, error))
         && route->resource (exchange, error)
         && (exchange->file != NULL || finish_json (exchange, error));
}

static void
log_failure (const GError *error)
{
  if (g_str_equal (mtb_status_get_code (error), "storage"))
    g_warning ("%s", error->message);
}

/* By the route's pattern: a path may name somebody, and what is nowhere must not fill the memory. */
static void
count_answer (const Route *route, const MtbResponse *response, const GError *error, gint64 taken_us)
{
  double taken_s = (double) taken_us / G_USEC_PER_SEC;
  const char status[] = { (char) ('0' + response->status / 100), 'x', 'x', '\0' };

  mtb_metrics_add (MTB_METRIC_REQUESTS, MTB_LABELS (route->method, route->path, status), 1);
  mtb_metrics_observe (MTB_METRIC_REQUEST_TIME, MTB_LABELS (route->method, route->path), taken_s);
  if (route->resource == mtb_resource_post_session
      && g_error_matches (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED))
    mtb_metrics_add (MTB_METRIC_SIGN_INS_FAILED, NULL, 1);
  if (response->stream != NULL)
    mtb_metrics_add (MTB_METRIC_SNAPSHOT_BYTES, NULL, response->length);
}

static MtbResponse *
finish_exchange (MtbExchange *exchange, gboolean ok, const GError *error)
{
  g_autoptr (GBytes) json = g_string_free_to_bytes (exchange->json);

  if (!ok)
    {
      log_failure (error);
      return mtb_response_new_error (error);
    }
  return exchange->file != NULL
           ? exchange->file
           : mtb_response_new (200, "application/json", g_steal_pointer (&json));
}

/**
 * mtb_service_handle:
 * @service: a service
 * @request: a request
 *
 * Returns: (transfer full): its answer, an error's too
 */
MtbResponse *
mtb_service_handle (MtbService *service, const MtbRequest *request)
{
  MtbExchange exchange = { .service = service, .request = request };
  g_autoptr (GError) error = NULL;
  const Route *found = find_route (request, NULL);
  const Route *route = found != NULL ? found : &nowhere;
  MtbLogContext context = { request->id, route->method, route->path };
  gint64 begun = g_get_monotonic_time ();
  MtbResponse *response;
  gint64 taken_us;
  gboolean ok;

  mtb_log_begin (&context);
  exchange.json = g_string_new ("{");
  ok = run_exchange (&exchange, &error);
  end_exchange (&exchange);
  response = finish_exchange (&exchange, ok, error);
  taken_us = g_get_monotonic_time () - begun;
  count_answer (route, response, error, taken_us);
  mtb_log_answer (response->status, taken_us);
  mtb_log_end ();
  return response;
}

/**
 * mtb_service_identify:
 * @service: a service
 * @token: (nullable): a token
 * @desk: (out) (optional) (nullable) (transfer full): at which desk it was given
 * @error: return location, %MTB_ERROR_UNAUTHORIZED, %MTB_ERROR_DISMISSED, %MTB_ERROR_PASSWORD_CHANGE
 *
 * Returns: (transfer full): the id of whose it is
 */
char *
mtb_service_identify (MtbService *service, const char *token, char **desk, GError **error)
{
  MtbExchange exchange = { .service = service };
  char *person_id = NULL;

  if (mtb_exchange_take (&exchange, error) && authenticate (&exchange, token, DESK, error))
    {
      person_id = g_strdup (exchange.session->person_id);
      if (desk != NULL)
        *desk = g_strdup (exchange.session->desk);
    }
  end_exchange (&exchange);
  return person_id;
}

/**
 * mtb_service_get_seq:
 * @service: a service
 *
 * Returns: the feed number, whichever process has moved it; -1 where it cannot be read
 */
gint64
mtb_service_get_seq (MtbService *service)
{
  MtbExchange exchange = { .service = service };
  gint64 seq = mtb_exchange_take (&exchange, NULL) ? exchange.head->seq : -1;

  mtb_exchange_release (&exchange);
  return seq;
}
