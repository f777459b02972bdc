/* `user add`, `user set`, `user reset`, `user unlock`, `user list`. */

#include "mtb-accounts.h"
#include "mtb-error.h"
#include "mtb-guard.h"
#include "mtb-id.h"
#include "mtb-password-rules.h"
#include "mtb-password.h"
#include "mtb-person.h"
#include "mtb-time.h"
#include "mtb-tool.h"

#include <glib/gi18n.h>

static char **role_words;
static char *team_name;
static char *pbx_name;
static char *display_name;
static gboolean wants_password;
static gboolean wants_active;
static gboolean wants_inactive;

#define PERSON_OPTIONS \
  { "role",      0, \
    0,           G_OPTION_ARG_STRING_ARRAY, \
    &role_words, N_ ("A role; give it again for each one more"), \
    N_ ("ROLE") }, \
    { "team",     0, \
      0,          G_OPTION_ARG_STRING, \
      &team_name, N_ ("The team, by its name; made where there is none; empty for no team"), \
      N_ ("TEAM") }, \
    { "pbx-name",          0,         0, \
      G_OPTION_ARG_STRING, &pbx_name, N_ ("The agent's name in the PBX's log; empty for none"), \
      N_ ("NAME") }, \
  { \
    "display-name", 0, 0, G_OPTION_ARG_STRING, &display_name, N_ ("The name that others see"), \
      N_ ("TEXT") \
  }

static const GOptionEntry add_options[] = { PERSON_OPTIONS, { NULL } };

static const GOptionEntry set_options[] = {
  PERSON_OPTIONS,
  { "password", 0, 0, G_OPTION_ARG_NONE, &wants_password, N_ ("Set a new password"), NULL },
  { "inactive", 0, 0, G_OPTION_ARG_NONE, &wants_inactive, N_ ("May no longer sign in"), NULL },
  { "active", 0, 0, G_OPTION_ARG_NONE, &wants_active, N_ ("May sign in again"), NULL },
  { NULL },
};

static void
set_text (char **field, const char *option)
{
  if (option == NULL)
    return;
  g_free (*field);
  *field = *option != '\0' ? g_strdup (option) : NULL;
}

static gboolean
set_team (MtbPersonPut *person, MtbAuthority *authority, GPtrArray *orders, GError **error)
{
  g_autoptr (GError) failure = NULL;
  MtbTeamPut *team;

  g_clear_pointer (&person->team_id, g_free);
  if (*team_name == '\0')
    return TRUE;
  person->team_id = mtb_store_select_text (mtb_authority_get_store (authority),
                                           "SELECT id FROM team WHERE name = :name",
                                           MTB_PARAMETERS (MTB_TEXT ("name", team_name)), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (person->team_id != NULL)
    return TRUE;
  team = mtb_record_new (&mtb_team_add.shape);
  team->id = mtb_id_new (mtb_authority_get_now (authority));
  team->name = g_strdup (team_name);
  person->team_id = g_strdup (team->id);
  mtb_tool_add_order (orders, authority, team, NULL);
  return TRUE;
}

/* Takes over what the options say. */
static gboolean
set_person (MtbPersonPut *person, MtbAuthority *authority, GPtrArray *orders, GError **error)
{
  set_text (&person->display_name, display_name);
  set_text (&person->pbx_name, pbx_name);
  if (role_words != NULL)
    person->roles = mtb_roles_parse ((const char *const *) role_words, error);
  if (person->roles == 0)
    return FALSE;
  if (wants_active || wants_inactive)
    person->active = wants_active;
  return team_name == NULL || set_team (person, authority, orders, error);
}

static MtbCredential *
ask_credential (const MtbPersonPut *person, MtbAuthority *authority, GError **error)
{
  g_autoptr (MtbPerson) named = mtb_record_new (&mtb_person_table.shape);
  g_auto (GStrv) own_words = NULL;
  char *password = mtb_password_ask (error);
  MtbCredential *credential = NULL;

  if (password == NULL)
    return NULL;
  mtb_record_assign (named, person);
  own_words = mtb_password_list_own_words (mtb_authority_get_store (authority), named);
  if (mtb_password_check_choice (password, (const char *const *) own_words, error))
    credential = mtb_accounts_make_credential (person->id, password, FALSE,
                                               mtb_authority_get_now (authority), error);
  mtb_password_forget (password);
  return credential;
}

static gboolean
add_password (GPtrArray *orders,
              const MtbPersonPut *person,
              MtbAuthority *authority,
              GError **error)
{
  g_autoptr (MtbCredential) credential = ask_credential (person, authority, error);
  MtbPersonRef *reference;

  if (credential == NULL)
    return FALSE;
  reference = mtb_record_new (&mtb_account_password.shape);
  reference->person_id = g_strdup (person->id);
  mtb_tool_add_order (orders, authority, reference, credential);
  return TRUE;
}

static GPtrArray *
orders_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) mtb_order_free);
}

static MtbPerson *
find_person (MtbStore *store, const char *username, GError **error)
{
  return mtb_store_select_one (store, &mtb_person_table.shape,
                               "SELECT $columns(p) FROM person p WHERE p.username = :username",
                               MTB_PARAMETERS (MTB_TEXT ("username", username)), error);
}

static gboolean
check_free (MtbStore *store, const char *username, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (MtbPerson) person = find_person (store, username, &failure);

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (person != NULL)
    g_set_error (error, MTB_ERROR, MTB_ERROR_CONFLICT,
                 _ ("%s: this user name is taken; “user set” changes a person"), username);
  return person == NULL && (error == NULL || *error == NULL);
}

static gboolean
run_add (MtbTool *tool, char **arguments, GError **error)
{
  g_autoptr (MtbAuthority) authority = mtb_tool_open (tool, error);
  g_autoptr (GPtrArray) orders = orders_new ();
  g_autoptr (MtbPersonPut) person = mtb_record_new (&mtb_person_add.shape);

  if (authority == NULL || !check_free (mtb_authority_get_store (authority), arguments[0], error))
    return FALSE;
  if (role_words == NULL)
    {
      mtb_error_set_invalid (error, NULL, N_ ("Give the person a role, as --role agent"));
      return FALSE;
    }
  person->id = mtb_id_new (mtb_authority_get_now (authority));
  person->username = g_strdup (arguments[0]);
  person->display_name = g_strdup (arguments[0]);
  person->active = 1;
  if (!set_person (person, authority, orders, error))
    return FALSE;
  mtb_tool_add_order (orders, authority, mtb_record_ref (person), NULL);
  return add_password (orders, person, authority, error)
         && mtb_authority_apply (authority, orders, error);
}

static gboolean
check_known (const MtbPerson *person, const char *username, GError **error)
{
  if (person == NULL && *error == NULL)
    g_set_error (error, MTB_ERROR, MTB_ERROR_NOT_FOUND,
                 _ ("%s: there is no such person; “user list” shows them"), username);
  return person != NULL;
}

static gboolean
check_set (MtbPerson *person, const char *username, GError **error)
{
  gboolean changes = role_words != NULL || team_name != NULL || pbx_name != NULL
                     || display_name != NULL || wants_active || wants_inactive;

  if (!check_known (person, username, error))
    return FALSE;
  if (wants_active && wants_inactive)
    {
      mtb_error_set_invalid (error, NULL, N_ ("Give --active or --inactive, not both"));
      return FALSE;
    }
  if (changes || wants_password)
    return TRUE;
  mtb_error_set_invalid (error, NULL, N_ ("Say what to change; see “mutabaactl user set --help”"));
  return FALSE;
}

static gboolean
run_set (MtbTool *tool, char **arguments, GError **error)
{
  g_autoptr (MtbAuthority) authority = mtb_tool_open (tool, error);
  g_autoptr (GPtrArray) orders = orders_new ();
  g_autoptr (MtbPersonPut) person = mtb_record_new (&mtb_person_set.shape);
  g_autoptr (MtbPersonPut) before = NULL;
  g_autoptr (MtbPerson) known = NULL;

  if (authority == NULL)
    return FALSE;
  known = find_person (mtb_authority_get_store (authority), arguments[0], error);
  if (!check_set (known, arguments[0], error))
    return FALSE;
  mtb_record_assign (person, known);
  before = mtb_record_copy (person);
  if (!set_person (person, authority, orders, error))
    return FALSE;
  if (!mtb_record_equal (person, before))
    mtb_tool_add_order (orders, authority, mtb_record_ref (person), NULL);
  return (!wants_password || add_password (orders, person, authority, error))
         && mtb_authority_apply (authority, orders, error);
}

/* The only time that it is seen. */
static gboolean
run_reset (MtbTool *tool, char **arguments, GError **error)
{
  g_autoptr (MtbAuthority) authority = mtb_tool_open (tool, error);
  g_autoptr (MtbPerson) person = NULL;
  char *password;
  gboolean ok;

  if (authority == NULL)
    return FALSE;
  person = find_person (mtb_authority_get_store (authority), arguments[0], error);
  if (!check_known (person, arguments[0], error))
    return FALSE;
  password = mtb_password_make_temporary ();
  ok =
    mtb_accounts_set_password (authority, MTB_PERSON_OPERATOR, person->id, password, TRUE, error);
  if (ok)
    g_print (tool->json ? "{\"password\":\"%s\"}\n" : "%s\n", password);
  mtb_password_forget (password);
  return ok;
}

static gboolean
run_unlock (MtbTool *tool, char **arguments, GError **error)
{
  g_autoptr (MtbAuthority) authority = mtb_tool_open (tool, error);
  g_autoptr (MtbPerson) person = NULL;

  if (authority == NULL)
    return FALSE;
  person = find_person (mtb_authority_get_store (authority), arguments[0], error);
  return check_known (person, arguments[0], error)
         && mtb_guard_lift (authority, person->username, error);
}

static char *
dup_team_name (MtbStore *store, const MtbPerson *person)
{
  g_autoptr (MtbTeam) team = person->team_id != NULL
                               ? mtb_store_get (store, &mtb_team_table.shape, person->team_id, NULL)
                               : NULL;

  return g_strdup (team != NULL ? team->name : NULL);
}

static char *
join_roles (gint64 roles)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; mtb_role_words[i] != NULL; i++)
    if ((roles & (G_GINT64_CONSTANT (1) << i)) != 0)
      g_string_append_printf (words, "%s%s", words->len > 0 ? "," : "", mtb_role_words[i]);
  return g_string_free (words, FALSE);
}

static void
print_person (MtbStore *store, const MtbPerson *person)
{
  g_autofree char *team = dup_team_name (store, person);
  g_autofree char *roles = join_roles (person->roles);
  gboolean locked = mtb_guard_get_free_at (store, person->username, mtb_time_now ()) > 0;

  g_print ("%-12s %-22s %-8s %-10s %s%s%s%s%s\n", person->username, roles,
           person->active == 1 ? _ ("active") : _ ("inactive"),
           person->pbx_name != NULL ? person->pbx_name : "–", person->display_name,
           team != NULL ? " · " : "", team != NULL ? team : "", locked ? " · " : "",
           locked ? _ ("locked after failures") : "");
}

static void
append_person (GString *json, MtbStore *store, const MtbPerson *person)
{
  g_autofree char *team = dup_team_name (store, person);
  gint64 free_at = mtb_guard_get_free_at (store, person->username, mtb_time_now ());

  if (json->str[json->len - 1] == '}')
    g_string_append_c (json, ',');
  mtb_json_append_record (json, person);
  g_string_truncate (json, json->len - 1);
  mtb_json_append_text_member (json, "team", team);
  if (free_at > 0)
    mtb_json_append_time_member (json, "locked_until", free_at);
  g_string_append_c (json, '}');
}

static gboolean
run_list (MtbTool *tool, char **arguments, GError **error)
{
  g_autoptr (MtbStore) store = mtb_tool_open_store (tool, error);
  g_autoptr (GPtrArray) people = NULL;
  GString *json;

  if (store == NULL)
    return FALSE;
  people = mtb_store_select (
    store, &mtb_person_table.shape,
    "SELECT $columns(p) FROM person p WHERE p.roles < :built_in ORDER BY p.username, p.id",
    MTB_PARAMETERS (MTB_NUMBER ("built_in", MTB_ROLE_CONNECTOR)), error);
  if (people == NULL)
    return FALSE;
  json = g_string_new ("{\"people\":[");
  for (guint i = 0; i < people->len; i++)
    if (tool->json)
      append_person (json, store, g_ptr_array_index (people, i));
    else
      print_person (store, g_ptr_array_index (people, i));
  g_string_append_c (json, ']');
  if (tool->json)
    mtb_tool_print_json (json);
  else
    g_string_free (json, TRUE);
  return TRUE;
}

#define ROLES_HELP \
  N_ ("Roles: agent, supervisor, quality, manager, followup, field, finance, department, admin.\n" \
      "The password is asked for, or is the first line of the standard input.")

const MtbWord mtb_user_words[] = {
  { "user add", "NAME --role ROLE", N_ ("Add a person"), ROLES_HELP, add_options, 1, 1, run_add },
  { "user set", "NAME", N_ ("Change a person"), ROLES_HELP, set_options, 1, 1, run_set },
  { "user reset", "NAME", N_ ("Give a person a temporary password, and print it"),
    N_ ("The person has to change it at the next sign-in. Their sign-ins end."), NULL, 1, 1,
    run_reset },
  { "user unlock", "NAME", N_ ("Let a person sign in who was locked out after failures"),
    N_ ("Failures are forgotten by themselves within hours; see “user list” for who is locked."),
    NULL, 1, 1, run_unlock },
  { "user list", NULL, N_ ("List the people"), NULL, NULL, 0, 0, run_list },
  { NULL },
};
