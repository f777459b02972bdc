/* All rows anew: fetched as files, gone on with where they were cut off, and never mixed up. */

#include "mtb-test-desk.h"

#include "mtb-directory.h"
#include "mtb-id.h"
#include "mtb-setting.h"
#include "mtb-shelf.h"
#include "mtb-subscriber.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <utime.h>

#define CALLS "SELECT COUNT(*) FROM call"
#define SUBSCRIBERS "SELECT COUNT(*) FROM subscriber"
#define FOUND \
  "SELECT COUNT(*) FROM subscriber_word w JOIN subscriber s ON s.row_n = w.row_n WHERE w.word = "

static GPtrArray *
list_parts (MtbTestServer *server, const char *whose)
{
  g_autofree char *shelf =
    g_build_filename (server->snapshots, whose != NULL ? mtb_test_id (whose) : "directory", NULL);

  return mtb_shelf_list (shelf);
}

static const MtbPart *
get_only (GPtrArray *parts)
{
  g_assert_cmpuint (parts->len, ==, 1);
  return g_ptr_array_index (parts, 0);
}

static void
put_subscriber (MtbTestServer *server, const char *name)
{
  g_autoptr (MtbSubscriber) subscriber = mtb_record_new (&mtb_subscriber_table.shape);

  subscriber->id = g_strdup (mtb_test_id (name));
  subscriber->account_number = g_strdup (name);
  subscriber->username = g_strdup (name);
  subscriber->name = g_strdup (name);
  subscriber->name_folded = g_strdup (name);
  subscriber->status = MTB_SUBSCRIBER_ACTIVE;
  mtb_test_server_put (server, subscriber);
}

static void
set_roles (MtbTestServer *server, const char *name, gint64 roles)
{
  MtbPersonPut *put = mtb_record_new (&mtb_person_set.shape);

  put->id = g_strdup (mtb_test_id (name));
  put->username = g_strdup (name);
  put->display_name = g_strdup (name);
  put->roles = roles;
  put->team_id = g_strdup (mtb_test_id ("north"));
  put->active = 1;
  mtb_test_server_command (server, "majd", put);
}

static void
assert_nothing_left (MtbTestDesk *desk)
{
  g_autofree char *outbox = mtb_test_desk_dup_path (desk, "outbox.db");
  g_autofree char *folder = g_path_get_dirname (outbox);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_false (g_str_has_prefix (name, "snapshot"));
}

/* At another process of the server and after a restart of the desk, with the bytes that were missing
 * and no other. */
static void
test_goes_on (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new_unsynced (server, "rima", "rima");
  g_autoptr (GPtrArray) directories = NULL;
  g_autoptr (GPtrArray) own = NULL;

  mtb_test_transport_cut_after (rima->line, 1000);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_UNREACHABLE);
  g_assert_cmpint (mtb_test_transport_get_n_fetched (rima->line), ==, 1000);
  directories = list_parts (server, NULL);
  own = list_parts (server, "rima");

  mtb_test_server_stop (server);
  mtb_test_server_start (server);
  mtb_test_desk_restart (rima);
  mtb_test_transport_cut_after (rima->line, get_only (directories)->size);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_UNREACHABLE);
  g_assert_cmpint (mtb_test_transport_get_n_fetched (rima->line), ==,
                   get_only (directories)->size + 1000);

  mtb_test_desk_restart (rima);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_transport_get_n_fetched (rima->line), ==,
                   get_only (directories)->size + get_only (own)->size);
  g_assert_cmpint (mtb_test_desk_count (rima, SUBSCRIBERS), ==, 1);
  assert_nothing_left (rima);
}

typedef struct
{
  gint64 first;
  gint64 n_here;
  gint64 n_bytes;
  gboolean ended;
} Progress;

static void
on_progress (gint64 n_here, gint64 n_bytes, gpointer data)
{
  Progress *self = data;

  self->ended = n_bytes == 0;
  if (self->ended)
    return;
  if (self->n_bytes == 0)
    self->first = n_here;
  g_assert_cmpint (n_here, >=, self->n_here);
  g_assert_cmpint (n_here, <=, n_bytes);
  self->n_here = n_here;
  self->n_bytes = n_bytes;
}

static void
test_tells_how_far_it_is (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new_unsynced (server, "rima", "rima");
  Progress cut = { 0 };
  Progress whole = { 0 };

  mtb_client_set_fetching_func (rima->client, on_progress, &cut);
  mtb_test_transport_cut_after (rima->line, 1000);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_UNREACHABLE);
  g_assert_cmpint (cut.n_here, ==, 1000);
  g_assert_true (cut.ended);
  mtb_client_set_fetching_func (rima->client, on_progress, &whole);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (whole.first, >=, 1000);
  g_assert_cmpint (whole.n_bytes, ==, cut.n_bytes);
  g_assert_cmpint (whole.n_here, ==, whole.n_bytes);
  g_assert_true (whole.ended);
}

/* The rows are worked on until others are here, and what waits to be sent waits on. */
static void
test_damage_changes_nothing (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autofree char *first = mtb_test_desk_log (rima, "first");
  g_autofree char *second = NULL;

  mtb_test_desk_sync (rima);
  set_roles (server, "rima", MTB_ROLE_AGENT | MTB_ROLE_QUALITY);
  mtb_test_transport_damage (rima->line, "/v1/snapshot/", 1);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_UNREACHABLE);
  second = mtb_test_desk_log (rima, "second");
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 2);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 1);

  mtb_test_desk_restart (rima);
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, CALLS), ==, 2);
  g_assert_cmpuint (mtb_test_desk_get_n_waiting (rima), ==, 0);
  g_assert_cmpint (mtb_test_server_count (server, CALLS), ==, 2);
  assert_nothing_left (rima);
}

static void
set_file_limit (rlim_t n_bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (n_bytes, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* As on a full disk, a file cannot grow. */
static void
test_a_disk_that_takes_no_more (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new_unsynced (server, "rima", "rima");
  g_autoptr (GPtrArray) directories = NULL;
  g_autoptr (GPtrArray) own = NULL;

  mtb_test_transport_cut_after (rima->line, 1000);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_UNREACHABLE);
  signal (SIGXFSZ, SIG_IGN);
  set_file_limit (1500);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_STORAGE);
  set_file_limit (RLIM_INFINITY);
  mtb_test_desk_sync (rima);
  directories = list_parts (server, NULL);
  own = list_parts (server, "rima");
  g_assert_cmpint (get_only (directories)->size, >, 1500);
  g_assert_cmpint (mtb_test_desk_count (rima, SUBSCRIBERS), ==, 1);
  g_assert_cmpuint (own->len, ==, 1);
}

static void
test_the_directory_is_made_once (void)
{
  static const char *const people[] = { "rima", "samer", "hadi", "lina", "nadia" };
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (GPtrArray) directories = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (MtbTestDesk) desk = mtb_test_desk_new (server, people[i]);

      g_assert_cmpint (mtb_test_desk_count (desk, SUBSCRIBERS), ==, 1);
      if (i == 0)
        directories = list_parts (server, NULL);
      else
        {
          g_autoptr (GPtrArray) now = list_parts (server, NULL);

          g_assert_cmpstr (get_only (now)->hash, ==, get_only (directories)->hash);
          g_assert_cmpint (get_only (now)->cursor->seq, ==, get_only (directories)->cursor->seq);
        }
    }
}

/* The directory is of before, a person's own part of now: together they are of now. */
static void
test_what_changed_between_the_parts (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (MtbTestDesk) samer = NULL;
  g_autoptr (GPtrArray) directories = NULL;

  put_subscriber (server, "omar");
  put_subscriber (server, "huda");
  samer = mtb_test_desk_new (server, "samer");
  directories = list_parts (server, NULL);
  g_assert_cmpint (get_only (directories)->cursor->seq, <,
                   mtb_test_server_count (server, "SELECT seq FROM head"));
  g_assert_cmpint (mtb_test_desk_count (samer, SUBSCRIBERS), ==, 2);
  g_assert_cmpint (mtb_test_desk_count (samer, FOUND "'omar'"), ==, 1);
  g_assert_cmpint (mtb_test_desk_count (samer, FOUND "'huda'"), ==, 1);
  g_assert_cmpint (mtb_test_desk_count (samer, FOUND "'عمر'"), ==, 0);
  g_assert_cmpint (mtb_test_desk_count (samer, "SELECT seq FROM cursor"), ==,
                   mtb_test_server_count (server, "SELECT seq FROM head"));
  mtb_test_desk_sync (rima);
  g_assert_cmpint (mtb_test_desk_count (rima, FOUND "'huda'"), ==, 1);
}

static guint
ask_for (MtbTestServer *server, MtbTestDesk *desk, const MtbPart *part)
{
  g_autofree char *path = g_strconcat ("/v1/snapshot/", part->hash, NULL);
  g_autofree char *token = mtb_client_dup_token (desk->client);
  g_autoptr (MtbRequest) request = mtb_request_new ("GET", path, token, "test", NULL, NULL);
  g_autoptr (MtbResponse) response = mtb_service_handle (server->service, request);

  return response->status;
}

static void
test_nobody_gets_what_is_not_theirs (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (MtbTestDesk) samer = mtb_test_desk_new (server, "samer");
  g_autoptr (MtbTestDesk) nadia = mtb_test_desk_new (server, "nadia");
  g_autoptr (MtbTestDesk) majd = mtb_test_desk_new (server, "majd");
  g_autoptr (GPtrArray) directories = list_parts (server, NULL);
  g_autoptr (GPtrArray) own = list_parts (server, "rima");
  MtbSettingSet *setting = mtb_record_new (&mtb_setting_set.shape);

  g_assert_cmpint (mtb_test_desk_count (majd, SUBSCRIBERS), ==, 0);
  g_assert_cmpuint (ask_for (server, rima, get_only (own)), ==, 200);
  g_assert_cmpuint (ask_for (server, samer, get_only (own)), ==, 404);
  g_assert_cmpuint (ask_for (server, nadia, get_only (own)), ==, 404);
  g_assert_cmpuint (ask_for (server, nadia, get_only (directories)), ==, 200);
  g_assert_cmpuint (ask_for (server, majd, get_only (directories)), ==, 404);

  setting->name = g_strdup (MTB_SETTING_DIRECTORY_KEEP);
  setting->value = g_strdup ("dealt_with");
  mtb_test_server_command (server, "majd", setting);
  g_assert_cmpuint (ask_for (server, rima, get_only (directories)), ==, 404);
}

/* What was made for who may see more is not taken by who may see less. */
static void
test_sight_is_lost_in_the_middle (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) samer = mtb_test_desk_new (server, "samer");
  g_autofree char *call = mtb_test_desk_log (samer, "of samer's");
  g_autoptr (MtbTestDesk) hadi = mtb_test_desk_new_unsynced (server, "hadi", "hadi");
  g_autoptr (GPtrArray) directories = list_parts (server, NULL);
  g_autoptr (GPtrArray) own = NULL;

  mtb_test_desk_sync (samer);
  mtb_test_transport_cut_after (hadi->line, get_only (directories)->size + 100);
  mtb_test_desk_sync_fails (hadi, MTB_ERROR_UNREACHABLE);
  own = list_parts (server, "hadi");
  set_roles (server, "hadi", MTB_ROLE_FIELD);
  g_assert_cmpuint (ask_for (server, hadi, get_only (own)), ==, 410);
  g_assert_cmpuint (ask_for (server, hadi, get_only (directories)), ==, 404);
  mtb_test_desk_sync (hadi);
  g_assert_cmpint (mtb_test_desk_count (hadi, CALLS), ==, 0);
  g_assert_cmpint (mtb_test_desk_count (hadi, SUBSCRIBERS), ==, 0);
  assert_nothing_left (hadi);
}

/* Also a part that had come whole before the program ended is only used if it is still theirs. */
static void
test_sight_is_lost_before_the_end (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) samer = mtb_test_desk_new (server, "samer");
  g_autofree char *call = mtb_test_desk_log (samer, "of samer's");
  g_autoptr (MtbTestDesk) hadi = mtb_test_desk_new_unsynced (server, "hadi", "hadi");
  g_autofree char *rows = mtb_test_desk_dup_path (hadi, "snapshot.db");

  mtb_test_desk_sync (samer);
  /* Nothing can be unpacked where a folder is in the way. */
  g_assert_cmpint (g_mkdir (rows, 0700), ==, 0);
  mtb_test_desk_sync_fails (hadi, MTB_ERROR_STORAGE);
  g_assert_cmpint (g_rmdir (rows), ==, 0);
  set_roles (server, "hadi", MTB_ROLE_FIELD);
  mtb_test_desk_restart (hadi);
  mtb_test_desk_sync (hadi);
  g_assert_cmpint (mtb_test_desk_count (hadi, CALLS), ==, 0);
  g_assert_cmpint (mtb_test_desk_count (hadi, SUBSCRIBERS), ==, 0);
}

/* Another is begun, and the directory, which is the same, is not fetched again. */
static void
test_a_part_that_is_gone (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) samer = mtb_test_desk_new (server, "samer");
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new_unsynced (server, "rima", "rima");
  g_autoptr (GPtrArray) directories = list_parts (server, NULL);
  g_autoptr (GPtrArray) gone = NULL;
  g_autoptr (GPtrArray) own = NULL;

  mtb_test_transport_cut_after (rima->line, get_only (directories)->size + 100);
  mtb_test_desk_sync_fails (rima, MTB_ERROR_UNREACHABLE);
  gone = list_parts (server, "rima");
  g_assert_cmpint (g_unlink (get_only (gone)->path), ==, 0);
  put_subscriber (server, "huda");
  mtb_test_desk_sync (rima);
  own = list_parts (server, "rima");
  g_assert_cmpint (mtb_test_transport_get_n_fetched (rima->line), ==,
                   get_only (directories)->size + 100 + get_only (own)->size);
  g_assert_cmpint (mtb_test_desk_count (rima, SUBSCRIBERS), ==, 2);
}

/* A directory of a history that was lost is no directory of this one, whatever its number. */
static void
test_a_directory_of_another_history (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) samer = mtb_test_desk_new (server, "samer");
  g_autoptr (MtbTestDesk) rima = NULL;
  g_autoptr (GPtrArray) directories = list_parts (server, NULL);
  g_autoptr (MtbStore) store = mtb_store_open (server->database, MTB_STORE_AUTHORITY, NULL);

  g_assert_true (mtb_store_execute (
    store, "UPDATE head SET epoch = 'ffff0000-0000-7000-8000-000000000000'", NULL));
  g_assert_cmpuint (ask_for (server, samer, get_only (directories)), ==, 410);
  put_subscriber (server, "huda");
  rima = mtb_test_desk_new (server, "rima");
  g_assert_cmpint (mtb_test_desk_count (rima, SUBSCRIBERS), ==, 2);
}

/* A server that was put back to before its last epoch: nothing is offered again to it yet. */
static void
test_an_epoch_before_the_last (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (MtbStore) store = mtb_store_open (server->database, MTB_STORE_AUTHORITY, NULL);

  g_assert_true (mtb_store_execute (
    store, "UPDATE head SET epoch = '00000000-0000-7000-8000-000000000000'", NULL));
  g_assert_true (mtb_client_empty (rima->client, NULL));
  mtb_test_desk_sync_fails (rima, MTB_ERROR_MISMATCH);
}

static void
set_times (const MtbPart *part, gint64 from_now_s)
{
  gint64 then = g_get_real_time () / G_USEC_PER_SEC + from_now_s;
  struct utimbuf times = { .actime = then, .modtime = then };

  g_assert_cmpint (g_utime (part->path, &times), ==, 0);
}

static void
test_a_clock_that_was_put_back (void)
{
  static const char *const desks[] = { "one", "two", "three", "four" };
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) last = mtb_test_desk_new_unsynced (server, "rima", "last");
  g_autoptr (GPtrArray) own = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    {
      g_autoptr (MtbTestDesk) desk = mtb_test_desk_new_at (server, "rima", desks[i]);

      put_subscriber (server, desks[i]);
    }
  own = list_parts (server, "rima");
  g_assert_cmpuint (own->len, ==, G_N_ELEMENTS (desks));
  for (guint i = 0; i < own->len; i++)
    set_times (g_ptr_array_index (own, i), 600);
  mtb_test_desk_sync (last);
}

/* What somebody was told of they can fetch, also where another one is made meanwhile. */
static void
test_a_directory_that_is_old (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) rima = mtb_test_desk_new (server, "rima");
  g_autoptr (MtbTestDesk) samer = mtb_test_desk_new_unsynced (server, "samer", "samer");
  g_autoptr (GPtrArray) before = list_parts (server, NULL);
  g_autofree char *shelf = g_path_get_dirname (get_only (before)->path);
  g_autoptr (MtbPart) found = NULL;

  put_subscriber (server, "huda");
  set_times (get_only (before), -2 * 24 * 3600);
  mtb_test_transport_lose_answers (samer->line, "GET", 1);
  mtb_test_desk_sync_fails (samer, MTB_ERROR_UNREACHABLE);
  mtb_shelf_tidy (shelf, 0);
  found = mtb_shelf_find (shelf, get_only (before)->hash);
  g_assert_nonnull (found);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snapshot/goes-on", test_goes_on);
  g_test_add_func ("/snapshot/tells-how-far-it-is", test_tells_how_far_it_is);
  g_test_add_func ("/snapshot/damage-changes-nothing", test_damage_changes_nothing);
  g_test_add_func ("/snapshot/a-disk-that-takes-no-more", test_a_disk_that_takes_no_more);
  g_test_add_func ("/snapshot/the-directory-is-made-once", test_the_directory_is_made_once);
  g_test_add_func ("/snapshot/what-changed-between-the-parts", test_what_changed_between_the_parts);
  g_test_add_func ("/snapshot/nobody-gets-what-is-not-theirs", test_nobody_gets_what_is_not_theirs);
  g_test_add_func ("/snapshot/sight-is-lost-in-the-middle", test_sight_is_lost_in_the_middle);
  g_test_add_func ("/snapshot/sight-is-lost-before-the-end", test_sight_is_lost_before_the_end);
  g_test_add_func ("/snapshot/a-part-that-is-gone", test_a_part_that_is_gone);
  g_test_add_func ("/snapshot/an-epoch-before-the-last", test_an_epoch_before_the_last);
  g_test_add_func ("/snapshot/a-clock-that-was-put-back", test_a_clock_that_was_put_back);
  g_test_add_func ("/snapshot/a-directory-that-is-old", test_a_directory_that_is_old);
  g_test_add_func ("/snapshot/a-directory-of-another-history", test_a_directory_of_another_history);
  return g_test_run ();
}
