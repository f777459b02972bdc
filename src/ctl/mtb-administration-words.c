/* `session list`, `session revoke`, `setting list`, `setting set`, `connection list`. */

#include "mtb-administration-query.h"
#include "mtb-person.h"
#include "mtb-setting.h"
#include "mtb-time.h"
#include "mtb-tool.h"
#include "mtb-watch.h"

#include <glib/gi18n.h>

static gboolean wants_wipe;

static const GOptionEntry revoke_options[] = {
  { "wipe", 0, 0, G_OPTION_ARG_NONE, &wants_wipe,
    N_ ("The desk empties itself at its next contact; what was not sent stays in it"), NULL },
  { NULL },
};

static char *
dup_username (MtbStore *store, const char *person_id)
{
  return mtb_store_select_text (store, "SELECT username FROM person WHERE id = :id",
                                MTB_PARAMETERS (MTB_TEXT ("id", person_id)), NULL);
}

static void
print_session (MtbStore *store, const MtbSessionRow *session)
{
  g_autofree char *username = dup_username (store, session->person_id);
  g_autofree char *began_at = mtb_time_format (session->began_at);
  g_autofree char *seen_at = mtb_time_format (session->seen_at);

  g_print ("%s %-12s %s %s %s %s\n", session->id, username, began_at, seen_at,
           session->origin != NULL ? session->origin : "–",
           session->desk != NULL ? session->desk : "–");
}

static void
print_setting (MtbStore *store, const MtbSetting *setting)
{
  g_print ("%-20s %s\n", setting->name, setting->value);
}

static void
print_connection (MtbStore *store, const MtbConnection *connection)
{
  g_autofree char *since = mtb_time_format (connection->since);
  g_autofree char *last_at =
    connection->last_at != MTB_ABSENT ? mtb_time_format (connection->last_at) : g_strdup ("–");

  g_print ("%-12s %-12s %-8s %s %s %s\n", mtb_connection_kind_words[connection->kind],
           connection->name, mtb_connection_state_words[connection->state], since, last_at,
           connection->detail != NULL ? _ (connection->detail) : "");
}

typedef void (*PrintFunc) (MtbStore *store, gconstpointer row);

static gboolean
print_rows (MtbTool *tool, MtbStore *store, const char *member, GPtrArray *rows, PrintFunc print)
{
  GString *json = g_string_new ("{");

  mtb_json_append_member (json, member);
  for (guint i = 0; i < rows->len; i++)
    {
      g_string_append_c (json, i == 0 ? '[' : ',');
      mtb_json_append_record (json, g_ptr_array_index (rows, i));
      if (!tool->json)
        print (store, g_ptr_array_index (rows, i));
    }
  g_string_append (json, rows->len > 0 ? "]" : "[]");
  if (tool->json)
    mtb_tool_print_json (json);
  else
    g_string_free (json, TRUE);
  return TRUE;
}

static gboolean
run_session_list (MtbTool *tool, char **arguments, GError **error)
{
  g_autoptr (MtbStore) store = mtb_tool_open_store (tool, error);
  g_autoptr (GPtrArray) rows =
    store != NULL ? mtb_sessions_list (store, NULL, mtb_time_now (), error) : NULL;

  return rows != NULL && print_rows (tool, store, "sessions", rows, (PrintFunc) print_session);
}

static gboolean
run_session_revoke (MtbTool *tool, char **arguments, GError **error)
{
  g_autoptr (MtbAuthority) authority = mtb_tool_open (tool, error);
  MtbSessionRevoke *revoke;

  if (authority == NULL)
    return FALSE;
  revoke = mtb_record_new (&mtb_session_revoke.shape);
  revoke->session_id = g_strdup (arguments[0]);
  revoke->wipe = wants_wipe;
  return mtb_authority_command (authority, MTB_PERSON_OPERATOR, revoke, NULL, NULL, error);
}

static gboolean
run_setting_list (MtbTool *tool, char **arguments, GError **error)
{
  g_autoptr (MtbStore) store = mtb_tool_open_store (tool, error);
  g_autoptr (GPtrArray) rows =
    store != NULL
      ? mtb_store_select (store, &mtb_setting_table.shape,
                          "SELECT $columns(t) FROM setting t ORDER BY t.name, t.id", NULL, error)
      : NULL;

  return rows != NULL && print_rows (tool, store, "settings", rows, (PrintFunc) print_setting);
}

static gboolean
run_setting_set (MtbTool *tool, char **arguments, GError **error)
{
  g_autoptr (MtbAuthority) authority = mtb_tool_open (tool, error);
  MtbSettingSet *set;

  if (authority == NULL)
    return FALSE;
  set = mtb_record_new (&mtb_setting_set.shape);
  set->name = g_strdup (arguments[0]);
  set->value = g_strdup (arguments[1]);
  return mtb_authority_command (authority, MTB_PERSON_OPERATOR, set, NULL, NULL, error);
}

static gboolean
run_connection_list (MtbTool *tool, char **arguments, GError **error)
{
  g_autoptr (MtbAuthority) authority = mtb_tool_open (tool, error);
  MtbStore *store = authority != NULL ? mtb_authority_get_store (authority) : NULL;
  g_autoptr (GPtrArray) rows = NULL;

  /* No server needs to run for this. */
  if (store == NULL || !mtb_watch_connections (authority, error))
    return FALSE;
  rows = mtb_store_select (store, &mtb_connection_table.shape,
                           "SELECT $columns(t) FROM connection t ORDER BY t.kind, t.name, t.id",
                           NULL, error);
  return rows != NULL
         && print_rows (tool, store, "connections", rows, (PrintFunc) print_connection);
}

const MtbWord mtb_administration_words[] = {
  { "session list", NULL, N_ ("List who is signed in, and where"),
    N_ (
      "Each with its id, the person, since when, when the desk was last heard of, and from where."),
    NULL, 0, 0, run_session_list },
  { "session revoke", "ID", N_ ("End a sign-in"), NULL, revoke_options, 1, 1, run_session_revoke },
  { "setting list", NULL, N_ ("List the settings"), NULL, NULL, 0, 0, run_setting_list },
  { "setting set", "NAME VALUE", N_ ("Change a setting"),
    N_ ("directory_keep: all or dealt_with; how much of the directory desks keep.\n"
        "offline_days: for how many days one may sign in to a desk without the server.\n"
        "retention_days: after how many days the arguments in the audit trail are erased; 0 for\n"
        "never. wipe_at_sign_out: 1 where a desk keeps nothing of who has signed out but what\n"
        "was not sent, else 0. organisation: the name at the head of printed documents."),
    NULL, 2, 2, run_setting_set },
  { "connection list", NULL, N_ ("List the connections to other systems, and how they stand"), NULL,
    NULL, 0, 0, run_connection_list },
  { NULL },
};
