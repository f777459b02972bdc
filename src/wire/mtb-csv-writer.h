#pragma once

#include "mtb-record.h"

G_BEGIN_DECLS

#define MTB_CSV_CONTENT_TYPE "text/csv; charset=utf-8"

GString *mtb_csv_new (void);
void mtb_csv_append_text (GString *csv, const char *text);
void mtb_csv_append_code (GString *csv, const char *code);
void mtb_csv_append_figure (GString *csv, const char *figure);
void mtb_csv_append_number (GString *csv, gint64 number);
void mtb_csv_append_field (GString *csv, const MtbField *field, gconstpointer record);
void mtb_csv_end_row (GString *csv);
GString *mtb_csv_write (const MtbShape *shape, const char *const *headings, const GPtrArray *rows);

G_END_DECLS
