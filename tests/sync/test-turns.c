/* People take turns at one computer: they save, look and leave at any moment, while requests are under
 * way and the line comes and goes. Nobody is shown what is another's, and all that they saved is at the
 * server once. */

#include "mtb-engine.h"
#include "mtb-test-desk.h"

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
    take_turn (&self, (guint) g_test_rand_int_range (0, G_N_ELEMENTS (people)));
  mtb_test_transport_set_cut (self.line, FALSE);
  for (guint who = 0; who < G_N_ELEMENTS (people); who++)
    check (&self, who);
  g_object_unref (self.engine);
  g_object_unref (self.line);
  for (guint who = 0; who < G_N_ELEMENTS (people); who++)
    mtb_test_desk_free (self.elsewhere[who]);
  mtb_test_server_free (self.server);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/turns/nobody-sees-another's-and-nothing-is-lost", test_turns);
  return g_test_run ();
}
