/* What the server writes down for who looks after it: to the journal with fields of their own, or as
 * lines of text. Each line of a request has its id, which is also in its answer. A request is told of
 * by its route: paths, queries and bodies have people's words in them. */

#include "mtb-log.h"

#include <stdio.h>
#include <string.h>

#define N_FIELDS_MAX 24

static GPrivate current;
static gboolean writes_requests;

static const struct
{
  GLogLevelFlags level;
  const char *word;
} levels[] = {
  { G_LOG_LEVEL_ERROR, "error" },     { G_LOG_LEVEL_CRITICAL, "critical" },
  { G_LOG_LEVEL_WARNING, "warning" }, { G_LOG_LEVEL_MESSAGE, "message" },
  { G_LOG_LEVEL_INFO, "info" },       { G_LOG_LEVEL_DEBUG, "debug" },
};

static const char *
name_level (GLogLevelFlags level)
{
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    if ((level & levels[i].level) != 0)
      return levels[i].word;
  return "message";
}

static const char *
find_text (const GLogField *fields, gsize n_fields, const char *key)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, key) && fields[i].length < 0)
      return fields[i].value;
  return "";
}

/* One line, whatever stands in the message. */
static void
write_line (GLogLevelFlags level, const char *message)
{
  const MtbLogContext *context = g_private_get (&current);
  g_autoptr (GString) line = g_string_new ("mutabaa-server: ");

  g_string_append_printf (line, "%s: %s", name_level (level), message);
  if (context != NULL)
    g_string_append_printf (line, " (%s %s, request %s)", context->method, context->route,
                            context->request != NULL ? context->request : "-");
  for (gsize i = 0; i < line->len; i++)
    if (g_ascii_iscntrl (line->str[i]))
      line->str[i] = ' ';
  g_string_append_c (line, '\n');
  fputs (line->str, stderr);
  fflush (stderr);
}

static GLogWriterOutput
write_to_journal (GLogLevelFlags level, const GLogField *fields, gsize n_fields)
{
  const MtbLogContext *context = g_private_get (&current);
  GLogField more[N_FIELDS_MAX];
  gsize n_more = MIN (n_fields, N_FIELDS_MAX - 3);

  memcpy (more, fields, n_more * sizeof (GLogField));
  if (context != NULL)
    {
      more[n_more++] = (GLogField){ "MUTABAA_METHOD", context->method, -1 };
      more[n_more++] = (GLogField){ "MUTABAA_ROUTE", context->route, -1 };
      if (context->request != NULL)
        more[n_more++] = (GLogField){ "MUTABAA_REQUEST", context->request, -1 };
    }
  return g_log_writer_journald (level, more, n_more, NULL);
}

/* SoupServer warns of desks that have gone before they were heard, as any desk may. */
static gboolean
is_of_peers (GLogLevelFlags level, const GLogField *fields, gsize n_fields)
{
  return (level & G_LOG_LEVEL_WARNING) != 0
         && g_str_equal (find_text (fields, n_fields, "GLIB_DOMAIN"), "libsoup");
}

static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer unused)
{
  if (is_of_peers (level, fields, n_fields))
    level = G_LOG_LEVEL_INFO;
  if ((level & (G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG)) != 0 && !writes_requests)
    return G_LOG_WRITER_HANDLED;
  if (g_log_writer_is_journald (fileno (stderr))
      && write_to_journal (level, fields, n_fields) == G_LOG_WRITER_HANDLED)
    return G_LOG_WRITER_HANDLED;
  write_line (level, find_text (fields, n_fields, "MESSAGE"));
  return G_LOG_WRITER_HANDLED;
}

/**
 * mtb_log_start:
 * @logs_requests: whether each answered request is a line
 *
 * To be called once by a program, before anything is logged.
 */
void
mtb_log_start (gboolean logs_requests)
{
  writes_requests = logs_requests;
  g_log_set_writer_func (write_log, NULL, NULL);
}

/**
 * mtb_log_begin:
 * @context: what is answered from now on on this thread, until mtb_log_end()
 */
void
mtb_log_begin (const MtbLogContext *context)
{
  g_private_set (&current, (gpointer) context);
}

/**
 * mtb_log_end:
 *
 * Nothing is answered any more on this thread.
 */
void
mtb_log_end (void)
{
  g_private_set (&current, NULL);
}

/**
 * mtb_log_get_request:
 *
 * Returns: (nullable): the id of what is answered on this thread
 */
const char *
mtb_log_get_request (void)
{
  const MtbLogContext *context = g_private_get (&current);

  return context != NULL ? context->request : NULL;
}

/**
 * mtb_log_answer:
 * @status: the HTTP status
 * @taken_us: how long the answer took
 *
 * Notes down that this thread's request is answered.
 */
void
mtb_log_answer (guint status, gint64 taken_us)
{
  g_autofree char *status_text = g_strdup_printf ("%u", status);
  g_autofree char *taken = g_strdup_printf ("%" G_GINT64_FORMAT, taken_us);

  if (writes_requests)
    g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO, "MUTABAA_STATUS", status_text,
                      "MUTABAA_TAKEN_US", taken, "MESSAGE", "answered with %s in %s µs",
                      status_text, taken);
}
