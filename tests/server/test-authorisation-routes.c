/* What a request gets at all: the routes of authorisation.txt, cell by cell, at a server without HTTP. */

#include "mtb-test-rights.h"
#include "mtb-test-scene.h"

#include "mtb-error.h"
#include "mtb-time.h"

#include <string.h>

static void
test_table_of_routes (void)
{
  g_auto (GStrv) routes = mtb_service_list_routes ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; routes[i] != NULL; i++)
    g_ptr_array_add (names, routes[i]);
  mtb_test_rights_check_names ("routes", names);
}

#define TYPICAL_REPORT "calls?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z"

/* What the star of a route is tried with, and with which body. */
static const struct
{
  const char *route;
  const char *example;
  const char *body;
} examples[] = {
  { "POST/v1/session", NULL, "{\"username\":\"mate\",\"password\":\"" MTB_TEST_PASSWORD "\"}" },
  { "PUT/v1/session/password", NULL,
    "{\"old\":\"" MTB_TEST_PASSWORD "\",\"new\":\"another password\"}" },
  { "POST/v1/commands", NULL, "{\"protocol\":1,\"commands\":[]}" },
  { "GET/v1/reports/*", TYPICAL_REPORT, NULL },
  { "GET/v1/changes", "?after=0&epoch=", NULL },
};

/* A part that was made for whoever asks, if they may have one. */
static char *
find_part (MtbTestScene *scene, const char *token)
{
  g_autoptr (MtbResponse) response = mtb_test_scene_ask (scene, "GET", "/v1/snapshot", token, NULL);
  g_autoptr (JsonObject) answer = mtb_test_read_answer (response);
  JsonArray *parts = mtb_json_get_array (answer, "parts");
  guint n = parts != NULL ? json_array_get_length (parts) : 0;

  return g_strdup (n > 0 ? mtb_json_get_text (json_array_get_object_element (parts, n - 1), "hash")
                         : "0");
}

static char *
fill_in (MtbTestScene *scene, const char *route, const char *token, const char **body)
{
  g_autoptr (MtbHead) head = mtb_ledger_read_head (scene->store, NULL);
  const char *path = strchr (route, '/');
  const char *star = strchr (path, '*');
  g_autofree char *part =
    g_str_equal (route, "GET/v1/snapshot/*") ? find_part (scene, token) : NULL;
  const char *example =
    g_str_has_prefix (path, "/v1/people/") ? mtb_test_id ("stranger") : mtb_test_id ("omar");

  *body = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    if (g_str_equal (examples[i].route, route))
      {
        *body = examples[i].body;
        example = examples[i].example;
      }
  if (part != NULL)
    example = part;
  if (g_str_equal (route, "GET/v1/changes"))
    return g_strconcat (path, example, head->epoch, NULL);
  if (star == NULL)
    return g_strdup (path);
  return g_strdup_printf ("%.*s%s%s", (int) (star - path), path, example, star + 1);
}

static guint
try_route (MtbTestScene *scene, const char *route, const char *token, char **code)
{
  g_autofree char *method = g_strndup (route, strcspn (route, "/"));
  const char *body;
  g_autofree char *path = fill_in (scene, route, token, &body);
  g_autoptr (MtbResponse) response = mtb_test_scene_ask (scene, method, path, token, body);

  *code = NULL;
  if (response->status >= 400)
    {
      g_autoptr (JsonObject) problem = mtb_test_read_answer (response);

      *code = g_strdup (mtb_json_get_text (problem, "title"));
    }
  return response->status;
}

static void
check_route (MtbTestScene *scene,
             const char *route,
             const char *column,
             const char *token,
             const char *refusal)
{
  g_autofree char *code = NULL;
  guint status = try_route (scene, route, token, &code);
  gboolean allowed = mtb_test_may ("routes", route, column, "yes");

  if (allowed ? status != 200 : g_strcmp0 (code, refusal) != 0)
    mtb_test_complain ("%s for %s: %u %s", route, column, status, code);
}

static void
check_temporary (MtbTestScene *scene, const char *route)
{
  const char *stranger = mtb_test_id ("stranger");
  g_autofree char *token = mtb_test_scene_sign_in (scene, stranger, NULL);

  mtb_test_scene_run (scene, "UPDATE session SET must_change = 1 WHERE person_id = :id", stranger);
  check_route (scene, route, "temporary", token, "password_change");
}

static void
check_dismissed (MtbTestScene *scene, const char *route)
{
  const char *stranger = mtb_test_id ("stranger");
  g_autofree char *token = mtb_test_scene_sign_in (scene, stranger, NULL);

  mtb_test_scene_run (scene, "UPDATE session SET dismissed = 1 WHERE person_id = :id", stranger);
  check_route (scene, route, "dismissed", token, "dismissed");
}

static void
check_route_for_all (MtbTestScene *scene, const char *route)
{
  for (guint i = 0; i < scene->people->len; i++)
    {
      const MtbPerson *person = g_ptr_array_index (scene->people, i);
      g_autofree char *token = mtb_test_scene_sign_in (scene, person->id, NULL);

      if (mtb_test_person_has_column (person))
        check_route (scene, route, person->username, token, "forbidden");
    }
  check_route (scene, route, "signed_out", NULL, "unauthorized");
  check_route (scene, route, "signed_out", "0123456789abcdef", "unauthorized");
  check_temporary (scene, route);
  check_dismissed (scene, route);
}

static void
test_routes (void)
{
  g_autoptr (MtbTestScene) scene = mtb_test_scene_new ();
  g_auto (GStrv) routes = mtb_service_list_routes ();

  for (guint i = 0; routes[i] != NULL; i++)
    check_route_for_all (scene, routes[i]);
}

/* Somebody who has left, whose sign-in was not ended by anybody. */
static void
test_who_has_left (void)
{
  g_autoptr (MtbTestScene) scene = mtb_test_scene_new ();
  g_autofree char *token = mtb_test_scene_sign_in (scene, mtb_test_id ("manager"), NULL);
  g_autofree char *code = NULL;
  g_autofree char *person_id = NULL;
  g_autoptr (GError) error = NULL;

  mtb_test_scene_run (scene, "UPDATE person SET active = 0 WHERE id = :id",
                      mtb_test_id ("manager"));
  g_assert_cmpuint (try_route (scene, "GET/v1/changes", token, &code), ==, 403);
  g_assert_cmpstr (code, ==, "dismissed");
  person_id = mtb_service_identify (scene->server->service, token, NULL, &error);
  g_assert_null (person_id);
  g_assert_error (error, MTB_ERROR, MTB_ERROR_DISMISSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/authorisation/routes/table", test_table_of_routes);
  g_test_add_func ("/authorisation/routes/people", test_routes);
  g_test_add_func ("/authorisation/routes/who-has-left", test_who_has_left);
  return mtb_test_rights_run ();
}
