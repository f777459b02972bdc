/* Passwords that are guessed: who has to wait, for how long, and who has not. */

#include "mtb-accounts.h"
#include "mtb-error.h"
#include "mtb-founding.h"
#include "mtb-guard.h"
#include "mtb-json.h"
#include "mtb-person.h"
#include "mtb-service.h"
#include "mtb-test-record.h"
#include "mtb-time.h"

#include <glib/gstdio.h>
#include <string.h>

#define RIGHT "right password"
#define WRONG "wrong password"
#define NEW "quite another password"
#define OFFICE "198.51.100.7"
#define HOME "203.0.113.20"
#define N_DESKS 50
/* So many has the listener. */
#define N_THREADS 64
#define ATTEMPTS "SELECT COUNT(*) FROM attempt"

typedef struct
{
  char *folder;
  char *path;
  char *database;
  MtbService *service;
  MtbService *other;
  gint64 now;
} Department;

static gint64
read_clock (gpointer data)
{
  return ((Department *) data)->now;
}

static MtbAuthority *
open_authority (Department *self)
{
  g_autoptr (GError) error = NULL;
  MtbAuthority *authority = mtb_authority_open (self->database, &error);

  g_assert_no_error (error);
  mtb_authority_set_clock (authority, read_clock, self);
  return authority;
}

static void
add_person (MtbAuthority *authority, const char *name, gboolean active, const char *verifier)
{
  MtbPersonPut *person = mtb_record_new (&mtb_person_add.shape);
  g_autoptr (MtbCredential) credential = mtb_record_new (&mtb_credential_shape);
  g_autoptr (GError) error = NULL;

  person->id = g_strdup (mtb_test_id (name));
  person->username = g_strdup (name);
  person->display_name = g_strdup (name);
  person->roles = MTB_ROLE_AGENT;
  person->active = active ? 1 : 0;
  mtb_authority_command (authority, MTB_PERSON_OPERATOR, person, NULL, NULL, &error);
  g_assert_no_error (error);
  credential->person_id = g_strdup (mtb_test_id (name));
  credential->verifier = g_strdup (verifier);
  credential->changed_at = mtb_authority_get_now (authority);
  if (verifier != NULL)
    g_assert_true (mtb_store_put (mtb_authority_get_store (authority), credential, NULL));
}

static MtbService *
start (Department *self)
{
  g_autoptr (GError) error = NULL;
  MtbService *service = mtb_service_new (self->database, NULL, NULL, &error);

  g_assert_no_error (error);
  mtb_service_set_clock (service, read_clock, self);
  return service;
}

static void
set_up (Department *self, gconstpointer data)
{
  g_autofree char *verifier = mtb_password_make_verifier (RIGHT, NULL);
  g_autoptr (MtbAuthority) authority = NULL;
  gboolean was_there;

  self->folder = g_dir_make_tmp ("mutabaa-guard-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "department.db", NULL);
  self->database = g_strconcat ("sqlite:", self->path, NULL);
  self->now = mtb_time_now ();
  authority = open_authority (self);
  g_assert_true (mtb_department_found (authority, &was_there, NULL));
  add_person (authority, "rima", TRUE, verifier);
  add_person (authority, "leaver", FALSE, verifier);
  add_person (authority, "newcomer", TRUE, NULL);
  add_person (authority, "agent0", TRUE, verifier);
  add_person (authority, "agent1", TRUE, verifier);
  self->service = start (self);
  self->other = start (self);
}

static void
tear_down (Department *self, gconstpointer data)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  mtb_service_free (self->service);
  mtb_service_free (self->other);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (self->path, endings[i], NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->database);
  g_free (self->folder);
}

static gint64
count (Department *self, const char *sql)
{
  g_autoptr (MtbStore) store = mtb_store_open (self->database, MTB_STORE_READ_ONLY, NULL);
  gint64 n = 0;

  g_assert_true (mtb_store_select_number (store, sql, NULL, &n, NULL));
  return n;
}

static MtbResponse *
ask (MtbService *service,
     const char *method,
     const char *path,
     const char *token,
     const char *origin,
     const char *text)
{
  g_autoptr (GBytes) body = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
  g_autoptr (MtbRequest) request = mtb_request_new (method, path, token, origin, NULL, body);

  return mtb_service_handle (service, request);
}

static MtbResponse *
sign_in_at (MtbService *service, const char *name, const char *password, const char *origin)
{
  g_autofree char *text =
    g_strdup_printf ("{\"username\":\"%s\",\"password\":\"%s\"}", name, password);

  return ask (service, "POST", "/v1/session", NULL, origin, text);
}

static char *
dup_text (const MtbResponse *response, const char *name)
{
  gsize length;
  const char *text = g_bytes_get_data (response->body, &length);
  g_autoptr (JsonObject) object = mtb_json_read (text, length, NULL);

  return g_strdup (mtb_json_get_text (object, name));
}

static guint
sign_in (Department *self, const char *name, const char *password, const char *origin)
{
  g_autoptr (MtbResponse) response = sign_in_at (self->service, name, password, origin);

  g_assert_cmpint (response->retry_after_s > 0, ==, response->status == 429);
  return response->status;
}

static gint64
get_wait_s (Department *self, const char *name, const char *origin)
{
  g_autoptr (MtbResponse) response = sign_in_at (self->service, name, WRONG, origin);

  return response->retry_after_s;
}

static void
fail (Department *self, const char *name, const char *origin, guint n)
{
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (sign_in (self, name, WRONG, origin), ==, 401);
}

/* Each failure is waited for longer, up to a quarter of an hour, and no longer. While half of that is
 * waited for, one is forgotten. */
static void
test_failures_slow_down (Department *self, gconstpointer data)
{
  static const gint64 waits[] = { 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 512, 900, 900, 900 };

  fail (self, "rima", HOME, 3);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_assert_cmpuint (sign_in (self, "rima", WRONG, HOME), ==, 401);
      g_assert_cmpint (get_wait_s (self, "rima", HOME), ==, waits[i]);
      g_assert_cmpuint (sign_in (self, "rima", RIGHT, HOME), ==, 429);
      self->now += waits[i] * MTB_SECOND - 1;
      g_assert_cmpuint (sign_in (self, "rima", RIGHT, HOME), ==, 429);
      self->now += 1;
    }
  g_assert_cmpuint (sign_in (self, "rima", RIGHT, HOME), ==, 200);
  fail (self, "rima", HOME, 3);
  g_assert_cmpuint (sign_in (self, "rima", RIGHT, HOME), ==, 200);
}

static void
test_failures_are_forgotten (Department *self, gconstpointer data)
{
  fail (self, "rima", HOME, 4);
  self->now += 15 * MTB_MINUTE;
  g_assert_cmpuint (sign_in (self, "rima", WRONG, HOME), ==, 401);
  g_assert_cmpint (get_wait_s (self, "rima", HOME), ==, 1);
  self->now += MTB_DAY;
  fail (self, "rima", HOME, 3);
  g_assert_cmpint (get_wait_s (self, "rima", HOME), ==, 0);
}

/* A wait that a wrong clock has written keeps nobody out. */
static void
test_a_clock_set_back (Department *self, gconstpointer data)
{
  self->now += 365 * MTB_DAY;
  fail (self, "rima", HOME, 4);
  self->now -= 365 * MTB_DAY;
  g_assert_cmpuint (sign_in (self, "rima", RIGHT, HOME), ==, 200);
}

/* What costs nothing costs nothing then, either. */
static void
test_a_clock_set_back_after_one_failure (Department *self, gconstpointer data)
{
  fail (self, "rima", HOME, 1);
  self->now -= 10 * MTB_MINUTE;
  g_assert_cmpuint (sign_in (self, "rima", RIGHT, HOME), ==, 200);
}

/* Whatever is tried elsewhere under a name, its owner signs in where somebody of the department has. */
static void
test_an_attacker_elsewhere (Department *self, gconstpointer data)
{
  guint n_refused = 0;

  g_assert_cmpuint (sign_in (self, "agent0", RIGHT, OFFICE), ==, 200);
  g_assert_cmpuint (sign_in (self, "rima", RIGHT, HOME), ==, 200);
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *origin = g_strdup_printf ("192.0.2.%u", i);

      n_refused += sign_in (self, "rima", WRONG, origin) == 429;
    }
  g_assert_cmpuint (n_refused, ==, 200 - 21);
  g_assert_cmpuint (sign_in (self, "rima", RIGHT, "192.0.2.250"), ==, 429);
  g_assert_cmpuint (sign_in (self, "rima", RIGHT, HOME), ==, 200);
  g_assert_cmpuint (sign_in (self, "rima", RIGHT, OFFICE), ==, 200);
  self->now += 31 * MTB_DAY;
  g_assert_cmpuint (sign_in (self, "rima", WRONG, HOME), ==, 401);
}

/* An address is no longer known after a month without anybody who signs in there. */
static void
test_an_address_is_forgotten (Department *self, gconstpointer data)
{
  g_assert_cmpuint (sign_in (self, "rima", RIGHT, HOME), ==, 200);
  self->now += 30 * MTB_DAY;
  for (guint i = 0; i < 21; i++)
    {
      g_autofree char *origin = g_strdup_printf ("192.0.2.%u", i);

      fail (self, "rima", origin, 1);
    }
  g_assert_cmpuint (sign_in (self, "rima", RIGHT, HOME), ==, 429);
}

typedef struct
{
  Department *department;
  char *name;
  const char *password;
  guint status;
} Desk;

static gpointer
run_desk (gpointer data)
{
  Desk *desk = data;

  desk->status = sign_in (desk->department, desk->name, desk->password, OFFICE);
  return NULL;
}

/* All at once, under one name or each under its own; how many got that answer. */
static guint
sign_in_all (Department *self, const char *name, const char *password, guint status)
{
  Desk desks[N_DESKS];
  GThread *threads[N_DESKS];
  guint n = 0;

  for (guint i = 0; i < N_DESKS; i++)
    {
      desks[i].department = self;
      desks[i].name = name != NULL ? g_strdup (name) : g_strdup_printf ("agent%u", i);
      desks[i].password = password;
      threads[i] = g_thread_new ("desk", run_desk, &desks[i]);
    }
  for (guint i = 0; i < N_DESKS; i++)
    {
      g_thread_join (threads[i]);
      n += desks[i].status == status;
      g_free (desks[i].name);
    }
  return n;
}

/* Who knows the password is let in at as many desks as they like, at once. */
static void
test_one_person_at_many_desks (Department *self, gconstpointer data)
{
  g_assert_cmpuint (sign_in_all (self, "rima", RIGHT, 200), ==, N_DESKS);
}

/* Many at once are no more than one after the other. */
static void
test_many_at_once (Department *self, gconstpointer data)
{
  guint64 n_before;

  fail (self, "agent1", HOME, 1);
  n_before = mtb_password_get_n_looked_at ();
  g_assert_cmpuint (sign_in_all (self, "rima", WRONG, 401), ==, 4);
  g_assert_cmpuint (mtb_password_get_n_looked_at (), ==, n_before + 4);
}

/* A department behind one address begins its day, some with a slip of the finger; and goes on when
 * somebody in their house has tried many names. */
static void
test_fifty_desks_of_one_address (Department *self, gconstpointer data)
{
  g_autofree char *verifier = mtb_password_make_verifier (RIGHT, NULL);
  g_autoptr (MtbAuthority) authority = open_authority (self);
  guint n_refused = 0;

  for (guint i = 0; i < N_DESKS; i++)
    {
      g_autofree char *name = g_strdup_printf ("agent%u", i);

      if (i > 1)
        add_person (authority, name, TRUE, verifier);
      fail (self, name, OFFICE, i % 5 == 0 ? 2 : 0);
    }
  g_assert_cmpuint (sign_in_all (self, NULL, RIGHT, 200), ==, N_DESKS);
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *name = g_strdup_printf ("nobody%u", i);

      n_refused += sign_in (self, name, WRONG, OFFICE) == 429;
    }
  g_assert_cmpuint (n_refused, ==, 200 - 81);
  g_assert_cmpuint (sign_in (self, "rima", RIGHT, OFFICE), ==, 429);
  g_assert_cmpuint (sign_in (self, "agent7", WRONG, OFFICE), ==, 401);
  g_assert_cmpuint (sign_in (self, "agent7", RIGHT, OFFICE), ==, 200);
}

/* So many that every thread would wait for them are refused at once, and nothing is counted. */
static void
test_no_more_wait_than_have_room (Department *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  MtbGuard *guards[N_THREADS] = { NULL };
  guint n_entered = 0;
  guint64 n_looked_at;

  do
    {
      g_autofree char *name = g_strdup_printf ("nobody%u", n_entered);

      g_assert_cmpuint (n_entered, <, N_THREADS);
      guards[n_entered] = mtb_guard_new (name, NULL, HOME);
    }
  while (mtb_guard_enter (guards[n_entered++], N_THREADS, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_TOO_MANY);
  g_assert_cmpuint (n_entered, ==, N_THREADS - N_THREADS / 8 + 1);
  n_looked_at = mtb_password_get_n_looked_at ();
  g_assert_cmpuint (sign_in (self, "rima", RIGHT, HOME), ==, 429);
  g_assert_cmpuint (mtb_password_get_n_looked_at (), ==, n_looked_at);
  g_assert_cmpint (count (self, ATTEMPTS), ==, 0);
  mtb_guard_free (guards[--n_entered]);
  while (n_entered-- > 0)
    {
      mtb_guard_leave (guards[n_entered]);
      mtb_guard_free (guards[n_entered]);
    }
  g_assert_cmpuint (sign_in (self, "rima", RIGHT, HOME), ==, 200);
}

/* All that can be seen from outside of a sequence of attempts. */
static char *
observe (Department *self, const char *name, const char *address, guint n)
{
  GString *seen = g_string_new (NULL);
  gint64 began = self->now;

  for (guint i = 0; i < n; i++)
    {
      guint64 n_before = mtb_password_get_n_looked_at ();
      g_autofree char *origin = g_strdup_printf (i < 10 ? "%s.1" : "%s.%u", address, i);
      g_autoptr (MtbResponse) response =
        sign_in_at (self->service, name, i % 2 == 0 ? WRONG : "", origin);
      gsize length;
      const char *body = g_bytes_get_data (response->body, &length);

      g_string_append_printf (seen, "%u %s %" G_GINT64_FORMAT " %.*s %" G_GUINT64_FORMAT "\n",
                              response->status, response->content_type, response->retry_after_s,
                              (int) length, body, mtb_password_get_n_looked_at () - n_before);
      self->now += 700;
    }
  self->now = began;
  return g_string_free (seen, FALSE);
}

static void
test_nothing_shows_who_is_there (Department *self, gconstpointer data)
{
  g_autofree char *unknown = NULL;
  g_autofree char *known = NULL;
  g_autofree char *left = NULL;
  g_autofree char *without = NULL;

  g_assert_cmpuint (sign_in (self, "rima", RIGHT, HOME), ==, 200);
  unknown = observe (self, "nobody", "192.0.2", 30);
  known = observe (self, "rima", "198.18.0", 30);
  left = observe (self, "leaver", "198.18.1", 10);
  without = observe (self, "newcomer", "198.18.2", 10);
  g_assert_nonnull (strstr (left, "429"));
  g_assert_nonnull (strstr (unknown + strlen (left), "429"));
  g_assert_cmpstr (known, ==, unknown);
  g_assert_true (g_str_has_prefix (unknown, left));
  g_assert_cmpstr (without, ==, left);
}

/* What is refused costs no computation, and the right password of who has left opens nothing. */
static void
test_refused_before_it_is_looked_at (Department *self, gconstpointer data)
{
  guint64 n_looked_at;

  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (sign_in (self, "leaver", RIGHT, HOME), ==, 401);
  n_looked_at = mtb_password_get_n_looked_at ();
  for (guint i = 0; i < 10; i++)
    g_assert_cmpuint (sign_in (self, "leaver", RIGHT, HOME), ==, 429);
  g_assert_cmpuint (mtb_password_get_n_looked_at (), ==, n_looked_at);
  g_assert_cmpint (get_wait_s (self, "leaver", HOME), ==, 1);
}

/* Two servers know of each other's failures, and of what has ended. */
static void
test_two_servers (Department *self, gconstpointer data)
{
  g_autoptr (MtbResponse) refused = NULL;
  g_autoptr (MtbResponse) begun = NULL;
  g_autoptr (MtbResponse) here = NULL;
  g_autoptr (MtbResponse) there = NULL;
  g_autofree char *token = NULL;

  fail (self, "rima", HOME, 4);
  refused = sign_in_at (self->other, "rima", RIGHT, HOME);
  g_assert_cmpuint (refused->status, ==, 429);
  self->now += MTB_SECOND;
  begun = sign_in_at (self->other, "rima", RIGHT, HOME);
  g_assert_cmpuint (begun->status, ==, 200);
  token = dup_text (begun, "token");
  here = ask (self->service, "DELETE", "/v1/session", token, HOME, NULL);
  g_assert_cmpuint (here->status, ==, 200);
  there = ask (self->other, "GET", "/v1/session", token, HOME, NULL);
  g_assert_cmpuint (there->status, ==, 401);
}

static guint
change (Department *self, const char *token, const char *old, const char *new, char **field)
{
  g_autofree char *text = g_strdup_printf ("{\"old\":\"%s\",\"new\":\"%s\"}", old, new);
  g_autoptr (MtbResponse) response =
    ask (self->service, "PUT", "/v1/session/password", token, HOME, text);

  g_free (*field);
  *field = dup_text (response, "field");
  return response->status;
}

/* Whoever has a token that was stolen does not guess the password with it. */
static void
test_the_old_password_is_not_guessed (Department *self, gconstpointer data)
{
  g_autoptr (MtbResponse) begun = sign_in_at (self->service, "rima", RIGHT, HOME);
  g_autofree char *token = dup_text (begun, "token");
  g_autofree char *field = NULL;

  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpuint (change (self, token, WRONG, NEW, &field), ==, 400);
      g_assert_cmpstr (field, ==, "old");
    }
  g_assert_cmpuint (change (self, token, RIGHT, NEW, &field), ==, 429);
  g_assert_cmpuint (sign_in (self, "rima", RIGHT, HOME), ==, 429);
  self->now += MTB_SECOND;
  g_assert_cmpuint (change (self, token, RIGHT, "Password2024", &field), ==, 400);
  g_assert_cmpstr (field, ==, "new");
  g_assert_cmpuint (change (self, token, RIGHT, "rima2024", &field), ==, 400);
  g_assert_cmpstr (field, ==, "new");
  g_assert_cmpuint (change (self, token, RIGHT, NEW, &field), ==, 200);
}

/* A network of IPv6 is one address, and an address of IPv4 is itself however it is written. */
static void
test_addresses (Department *self, gconstpointer data)
{
  fail (self, "rima", "2001:db8:1:2::1", 2);
  fail (self, "rima", "2001:db8:1:2:ffff::1", 2);
  g_assert_cmpuint (sign_in (self, "rima", RIGHT, "2001:db8:1:2:3:4:5:6"), ==, 429);
  g_assert_cmpuint (sign_in (self, "rima", RIGHT, "2001:db8:1:3::1"), ==, 200);
  fail (self, "agent1", "::ffff:192.0.2.1", 2);
  fail (self, "agent1", "192.0.2.1", 2);
  g_assert_cmpuint (sign_in (self, "agent1", RIGHT, "::ffff:192.0.2.1"), ==, 429);
  g_assert_cmpuint (sign_in (self, "agent1", RIGHT, "::ffff:192.0.2.2"), ==, 200);
}

/* What was typed as a name, which may be a password, cannot be read. */
static void
test_no_name_is_kept (Department *self, gconstpointer data)
{
  fail (self, "a secret in the wrong field", HOME, 3);
  g_assert_cmpint (count (self, ATTEMPTS), ==, 3);
  g_assert_cmpint (count (self, "SELECT MAX (LENGTH (account)) FROM attempt"), ==, 6);
  g_assert_cmpint (count (self,
                          "SELECT COUNT(*) FROM attempt WHERE id NOT LIKE 'pair/%/203.%' AND id"
                          " NOT LIKE 'address/203.%' AND LENGTH (id) <> 14"),
                   ==, 0);
}

/* However many names are tried, no more is kept than a limit, and that is forgotten. */
static void
test_what_is_kept_is_bounded (Department *self, gconstpointer data)
{
  g_autoptr (MtbAuthority) authority = open_authority (self);

  g_assert_true (mtb_store_execute (
    mtb_authority_get_store (authority),
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120000)"
    " INSERT INTO attempt (id, forgotten_at, free_at)"
    " SELECT CAST (i AS TEXT), 4000000000000 + i, 0 FROM n",
    NULL));
  fail (self, "rima", HOME, 1);
  g_assert_true (mtb_guard_clean (authority, NULL));
  g_assert_cmpint (count (self, ATTEMPTS), ==, 100000);
  self->now = 4000000000000 + 120000;
  g_assert_true (mtb_guard_clean (authority, NULL));
  g_assert_cmpint (count (self, ATTEMPTS), ==, 0);
}

static void
test_an_administrator_lifts_it (Department *self, gconstpointer data)
{
  g_autoptr (MtbAuthority) authority = open_authority (self);
  MtbStore *store = mtb_authority_get_store (authority);

  fail (self, "rima", HOME, 4);
  fail (self, "agent1", HOME, 4);
  g_assert_cmpint (mtb_guard_get_free_at (store, "rima", self->now), ==, self->now + MTB_SECOND);
  g_assert_true (mtb_guard_lift (authority, "rima", NULL));
  g_assert_cmpint (mtb_guard_get_free_at (store, "rima", self->now), ==, 0);
  g_assert_cmpuint (sign_in (self, "rima", RIGHT, HOME), ==, 200);
  g_assert_cmpuint (sign_in (self, "agent1", RIGHT, HOME), ==, 429);
}

static void
take_message (const char *domain, GLogLevelFlags level, const char *message, gpointer told)
{
  g_string_append_printf (told, "%s\n", message);
}

/* The operator hears where it begins, once, and of no name that nobody has. */
static void
test_the_operator_is_told (Department *self, gconstpointer data)
{
  g_autoptr (GString) told = g_string_new (NULL);
  GLogFunc before = g_log_set_default_handler (take_message, told);

  fail (self, "rima", HOME, 3);
  g_assert_cmpstr (told->str, ==, "");
  fail (self, "rima", HOME, 1);
  g_assert_cmpuint (sign_in (self, "rima", WRONG, HOME), ==, 429);
  fail (self, "a secret in the wrong field", HOME, 4);
  g_log_set_default_handler (before, NULL);
  g_assert_cmpstr (told->str, ==,
                   "signing in as rima from " HOME " is slowed down after failures\n"
                   "signing in as nobody from " HOME " is slowed down after failures\n");
}

#define ADD(path, func) g_test_add (path, Department, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/guard/failures-slow-down", test_failures_slow_down);
  ADD ("/guard/failures-are-forgotten", test_failures_are_forgotten);
  ADD ("/guard/a-clock-set-back", test_a_clock_set_back);
  ADD ("/guard/a-clock-set-back-after-one-failure", test_a_clock_set_back_after_one_failure);
  ADD ("/guard/an-attacker-elsewhere", test_an_attacker_elsewhere);
  ADD ("/guard/an-address-is-forgotten", test_an_address_is_forgotten);
  ADD ("/guard/one-person-at-many-desks", test_one_person_at_many_desks);
  ADD ("/guard/many-at-once", test_many_at_once);
  ADD ("/guard/fifty-desks-of-one-address", test_fifty_desks_of_one_address);
  ADD ("/guard/no-more-wait-than-have-room", test_no_more_wait_than_have_room);
  ADD ("/guard/nothing-shows-who-is-there", test_nothing_shows_who_is_there);
  ADD ("/guard/refused-before-it-is-looked-at", test_refused_before_it_is_looked_at);
  ADD ("/guard/two-servers", test_two_servers);
  ADD ("/guard/the-old-password-is-not-guessed", test_the_old_password_is_not_guessed);
  ADD ("/guard/addresses", test_addresses);
  ADD ("/guard/no-name-is-kept", test_no_name_is_kept);
  ADD ("/guard/what-is-kept-is-bounded", test_what_is_kept_is_bounded);
  ADD ("/guard/an-administrator-lifts-it", test_an_administrator_lifts_it);
  ADD ("/guard/the-operator-is-told", test_the_operator_is_told);
  return g_test_run ();
}
