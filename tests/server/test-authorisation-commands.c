/* Who may do what: the commands of authorisation.txt, cell by cell, at a server without HTTP. */

#include "mtb-test-rights.h"
#include "mtb-test-scene.h"

#include "mtb-error.h"
#include "mtb-id.h"
#include "mtb-time.h"

static void
test_table_of_commands (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; mtb_commands[i] != NULL; i++)
    g_ptr_array_add (names, (char *) mtb_commands[i]->shape.name);
  mtb_test_check_section ("commands", names, TRUE);
}

static GPtrArray *
post (MtbTestScene *scene, const char *token, GPtrArray *envelopes)
{
  g_autofree char *body = mtb_message_write_commands (NULL, NULL, envelopes);
  g_autoptr (MtbResponse) response =
    mtb_test_scene_ask (scene, "POST", "/v1/commands", token, body);
  g_autoptr (JsonObject) answer = mtb_test_read_answer (response);
  g_autoptr (GError) error = NULL;
  GPtrArray *verdicts = mtb_message_read_verdicts (answer, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (verdicts->len, ==, envelopes->len);
  return verdicts;
}

/* One cell's try: a command about a row of one owner. */
typedef struct
{
  const MtbCommand *command;
  const MtbPerson *owner;
  const char *relation;
} Try;

static GArray *
list_tries (MtbTestScene *scene, const MtbPerson *doer)
{
  const MtbPerson *owners[] = {
    doer,
    mtb_test_scene_get_person (scene, "mate"),
    mtb_test_scene_get_person (scene, "stranger"),
  };
  const char *const relations[] = { "own", "team", "other" };
  gboolean built_in = mtb_test_person_is_built_in (doer);
  GArray *tries = g_array_new (FALSE, FALSE, sizeof (Try));

  for (guint i = 0; mtb_commands[i] != NULL; i++)
    if (!mtb_test_command_is_about_somebody (mtb_commands[i]))
      {
        Try nobodys = { mtb_commands[i], owners[2], "yes" };

        g_array_append_val (tries, nobodys);
      }
    else
      for (guint j = built_in ? 2 : 0; j < G_N_ELEMENTS (owners); j++)
        {
          Try somebodys = { mtb_commands[i], owners[j], relations[j] };

          g_array_append_val (tries, somebodys);
        }
  return tries;
}

static gboolean
may (const MtbPerson *doer, const Try *try)
{
  return mtb_test_may ("commands", try->command->shape.name, doer->username, try->relation);
}

static gboolean
is_refused_rightly (const MtbPerson *doer, const Try *try, const GError *error)
{
  if (mtb_test_may ("commands", try->command->shape.name, doer->username, "unknown"))
    return g_error_matches (error, MTB_ERROR, MTB_ERROR_INVALID)
           && g_strcmp0 (mtb_error_get_field (error), "type") == 0;
  return g_error_matches (error, MTB_ERROR, MTB_ERROR_FORBIDDEN)
         || g_error_matches (error, MTB_ERROR, MTB_ERROR_NOT_FOUND);
}

static void
check_refusal (const MtbPerson *doer, const Try *try, const GError *error)
{
  if (!is_refused_rightly (doer, try, error))
    mtb_test_complain ("%s gave %s (%s) and was not refused it: %s", doer->username,
                       try->command->shape.name, try->relation,
                       error != NULL ? error->message : "applied");
}

static MtbEnvelope *
make_envelope (MtbTestScene *scene, const MtbPerson *doer, const Try *try)
{
  g_autofree char *id = mtb_id_new (mtb_time_now ());
  gpointer arguments = mtb_test_scene_make_arguments (scene, try->command, doer, try->owner);

  return mtb_envelope_new (arguments, id, 0, mtb_time_now ());
}

static GPtrArray *
new_envelopes (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) mtb_envelope_free);
}

/* All that somebody may not, at once. */
static void
try_forbidden (MtbTestScene *scene, const MtbPerson *doer, GArray *tries)
{
  g_autoptr (GPtrArray) envelopes = new_envelopes ();
  g_autoptr (GPtrArray) verdicts = NULL;
  g_autoptr (GArray) forbidden = g_array_new (FALSE, FALSE, sizeof (Try));
  g_autofree char *token = mtb_test_scene_sign_in (scene, doer->id, NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  for (guint i = 0; i < tries->len; i++)
    {
      const Try *try = &g_array_index (tries, Try, i);

      if (may (doer, try))
        continue;
      g_array_append_val (forbidden, *try);
      g_ptr_array_add (envelopes, make_envelope (scene, doer, try));
    }
  before = mtb_test_scene_dup_state (scene);
  verdicts = post (scene, token, envelopes);
  after = mtb_test_scene_dup_state (scene);
  for (guint i = 0; i < verdicts->len; i++)
    check_refusal (doer, &g_array_index (forbidden, Try, i),
                   ((const MtbVerdict *) g_ptr_array_index (verdicts, i))->error);
  if (!g_str_equal (before, after))
    mtb_test_complain ("what %s may not has left a trace", doer->username);
}

static void
check_applied (const MtbPerson *doer, const Try *try, const GError *error)
{
  if (error != NULL)
    mtb_test_complain ("%s gave %s (%s) and was refused it: %s (%s)", doer->username,
                       try->command->shape.name, try->relation, error->message,
                       mtb_error_get_field (error));
}

static void
try_allowed (MtbTestScene *scene, const MtbPerson *doer, GArray *tries)
{
  for (guint i = 0; i < tries->len; i++)
    {
      const Try *try = &g_array_index (tries, Try, i);
      g_autoptr (GPtrArray) envelopes = new_envelopes ();
      g_autofree char *token = NULL;
      g_autoptr (GPtrArray) verdicts = NULL;

      if (!may (doer, try))
        continue;
      g_ptr_array_add (envelopes, make_envelope (scene, doer, try));
      token = mtb_test_scene_sign_in (scene, doer->id, NULL);
      verdicts = post (scene, token, envelopes);
      check_applied (doer, try, ((const MtbVerdict *) g_ptr_array_index (verdicts, 0))->error);
    }
}

static void
test_commands (void)
{
  g_autoptr (MtbTestScene) scene = mtb_test_scene_new ();

  for (guint i = 0; i < scene->people->len; i++)
    {
      const MtbPerson *doer = g_ptr_array_index (scene->people, i);
      g_autoptr (GArray) tries = list_tries (scene, doer);

      if (!mtb_test_person_has_column (doer))
        continue;
      try_forbidden (scene, doer, tries);
      try_allowed (scene, doer, tries);
    }
}

/* What the server writes along with a command of its own. */
static MtbCredential *
make_attachment (const Try *try)
{
  MtbCredential *credential;

  if (try->command != &mtb_account_password)
    return NULL;
  credential = mtb_record_new (&mtb_credential_shape);
  credential->person_id = g_strdup (try->owner->id);
  credential->verifier = g_strdup ("none");
  credential->changed_at = 0;
  return credential;
}

static void
try_built_in (MtbTestScene *scene, MtbAuthority *authority, const MtbPerson *doer, const Try *try)
{
  gpointer arguments = mtb_test_scene_make_arguments (scene, try->command, doer, try->owner);
  g_autoptr (MtbCredential) attachment = make_attachment (try);
  g_autofree char *before = mtb_test_scene_dup_state (scene);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  mtb_authority_command (authority, doer->id, arguments, NULL, attachment, &error);
  after = mtb_test_scene_dup_state (scene);
  if (may (doer, try))
    check_applied (doer, try, error);
  else
    check_refusal (doer, try, error);
  if (error != NULL && !g_str_equal (before, after))
    mtb_test_complain ("%s of %s has left a trace", try->command->shape.name, doer->username);
}

static void
test_commands_of_built_in_people (void)
{
  g_autoptr (MtbTestScene) scene = mtb_test_scene_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbAuthority) authority = mtb_authority_open (scene->server->database, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < scene->people->len; i++)
    {
      const MtbPerson *doer = g_ptr_array_index (scene->people, i);
      g_autoptr (GArray) tries = list_tries (scene, doer);

      for (guint j = 0; mtb_test_person_is_built_in (doer) && j < tries->len; j++)
        try_built_in (scene, authority, doer, &g_array_index (tries, Try, j));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/authorisation/commands/table", test_table_of_commands);
  g_test_add_func ("/authorisation/commands/people", test_commands);
  g_test_add_func ("/authorisation/commands/built-in", test_commands_of_built_in_people);
  return mtb_test_rights_run ();
}
