#pragma once

#include "mtb-batch.h"

G_BEGIN_DECLS

typedef struct _MtbQueueLogFile MtbQueueLogFile;

/**
 * MTB_QUEUE_LOG_SOURCE:
 *
 * The name of the one PBX, where there are not several; its lines do not say it.
 */
#define MTB_QUEUE_LOG_SOURCE "pbx"

MtbQueueLogFile *mtb_queue_log_file_new (const char *path, const char *source);
void mtb_queue_log_file_free (MtbQueueLogFile *file);
void mtb_queue_log_file_follow (MtbQueueLogFile *file);
gboolean mtb_queue_log_file_read (MtbQueueLogFile *file, MtbBatch *batch, GError **error);
gboolean mtb_queue_log_file_is_waiting (MtbQueueLogFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbQueueLogFile, mtb_queue_log_file_free)

G_END_DECLS
