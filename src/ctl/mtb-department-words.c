/* `init`, `demo`, `epoch begin`, `epoch end`, `audit verify`, `audit erase`. */

#include "demo/mtb-demo.h"
#include "mtb-audit.h"
#include "mtb-founding.h"
#include "mtb-id.h"
#include "mtb-person.h"
#include "mtb-retention.h"
#include "mtb-time.h"
#include "mtb-tool.h"

#include <glib/gi18n.h>

static gboolean
run_init (MtbTool *tool, char **arguments, GError **error)
{
  g_autoptr (MtbAuthority) authority = mtb_authority_open (tool->database, error);
  gboolean was_there;

  if (authority == NULL || !mtb_department_found (authority, &was_there, error))
    return FALSE;
  if (tool->json)
    g_print ("{\"founded\":%s}\n", was_there ? "false" : "true");
  else
    g_print (was_there
               ? _ ("The department is there already; nothing was changed.\n")
               : _ ("The department is there. Add its people with “mutabaactl user add”.\n"));
  return TRUE;
}

static gboolean
run_epoch_begin (MtbTool *tool, char **arguments, GError **error)
{
  g_autofree char *epoch = mtb_id_new (mtb_time_now ());

  if (!mtb_tool_give_epoch (tool, &mtb_epoch_begin, epoch, error))
    return FALSE;
  if (tool->json)
    g_print ("{\"epoch\":\"%s\",\"recovering\":true}\n", epoch);
  else
    g_print (_ ("A new history has begun: %s\n"
                "The desks now offer again what they hold. When all of them have been seen, give"
                " “mutabaactl epoch end”.\n"),
             epoch);
  return TRUE;
}

static gboolean
run_epoch_end (MtbTool *tool, char **arguments, GError **error)
{
  if (!mtb_tool_give_epoch (tool, &mtb_epoch_end, NULL, error))
    return FALSE;
  g_print ("%s\n", tool->json ? "{\"recovering\":false}" : _ ("The recovery has ended."));
  return TRUE;
}

static gboolean
run_audit_verify (MtbTool *tool, char **arguments, GError **error)
{
  g_autoptr (MtbStore) store = mtb_tool_open_store (tool, error);
  gint64 n_entries = 0;
  g_autoptr (GError) failure = NULL;
  g_autofree char *count = NULL;
  GString *json;

  if (store == NULL)
    return FALSE;
  mtb_audit_verify (store, &n_entries, &failure);
  count = g_strdup_printf ("%" G_GINT64_FORMAT, n_entries);
  if (tool->json)
    {
      json = g_string_new ("{");
      mtb_json_append_number_member (json, "entries", n_entries);
      mtb_json_append_member (json, "intact");
      g_string_append (json, failure == NULL ? "true" : "false");
      mtb_json_append_text_member (json, "reason", failure != NULL ? failure->message : NULL);
      mtb_tool_print_json (json);
    }
  else if (failure == NULL)
    g_print (_ ("The audit trail is whole, all %s entries.\n"), count);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
run_audit_erase (MtbTool *tool, char **arguments, GError **error)
{
  g_autoptr (MtbAuthority) authority = mtb_tool_open (tool, error);
  g_autofree char *count = NULL;
  gint64 n_all = 0;
  gint64 n_erased;
  gint64 days;

  if (authority == NULL
      || !mtb_retention_get_days (mtb_authority_get_store (authority), &days, error))
    return FALSE;
  do
    {
      if (!mtb_retention_erase (authority, &n_erased, error))
        return FALSE;
      n_all += n_erased;
    }
  while (n_erased > 0);
  count = g_strdup_printf ("%" G_GINT64_FORMAT, n_all);
  if (tool->json)
    g_print ("{\"erased\":%s}\n", count);
  else if (days == 0)
    g_print (_ ("Nothing is erased before “mutabaactl setting set retention_days DAYS”.\n"));
  else
    g_print (_ ("The arguments of %s entries were erased.\n"), count);
  return TRUE;
}

static gboolean
run_demo (MtbTool *tool, char **arguments, GError **error)
{
  g_autoptr (MtbAuthority) authority = mtb_authority_open (tool->database, error);

  if (authority == NULL || !mtb_demo_make (authority, mtb_time_now (), error))
    return FALSE;
  mtb_demo_print (tool->database, tool->json);
  return TRUE;
}

const MtbWord mtb_department_words[] = {
  { "init", NULL, N_ ("Make a department in an empty database"), NULL, NULL, 0, 0, run_init },
  { "demo", NULL, N_ ("Make a department with people and a month of calls, to look at"),
    N_ ("The same on the same day. Everything in it is invented but the PBX's log of the last\n"
        "quarter of an hour, which was recorded; its times are moved so that it ends now."),
    NULL, 0, 0, run_demo },
  { "epoch begin", NULL, N_ ("Begin a new history, after a backup was restored"), NULL, NULL, 0, 0,
    run_epoch_begin },
  { "epoch end", NULL, N_ ("End the recovery: judge what still cannot apply"), NULL, NULL, 0, 0,
    run_epoch_end },
  { "audit verify", NULL, N_ ("Check that the audit trail is whole"), NULL, NULL, 0, 0,
    run_audit_verify },
  { "audit erase", NULL, N_ ("Erase the arguments in the audit trail whose time is over"),
    N_ ("How long they are kept is the setting retention_days. A server does the same by itself."),
    NULL, 0, 0, run_audit_erase },
  { NULL },
};
