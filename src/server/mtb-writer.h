#pragma once

#include "mtb-authority.h"

G_BEGIN_DECLS

typedef struct _MtbWriter MtbWriter;

MtbWriter *mtb_writer_new (MtbAuthority *authority, GSourceFunc committed, gpointer data);
void mtb_writer_free (MtbWriter *writer);
void mtb_writer_judge (MtbWriter *writer, GPtrArray *orders);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbWriter, mtb_writer_free)

G_END_DECLS
