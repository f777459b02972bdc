#pragma once

#include "mtb-authority.h"

G_BEGIN_DECLS

typedef struct _MtbWriter MtbWriter;

/**
 * MtbWriterFunc:
 * @authority: the authority
 * @data: what was given with the function
 * @error: return location
 *
 * Writes something by itself, in transactions of its own.
 *
 * Returns: whether it went well
 */
typedef gboolean (*MtbWriterFunc) (MtbAuthority *authority, gpointer data, GError **error);

MtbWriter *mtb_writer_new (MtbAuthority *authority, GSourceFunc committed, gpointer data);
void mtb_writer_free (MtbWriter *writer);
MtbHead *mtb_writer_judge (MtbWriter *writer, GPtrArray *orders);
gboolean mtb_writer_do (MtbWriter *writer, MtbWriterFunc func, gpointer data, GError **error);
void mtb_writer_run (MtbWriter *writer, MtbWriterFunc func, gpointer data, GDestroyNotify destroy);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbWriter, mtb_writer_free)

G_END_DECLS
