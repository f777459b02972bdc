/* `totals verify`, `totals recount`. */

#include "mtb-tool.h"

#include "mtb-error.h"

#include <glib/gi18n.h>

static void
print_fault (const MtbTool *tool, const MtbTotalsFault *fault)
{
  guint n_wrong = (guint) fault->n_wrong;
  g_autofree char *words =
    g_strdup_printf (ngettext ("%u total was wrong.", "%u totals were wrong.", n_wrong), n_wrong);
  GString *json;

  if (!tool->json)
    {
      g_print ("%s\n", n_wrong == 0 ? _ ("All totals are right.") : words);
      return;
    }
  json = g_string_new ("{");
  mtb_json_append_number_member (json, "wrong", fault->n_wrong);
  mtb_json_append_text_member (json, "table",
                               fault->table != NULL ? fault->table->shape.name : NULL);
  mtb_json_append_text_member (json, "id", fault->id);
  mtb_tool_print_json (json);
}

static gboolean
run_recount (MtbTool *tool, char **arguments, GError **error)
{
  g_autoptr (MtbAuthority) authority = mtb_tool_open (tool, error);
  g_auto (MtbTotalsFault) fault = { 0 };

  if (authority == NULL || !mtb_authority_recount (authority, &fault, error))
    return FALSE;
  print_fault (tool, &fault);
  return TRUE;
}

static gboolean
run_verify (MtbTool *tool, char **arguments, GError **error)
{
  g_autoptr (MtbStore) store = mtb_tool_open_store (tool, error);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (MtbTotals) totals = mtb_totals_new (zone);
  g_auto (MtbTotalsFault) fault = { 0 };
  gboolean ok;

  if (store == NULL || !mtb_store_begin_read (store, error))
    return FALSE;
  ok = mtb_totals_verify (totals, store, mtb_totals_fault_note, &fault, error);
  mtb_store_rollback (store);
  if (!ok)
    return FALSE;
  print_fault (tool, &fault);
  if (fault.n_wrong == 0)
    return TRUE;
  g_set_error (error, MTB_ERROR, MTB_ERROR_MISMATCH,
               _ ("%s %s is not what the calls say; “mutabaactl totals recount” puts it right"),
               fault.table->shape.name, fault.id);
  return FALSE;
}

const MtbWord mtb_totals_words[] = {
  { "totals verify", NULL, N_ ("Check that the reports’ totals are what the calls say"), NULL, NULL,
    0, 0, run_verify },
  { "totals recount", NULL, N_ ("Count the reports’ totals anew and put right what is wrong"),
    N_ ("Needed only where something has changed the database behind the program’s back, or the\n"
        "time zone of the server’s machine is another one. Other work waits for the while."),
    NULL, 0, 0, run_recount },
  { NULL },
};
