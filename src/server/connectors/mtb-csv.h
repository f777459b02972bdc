#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _MtbCsv MtbCsv;

MtbCsv *mtb_csv_open (const char *path, GError **error);
void mtb_csv_close (MtbCsv *csv);
guint mtb_csv_get_line (MtbCsv *csv);
GPtrArray *mtb_csv_read (MtbCsv *csv, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbCsv, mtb_csv_close)

G_END_DECLS
