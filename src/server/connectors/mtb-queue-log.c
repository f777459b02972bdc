/* A line of Asterisk's queue log: `epoch|callid|queue|agent|EVENT|data1|data2|…`. It is only taken
 * apart here; what it means, the workflow knows. */

#include "mtb-queue-log.h"

#include "mtb-error.h"
#include "mtb-number.h"
#include "mtb-time.h"

#include <glib/gi18n.h>

enum
{
  PART_EPOCH,
  PART_REFERENCE,
  PART_QUEUE,
  PART_AGENT,
  PART_EVENT,
  PART_DATA,
  N_PARTS = PART_DATA + 5
};

/* No line is from before Asterisk, or from after the year 2200. */
#define EPOCH_MIN 900000000
#define EPOCH_MAX 7258118400

/* A name that is not there is `NONE`, or nothing at all. */
static char *
dup_name (const char *part)
{
  return *part != '\0' && !g_str_equal (part, "NONE") ? g_strdup (part) : NULL;
}

static char *
dup_data (char **parts, guint n_parts, guint i)
{
  return PART_DATA + i < n_parts && *parts[PART_DATA + i] != '\0' ? g_strdup (parts[PART_DATA + i])
                                                                  : NULL;
}

/**
 * mtb_queue_log_parse:
 * @line: a line, without its end
 * @error: return location, %MTB_ERROR_INVALID
 *
 * The fifth datum has all that comes after it, too: Asterisk writes five, but for one kind of
 * transfer and for what dialplans write themselves. What is no UTF-8 is replaced, so that a
 * caller's odd name loses no call.
 *
 * Returns: (transfer full): the line's parts, without an id
 */
MtbPbxObserve *
mtb_queue_log_parse (const char *line, GError **error)
{
  g_autofree char *text = g_utf8_make_valid (line, -1);
  g_auto (GStrv) parts = g_strsplit (text, "|", N_PARTS);
  guint n_parts = g_strv_length (parts);
  g_autoptr (MtbPbxObserve) observed = mtb_record_new (&mtb_pbx_observe.shape);
  gint64 epoch;

  if (n_parts <= PART_EVENT || *parts[PART_EVENT] == '\0')
    {
      mtb_error_set_invalid (error, "event", N_ ("This is no line of a queue log"));
      return NULL;
    }
  if (!mtb_number_parse (parts[PART_EPOCH], EPOCH_MIN, EPOCH_MAX, &epoch))
    {
      mtb_error_set_invalid (error, "happened_at", N_ ("This line does not begin with a time"));
      return NULL;
    }
  observed->happened_at = epoch * MTB_SECOND;
  observed->reference = dup_name (parts[PART_REFERENCE]);
  observed->queue = dup_name (parts[PART_QUEUE]);
  observed->agent_name = dup_name (parts[PART_AGENT]);
  observed->event = g_strdup (parts[PART_EVENT]);
  observed->data1 = dup_data (parts, n_parts, 0);
  observed->data2 = dup_data (parts, n_parts, 1);
  observed->data3 = dup_data (parts, n_parts, 2);
  observed->data4 = dup_data (parts, n_parts, 3);
  observed->data5 = dup_data (parts, n_parts, 4);
  return g_steal_pointer (&observed);
}
