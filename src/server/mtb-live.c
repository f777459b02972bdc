/* `/v1/live`: tells desks that there is something new for them, who is connected, and nothing else.
 * What is new they fetch. A poke goes at once where none went just before, else those of a moment go
 * together; and only to those whom a change concerns. Changes of other processes on the same database
 * are noticed too. Lives on the listener's main context.
 *
 * A desk answers each beat. As long as it does, its lease is renewed; when it has been silent for
 * some beats, its connection is closed and its lease ends at the time when it was last heard of. */

#include "mtb-live.h"

#include "mtb-error.h"
#include "mtb-lease.h"
#include "mtb-look.h"
#include "mtb-metrics.h"
#include "mtb-service-private.h"
#include "mtb-task.h"

#define COALESCE_MS 50
#define LOOK_MS 1000

struct _MtbLive
{
  MtbService *service;
  GThreadPool *pool;
  GPtrArray *desks;
  gint64 seen_seq;
  gint64 poked_at; /* by the clock that nobody sets */
  MtbConnected *connected;
  GSource *poke_source;
  GSource *look_source;
  GSource *beat_source;
  gboolean looking;
  gboolean checking;
  gboolean check_again;
  gboolean again;
};

/* @listed: whether it was told who is connected; @listing: whether that is being looked for */
typedef struct
{
  MtbLive *live;
  SoupWebsocketConnection *connection;
  char *token;
  char *person_id;
  char *name;
  gint64 connected_at;
  gint64 heard_at;
  gint64 renewed_at;
  gboolean is_nobodys;
  gboolean listed;
  gboolean listing;
} Desk;

static void
free_desk (gpointer data)
{
  Desk *desk = data;

  g_signal_handlers_disconnect_by_data (desk->connection, desk);
  g_object_unref (desk->connection);
  g_free (desk->token);
  g_free (desk->person_id);
  g_free (desk->name);
  g_free (desk);
}

static void
send_text (Desk *desk, const char *text)
{
  if (text != NULL
      && soup_websocket_connection_get_state (desk->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_text (desk->connection, text);
}

static void
send_seq (Desk *desk, const char *type, gint64 seq)
{
  g_autofree char *text =
    g_strdup_printf ("{\"type\":\"%s\",\"seq\":%" G_GINT64_FORMAT "}", type, seq);

  send_text (desk, text);
}

static gboolean
write_leases (MtbAuthority *authority, gpointer leases, GError **error)
{
  MtbStore *store = mtb_authority_get_store (authority);
  const GPtrArray *all = leases;
  g_autoptr (MtbHead) head = NULL;
  gboolean ok;

  if (!mtb_store_begin (store, error))
    return FALSE;
  /* Another server may write some of the same leases, in another order. */
  head = mtb_ledger_take_head (store, error);
  ok = head != NULL;
  for (guint i = 0; i < all->len && ok; i++)
    ok = mtb_lease_write (store, g_ptr_array_index (all, i), error);
  if (ok && mtb_store_commit (store, error))
    return TRUE;
  mtb_store_rollback (store);
  return FALSE;
}

/* By the server's clock, though silence is measured by one that nobody sets. */
static MtbLease *
new_lease (Desk *desk)
{
  MtbLease *lease = mtb_lease_new (desk->person_id, desk->name, desk->connected_at);
  gint64 silence = (g_get_monotonic_time () - desk->heard_at) / G_TIME_SPAN_MILLISECOND;

  lease->seen_at = MAX (mtb_service_get_now (desk->live->service) - silence, lease->connected_at);
  return lease;
}

static void
push_leases (MtbLive *self, GPtrArray *leases)
{
  mtb_writer_run (mtb_service_get_writer (self->service), write_leases, leases,
                  (GDestroyNotify) g_ptr_array_unref);
}

static void
push_lease (Desk *desk, MtbLease *lease)
{
  GPtrArray *leases = g_ptr_array_new_with_free_func (mtb_record_unref);

  g_ptr_array_add (leases, lease);
  push_leases (desk->live, leases);
}

static gboolean
has_same_lease (const Desk *a, const Desk *b)
{
  return g_str_equal (a->person_id, b->person_id) && g_strcmp0 (a->name, b->name) == 0;
}

/* The desk may have connected anew before it was noticed that the old connection is none. */
static void
remove_desk (Desk *desk)
{
  MtbLive *self = desk->live;
  MtbLease *lease = new_lease (desk);
  gboolean goes_on = FALSE;

  for (guint i = 0; i < self->desks->len && !goes_on; i++)
    goes_on = g_ptr_array_index (self->desks, i) != (gpointer) desk
              && has_same_lease (g_ptr_array_index (self->desks, i), desk);
  lease->ended_at = lease->seen_at;
  if (goes_on)
    mtb_record_unref (lease);
  else
    push_lease (desk, lease);
  g_ptr_array_remove (self->desks, desk);
  mtb_metrics_add (MTB_METRIC_LIVE_CONNECTIONS, NULL, -1);
}

static void
close_desk (Desk *desk, gushort code, const char *why)
{
  g_signal_handlers_disconnect_by_data (desk->connection, desk);
  if (soup_websocket_connection_get_state (desk->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (desk->connection, code, why);
  remove_desk (desk);
}

static void
renew_leases (MtbLive *self)
{
  g_autoptr (GPtrArray) leases = g_ptr_array_new_with_free_func (mtb_record_unref);

  for (guint i = 0; i < self->desks->len; i++)
    {
      Desk *desk = g_ptr_array_index (self->desks, i);

      if (desk->heard_at == desk->renewed_at)
        continue;
      desk->renewed_at = desk->heard_at;
      g_ptr_array_add (leases, new_lease (desk));
    }
  if (leases->len > 0)
    push_leases (self, g_steal_pointer (&leases));
}

static void
close_silent_desks (MtbLive *self)
{
  gint64 patience =
    MTB_BEATS_MISSED * mtb_service_get_beat_ms (self->service) * G_TIME_SPAN_MILLISECOND;
  gint64 now = g_get_monotonic_time ();

  for (guint i = self->desks->len; i > 0; i--)
    {
      Desk *desk = g_ptr_array_index (self->desks, i - 1);

      if (now - desk->heard_at >= patience)
        close_desk (desk, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, "nothing was heard");
    }
}

typedef struct
{
  MtbLive *live;
  GHashTable *tokens;
} Check;

static gboolean
has_ended (const GError *error)
{
  return g_error_matches (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED)
         || g_error_matches (error, MTB_ERROR, MTB_ERROR_DISMISSED)
         || g_error_matches (error, MTB_ERROR, MTB_ERROR_PASSWORD_CHANGE);
}

/* That it cannot be known now says nothing. */
static gboolean
may_be_signed_in (gpointer token, gpointer value, gpointer service)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *person_id = mtb_service_identify (service, token, NULL, &error);

  return person_id != NULL || !has_ended (error);
}

static void
check_tokens (gpointer data)
{
  Check *self = data;

  g_hash_table_foreach_remove (self->tokens, may_be_signed_in, self->live->service);
}

static void start_check (MtbLive *self);

static gboolean
on_checked (gpointer data)
{
  Check *self = data;
  MtbLive *live = self->live;

  for (guint i = live->desks->len; i > 0; i--)
    {
      Desk *desk = g_ptr_array_index (live->desks, i - 1);

      if (g_hash_table_contains (self->tokens, desk->token))
        close_desk (desk, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION, "sign in again");
    }
  live->checking = FALSE;
  if (live->check_again)
    start_check (live);
  g_hash_table_unref (self->tokens);
  g_free (self);
  return G_SOURCE_REMOVE;
}

/* Whoever has signed out or left, or was signed out, is told nothing more. */
static void
start_check (MtbLive *self)
{
  Check *job;

  self->check_again = self->checking;
  if (self->checking || self->pool == NULL)
    return;
  self->checking = TRUE;
  job = g_new0 (Check, 1);
  job->live = self;
  job->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < self->desks->len; i++)
    g_hash_table_add (job->tokens, g_strdup (((Desk *) g_ptr_array_index (self->desks, i))->token));
  mtb_task_push (self->pool, check_tokens, on_checked, job);
}

static gboolean
on_beat (gpointer data)
{
  MtbLive *self = data;

  close_silent_desks (self);
  renew_leases (self);
  for (guint i = 0; i < self->desks->len; i++)
    send_seq (g_ptr_array_index (self->desks, i), "beat", self->seen_seq);
  start_check (self);
  return G_SOURCE_CONTINUE;
}

typedef struct
{
  MtbLive *live;
  MtbLook *look;
} Looking;

static void
look (gpointer data)
{
  Looking *self = data;

  mtb_look_run (self->look, self->live->service);
}

static void
tell_desk (Desk *desk, const MtbLook *seen, const MtbLookPerson *person)
{
  /* Whoever came while it was looked was not looked for. */
  if (person != NULL ? person->is_concerned : seen->seq > seen->after)
    send_seq (desk, "poke", seen->seq);
  if (person == NULL)
    return;
  if (person->list != NULL && (desk->listing || person->has_other_sight))
    {
      send_text (desk, person->list);
      desk->listed = TRUE;
    }
  else if (desk->listed && person->news != NULL)
    for (guint i = 0; i < person->news->len; i++)
      send_text (desk, g_ptr_array_index (person->news, i));
  desk->listing = FALSE;
}

static gboolean
on_looked (gpointer data)
{
  Looking *self = data;
  MtbLive *live = self->live;
  MtbLook *seen = self->look;

  for (guint i = 0; i < live->desks->len && seen->seq >= 0; i++)
    {
      Desk *desk = g_ptr_array_index (live->desks, i);

      tell_desk (desk, seen, g_hash_table_lookup (seen->people, desk->person_id));
    }
  if (seen->seq >= 0)
    live->seen_seq = seen->seq;
  if (seen->seq >= 0 && seen->now != NULL)
    {
      g_clear_pointer (&live->connected, mtb_connected_unref);
      live->connected = mtb_connected_ref (seen->now);
    }
  live->looking = FALSE;
  if (seen->sign_ins_ended)
    start_check (live);
  if (live->again)
    mtb_live_notice (live);
  mtb_look_free (self->look);
  g_free (self);
  return G_SOURCE_REMOVE;
}

static void
start_look (MtbLive *self)
{
  Looking *job;

  self->again = self->looking;
  if (self->looking)
    return;
  self->looking = TRUE;
  job = g_new0 (Looking, 1);
  job->live = self;
  job->look = mtb_look_new (self->seen_seq, self->connected);
  for (guint i = 0; i < self->desks->len; i++)
    {
      Desk *desk = g_ptr_array_index (self->desks, i);
      MtbLookPerson *person = mtb_look_add (job->look, desk->person_id);

      desk->listing = !desk->listed;
      person->wants_list = person->wants_list || desk->listing;
    }
  mtb_task_push (self->pool, look, on_looked, job);
}

static gboolean
on_poke (gpointer data)
{
  MtbLive *self = data;

  g_clear_pointer (&self->poke_source, g_source_unref);
  self->poked_at = g_get_monotonic_time ();
  start_look (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_look (gpointer data)
{
  MtbLive *self = data;

  if (self->poke_source == NULL && !self->looking)
    start_look (self);
  return G_SOURCE_CONTINUE;
}

/* On the context that the connections live on, which need not be the program's own. */
static GSource *
add_timeout (MtbLive *self, guint ms, GSourceFunc func)
{
  GSource *source = g_timeout_source_new (ms);

  g_source_set_callback (source, func, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

static void
remove_timeout (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/**
 * mtb_live_new:
 * @service: (transfer none): the service
 * @pool: (transfer none): where work beside the main loop is done
 *
 * Returns: (transfer full): the live connections of this main context
 */
MtbLive *
mtb_live_new (MtbService *service, GThreadPool *pool)
{
  MtbLive *self = g_new0 (MtbLive, 1);

  self->service = service;
  self->pool = pool;
  self->desks = g_ptr_array_new_with_free_func (free_desk);
  self->seen_seq = mtb_service_get_seq (service);
  self->look_source = add_timeout (self, LOOK_MS, on_look);
  self->beat_source = add_timeout (self, (guint) mtb_service_get_beat_ms (service), on_beat);
  return self;
}

/**
 * mtb_live_end:
 * @live: live connections
 *
 * Begins nothing more; what is being done may still come to its end. Desks are told to connect
 * anew. They have not gone, so their leases go on: another server renews them.
 */
void
mtb_live_end (MtbLive *live)
{
  for (guint i = 0; i < live->desks->len; i++)
    {
      Desk *desk = g_ptr_array_index (live->desks, i);

      g_signal_handlers_disconnect_by_data (desk->connection, desk);
      if (soup_websocket_connection_get_state (desk->connection) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_close (desk->connection, SOUP_WEBSOCKET_CLOSE_GOING_AWAY,
                                         "the server is ending");
    }
  live->pool = NULL;
  remove_timeout (&live->poke_source);
  remove_timeout (&live->look_source);
  remove_timeout (&live->beat_source);
}

/**
 * mtb_live_free:
 * @live: (nullable) (transfer full): live connections, after mtb_live_end(); the pool has no work of
 *   theirs any more
 */
void
mtb_live_free (MtbLive *live)
{
  if (live == NULL)
    return;
  g_ptr_array_unref (live->desks);
  g_clear_pointer (&live->connected, mtb_connected_unref);
  g_free (live);
}

/**
 * mtb_live_notice:
 * @live: live connections
 *
 * Something was committed: whom it concerns is poked within a moment.
 */
void
mtb_live_notice (MtbLive *live)
{
  gint64 passed_ms = (g_get_monotonic_time () - live->poked_at) / G_TIME_SPAN_MILLISECOND;

  if (live->poke_source == NULL && live->pool != NULL)
    live->poke_source = add_timeout (live, (guint) MAX (COALESCE_MS - passed_ms, 0), on_poke);
}

static void
on_closed (SoupWebsocketConnection *connection, gpointer data)
{
  Desk *desk = data;

  desk->heard_at = g_get_monotonic_time ();
  remove_desk (desk);
}

/* Whatever it says, it is there. */
static void
on_message (SoupWebsocketConnection *connection, int type, GBytes *message, gpointer data)
{
  Desk *desk = data;

  desk->heard_at = g_get_monotonic_time ();
}

static void
identify (gpointer data)
{
  Desk *desk = data;
  g_autoptr (GError) error = NULL;

  desk->person_id = mtb_service_identify (desk->live->service, desk->token, &desk->name, &error);
  desk->is_nobodys = has_ended (error);
}

/* Whoever has connected is told at once where the feed is, so that nothing falls between. */
static void
begin_desk (Desk *desk)
{
  desk->connected_at = mtb_service_get_now (desk->live->service);
  desk->heard_at = g_get_monotonic_time ();
  desk->renewed_at = desk->heard_at;
  g_signal_connect (desk->connection, "message", G_CALLBACK (on_message), desk);
  g_signal_connect (desk->connection, "closed", G_CALLBACK (on_closed), desk);
  g_ptr_array_add (desk->live->desks, desk);
  mtb_metrics_add (MTB_METRIC_LIVE_CONNECTIONS, NULL, 1);
  send_seq (desk, "beat", desk->live->seen_seq);
  push_lease (desk, new_lease (desk));
}

static gboolean
on_identified (gpointer data)
{
  Desk *desk = data;
  gboolean is_open =
    soup_websocket_connection_get_state (desk->connection) == SOUP_WEBSOCKET_STATE_OPEN;

  gboolean is_full = desk->live->desks->len
                     >= (guint) mtb_service_get_limits (desk->live->service)->live_connections;

  if (is_open && desk->person_id != NULL && !is_full)
    {
      begin_desk (desk);
      return G_SOURCE_REMOVE;
    }
  if (desk->person_id != NULL && is_full)
    mtb_metrics_add (MTB_METRIC_REFUSED, MTB_LABELS ("live_connections"), 1);
  if (is_open)
    soup_websocket_connection_close (desk->connection,
                                     desk->is_nobodys ? SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION
                                                      : SOUP_WEBSOCKET_CLOSE_GOING_AWAY,
                                     desk->is_nobodys          ? "sign in again"
                                     : desk->person_id != NULL ? "too many are connected"
                                                               : "try again");
  free_desk (desk);
  return G_SOURCE_REMOVE;
}

/**
 * mtb_live_add:
 * @live: live connections
 * @connection: (transfer none): a desk's
 * @token: (nullable): what it showed
 */
void
mtb_live_add (MtbLive *live, SoupWebsocketConnection *connection, const char *token)
{
  Desk *desk = g_new0 (Desk, 1);

  desk->live = live;
  desk->connection = g_object_ref (connection);
  desk->token = g_strdup (token);
  mtb_task_push (live->pool, identify, on_identified, desk);
}
