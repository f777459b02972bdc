/* Commands through the real server, each checked, numbered, chained and durable before its answer,
 * beside a bare program that writes the same rows. Both in turn, several times. */

#include "bench-commands.h"

#include "bench-bare.h"
#include "bench-server.h"
#include "bench-table.h"
#include "mtb-id.h"
#include "mtb-time.h"

#include <string.h>

typedef struct
{
  const char *name;
  guint n_desks;
  guint batch;
  guint bare_group;
  guint share;
  double target;
  double stretch;
} Load;

static const Load loads[] = {
  { "1 desk, batches of 1", 1, 1, 1, 8, 0, 0 },
  { "1 desk, batches of 100", 1, 100, 100, 1, 0.60, 0.75 },
  { "4 desks, batches of 100", 4, 100, 100, 1, 0.60, 0.75 },
  { "32 desks, 1 command a request", 32, 1, 1, 2, 1.20, 2.00 },
};

typedef struct
{
  char *token;
  MtbServerInfo server;
} Session;

static void
sign_in (BenchAddress address, Session *session)
{
  g_autofree char *request = bench_client_request (
    "POST", "/v1/session", NULL,
    "{\"username\":\"" BENCH_USERNAME "\",\"password\":\"" BENCH_PASSWORD "\",\"desk\":\"1\"}");
  g_autofree char *answer = bench_client_ask (address, request);
  g_autoptr (JsonObject) object = mtb_json_read (answer, strlen (answer), NULL);

  if (object == NULL || !mtb_message_read_server (object, &session->server))
    g_error ("cannot sign in: %s", answer);
  session->token = g_strdup (mtb_json_get_text (object, "token"));
}

static char *
make_request (BenchDepartment *department, const Session *session, guint batch, GRand *rand)
{
  g_autoptr (GPtrArray) envelopes =
    g_ptr_array_new_with_free_func ((GDestroyNotify) mtb_envelope_free);
  g_autofree char *body = NULL;
  gint64 now = mtb_time_now ();

  for (guint i = 0; i < batch; i++)
    {
      g_autofree char *id = mtb_id_new (now);

      g_ptr_array_add (
        envelopes,
        mtb_envelope_new (bench_department_make_call (department, rand, now), id, i + 1, now));
    }
  body = mtb_message_write_commands (session->server.epoch, session->server.head, envelopes);
  return bench_client_request ("POST", "/v1/commands", session->token, body);
}

static BenchDesk *
make_desks (BenchDepartment *department, const Session *session, const Load *load, guint n_commands)
{
  BenchDesk *desks = g_new0 (BenchDesk, load->n_desks);
  g_autoptr (GRand) rand = g_rand_new_with_seed (9001);

  for (guint i = 0; i < load->n_desks; i++)
    {
      desks[i].requests = g_ptr_array_new_with_free_func (g_free);
      for (guint j = 0; j < n_commands / load->n_desks / load->batch; j++)
        g_ptr_array_add (desks[i].requests, make_request (department, session, load->batch, rand));
    }
  return desks;
}

static guint
count_commands (const BenchDesk *desks, const Load *load)
{
  guint n = 0;

  for (guint i = 0; i < load->n_desks; i++)
    n += desks[i].requests->len * load->batch;
  return n;
}

/* Returns how many commands there were. */
static guint
serve (BenchDepartment *department, const Load *load, guint n_commands, double *seconds)
{
  BenchServer *server = bench_server_start (department, BENCH_DIRECT);
  g_autofree BenchDesk *desks = NULL;
  Session session = { 0 };
  guint n_sent;
  gint64 start;

  sign_in (server->address, &session);
  desks = make_desks (department, &session, load, n_commands);
  n_sent = count_commands (desks, load);
  start = g_get_monotonic_time ();
  if (bench_client_run (server->address, desks, load->n_desks, "\"applied\"") != n_sent)
    g_error ("not all commands were applied");
  *seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  bench_server_stop (server);
  for (guint i = 0; i < load->n_desks; i++)
    g_ptr_array_unref (desks[i].requests);
  mtb_server_info_clear (&session.server);
  g_free (session.token);
  return n_sent;
}

static void
run_round (const Load *load,
           guint n_commands,
           BenchSeries *ours,
           BenchSeries *bare,
           BenchBare *last)
{
  g_autoptr (BenchDepartment) department = bench_department_new (BENCH_SQLITE);
  g_autoptr (BenchDepartment) equal = bench_department_copy (department);
  double seconds = 0;
  guint n = serve (department, load, n_commands, &seconds);

  *last = bench_bare_write (department->database, equal->database, load->bare_group);
  bench_series_add (ours, n / seconds);
  bench_series_add (bare, n / last->seconds);
}

static void
run_load (const Load *load, guint n_commands, guint n_rounds, BenchBare *last)
{
  g_autoptr (BenchSeries) ours = bench_series_new ();
  g_autoptr (BenchSeries) bare = bench_series_new ();
  g_autoptr (BenchSeries) ratios = bench_series_new ();

  for (guint i = 0; i < n_rounds; i++)
    {
      run_round (load, n_commands / load->share, ours, bare, last);
      bench_series_add (ratios, g_array_index (ours, double, i) / g_array_index (bare, double, i));
    }
  bench_table_row (&(BenchRow){ .name = load->name,
                                .unit = "/s",
                                .ours = bench_series_get_median (ours),
                                .peer = bench_series_get_median (bare),
                                .ratio = bench_series_get_median (ratios),
                                .target = load->target,
                                .stretch = load->stretch });
}

void
bench_commands (guint n_commands, guint n_rounds)
{
  BenchBare last = { 0 };

  bench_table_head ("Durable commands (call.log) over HTTP; the bare program writes the same rows",
                    "bare SQLite");
  for (guint i = 0; i < G_N_ELEMENTS (loads); i++)
    run_load (&loads[i], n_commands, n_rounds, &last);
  bench_table_note ("%.0f rows and %.0f bytes a command, without indexes; the head once a group",
                    last.rows_each, last.bytes_each);
}
