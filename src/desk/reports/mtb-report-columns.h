#pragma once

#include "mtb-report-query.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MtbReportUnit:
 * @MTB_REPORT_COUNT: a number
 * @MTB_REPORT_SECONDS: a duration
 * @MTB_REPORT_LEVEL: a share per thousand, said in per cent
 */
typedef enum
{
  MTB_REPORT_COUNT,
  MTB_REPORT_SECONDS,
  MTB_REPORT_LEVEL,
} MtbReportUnit;

/**
 * MtbReportColumn:
 * @title: what stands over it, in English, to be translated; a line break where it may wrap
 * @tip: its definition, likewise
 * @kinds: the kinds of report that have it, a bit each #MtbReportBy
 * @width: in pixels, with text of the usual size
 * @unit: what it is measured in
 * @get: its figure in a row or in the sum of rows, %MTB_ABSENT where there is none
 *
 * A column of figures. The table, its foot and the exported file run off these.
 */
typedef struct
{
  const char *title;
  const char *tip;
  guint kinds;
  int width;
  MtbReportUnit unit;
  gint64 (*get) (const MtbCallsReportRow *row);
} MtbReportColumn;

extern const MtbReportColumn mtb_report_columns[];
extern const guint mtb_report_n_columns;

gboolean mtb_report_column_is_of (const MtbReportColumn *column, MtbReportBy by);
char *mtb_report_column_say (const MtbReportColumn *column, const MtbCallsReportRow *row);
char *mtb_report_say_row (const MtbCallsReportRow *row);
const char *mtb_report_get_row_title (MtbReportBy by);
char *mtb_report_say_level (gint64 level);
MtbCallsReportRow *mtb_report_sum (GListModel *items);
gint64 mtb_report_get_left (const MtbCallsReportRow *row);

G_END_DECLS
