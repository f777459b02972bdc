/* `verify`. */

#include "mtb-tool.h"

#include "mtb-error.h"

#include <glib/gi18n.h>

/* A check on its way. */
typedef struct
{
  const MtbTool *tool;
  GString *json;
  GString *lines;
  gint64 n_wrong;
} Report;

static void
append_json (GString *json, const MtbFinding *finding, gboolean first)
{
  g_string_append (json, first ? "{" : ",{");
  mtb_json_append_text_member (json, "table", finding->table);
  mtb_json_append_text_member (json, "id", finding->id);
  mtb_json_append_text_member (json, "field", finding->field);
  mtb_json_append_text_member (json, "reason", finding->reason);
  mtb_json_append_text_member (json, "detail", finding->detail);
  g_string_append_c (json, '}');
}

static void
on_found (const MtbFinding *finding, gpointer data)
{
  Report *report = data;
  g_autofree char *line = NULL;

  if (report->n_wrong++ >= MTB_FINDINGS_MAX)
    return;
  line = mtb_tool_dup_finding (finding);
  g_string_append (report->lines, line);
  append_json (report->json, finding, report->n_wrong == 1);
}

static void
print_result (const Report *report, gint64 n_seen)
{
  g_autofree char *seen = g_strdup_printf ("%" G_GINT64_FORMAT, n_seen);
  guint n_wrong = (guint) report->n_wrong;
  guint n_more = n_wrong > MTB_FINDINGS_MAX ? n_wrong - MTB_FINDINGS_MAX : 0;

  g_print ("%s", seen);
  if (n_wrong == 0)
    g_print (" – %s\n", _ ("nothing wrong"));
  else
    g_print (" – %u %s\n%s", n_wrong, _ ("wrong:"), report->lines->str);
  if (n_more > 0)
    g_print (ngettext ("  and %u more\n", "  and %u more\n", n_more), n_more);
}

/* What cannot be read is wrong too, and the other parts may be whole. */
static gint64
run_check (const MtbTool *tool, MtbStore *store, MtbCheck check, GString *json)
{
  Report report = { tool, g_string_new (NULL), g_string_new (NULL), 0 };
  g_autoptr (GError) failure = NULL;
  gint64 n_seen = 0;

  if (!tool->json)
    g_print ("%s: ", _ (mtb_check_get_title (check)));
  if (!mtb_verify (store, check, on_found, &report, &n_seen, &failure))
    on_found (&(MtbFinding){ .reason = N_ ("It cannot be read"), .detail = failure->message },
              &report);
  if (!tool->json)
    print_result (&report, n_seen);
  g_string_append (json, check == 0 ? "{" : ",{");
  mtb_json_append_text_member (json, "check", mtb_check_get_name (check));
  mtb_json_append_number_member (json, "seen", n_seen);
  mtb_json_append_number_member (json, "wrong", report.n_wrong);
  g_string_append_printf (json, ",\"findings\":[%s]}", report.json->str);
  g_string_free (report.json, TRUE);
  g_string_free (report.lines, TRUE);
  return report.n_wrong;
}

/* All of it is of one moment, whatever is written meanwhile. */
static gboolean
run_checks (const MtbTool *tool, MtbStore *store, gint64 *n_wrong, GError **error)
{
  GString *json = g_string_new ("{\"checks\":[");
  gboolean ok = mtb_store_begin_read (store, error);

  *n_wrong = 0;
  for (MtbCheck check = 0; ok && check < MTB_N_CHECKS; check++)
    *n_wrong += run_check (tool, store, check, json);
  if (ok)
    mtb_store_rollback (store);
  g_string_append (json, "]");
  mtb_json_append_member (json, "whole");
  g_string_append (json, *n_wrong == 0 ? "true" : "false");
  if (ok && tool->json)
    mtb_tool_print_json (json);
  else
    g_string_free (json, TRUE);
  return ok;
}

/* Where nothing is wrong with the files and still no department is found in them, there is none. */
static gboolean
is_department (MtbTool *tool, MtbStore *store, GError **error)
{
  g_autoptr (GPtrArray) faults = NULL;

  if (mtb_tool_need_department (tool->database, store, error))
    return TRUE;
  faults = store != NULL ? mtb_store_check (store, NULL) : NULL;
  if (store == NULL || (faults != NULL && faults->len == 0))
    return FALSE;
  g_clear_error (error);
  return TRUE;
}

static gboolean
run_verify (MtbTool *tool, char **arguments, GError **error)
{
  g_autoptr (MtbStore) store = mtb_store_open (tool->database, MTB_STORE_CHECK, error);
  g_autofree char *words = NULL;
  gint64 n_wrong;

  if (!is_department (tool, store, error) || !run_checks (tool, store, &n_wrong, error))
    return FALSE;
  if (n_wrong == 0)
    {
      if (!tool->json)
        g_print ("%s\n", _ ("The database is whole."));
      return TRUE;
    }
  words = g_strdup_printf (ngettext ("%u thing is wrong in this database",
                                     "%u things are wrong in this database", (guint) n_wrong),
                           (guint) n_wrong);
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_MISMATCH, words);
  return FALSE;
}

const MtbWord mtb_verify_words[] = {
  { "verify", NULL, N_ ("Check the whole database"),
    N_ ("The engine’s files, the audit trail, the feed, every row by its description, what rows\n"
        "point to, the words that are searched and the reports’ totals, as all of it is at one\n"
        "moment. Nothing is written, and a server may run. The status is 0 where all is whole."),
    NULL, 0, 0, run_verify },
  { NULL },
};
