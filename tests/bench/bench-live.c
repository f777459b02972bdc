#define _GNU_SOURCE

/* From the acknowledgement of a command to other desks: each listens on `/v1/live`, is poked, fetches
 * what is new and reads it. The command is one that every desk has to hear of, a prospect's; a record
 * of a call concerns a few of them. */

#include "bench-live.h"

#include "bench-server.h"
#include "bench-table.h"
#include "mtb-accounts.h"
#include "mtb-id.h"
#include "mtb-subscriber.h"
#include "mtb-time.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

#define N_ROUNDS 50
#define TEAM 20
#define SETTLE_MS 1500

/* @has_http: whether the connection for requests is open; it is when there was one, until the other
 * side no longer keeps it */
typedef struct
{
  char *token;
  BenchLine live;
  BenchLine http;
  GString *heard;
  GString *answer;
  gint64 after;
  gboolean has_http;
  gboolean is_asking;
  gboolean has_it;
} Desk;

typedef struct
{
  Desk *desks;
  guint n_desks;
  struct pollfd *polls;
  BenchAddress address;
  char *epoch;
  char *wanted;
  gint64 acknowledged;
  guint n_missing;
  BenchSeries *each;
} Floor;

static void
add_team (MtbAuthority *authority, const char *id)
{
  MtbTeamPut *team = mtb_record_new (&mtb_team_add.shape);

  team->id = g_strdup (id);
  team->name = g_strdup (id);
  if (!mtb_authority_command (authority, MTB_PERSON_OPERATOR, team, NULL, NULL, NULL))
    g_error ("a team cannot be added");
}

/* Signed in without a password, which takes its time by design. */
static char *
add_desk (MtbAuthority *authority, guint n, const char *team_id)
{
  MtbPersonPut *person = mtb_record_new (&mtb_person_add.shape);
  g_autoptr (MtbSession) session = NULL;
  g_autofree char *id = mtb_id_new (mtb_time_now ());
  char *token;

  person->id = g_strdup (id);
  person->username = g_strdup_printf ("desk%u", n);
  person->display_name = g_strdup (person->username);
  person->roles = n % TEAM == 0 ? MTB_ROLE_SUPERVISOR : MTB_ROLE_AGENT;
  person->team_id = g_strdup (team_id);
  person->active = 1;
  session = mtb_accounts_make_session (id, "bench", NULL, mtb_time_now (),
                                       mtb_time_now () + MTB_DAY, &token);
  if (!mtb_authority_command (authority, MTB_PERSON_OPERATOR, person, NULL, NULL, NULL)
      || !mtb_store_put (mtb_authority_get_store (authority), session, NULL))
    g_error ("a desk cannot be added");
  return token;
}

static void
add_desks (Floor *self, const char *database)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbAuthority) authority = mtb_authority_open (database, &error);
  g_autofree char *team_id = NULL;

  if (authority == NULL)
    g_error ("%s", error->message);
  for (guint i = 0; i < self->n_desks; i++)
    {
      if (i % TEAM == 0)
        {
          g_free (team_id);
          team_id = mtb_id_new (mtb_time_now ());
          add_team (authority, team_id);
        }
      self->desks[i].token = add_desk (authority, i, team_id);
    }
}

static void
connect_desk (Floor *self, guint i, gint64 seq)
{
  Desk *desk = &self->desks[i];
  g_autofree char *request =
    g_strdup_printf ("GET /v1/live HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                     "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                     "Sec-WebSocket-Version: 13\r\nAuthorization: Bearer %s\r\n\r\n",
                     desk->token);

  desk->heard = g_string_new (NULL);
  desk->answer = g_string_new (NULL);
  desk->after = seq;
  desk->has_it = TRUE;
  if (!bench_line_open (&desk->live, self->address) || !bench_line_send (&desk->live, request))
    g_error ("cannot connect to the server");
  self->polls[2 * i] = (struct pollfd){ .fd = desk->live.descriptor, .events = POLLIN };
  self->polls[2 * i + 1] = (struct pollfd){ .fd = -1, .events = POLLIN };
}

static void
set_http (Floor *self, Desk *desk, gboolean open)
{
  if (open && !bench_line_open (&desk->http, self->address))
    g_error ("cannot connect to the server");
  if (!open)
    bench_line_close (&desk->http);
  desk->has_http = open;
  self->polls[2 * (desk - self->desks) + 1].fd = open ? desk->http.descriptor : -1;
}

static void
ask (Floor *self, Desk *desk)
{
  g_autofree char *path = g_strdup_printf (
    "/v1/changes?after=%" G_GINT64_FORMAT "&limit=1000&epoch=%s", desk->after, self->epoch);
  g_autofree char *request = bench_client_request ("GET", path, desk->token, "");

  if (desk->is_asking)
    return;
  if (!desk->has_http)
    set_http (self, desk, TRUE);
  desk->is_asking = TRUE;
  g_string_truncate (desk->answer, 0);
  if (!bench_line_send (&desk->http, request))
    g_error ("the server went away");
}

static gboolean
has_heard (const Desk *desk, const char *type)
{
  return memmem (desk->heard->str, desk->heard->len, type, strlen (type)) != NULL;
}

/* As desks do, or they are taken for gone. The mask is all ones, so that no byte becomes none. */
static void
answer_beat (Desk *desk)
{
  static const char text[] = "{\"type\":\"beat\"}";
  g_autoptr (GString) frame = g_string_new ("\x81");

  g_string_append_c (frame, (char) (0x80 | strlen (text)));
  g_string_append (frame, "\x01\x01\x01\x01");
  for (const char *at = text; *at != '\0'; at++)
    g_string_append_c (frame, *at ^ 1);
  bench_line_send (&desk->live, frame->str);
}

/* Frames are looked through for pokes and beats only; what is left of a cut one is found with its
 * rest. */
static void
hear (Floor *self, Desk *desk)
{
  gboolean is_poke, is_beat;

  if (!bench_line_receive (&desk->live, desk->heard))
    g_error ("the server ended a live connection");
  is_poke = has_heard (desk, "\"poke\"");
  is_beat = has_heard (desk, "\"beat\"");
  if (is_beat)
    answer_beat (desk);
  if (is_poke || is_beat)
    g_string_truncate (desk->heard, 0);
  if (is_poke)
    ask (self, desk);
}

static void
take (Floor *self, Desk *desk)
{
  const char *body;
  g_autoptr (JsonObject) object = NULL;

  if (!bench_line_receive (&desk->http, desk->answer))
    {
      if (desk->is_asking)
        g_error ("the server went away");
      set_http (self, desk, FALSE);
      return;
    }
  body = bench_client_find_body (desk->answer);
  if (body == NULL)
    return;
  object = mtb_json_read (body, strlen (body), NULL);
  if (object == NULL || mtb_json_get_number (object, "next") == MTB_ABSENT)
    g_error ("no changes: %s", body);
  desk->is_asking = FALSE;
  desk->after = mtb_json_get_number (object, "next");
  if (desk->has_it || strstr (body, self->wanted) == NULL)
    return;
  desk->has_it = TRUE;
  self->n_missing--;
  bench_series_add (self->each, (double) (g_get_monotonic_time () - self->acknowledged) / 1000);
}

static gboolean
listen_once (Floor *self, int patience_ms)
{
  int n = poll (self->polls, 2 * self->n_desks, patience_ms);

  for (guint i = 0; i < self->n_desks && n > 0; i++)
    {
      if (self->polls[2 * i].revents != 0)
        hear (self, &self->desks[i]);
      if (self->polls[2 * i + 1].revents != 0)
        take (self, &self->desks[i]);
    }
  return n > 0;
}

static void
settle (Floor *self)
{
  while (listen_once (self, SETTLE_MS))
    continue;
}

static char *
make_request (Floor *self)
{
  g_autoptr (GPtrArray) envelopes =
    g_ptr_array_new_with_free_func ((GDestroyNotify) mtb_envelope_free);
  MtbProspectAdd *prospect = mtb_record_new (&mtb_prospect_add.shape);
  gint64 now = mtb_time_now ();
  g_autofree char *id = mtb_id_new (now);
  g_autofree char *body = NULL;

  g_free (self->wanted);
  self->wanted = mtb_id_new (now);
  prospect->id = g_strdup (self->wanted);
  prospect->name = g_strdup ("سامي الحلبي");
  g_ptr_array_add (envelopes, mtb_envelope_new (prospect, id, 1, now));
  body = mtb_message_write_commands (self->epoch, NULL, envelopes);
  return bench_client_request ("POST", "/v1/commands", self->desks[1].token, body);
}

static void
run_round (Floor *self, BenchSeries *last)
{
  g_autofree char *request = make_request (self);
  g_autofree char *answer = NULL;

  for (guint i = 0; i < self->n_desks; i++)
    self->desks[i].has_it = FALSE;
  self->n_missing = self->n_desks;
  answer = bench_client_ask (self->address, request);
  if (strstr (answer, "\"applied\"") == NULL)
    g_error ("not applied: %s", answer);
  self->acknowledged = g_get_monotonic_time ();
  while (self->n_missing > 0)
    listen_once (self, -1);
  bench_series_add (last, (double) (g_get_monotonic_time () - self->acknowledged) / 1000);
}

static gint64
read_memory (BenchServer *server)
{
  g_autofree char *path =
    g_strdup_printf ("/proc/%s/statm", g_subprocess_get_identifier (server->process));
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    g_error ("%s cannot be read", path);
  words = g_strsplit (text, " ", 3);
  return g_ascii_strtoll (words[1], NULL, 10) * sysconf (_SC_PAGESIZE);
}

/* Where the feed stands, before anybody listens. */
static gint64
read_server (Floor *self)
{
  g_autofree char *request = bench_client_request ("GET", "/v1/session", self->desks[0].token, "");
  g_autofree char *answer = bench_client_ask (self->address, request);
  g_autoptr (JsonObject) object = mtb_json_read (answer, strlen (answer), NULL);
  g_auto (MtbServerInfo) info = { 0 };

  if (object == NULL || !mtb_message_read_server (object, &info))
    g_error ("no server: %s", answer);
  self->epoch = g_strdup (info.epoch);
  return info.seq;
}

static void
floor_clear (Floor *self)
{
  for (guint i = 0; i < self->n_desks; i++)
    {
      Desk *desk = &self->desks[i];

      bench_line_close (&desk->live);
      if (desk->has_http)
        bench_line_close (&desk->http);
      g_free (desk->token);
      g_string_free (desk->heard, TRUE);
      g_string_free (desk->answer, TRUE);
    }
  g_free (self->desks);
  g_free (self->polls);
  g_free (self->epoch);
  g_free (self->wanted);
  g_array_unref (self->each);
}

static void
print_last (const BenchPlace *place, const char *which, double ms, double target, double stretch)
{
  g_autofree char *name = g_strdup_printf ("%s: to the last desk, %s", place->name, which);

  bench_table_row (&(BenchRow){ .name = name,
                                .unit = "ms",
                                .ours = ms,
                                .wanted = BENCH_AT_MOST,
                                .target = target,
                                .stretch = stretch });
}

static void
measure (Floor *self, const BenchPlace *place, BenchServer *server)
{
  g_autoptr (BenchSeries) last = bench_series_new ();
  gint64 seq = read_server (self);
  gint64 before = read_memory (server);
  gint64 memory;

  for (guint i = 0; i < self->n_desks; i++)
    connect_desk (self, i, seq);
  settle (self);
  memory = read_memory (server) - before;
  /* After the first, everybody has a connection for requests. */
  run_round (self, last);
  g_array_set_size (last, 0);
  g_array_set_size (self->each, 0);
  for (guint i = 0; i < N_ROUNDS; i++)
    run_round (self, last);
  print_last (place, "p50", bench_series_get (last, 0.50), 100, 60);
  print_last (place, "p99", bench_series_get (last, 0.99), 250, 120);
  bench_table_times ("  to each desk", self->each);
  bench_table_note ("  %.1f KiB of the server's memory a live connection",
                    (double) memory / 1024 / self->n_desks);
}

static void
run_place (const BenchPlace *place, gpointer data)
{
  g_autoptr (BenchDepartment) department = bench_department_new (place->engine);
  Floor self = { .n_desks = *(const guint *) data, .each = bench_series_new () };
  BenchServer *server;

  self.desks = g_new0 (Desk, self.n_desks);
  self.polls = g_new0 (struct pollfd, 2 * self.n_desks);
  add_desks (&self, department->database);
  server = bench_server_start (department, place->way);
  self.address = server->address;
  measure (&self, place, server);
  floor_clear (&self);
  bench_server_stop (server);
}

void
bench_live (guint n_desks)
{
  g_autofree char *title =
    g_strdup_printf ("From a command's acknowledgement to the news read at %u desks", n_desks);

  bench_table_head (title, NULL);
  bench_each_place (run_place, &n_desks);
}
