#pragma once

#include "mtb-verify.h"

G_BEGIN_DECLS

/**
 * MtbCopyFunc:
 * @table: a table that is done
 * @n_rows: its rows
 * @data: what was given with the function
 */
typedef void (*MtbCopyFunc) (const char *table, gint64 n_rows, gpointer data);

gboolean
mtb_copy_write (MtbStore *from, MtbStore *to, MtbCopyFunc func, gpointer data, GError **error);
gboolean mtb_copy_compare (MtbStore *from,
                           MtbStore *to,
                           MtbFindingFunc func,
                           gpointer data,
                           gint64 *n_rows,
                           GError **error);

G_END_DECLS
