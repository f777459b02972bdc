#pragma once

#include "mtb-record.h"

G_BEGIN_DECLS

/**
 * MtbExportFormat:
 * @MTB_EXPORT_CSV: a table for spreadsheets
 * @MTB_EXPORT_PDF: a file as it would be printed
 * @MTB_EXPORT_PAPER: printed
 *
 * In which form a list leaves a desk.
 */
typedef enum
{
  MTB_EXPORT_CSV,
  MTB_EXPORT_PDF,
  MTB_EXPORT_PAPER,
} MtbExportFormat;

extern const char *const mtb_export_format_words[];

G_END_DECLS
