/* `import subscribers`, `import queue-log`. */

#include "mtb-error.h"
#include "mtb-json.h"
#include "mtb-person.h"
#include "mtb-queue-log-file.h"
#include "mtb-subscriber-list.h"
#include "mtb-tool.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#define POLL_MS 500

static gboolean follow;
static char *source = MTB_QUEUE_LOG_SOURCE;

static const GOptionEntry queue_log_options[] = {
  { "follow", 0, 0, G_OPTION_ARG_NONE, &follow, N_ ("Go on with what the PBX writes into it"),
    NULL },
  { "source", 0, 0, G_OPTION_ARG_STRING, &source,
    N_ ("The name of the PBX, where there are several"), N_ ("NAME") },
  { NULL },
};

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const MtbRejection *left = *(const MtbRejection *const *) a;
  const MtbRejection *right = *(const MtbRejection *const *) b;
  int order = g_strcmp0 (left->path, right->path);

  if (order != 0)
    return order;
  return left->line < right->line ? -1 : left->line > right->line;
}

static void
print_rejections (const MtbBatch *batch, guint from)
{
  for (guint i = from; i < batch->rejections->len; i++)
    {
      const MtbRejection *rejection = g_ptr_array_index (batch->rejections, i);
      const char *reason = _ (rejection->reason);
      g_autofree char *told = rejection->field != NULL
                                ? g_strdup_printf ("%s: %s", rejection->field, reason)
                                : g_strdup (reason);

      g_printerr (_ ("%s: line %u: %s\n"), rejection->path, rejection->line, told);
    }
}

static void
append_rejections (GString *json, const MtbBatch *batch)
{
  mtb_json_append_member (json, "rejected");
  for (guint i = 0; i < batch->rejections->len; i++)
    {
      const MtbRejection *rejection = g_ptr_array_index (batch->rejections, i);

      g_string_append (json, i == 0 ? "[{" : ",{");
      mtb_json_append_text_member (json, "file", rejection->path);
      mtb_json_append_number_member (json, "line", rejection->line);
      mtb_json_append_text_member (json, "field", rejection->field);
      mtb_json_append_text_member (json, "reason", rejection->reason);
      g_string_append_c (json, '}');
    }
  g_string_append (json, batch->rejections->len > 0 ? "]" : "[]");
}

static void
print_counts (MtbTool *tool, const MtbBatch *batch)
{
  GString *json;

  if (batch->rejections->len > 0)
    tool->exit_status = MTB_EXIT_PARTLY;
  if (!tool->json)
    {
      g_print (_ ("%u lines: %u new, %u already there, %u refused\n"), batch->n_lines,
               batch->n_applied, batch->n_known, batch->rejections->len);
      return;
    }
  json = g_string_new ("{");
  mtb_json_append_number_member (json, "lines", batch->n_lines);
  mtb_json_append_number_member (json, "applied", batch->n_applied);
  mtb_json_append_number_member (json, "known", batch->n_known);
  append_rejections (json, batch);
  mtb_tool_print_json (json);
}

static gboolean
run_subscribers (MtbTool *tool, char **arguments, GError **error)
{
  g_autoptr (MtbAuthority) authority = mtb_tool_open (tool, error);
  g_autoptr (MtbBatch) batch = authority != NULL ? mtb_batch_new (authority) : NULL;
  g_autoptr (GPtrArray) unknown_columns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) failure = NULL;
  MtbConnector *connector;
  gboolean ok;

  if (batch == NULL)
    return FALSE;
  connector = mtb_connector_begin (authority, MTB_CONNECTION_SUBSCRIBERS, "subscribers",
                                   MTB_PERSON_SUBSCRIBERS);
  mtb_batch_set_connector (batch, connector);
  ok = mtb_subscriber_list_import (arguments[0], batch, unknown_columns, &failure);
  mtb_connector_end (connector, MTB_CONNECTION_WAITING, failure);
  for (guint i = 0; i < unknown_columns->len; i++)
    g_printerr (_ ("%s: the column “%s” means nothing here and is left out\n"), arguments[0],
                (const char *) g_ptr_array_index (unknown_columns, i));
  g_ptr_array_sort (batch->rejections, compare_lines);
  print_rejections (batch, 0);
  if (ok)
    print_counts (tool, batch);
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return ok;
}

typedef struct
{
  MtbQueueLogFile *file;
  MtbBatch *batch;
  MtbConnector *connector;
  guint n_reported;
  char *trouble;
} Following;

/* Trouble that lasts is told once. */
static void
report_trouble (Following *self, const GError *error)
{
  g_autofree char *before = g_steal_pointer (&self->trouble);

  self->trouble = error != NULL ? mtb_tool_describe_error (error) : NULL;
  if (self->trouble != NULL && g_strcmp0 (self->trouble, before) != 0)
    g_printerr ("mutabaactl: %s\n", self->trouble);
}

static gboolean
on_time (gpointer data)
{
  Following *self = data;
  g_autoptr (GError) error = NULL;

  if (!mtb_queue_log_file_read (self->file, self->batch, &error))
    mtb_connector_tell (self->connector, FALSE, error);
  report_trouble (self, error);
  print_rejections (self->batch, self->n_reported);
  self->n_reported = self->batch->rejections->len;
  return G_SOURCE_CONTINUE;
}

static gboolean
on_signal (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static void
follow_file (MtbQueueLogFile *file, MtbBatch *batch, MtbConnector *connector, const char *path)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Following following = { file, batch, connector, batch->rejections->len, NULL };

  g_unix_signal_add (SIGINT, on_signal, loop);
  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_timeout_add (POLL_MS, on_time, &following);
  g_printerr (_ ("%s: following; end with Ctrl+C\n"), path);
  g_main_loop_run (loop);
  g_free (following.trouble);
}

static gboolean
run_queue_log (MtbTool *tool, char **arguments, GError **error)
{
  g_autoptr (MtbAuthority) authority = mtb_tool_open (tool, error);
  g_autoptr (MtbBatch) batch = authority != NULL ? mtb_batch_new (authority) : NULL;
  g_autoptr (MtbQueueLogFile) file = mtb_queue_log_file_new (arguments[0], source);
  g_autoptr (GError) failure = NULL;
  MtbConnector *connector;
  gboolean ok;

  if (batch == NULL)
    return FALSE;
  if (follow)
    mtb_queue_log_file_follow (file);
  connector = mtb_connector_begin (authority, MTB_CONNECTION_PBX_LOG, source, MTB_PERSON_PBX);
  mtb_batch_set_connector (batch, connector);
  ok = mtb_queue_log_file_read (file, batch, &failure);
  g_ptr_array_sort (batch->rejections, compare_lines);
  print_rejections (batch, 0);
  if (ok && follow)
    follow_file (file, batch, connector, arguments[0]);
  mtb_connector_end (connector, follow ? MTB_CONNECTION_STOPPED : MTB_CONNECTION_WAITING, failure);
  if (mtb_queue_log_file_is_waiting (file))
    g_printerr (_ ("%s: the last line has no end yet and waits\n"), arguments[0]);
  if (ok)
    print_counts (tool, batch);
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return ok;
}

const MtbWord mtb_import_words[] = {
  { "import subscribers", "FILE", N_ ("Take over a list of subscribers"),
    N_ ("FILE is CSV in UTF-8; its first line names the columns: account_number, username, name,\n"
        "telephone, package, tier, status (active, pending, suspended, ended), volume_allowed,\n"
        "volume_up, volume_down, volume_browsing (bytes), balance (minor units), currency,\n"
        "static_ip, bridge_mode, router, filter (0 or 1), measured_at (RFC 3339). What has no\n"
        "column stays as it was. Ends with 2 where lines were refused."),
    NULL, 1, 1, run_subscribers },
  { "import queue-log", "FILE", N_ ("Take over the PBX's queue log"),
    N_ (
      "What was taken over before is not taken over again. Ends with 2 where lines were refused."),
    queue_log_options, 1, 1, run_queue_log },
  { NULL },
};
