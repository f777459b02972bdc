#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MtbLogContext:
 * @request: (nullable): the id of the request
 * @method: its method
 * @route: the pattern of its path
 *
 * What is being answered on a thread.
 */
typedef struct
{
  const char *request;
  const char *method;
  const char *route;
} MtbLogContext;

void mtb_log_start (gboolean logs_requests);
void mtb_log_begin (const MtbLogContext *context);
void mtb_log_end (void);
const char *mtb_log_get_request (void);
void mtb_log_answer (guint status, gint64 taken_us);

G_END_DECLS
