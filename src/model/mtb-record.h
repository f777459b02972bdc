#pragma once

#include "mtb-shape.h"

G_BEGIN_DECLS

/* A record is a plain C struct that mtb_record_new() made: it knows its shape and counts its
 * references, so one function frees, copies, compares or checks any of them. */

gpointer mtb_record_new (const MtbShape *shape);
gpointer mtb_record_ref (gpointer record);
void mtb_record_unref (gpointer record);
const MtbShape *mtb_record_get_shape (gconstpointer record);
const char *mtb_record_get_id (gconstpointer record);
gpointer mtb_record_copy (gconstpointer record);
gboolean mtb_record_equal (gconstpointer a, gconstpointer b);
void mtb_record_assign (gpointer to, gconstpointer from);
gboolean mtb_record_check (gconstpointer record, GError **error);

#define MTB_DEFINE_RECORD_AUTOPTR(Struct) G_DEFINE_AUTOPTR_CLEANUP_FUNC (Struct, mtb_record_unref)

G_END_DECLS
