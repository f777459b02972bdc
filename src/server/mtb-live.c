/* `/v1/live`: tells desks that there is something new for them, and nothing else. What is new they
 * fetch. Pokes are held together for a moment and go only to those whom a change concerns. Changes
 * of other processes on the same database are noticed too. Lives on the listener's main context. */

#include "mtb-live.h"

#include "mtb-task.h"

#define COALESCE_MS 50
#define LOOK_MS 1000
#define BEAT_S 15

struct _MtbLive
{
  MtbService *service;
  GThreadPool *pool;
  GPtrArray *desks;
  gint64 seen_seq;
  GSource *poke_source;
  GSource *look_source;
  GSource *beat_source;
  gboolean looking;
  gboolean again;
};

typedef struct
{
  MtbLive *live;
  SoupWebsocketConnection *connection;
  char *token;
  char *person_id;
} Desk;

static void
free_desk (gpointer data)
{
  Desk *desk = data;

  g_signal_handlers_disconnect_by_data (desk->connection, desk);
  g_object_unref (desk->connection);
  g_free (desk->token);
  g_free (desk->person_id);
  g_free (desk);
}

static void
send_text (Desk *desk, const char *type, gint64 seq)
{
  g_autofree char *text =
    g_strdup_printf ("{\"type\":\"%s\",\"seq\":%" G_GINT64_FORMAT "}", type, seq);

  if (soup_websocket_connection_get_state (desk->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_text (desk->connection, text);
}

static gboolean
on_beat (gpointer data)
{
  MtbLive *self = data;

  for (guint i = 0; i < self->desks->len; i++)
    send_text (g_ptr_array_index (self->desks, i), "beat", self->seen_seq);
  return G_SOURCE_CONTINUE;
}

typedef struct
{
  MtbLive *live;
  GHashTable *people;
  gint64 after;
  gint64 seq;
  GHashTable *concerned;
} Look;

static void
look (gpointer data)
{
  Look *self = data;

  self->seq = mtb_service_get_seq (self->live->service);
  if (self->seq > self->after && self->after >= 0)
    self->concerned = mtb_service_find_concerned (self->live->service, self->people, self->after);
}

static gboolean
on_looked (gpointer data)
{
  Look *self = data;
  MtbLive *live = self->live;

  for (guint i = 0; self->concerned != NULL && i < live->desks->len; i++)
    {
      Desk *desk = g_ptr_array_index (live->desks, i);

      /* Whoever came while this was looked for was not asked about. */
      if (g_hash_table_contains (self->concerned, desk->person_id)
          || !g_hash_table_contains (self->people, desk->person_id))
        send_text (desk, "poke", self->seq);
    }
  if (self->seq > live->seen_seq)
    live->seen_seq = self->seq;
  live->looking = FALSE;
  if (live->again)
    mtb_live_notice (live);
  g_clear_pointer (&self->concerned, g_hash_table_unref);
  g_hash_table_unref (self->people);
  g_free (self);
  return G_SOURCE_REMOVE;
}

static void
start_look (MtbLive *self)
{
  Look *job;

  self->again = self->looking;
  if (self->looking)
    return;
  self->looking = TRUE;
  job = g_new0 (Look, 1);
  job->live = self;
  job->after = self->seen_seq;
  job->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < self->desks->len; i++)
    {
      Desk *desk = g_ptr_array_index (self->desks, i);

      g_hash_table_add (job->people, g_strdup (desk->person_id));
    }
  mtb_task_push (self->pool, look, on_looked, job);
}

static gboolean
on_poke (gpointer data)
{
  MtbLive *self = data;

  g_clear_pointer (&self->poke_source, g_source_unref);
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
  self->beat_source = add_timeout (self, BEAT_S * 1000, on_beat);
  return self;
}

/**
 * mtb_live_end:
 * @live: live connections
 *
 * Begins nothing more; what is being done may still come to its end.
 */
void
mtb_live_end (MtbLive *live)
{
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
  if (live->poke_source == NULL && live->pool != NULL)
    live->poke_source = add_timeout (live, COALESCE_MS, on_poke);
}

static void
on_closed (SoupWebsocketConnection *connection, gpointer data)
{
  Desk *desk = data;

  g_ptr_array_remove (desk->live->desks, desk);
}

static void
identify (gpointer data)
{
  Desk *desk = data;

  desk->person_id = mtb_service_identify (desk->live->service, desk->token, NULL);
}

/* Whoever has connected is told at once where the feed is, so that nothing falls between. */
static gboolean
on_identified (gpointer data)
{
  Desk *desk = data;
  gboolean is_open =
    soup_websocket_connection_get_state (desk->connection) == SOUP_WEBSOCKET_STATE_OPEN;

  if (is_open && desk->person_id != NULL)
    {
      g_signal_connect (desk->connection, "closed", G_CALLBACK (on_closed), desk);
      g_ptr_array_add (desk->live->desks, desk);
      send_text (desk, "beat", desk->live->seen_seq);
      return G_SOURCE_REMOVE;
    }
  if (is_open)
    soup_websocket_connection_close (desk->connection, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION,
                                     "sign in again");
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
