#include "mtb-report-paper.h"

#include "mtb-item.h"
#include "mtb-report-columns.h"
#include "mtb-text.h"

#include <glib/gi18n.h>

/* On paper and in files a heading wraps where it has to. */
static char *
say_heading (const MtbReportColumn *column)
{
  g_auto (GStrv) parts = g_strsplit (gettext (column->title), "-\n", -1);
  g_autofree char *whole = g_strjoinv ("", parts);

  return g_strdelimit (g_steal_pointer (&whole), "\n", ' ');
}

/* Returns: (transfer full): a figure as spreadsheets read it. */
static char *
say_plainly (const MtbReportColumn *column, gint64 figure)
{
  if (figure == MTB_ABSENT)
    return g_strdup ("");
  switch (column->unit)
    {
    case MTB_REPORT_SECONDS:
      return mtb_text_plain_duration (figure);
    case MTB_REPORT_LEVEL:
      return g_strdup_printf ("%d.%d", (int) (figure / 10), (int) (figure % 10));
    default:
      return g_strdup_printf ("%" G_GINT64_FORMAT, figure);
    }
}

static void
add_row (MtbPaper *paper, MtbReportBy by, const MtbCallsReportRow *row)
{
  g_autofree char *name = mtb_report_say_row (row);
  g_autofree char *plain_name =
    row->slot_at != MTB_ABSENT ? mtb_text_plain_moment (row->slot_at) : NULL;

  mtb_paper_add_cell (paper, name, plain_name);
  for (guint i = 0; i < mtb_report_n_columns; i++)
    {
      const MtbReportColumn *column = &mtb_report_columns[i];
      g_autofree char *words = NULL;
      g_autofree char *plain = NULL;

      if (!mtb_report_column_is_of (column, by))
        continue;
      words = mtb_report_column_say (column, row);
      plain = say_plainly (column, column->get (row));
      mtb_paper_add_cell (paper, words, plain);
    }
}

/**
 * mtb_report_describe:
 * @paper: paper without columns
 * @by: the kind of report
 * @items: (element-type MtbItem): its rows
 * @sum: their sum, which is the last row
 *
 * Adds the report's columns and rows.
 */
void
mtb_report_describe (MtbPaper *paper,
                     MtbReportBy by,
                     GListModel *items,
                     const MtbCallsReportRow *sum)
{
  mtb_paper_add_column (paper, mtb_report_get_row_title (by), MTB_PAPER_TEXT);
  for (guint i = 0; i < mtb_report_n_columns; i++)
    if (mtb_report_column_is_of (&mtb_report_columns[i], by))
      {
        g_autofree char *heading = say_heading (&mtb_report_columns[i]);

        mtb_paper_add_column (paper, heading, MTB_PAPER_FIGURE);
      }
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (items, i);

      add_row (paper, by, mtb_item_get_record (item));
    }
  add_row (paper, by, sum);
}
