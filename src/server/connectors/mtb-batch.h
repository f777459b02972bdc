#pragma once

#include "mtb-connector.h"

G_BEGIN_DECLS

/**
 * MtbRejection:
 * @path: (nullable): the file
 * @line: the line of the source, from 1
 * @reason: why it was not taken, in English
 * @field: (nullable): the argument that is wrong
 */
typedef struct
{
  char *path;
  guint line;
  char *reason;
  char *field;
} MtbRejection;

/**
 * MtbBatch:
 * @n_lines: how many lines were offered
 * @n_applied: how many of them brought something new
 * @n_known: how many were already there
 * @rejections: (element-type MtbRejection): those that were not taken
 *
 * Commands out of the lines of a source on their way to the authority, and what became of them.
 */
typedef struct
{
  guint n_lines;
  guint n_applied;
  guint n_known;
  GPtrArray *rejections;
} MtbBatch;

MtbBatch *mtb_batch_new (MtbAuthority *authority);
void mtb_batch_free (MtbBatch *batch);
void mtb_batch_set_connector (MtbBatch *batch, MtbConnector *connector);
void mtb_batch_skip_known (MtbBatch *batch);
MtbAuthority *mtb_batch_get_authority (MtbBatch *batch);
void mtb_batch_begin_file (MtbBatch *batch, const char *path);
gboolean mtb_batch_begin_line (MtbBatch *batch, guint line, GError **error);
MtbOrder *mtb_batch_add (MtbBatch *batch, MtbEnvelope *envelope, const char *person_id);
void mtb_batch_reject (MtbBatch *batch, const GError *reason);
gboolean mtb_batch_flush (MtbBatch *batch, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbBatch, mtb_batch_free)

G_END_DECLS
