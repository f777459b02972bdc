/* Makes what a desk has that was in use for long: FOLDER/desk, whose cache holds the whole directory and
 * whose outbox waits for its server; and that server's database beside it, in which more has changed
 * since the desk has last heard of it. All by the engine itself. Says which database that is, where its
 * server has to listen, and what proves the sign-in.
 *
 *     mutabaa-bench-stock FOLDER SUBSCRIBERS COMMANDS CHANGES */

#include "bench-check.h"
#include "bench-desk.h"
#include "bench-scratch.h"
#include "bench-subscribers.h"
#include "mtb-id.h"
#include "mtb-time.h"

#include <locale.h>
#include <sodium.h>

#define GROUP 500

static void
give (MtbClient *client, BenchDepartment *department, guint n_commands)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);

  for (guint i = 0; i < n_commands; i++)
    {
      g_autoptr (GError) error = NULL;
      gpointer call = bench_department_make_call (department, rand, mtb_time_now ());
      g_autofree char *id = mtb_client_give (client, call, &error);

      check (id != NULL, error);
      mtb_record_unref (call);
    }
}

/* Everybody's telephone gets another number. */
static void
change (const char *database, guint n_changes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbAuthority) authority = mtb_authority_open (database, &error);
  g_autoptr (GPtrArray) rows = NULL;

  check (authority != NULL, error);
  rows = mtb_store_select (mtb_authority_get_store (authority), &mtb_subscriber_table.shape,
                           "SELECT $columns(s) FROM subscriber s ORDER BY s.id LIMIT :n",
                           MTB_PARAMETERS (MTB_NUMBER ("n", n_changes)), &error);
  check (rows != NULL, error);
  for (guint i = 0; i < rows->len; i += GROUP)
    {
      g_autoptr (GPtrArray) orders =
        g_ptr_array_new_with_free_func ((GDestroyNotify) mtb_order_free);

      for (guint j = i; j < MIN (i + GROUP, rows->len); j++)
        {
          MtbSubscriberPut *put = mtb_record_new (&mtb_subscriber_put.shape);
          gint64 now = mtb_time_now ();
          g_autofree char *id = mtb_id_new (now);

          mtb_record_assign (put, g_ptr_array_index (rows, j));
          g_free (put->telephone);
          put->telephone = g_strdup_printf ("021-%07u", j);
          g_ptr_array_add (orders, mtb_order_new (mtb_envelope_new (put, id, 0, now),
                                                  MTB_PERSON_SUBSCRIBERS, NULL, NULL));
        }
      mtb_authority_judge (authority, orders);
    }
}

static void
tell (const BenchDepartment *department, guint16 port, MtbClient *client)
{
  g_autofree char *token = mtb_client_dup_token (client);
  g_autofree char *expires_at = mtb_time_format (mtb_time_now () + MTB_DAY);

  g_print ("{\"database\": \"%s\", \"port\": %u, \"user\": \"" BENCH_USERNAME "\","
           " \"secret\": {\"token\": \"%s\", \"expires_at\": \"%s\"}}\n",
           department->database, port, token, expires_at);
}

static const char *folder;
static guint n_subscribers;
static guint n_commands;
static guint n_changes;

/* What is made outlives it. */
static int
run (void)
{
  BenchDepartment *department;
  g_autofree char *desk = g_build_filename (folder, "desk", NULL);
  g_autoptr (MtbClient) client = NULL;
  BenchServer *server;
  guint16 port;

  g_setenv ("TMPDIR", folder, TRUE);
  department = bench_department_new (BENCH_SQLITE);
  bench_fill_subscribers (department->database, n_subscribers);
  server = bench_server_start (department, BENCH_DIRECT);
  port = server->port;
  client = bench_desk_sign_in (server, port, desk);
  bench_desk_sync_first (client);
  bench_server_stop (server);
  give (client, department, n_commands);
  change (department->database, n_changes);
  tell (department, port, client);
  return 0;
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  if (argc != 5 || sodium_init () < 0)
    {
      g_printerr ("usage: %s FOLDER SUBSCRIBERS COMMANDS CHANGES\n", argv[0]);
      return 2;
    }
  folder = argv[1];
  n_subscribers = (guint) atoi (argv[2]);
  n_commands = (guint) atoi (argv[3]);
  n_changes = (guint) atoi (argv[4]);
  return bench_scratch_run (run);
}
