/* People take turns at one computer: they save, look and leave at any moment, while requests are under
 * way and the line comes and goes. Nobody is shown what is another's, and all that they saved is at the
 * server once. */

#include "mtb-engine.h"
#include "mtb-test-desk.h"

#define NEW_PASSWORD "quite another password"
#define PATIENCE_MS 60000
#define N_TURNS 40
#define MOST_ACTS 8
#define LONGEST_REQUEST_US 10000
#define LONGEST_PAUSE_MS 10

static const char *const people[] = { "rima", "samer", "lina" };

typedef struct
{
  MtbTestServer *server;
  MtbTestTransport *line;
  MtbEngine *engine;
  MtbTestDesk *elsewhere[G_N_ELEMENTS (people)];
  guint n_given[G_N_ELEMENTS (people)];
  guint n_awaited;
  guint n_leaving;
  guint n_shown;
} Shared;

/* Whose turn it was when something was asked. */
typedef struct
{
  Shared *shared;
  guint who;
} Asked;

static void
take_a_while (gpointer data)
{
  g_usleep ((gulong) g_random_int_range (0, LONGEST_REQUEST_US));
}

static gboolean
on_impatient (gpointer data)
{
  g_error ("nothing has come");
  return G_SOURCE_REMOVE;
}

static void
wait_while (gboolean (*is_so) (gpointer data), gpointer data)
{
  guint source = g_timeout_add (PATIENCE_MS, on_impatient, NULL);

  while (is_so (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
}

static gboolean
is_null (gpointer result)
{
  return *(GAsyncResult **) result == NULL;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
sign_in (Shared *self, guint who)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  mtb_engine_sign_in_async (self->engine, people[who], MTB_TEST_PASSWORD, NULL, on_done, &result);
  wait_while (is_null, &result);
  mtb_engine_sign_in_finish (self->engine, result, &error);
  g_assert_no_error (error);
}

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer data)
{
  Shared *self = data;
  g_autoptr (GError) error = NULL;

  mtb_engine_sign_out_finish (self->engine, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mtb_engine_get_state (self->engine), ==, MTB_ENGINE_SIGNED_OUT);
  self->n_leaving--;
}

static gboolean
is_leaving (gpointer data)
{
  const Shared *self = data;

  return self->n_leaving > 0;
}

/* A click too many does nothing. */
static void
sign_out (Shared *self)
{
  guint n = 1 + g_test_rand_bit ();

  self->n_leaving = n;
  for (guint i = 0; i < n; i++)
    mtb_engine_sign_out_async (self->engine, NULL, on_signed_out, self);
  wait_while (is_leaving, self);
}

static void
on_given (GObject *source, GAsyncResult *result, gpointer data)
{
  Shared *self = data;
  g_autoptr (GError) error = NULL;

  mtb_engine_give_finish (self->engine, result, &error);
  g_assert_no_error (error);
  self->n_awaited--;
}

static void
save_call (Shared *self, guint who)
{
  MtbCallLog *call = mtb_test_new_call ("here");

  self->n_given[who]++;
  self->n_awaited++;
  mtb_engine_give_async (self->engine, call, NULL, on_given, self);
  mtb_record_unref (call);
}

static void
save_call_elsewhere (Shared *self, guint who)
{
  self->n_given[who]++;
  g_free (mtb_test_desk_log (self->elsewhere[who], "elsewhere"));
  mtb_test_desk_sync (self->elsewhere[who]);
}

static void
on_shown (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Asked *asked = data;
  Shared *self = asked->shared;
  g_autoptr (GPtrArray) calls = mtb_engine_ask_finish (self->engine, result, NULL);

  self->n_awaited--;
  self->n_shown = calls != NULL ? calls->len : 0;
  for (guint i = 0; i < self->n_shown; i++)
    {
      const MtbCallRow *call = g_ptr_array_index (calls, i);

      g_assert_cmpstr (call->person_id, ==, mtb_test_id (people[asked->who]));
    }
}

static void
look (Shared *self, guint who)
{
  g_autoptr (MtbCallSearch) search = mtb_record_new (mtb_call_search_query.arguments);
  Asked *asked = g_new0 (Asked, 1);

  asked->shared = self;
  asked->who = who;
  self->n_awaited++;
  search->limit = 1000;
  mtb_engine_ask_async (self->engine, &mtb_call_search_query, search, NULL, on_shown, asked);
}

static gboolean
on_paused (gpointer paused)
{
  *(gboolean *) paused = FALSE;
  return G_SOURCE_REMOVE;
}

static gboolean
is_true (gpointer paused)
{
  return *(gboolean *) paused;
}

static void
pause_a_moment (void)
{
  gboolean paused = TRUE;

  g_timeout_add ((guint) g_test_rand_int_range (0, LONGEST_PAUSE_MS), on_paused, &paused);
  wait_while (is_true, &paused);
}

static void
act (Shared *self, guint who)
{
  switch (g_test_rand_int_range (0, 6))
    {
    case 0:
    case 1:
      save_call (self, who);
      break;
    case 2:
      look (self, who);
      break;
    case 3:
      mtb_test_transport_set_cut (self->line, g_test_rand_bit ());
      break;
    case 4:
      save_call_elsewhere (self, (guint) g_test_rand_int_range (0, G_N_ELEMENTS (people)));
      mtb_engine_sync_now (self->engine);
      break;
    default:
      pause_a_moment ();
    }
}

/* They leave before they are in; whoever has seen their sign-in fail is not in either. */
static void
come_and_go (Shared *self, guint who)
{
  g_autoptr (GAsyncResult) result = NULL;

  mtb_engine_sign_in_async (self->engine, people[who], MTB_TEST_PASSWORD, NULL, on_done, &result);
  pause_a_moment ();
  sign_out (self);
  wait_while (is_null, &result);
  mtb_engine_sign_in_finish (self->engine, result, NULL);
  pause_a_moment ();
  g_assert_cmpint (mtb_engine_get_state (self->engine), ==, MTB_ENGINE_SIGNED_OUT);
  g_assert_null (mtb_engine_get_person (self->engine));
}

static void
take_turn (Shared *self, guint who)
{
  gint n = g_test_rand_int_range (0, MOST_ACTS);

  sign_in (self, who);
  for (gint i = 0; i < n; i++)
    act (self, who);
  sign_out (self);
}

static gboolean
is_behind (gpointer data)
{
  Shared *self = data;

  return mtb_engine_get_state (self->engine) != MTB_ENGINE_ONLINE
         || mtb_engine_get_n_waiting (self->engine) > 0 || self->n_awaited > 0;
}

/* All of theirs is there, and at the server, and nothing else is. */
static void
check (Shared *self, guint who)
{
  g_autofree char *of_theirs =
    g_strdup_printf ("SELECT COUNT(*) FROM call WHERE person_id = '%s'", mtb_test_id (people[who]));

  sign_in (self, who);
  wait_while (is_behind, self);
  look (self, who);
  wait_while (is_behind, self);
  g_assert_cmpuint (self->n_shown, ==, self->n_given[who]);
  g_assert_cmpint (mtb_test_server_count (self->server, of_theirs), ==, self->n_given[who]);
  sign_out (self);
}

static void
test_turns (void)
{
  Shared self = { .server = mtb_test_server_new () };
  g_autofree char *folder = g_build_filename (self.server->folder, "shared", NULL);

  self.line = mtb_test_transport_new (self.server);
  mtb_test_transport_set_meanwhile (self.line, take_a_while, NULL);
  self.engine = mtb_engine_new (MTB_TRANSPORT (self.line), folder);
  for (guint who = 0; who < G_N_ELEMENTS (people); who++)
    self.elsewhere[who] = mtb_test_desk_new (self.server, people[who]);
  for (guint who = 0; who < G_N_ELEMENTS (people); who++)
    {
      /* Who has never been there has to find the server. */
      take_turn (&self, who);
      mtb_test_transport_set_cut (self.line, FALSE);
    }
  for (guint turn = 0; turn < N_TURNS; turn++)
    {
      take_turn (&self, (guint) g_test_rand_int_range (0, G_N_ELEMENTS (people)));
      come_and_go (&self, (guint) g_test_rand_int_range (0, G_N_ELEMENTS (people)));
    }
  mtb_test_transport_set_cut (self.line, FALSE);
  for (guint who = 0; who < G_N_ELEMENTS (people); who++)
    check (&self, who);
  mtb_test_end_engine (&self.engine);
  g_object_unref (self.line);
  for (guint who = 0; who < G_N_ELEMENTS (people); who++)
    mtb_test_desk_free (self.elsewhere[who]);
  mtb_test_server_free (self.server);
}

/* A request that is under way while somebody else signs in, or for half a second where they have to wait
 * for its end. */
typedef struct
{
  gboolean is_waited_for;
  GMutex mutex;
  GCond cond;
  gboolean begun;
  gboolean over;
} LongRequest;

static void
take_long (gpointer data)
{
  LongRequest *self = data;
  gint64 ms = self->is_waited_for ? 500 : PATIENCE_MS;
  gint64 until = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;

  g_mutex_lock (&self->mutex);
  if (!self->begun)
    {
      self->begun = TRUE;
      g_cond_broadcast (&self->cond);
      while (!self->over && g_cond_wait_until (&self->cond, &self->mutex, until))
        continue;
    }
  g_mutex_unlock (&self->mutex);
}

static gpointer
sync_in_thread (gpointer client)
{
  mtb_client_sync (client, NULL, NULL);
  return NULL;
}

static gpointer
fetch_card_in_thread (gpointer client)
{
  mtb_client_fetch_card (client, mtb_test_id ("omar"), NULL, NULL);
  return NULL;
}

static gpointer
change_password_in_thread (gpointer client)
{
  mtb_client_change_password (client, MTB_TEST_PASSWORD, NEW_PASSWORD, NULL, NULL);
  return NULL;
}

static gpointer
sign_in_in_thread (gpointer client)
{
  mtb_client_sign_in (client, "samer", MTB_TEST_PASSWORD, NULL, NULL);
  return NULL;
}

static void
let_in (MtbTestDesk *desk, const char *username)
{
  g_autoptr (GError) error = NULL;

  mtb_client_sign_in (desk->client, username, MTB_TEST_PASSWORD, NULL, &error);
  g_assert_no_error (error);
}

/* The person at @shared signs out and rima in while @func waits for its first answer. */
static void
change_people_during (MtbTestDesk *shared, GThreadFunc func, gboolean is_waited_for)
{
  LongRequest request = { is_waited_for };
  GThread *thread;

  mtb_test_transport_set_meanwhile (shared->line, take_long, &request);
  thread = g_thread_new ("request", func, shared->client);
  g_mutex_lock (&request.mutex);
  while (!request.begun)
    g_cond_wait (&request.cond, &request.mutex);
  g_mutex_unlock (&request.mutex);
  mtb_client_sign_out (shared->client, NULL);
  let_in (shared, "rima");
  g_mutex_lock (&request.mutex);
  request.over = TRUE;
  g_cond_broadcast (&request.cond);
  g_mutex_unlock (&request.mutex);
  g_thread_join (thread);
  mtb_test_transport_set_meanwhile (shared->line, NULL, NULL);
}

/* What was under way for one person when they signed out comes to nobody else, and costs nobody their
 * sign-in. */
static void
test_who_comes_next_gets_nothing_of_who_went (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) elsewhere = mtb_test_desk_new (server, "samer");
  g_autoptr (MtbTestDesk) shared = mtb_test_desk_new_at (server, "rima", "shared");

  mtb_client_sign_out (shared->client, NULL);
  let_in (shared, "samer");
  mtb_test_desk_sync (shared);
  g_free (mtb_test_desk_log (elsewhere, "samer's own"));
  mtb_test_desk_sync (elsewhere);
  change_people_during (shared, sync_in_thread, TRUE);
  g_assert_cmpint (mtb_test_desk_count (shared, "SELECT COUNT(*) FROM call"), ==, 0);
  mtb_test_desk_sync (shared);
  g_assert_cmpint (mtb_test_desk_count (shared, "SELECT COUNT(*) FROM call"), ==, 0);

  mtb_client_sign_out (shared->client, NULL);
  mtb_test_transport_set_cut (shared->line, TRUE);
  let_in (shared, "samer");
  mtb_client_sign_out (shared->client, NULL);
  let_in (shared, "rima");
}

/* Its card is fetched again, by the right of who is there now. */
static void
test_who_comes_next_asks_for_a_card_themselves (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) shared = mtb_test_desk_new_at (server, "rima", "shared");
  guint n_sent;

  mtb_client_sign_out (shared->client, NULL);
  let_in (shared, "samer");
  mtb_test_desk_sync (shared);
  n_sent = mtb_test_transport_get_n_sent (shared->line, "GET");
  change_people_during (shared, fetch_card_in_thread, FALSE);
  g_assert_cmpuint (mtb_test_transport_get_n_sent (shared->line, "GET"), ==, n_sent + 2);
}

/* Nobody else's password comes to let them in without the server. */
static void
test_a_new_password_is_that_of_who_changed_it (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) shared = mtb_test_desk_new_at (server, "samer", "shared");
  g_autoptr (GError) error = NULL;

  change_people_during (shared, change_password_in_thread, TRUE);
  mtb_client_sign_out (shared->client, NULL);
  mtb_test_transport_set_cut (shared->line, TRUE);
  g_assert_false (mtb_client_sign_in (shared->client, "rima", NEW_PASSWORD, NULL, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED);
  let_in (shared, "rima");
}

/* Somebody who gives their password again and leaves before the answer has left. */
static void
test_a_late_sign_in_brings_nobody_back (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) shared = mtb_test_desk_new_at (server, "samer", "shared");
  g_autoptr (MtbPerson) person = NULL;

  change_people_during (shared, sign_in_in_thread, TRUE);
  person = mtb_client_dup_person (shared->client);
  g_assert_cmpstr (person->username, ==, "rima");
}

/* Such a sign-in is at the server, and would be the one of whoever comes next. */
static void
test_who_cannot_be_let_in_leaves_no_sign_in (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestDesk) shared = mtb_test_desk_new_at (server, "samer", "shared");
  g_autofree char *folder = mtb_client_dup_folder (shared->client);
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;

  mtb_client_sign_out (shared->client, NULL);
  mtb_test_remove_folder (folder);
  g_assert_true (g_file_set_contents (folder, "no folder", -1, NULL));
  g_assert_false (mtb_client_sign_in (shared->client, "samer", MTB_TEST_PASSWORD, NULL, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_STORAGE);
  token = mtb_client_dup_token (shared->client);
  g_assert_null (token);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/turns/nobody-sees-another's-and-nothing-is-lost", test_turns);
  g_test_add_func ("/turns/who-comes-next-gets-nothing-of-who-went",
                   test_who_comes_next_gets_nothing_of_who_went);
  g_test_add_func ("/turns/who-comes-next-asks-for-a-card-themselves",
                   test_who_comes_next_asks_for_a_card_themselves);
  g_test_add_func ("/turns/a-new-password-is-that-of-who-changed-it",
                   test_a_new_password_is_that_of_who_changed_it);
  g_test_add_func ("/turns/a-late-sign-in-brings-nobody-back",
                   test_a_late_sign_in_brings_nobody_back);
  g_test_add_func ("/turns/who-cannot-be-let-in-leaves-no-sign-in",
                   test_who_cannot_be_let_in_leaves_no_sign_in);
  return g_test_run ();
}
