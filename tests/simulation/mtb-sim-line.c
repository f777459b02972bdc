/* The line between a desk and the server, with all that a network does to what goes over it. It knows
 * nothing of what is said, but for one thing that it watches over: an online-only command that was sent
 * before and that the server does not know when it is asked about may never be applied after that. */

#include "mtb-sim-line.h"

#include "mtb-error.h"
#include "mtb-message.h"
#include "mtb-sim-breaks.h"
#include "mtb-sim-faults.h"
#include "mtb-sim-random.h"
#include "mtb-time.h"

#include <string.h>

struct _MtbSimLine
{
  GObject parent_instance;

  MtbSimServer *server;
  char *desk;
  guint faults_per_mille;
  gint64 cut_until;
  gsize body_limit;
  guint page_limit;
  GQueue *late;
  GHashTable *n_sent;
  GHashTable *outlived;
  GHashTable *answers;
  GBytes *file; /* the last that came whole */
  MtbSimMeanwhile meanwhile;
  gpointer meanwhile_data;
};

static void mtb_sim_line_be_transport (MtbTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MtbSimLine,
                               mtb_sim_line,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MTB_TYPE_TRANSPORT,
                                                      mtb_sim_line_be_transport))

static MtbAnswer *
fail_unreachable (GError **error)
{
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_UNREACHABLE, "no answer came");
  return NULL;
}

static GBytes *
cut_in_its_middle (GBytes *bytes)
{
  gsize size = g_bytes_get_size (bytes);

  return g_bytes_new_from_bytes (bytes, 0, size > 0 ? mtb_sim_random_below ((guint) size) : 0);
}

static MtbAnswer *
make_answer (guint status, GBytes *body, const char *hash)
{
  MtbAnswer *answer = g_new0 (MtbAnswer, 1);

  answer->status = status;
  answer->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  answer->body = g_bytes_ref (body);
  if (hash != NULL)
    g_hash_table_insert (answer->headers, g_strdup ("etag"), g_strdup_printf ("\"%s\"", hash));
  return answer;
}

static MtbAnswer *
make_problem (guint status, const char *title)
{
  g_autofree char *text = g_strdup_printf ("{\"title\":\"%s\",\"status\":%u}", title, status);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return make_answer (status, body, NULL);
}

static GPtrArray *
read_commands (const MtbRequest *request)
{
  gsize length;
  const char *text;
  g_autoptr (JsonObject) body = NULL;

  if (request->body == NULL || !g_str_equal (request->path, "/v1/commands"))
    return NULL;
  text = g_bytes_get_data (request->body, &length);
  body = mtb_json_read (text, length, NULL);
  return body != NULL ? mtb_message_read_commands (body, NULL) : NULL;
}

static gboolean
needs_authority (const MtbEnvelope *envelope)
{
  return envelope->arguments != NULL
         && mtb_command_is_online_only (mtb_command_of (envelope->arguments));
}

static void
count_sendings (MtbSimLine *self, const MtbRequest *request)
{
  g_autoptr (GPtrArray) envelopes = read_commands (request);

  for (guint i = 0; envelopes != NULL && i < envelopes->len; i++)
    {
      const MtbEnvelope *envelope = g_ptr_array_index (envelopes, i);
      guint n_sent = GPOINTER_TO_UINT (g_hash_table_lookup (self->n_sent, envelope->id));

      if (needs_authority (envelope))
        g_hash_table_insert (self->n_sent, g_strdup (envelope->id), GUINT_TO_POINTER (n_sent + 1));
    }
}

static gboolean
is_known (MtbSimLine *self, const char *id, const char *status)
{
  gint64 n = 0;

  mtb_store_select_number (
    mtb_sim_server_get_store (self->server),
    "SELECT COUNT(*) FROM command WHERE id = :id AND status = COALESCE (:status, status)",
    MTB_PARAMETERS (MTB_TEXT ("id", id), MTB_TEXT ("status", status)), &n, NULL);
  return n > 0;
}

/* What was sent before and is not known: it may only be settled now. */
static GPtrArray *
list_to_settle (MtbSimLine *self, const MtbRequest *request)
{
  g_autoptr (GPtrArray) envelopes = read_commands (request);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; envelopes != NULL && i < envelopes->len; i++)
    {
      const MtbEnvelope *envelope = g_ptr_array_index (envelopes, i);

      if (GPOINTER_TO_UINT (g_hash_table_lookup (self->n_sent, envelope->id)) < 2
          || is_known (self, envelope->id, NULL))
        continue;
      mtb_fault_hit (MTB_FAULT_COMMAND_SETTLED);
      g_ptr_array_add (ids, g_strdup (envelope->id));
    }
  return ids;
}

static void
check_settled (MtbSimLine *self, GPtrArray *ids)
{
  for (guint i = 0; i < ids->len && mtb_sim_server_is_up (self->server); i++)
    if (is_known (self, g_ptr_array_index (ids, i), "applied"))
      mtb_sim_fail ("the online-only command %s was applied, and only its verdict was asked for",
                    (const char *) g_ptr_array_index (ids, i));
}

static MtbResponse *
deliver (MtbSimLine *self, const MtbRequest *request, gboolean late)
{
  g_autoptr (GPtrArray) to_settle = NULL;
  MtbResponse *response;

  if (!mtb_sim_server_is_up (self->server))
    {
      mtb_fault_hit (MTB_FAULT_SERVER_DOWN);
      return NULL;
    }
  if (!late)
    to_settle = list_to_settle (self, request);
  response = mtb_sim_server_handle (self->server, request);
  if (!late)
    check_settled (self, to_settle);
  if (response != NULL)
    mtb_sim_trace ("  %s: %s %s%s: %u", self->desk, request->method, request->path,
                   late ? " (late)" : "", response->status);
  return response;
}

/* What comes late to a server that has been put back is judged again, whatever was said of it in the
 * history that was lost. */
static void
note_outlived (MtbSimLine *self, const MtbRequest *request)
{
  g_autoptr (GPtrArray) envelopes =
    mtb_sim_server_is_rewound (self->server) ? read_commands (request) : NULL;

  for (guint i = 0; envelopes != NULL && i < envelopes->len; i++)
    g_hash_table_add (self->outlived,
                      g_strdup (((MtbEnvelope *) g_ptr_array_index (envelopes, i))->id));
}

/* Whether the command came late after the server was put back, so that it may have another verdict than
 * the one that its desk heard before. */
gboolean
mtb_sim_line_outlived_verdict (MtbSimLine *self, const char *command_id)
{
  return g_hash_table_contains (self->outlived, command_id);
}

/* Delivers one request that was held back; its sender has long given up. FALSE where there is none. */
gboolean
mtb_sim_line_deliver_late (MtbSimLine *self)
{
  MtbRequest *request = g_queue_pop_head (self->late);
  MtbResponse *response;

  if (request == NULL)
    return FALSE;
  if (mtb_sim_server_is_up (self->server))
    mtb_fault_hit (MTB_FAULT_REQUEST_LATE);
  note_outlived (self, request);
  response = deliver (self, request, TRUE);
  if (response != NULL)
    mtb_response_free (response);
  mtb_request_free (request);
  return TRUE;
}

typedef struct
{
  const char *method;
  char *target;
  const char *token;
  GBytes *body;
  gint64 from; /* which byte of a file on it asks for */
} Message;

static MtbRequest *
make_request (const Message *message, GBytes *body)
{
  MtbRequest *request =
    mtb_request_new (message->method, message->target, message->token, "simulation", NULL, body);

  if (message->from > 0)
    request->range = g_strdup_printf ("bytes=%" G_GINT64_FORMAT "-", message->from);
  return request;
}

static GBytes *
read_body (const MtbResponse *response)
{
  gsize length = (gsize) response->length;
  guint8 *bytes;

  if (response->stream == NULL)
    return g_bytes_ref (response->body);
  bytes = g_malloc (length);
  if (!g_input_stream_read_all (response->stream, bytes, length, &length, NULL, NULL)
      || (gint64) length != response->length)
    mtb_sim_fail ("a part of a snapshot cannot be read");
  return g_bytes_new_take (bytes, length);
}

static MtbAnswer *
send_well (MtbSimLine *self, const Message *message, GError **error)
{
  g_autoptr (MtbRequest) request = make_request (message, message->body);
  g_autoptr (MtbResponse) response = deliver (self, request, FALSE);
  g_autoptr (GBytes) body = response != NULL ? read_body (response) : NULL;

  return response != NULL ? make_answer (response->status, body, response->hash)
                          : fail_unreachable (error);
}

static MtbAnswer *
lose_request (MtbSimLine *self, const Message *message, GError **error)
{
  mtb_fault_hit (MTB_FAULT_REQUEST_LOST);
  return fail_unreachable (error);
}

static MtbAnswer *
cut_request (MtbSimLine *self, const Message *message, GError **error)
{
  g_autoptr (GBytes) half = message->body != NULL ? cut_in_its_middle (message->body) : NULL;
  g_autoptr (MtbRequest) request = make_request (message, half);
  g_autoptr (MtbResponse) response = NULL;

  if (half == NULL)
    return lose_request (self, message, error);
  mtb_fault_hit (MTB_FAULT_REQUEST_CUT);
  response = deliver (self, request, FALSE);
  return fail_unreachable (error);
}

static MtbAnswer *
repeat_request (MtbSimLine *self, const Message *message, GError **error)
{
  g_autoptr (MtbAnswer) first = send_well (self, message, NULL);

  mtb_fault_hit (MTB_FAULT_REQUEST_REPEATED);
  return send_well (self, message, error);
}

static MtbAnswer *
hold_request_back (MtbSimLine *self, const Message *message, GError **error)
{
  g_queue_push_tail (self->late, make_request (message, message->body));
  return fail_unreachable (error);
}

/* The request comes twice, and one of the two much later. */
static MtbAnswer *
echo_request (MtbSimLine *self, const Message *message, GError **error)
{
  g_queue_push_tail (self->late, make_request (message, message->body));
  return send_well (self, message, error);
}

static MtbAnswer *
lose_answer (MtbSimLine *self, const Message *message, GError **error)
{
  g_autoptr (MtbAnswer) answer = send_well (self, message, NULL);

  if (answer != NULL)
    mtb_fault_hit (MTB_FAULT_ANSWER_LOST);
  return fail_unreachable (error);
}

static MtbAnswer *
cut_answer (MtbSimLine *self, const Message *message, GError **error)
{
  MtbAnswer *answer = send_well (self, message, error);
  GBytes *half;

  if (answer == NULL)
    return NULL;
  mtb_fault_hit (MTB_FAULT_ANSWER_CUT);
  half = cut_in_its_middle (answer->body);
  g_bytes_unref (answer->body);
  answer->body = half;
  return answer;
}

static MtbAnswer *
slow_answer (MtbSimLine *self, const Message *message, GError **error)
{
  MtbAnswer *answer = send_well (self, message, error);

  mtb_fault_hit (MTB_FAULT_ANSWER_SLOW);
  mtb_sim_time_pass (mtb_sim_random_between (0, 10 * MTB_MINUTE));
  return answer;
}

static MtbAnswer *
answer_for_server (MtbSimLine *self, const Message *message, GError **error)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("<html>Bad Gateway", 17);

  mtb_fault_hit (MTB_FAULT_GATEWAY);
  return make_answer (mtb_sim_random_happens (500) ? 502 : 504, body, NULL);
}

static MtbAnswer *
kill_server (MtbSimLine *self, const Message *message, GError **error)
{
  if (mtb_sim_server_is_up (self->server))
    mtb_sim_disk_fail_at (mtb_sim_server_get_disk (self->server), 1 + mtb_sim_random_below (60));
  return send_well (self, message, error);
}

static MtbAnswer *
fill_servers_disk (MtbSimLine *self, const Message *message, GError **error)
{
  MtbSimDisk *disk = mtb_sim_server_get_disk (self->server);
  MtbAnswer *answer;

  mtb_sim_disk_fill_up (disk, mtb_sim_random_below (8), 1 + mtb_sim_random_below (3));
  answer = send_well (self, message, error);
  if (mtb_sim_disk_get_n_full (disk) > 0)
    mtb_fault_hit (MTB_FAULT_SERVER_FULL);
  mtb_sim_disk_fill_up (disk, 0, 0);
  return answer;
}

static gboolean
has_file (const MtbAnswer *answer)
{
  return answer->status == 200 || answer->status == 206;
}

/* The server may be killed while it sends a file. */
static MtbAnswer *
cut_file (MtbSimLine *self, const Message *message, GError **error)
{
  MtbAnswer *answer = send_well (self, message, error);
  GBytes *half;

  if (answer == NULL || !has_file (answer))
    return answer;
  mtb_fault_hit (MTB_FAULT_PART_CUT);
  half = cut_in_its_middle (answer->body);
  g_bytes_unref (answer->body);
  answer->body = half;
  if (mtb_sim_random_happens (200))
    {
      mtb_fault_hit (MTB_FAULT_SERVER_KILLED_SENDING);
      mtb_sim_server_kill (self->server, FALSE);
    }
  return answer;
}

static MtbAnswer *
damage_file (MtbSimLine *self, const Message *message, GError **error)
{
  MtbAnswer *answer = send_well (self, message, error);
  guint8 *bytes;
  gsize size;

  if (answer == NULL || !has_file (answer))
    return answer;
  mtb_fault_hit (MTB_FAULT_PART_DAMAGED);
  bytes = g_bytes_unref_to_data (answer->body, &size);
  bytes[mtb_sim_random_below ((guint) size)] ^= (guint8) (1 + mtb_sim_random_below (255));
  answer->body = g_bytes_new_take (bytes, size);
  return answer;
}

/* Something on the way gives a file again that it has kept. Nothing is wrong with it but that it is
 * another one. */
static MtbAnswer *
mistake_file (MtbSimLine *self, const Message *message, GError **error)
{
  MtbAnswer *answer = send_well (self, message, error);

  if (answer == NULL || answer->status != 200 || self->file == NULL
      || g_bytes_equal (self->file, answer->body))
    return answer;
  mtb_fault_hit (MTB_FAULT_PART_MISTAKEN);
  g_bytes_unref (answer->body);
  answer->body = g_bytes_ref (self->file);
  return answer;
}

typedef MtbAnswer *(*SendFunc) (MtbSimLine *self, const Message *message, GError **error);

static const SendFunc bad_ways[] = {
  lose_request, cut_request, repeat_request, hold_request_back, echo_request,      lose_answer,
  lose_answer,  cut_answer,  slow_answer,    answer_for_server, fill_servers_disk, kill_server,
};

static const SendFunc bad_ways_of_files[] = {
  lose_request, repeat_request, echo_request, lose_answer,       cut_file,    cut_file,
  damage_file,  damage_file,    mistake_file, answer_for_server, slow_answer, fill_servers_disk,
};

/* A page of news may be as small as the server likes. */
static char *
limit_page (MtbSimLine *self, const char *path)
{
  const char *limit = strstr (path, "&limit=");

  if (self->page_limit == 0 || limit == NULL)
    return g_strdup (path);
  mtb_fault_hit (MTB_FAULT_SMALL_PAGES);
  return g_strdup_printf ("%.*s&limit=%u%s", (int) (limit - path), path, self->page_limit,
                          limit + strlen ("&limit=")
                            + strspn (limit + strlen ("&limit="), "0123456789"));
}

typedef struct
{
  const SendFunc *all;
  guint n;
  guint times; /* more often than on the line at large */
} Ways;

static const Ways ways_of_messages = { bad_ways, G_N_ELEMENTS (bad_ways), 1 };
/* Files are few, and long on their way. */
static const Ways ways_of_files = { bad_ways_of_files, G_N_ELEMENTS (bad_ways_of_files), 3 };

static MtbAnswer *
send_somehow (MtbSimLine *self, const Message *message, const Ways *ways, GError **error)
{
  if (mtb_sim_time_now () < self->cut_until)
    {
      mtb_fault_hit (MTB_FAULT_PARTITION);
      return fail_unreachable (error);
    }
  if (self->body_limit > 0 && message->body != NULL
      && g_bytes_get_size (message->body) > self->body_limit)
    {
      mtb_fault_hit (MTB_FAULT_BODY_LIMIT);
      return make_problem (413, "too_large");
    }
  if (!mtb_sim_random_happens (MIN (self->faults_per_mille * ways->times, 500)))
    return send_well (self, message, error);
  return ways->all[mtb_sim_random_below (ways->n)](self, message, error);
}

/* A promise that may be broken on purpose: the answer to a request is that to one before it. */
static MtbAnswer *
take_late_answer (MtbSimLine *self, const MtbRequest *request, MtbAnswer *answer)
{
  GBytes *before = g_hash_table_lookup (self->answers, request->path);
  GBytes *body = answer != NULL && answer->status == 200 ? g_bytes_ref (answer->body) : NULL;

  if (body == NULL || !g_str_equal (request->path, "/v1/changes"))
    {
      g_clear_pointer (&body, g_bytes_unref);
      return answer;
    }
  if (before != NULL && mtb_sim_random_happens (100))
    {
      g_bytes_unref (answer->body);
      answer->body = g_bytes_ref (before);
    }
  g_hash_table_insert (self->answers, g_strdup (request->path), body);
  return answer;
}

static void
let_happen_meanwhile (MtbSimLine *self)
{
  MtbSimMeanwhile func = self->meanwhile;

  self->meanwhile = NULL;
  if (func != NULL)
    func (self->meanwhile_data);
}

static MtbAnswer *
send_request (MtbTransport *transport,
              const char *method,
              const char *path,
              const char *token,
              GBytes *body,
              GCancellable *cancellable,
              GError **error)
{
  MtbSimLine *self = MTB_SIM_LINE (transport);
  g_autofree char *target = limit_page (self, path);
  Message message = { method, target, token, body, 0 };
  g_autoptr (MtbRequest) request = make_request (&message, body);
  MtbAnswer *answer;

  count_sendings (self, request);
  mtb_sim_time_pass (mtb_sim_random_between (1, 200));
  answer = send_somehow (self, &message, &ways_of_messages, error);
  let_happen_meanwhile (self);
  if (mtb_break_is (MTB_BREAK_LATE_ANSWER_TAKEN))
    answer = take_late_answer (self, request, answer);
  if (answer != NULL && answer->status == 410)
    mtb_fault_hit (MTB_FAULT_SNAPSHOT_AGAIN);
  return answer;
}

static void
note_fetch (MtbSimLine *self, const MtbAnswer *answer)
{
  if (answer->status == 200)
    {
      g_clear_pointer (&self->file, g_bytes_unref);
      self->file = g_bytes_ref (answer->body);
    }
  if (answer->status == 206)
    mtb_fault_hit (MTB_FAULT_PART_GONE_ON_WITH);
  if (answer->status == 404 || answer->status == 409 || answer->status == 410)
    mtb_fault_hit (MTB_FAULT_PART_GONE);
}

static MtbAnswer *
fetch_file (MtbTransport *transport,
            const char *path,
            const char *token,
            gint64 from,
            GCancellable *cancellable,
            GError **error)
{
  MtbSimLine *self = MTB_SIM_LINE (transport);
  g_autofree char *target = g_strdup (path);
  Message message = { "GET", target, token, NULL, from };
  MtbAnswer *answer;

  mtb_sim_time_pass (mtb_sim_random_between (1, 200));
  answer = send_somehow (self, &message, &ways_of_files, error);
  if (answer == NULL)
    return NULL;
  note_fetch (self, answer);
  if (has_file (answer))
    answer->stream = g_memory_input_stream_new_from_bytes (answer->body);
  return answer;
}

static gboolean
listen_never (MtbTransport *transport,
              const char *token,
              MtbTransportFunc func,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  fail_unreachable (error);
  return FALSE;
}

static const char *
get_name (MtbTransport *transport)
{
  return "simulation";
}

static void
mtb_sim_line_be_transport (MtbTransportInterface *iface)
{
  iface->send = send_request;
  iface->fetch = fetch_file;
  iface->listen = listen_never;
  iface->get_name = get_name;
}

static void
mtb_sim_line_finalize (GObject *object)
{
  MtbSimLine *self = MTB_SIM_LINE (object);

  g_queue_free_full (self->late, (GDestroyNotify) mtb_request_free);
  g_hash_table_unref (self->n_sent);
  g_hash_table_unref (self->outlived);
  g_hash_table_unref (self->answers);
  g_clear_pointer (&self->file, g_bytes_unref);
  g_free (self->desk);
  G_OBJECT_CLASS (mtb_sim_line_parent_class)->finalize (object);
}

static void
mtb_sim_line_class_init (MtbSimLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mtb_sim_line_finalize;
}

static void
mtb_sim_line_init (MtbSimLine *self)
{
  self->late = g_queue_new ();
  self->n_sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->outlived = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->answers =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
}

MtbSimLine *
mtb_sim_line_new (MtbSimServer *server, const char *desk)
{
  MtbSimLine *self = g_object_new (MTB_TYPE_SIM_LINE, NULL);

  self->server = server;
  self->desk = g_strdup (desk);
  return self;
}

/* How many of a thousand requests go wrong from now on. */
void
mtb_sim_line_set_faults (MtbSimLine *self, guint per_mille)
{
  self->faults_per_mille = per_mille;
}

void
mtb_sim_line_cut (MtbSimLine *self, gint64 until)
{
  self->cut_until = until;
}

/* Something on the way takes no larger bodies; 0 for no limit. */
void
mtb_sim_line_limit_bodies (MtbSimLine *self, gsize bytes)
{
  self->body_limit = bytes;
}

gboolean
mtb_sim_line_limits_bodies (MtbSimLine *self)
{
  return self->body_limit > 0;
}

void
mtb_sim_line_limit_pages (MtbSimLine *self, guint n_changes)
{
  self->page_limit = n_changes;
}

/* While the next answer is on its way, @func is called, once. */
void
mtb_sim_line_set_meanwhile (MtbSimLine *self, MtbSimMeanwhile func, gpointer data)
{
  self->meanwhile = func;
  self->meanwhile_data = data;
}
