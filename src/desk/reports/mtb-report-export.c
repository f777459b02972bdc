#include "mtb-report-export.h"

#include "mtb-csv-writer.h"
#include "mtb-item.h"
#include "mtb-report-columns.h"

#include <glib/gi18n.h>

/* A heading of the file is on one line and says the unit. */
static char *
say_heading (const MtbReportColumn *column)
{
  g_autofree char *title = g_strdelimit (g_strdup (gettext (column->title)), "\n", ' ');

  if (column->unit == MTB_REPORT_SECONDS)
    /* Translators: a column of durations. */
    return g_strdup_printf (_ ("%s, in seconds"), title);
  return g_steal_pointer (&title);
}

/* Figures as spreadsheets read them, in whatever language the headings are. */
static void
append_figure (GString *csv, const MtbReportColumn *column, const MtbCallsReportRow *row)
{
  gint64 figure = column->get (row);
  g_autofree char *per_cent = NULL;

  if (column->unit != MTB_REPORT_LEVEL || figure == MTB_ABSENT)
    {
      mtb_csv_append_number (csv, figure);
      return;
    }
  per_cent = g_strdup_printf ("%d.%d", (int) (figure / 10), (int) (figure % 10));
  mtb_csv_append_text (csv, per_cent);
}

static char *
say_row (const MtbCallsReportRow *row)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  if (row->slot_at == MTB_ABSENT)
    return mtb_report_say_row (row);
  utc = g_date_time_new_from_unix_utc (row->slot_at / 1000);
  local = g_date_time_to_local (utc);
  return g_date_time_format (local, "%Y-%m-%d %H:%M");
}

static void
append_row (GString *csv, MtbReportBy by, const MtbCallsReportRow *row)
{
  g_autofree char *name = say_row (row);

  mtb_csv_append_text (csv, name);
  for (guint i = 0; i < mtb_report_n_columns; i++)
    if (mtb_report_column_is_of (&mtb_report_columns[i], by))
      append_figure (csv, &mtb_report_columns[i], row);
  mtb_csv_end_row (csv);
}

static GBytes *
build_file (MtbReportBy by, GListModel *items, const MtbCallsReportRow *sum)
{
  GString *csv = mtb_csv_new ();

  mtb_csv_append_text (csv, mtb_report_get_row_title (by));
  for (guint i = 0; i < mtb_report_n_columns; i++)
    if (mtb_report_column_is_of (&mtb_report_columns[i], by))
      {
        g_autofree char *heading = say_heading (&mtb_report_columns[i]);

        mtb_csv_append_text (csv, heading);
      }
  mtb_csv_end_row (csv);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (items, i);

      append_row (csv, by, mtb_item_get_record (item));
    }
  append_row (csv, by, sum);
  return g_string_free_to_bytes (csv);
}

/* What is being saved, as it was when it was asked for. */
typedef struct
{
  GtkWidget *page;
  GtkNativeDialog *chooser;
  GBytes *bytes;
} Export;

static void
free_export (Export *export)
{
  g_object_unref (export->page);
  g_object_unref (export->chooser);
  g_bytes_unref (export->bytes);
  g_free (export);
}

static void
on_written (GObject *file, GAsyncResult *result, gpointer user_data)
{
  Export *export = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (g_file_replace_contents_finish (G_FILE (file), result, NULL, &error))
    words = g_strdup (_ ("The report was saved"));
  else
    words = g_strdup_printf (_ ("The report could not be saved: %s"), error->message);
  gtk_widget_activate_action (export->page, "win.toast", "s", words);
  free_export (export);
}

static void
on_chosen (GtkNativeDialog *chooser, int response, gpointer user_data)
{
  Export *export = user_data;
  g_autoptr (GFile) file = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    {
      free_export (export);
      return;
    }
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_file_replace_contents_bytes_async (file, export->bytes, NULL, FALSE,
                                       G_FILE_CREATE_REPLACE_DESTINATION, NULL, on_written, export);
}

/**
 * mtb_report_export:
 * @page: the page that shows the report, in a window
 * @by: the kind of report
 * @items: (element-type MtbItem): its rows
 * @sum: their sum
 *
 * Asks where, and saves what is shown as comma-separated values. The file is written beside the
 * main thread; the window says how it ended.
 */
void
mtb_report_export (GtkWidget *page, MtbReportBy by, GListModel *items, const MtbCallsReportRow *sum)
{
  Export *export = g_new0 (Export, 1);
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_ ("Save the Report"), GTK_WINDOW (gtk_widget_get_root (page)),
                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));

  export->page = g_object_ref (page);
  export->chooser = GTK_NATIVE_DIALOG (chooser);
  export->bytes = build_file (by, items, sum);
  gtk_native_dialog_set_modal (export->chooser, TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), _ ("calls.csv"));
  g_signal_connect (chooser, "response", G_CALLBACK (on_chosen), export);
  gtk_native_dialog_show (export->chooser);
}
