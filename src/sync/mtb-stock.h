#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MtbStock:
 * @folder: where a person's records are kept
 * @bytes: how much of the disk they take, with what waits to be sent
 * @n_rows: how many there are that can be fetched again
 * @whole_directory: whether the department lets a desk keep all customers, not only those dealt with
 * @offline_days: for how many days after the last contact the department lets a person work here
 *
 * What a desk keeps of a person's.
 */
typedef struct
{
  char *folder;
  gint64 bytes;
  gint64 n_rows;
  gboolean whole_directory;
  gint64 offline_days;
} MtbStock;

MtbStock *mtb_stock_measure (const char *folder, GError **error);
void mtb_stock_free (MtbStock *stock);
gint64 mtb_stock_get_offline_days (const char *folder);
gboolean mtb_stock_goes_at_sign_out (const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbStock, mtb_stock_free)

G_END_DECLS
