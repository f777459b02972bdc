/* One list on its way out of the desk: described as it is now, or fetched as a whole where the list
 * shows a part, then saved or printed.
 *
 * The audit trail hears of it before anything has left, and nothing leaves where its entry cannot be
 * made. So an entry says that somebody set about it; where that came to nothing they are told, and
 * the entry stays: one too many is answered by asking, one too few is never found. */

#include "mtb-list-export.h"

#include "mtb-id.h"
#include "mtb-query-all.h"
#include "mtb-text.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWidget *place;
  MtbEngine *engine;
  MtbListing *listing;
  char *name;
  MtbExportFormat format;
  MtbPaper *paper;
  GtkFileChooserNative *chooser;
  GFile *file;
  GtkPrintOperation *operation;
  gboolean noted;
} Export;

static void
clear_export (gpointer data)
{
  Export *export = data;

  g_object_unref (export->place);
  g_object_unref (export->engine);
  g_object_unref (export->paper);
  g_clear_object (&export->listing);
  g_clear_object (&export->chooser);
  g_clear_object (&export->file);
  g_clear_object (&export->operation);
  g_free (export->name);
}

static void
release_export (Export *export)
{
  g_rc_box_release_full (export, clear_export);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, release_export)

static Export *
new_export (GtkWidget *place, MtbEngine *engine, const char *name, MtbExportFormat format)
{
  Export *export = g_rc_box_new0 (Export);

  export->place = g_object_ref (place);
  export->engine = g_object_ref (engine);
  export->name = g_strdup (name);
  export->format = format;
  return export;
}

static void
toast (Export *export, const char *words)
{
  gtk_widget_activate_action (export->place, "win.toast", "s", words);
}

static const char *
say_problem (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return _ ("the disk is full");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY))
    return _ ("you have no right to write there");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return _ ("there is no such folder");
  return gettext (error->message);
}

static void
toast_problem (Export *export, const GError *error)
{
  g_autofree char *words =
    g_strdup_printf (export->format == MTB_EXPORT_PAPER ? _ ("It could not be printed: %s")
                                                        : _ ("The list could not be saved: %s"),
                     say_problem (error));

  toast (export, words);
}

static MtbListExport *
build_command (Export *export)
{
  MtbListExport *command = mtb_record_new (&mtb_list_export.shape);

  command->id = mtb_id_new (mtb_engine_get_now (export->engine));
  command->list = g_strdup (export->name);
  command->format = export->format;
  command->n_rows = mtb_paper_get_n_rows (export->paper);
  return command;
}

static void
on_saved (GObject *place, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    toast (export, _ ("The list was saved"));
  else
    toast_problem (export, error);
}

/* Replaces a file as a whole; nobody else on the machine may read the new one. */
static void
save (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Export *export = task_data;
  g_autoptr (GBytes) bytes = export->format == MTB_EXPORT_CSV ? mtb_paper_build_csv (export->paper)
                                                              : mtb_paper_build_pdf (export->paper);
  GError *error = NULL;

  if (g_file_replace_contents (
        export->file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL, FALSE,
        G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_noted (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;

  if (!mtb_engine_give_finish (MTB_ENGINE (engine), result, &error))
    {
      toast_problem (export, error);
      return;
    }
  task = g_task_new (export->place, NULL, on_saved, export);
  g_task_set_source_tag (task, on_noted);
  g_task_set_task_data (task, g_steal_pointer (&export), NULL);
  g_task_run_in_thread (task, save);
}

static void
on_chosen (GtkNativeDialog *chooser, int response, gpointer user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (MtbListExport) command = NULL;
  MtbEngine *engine = export->engine;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  export->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  command = build_command (export);
  mtb_engine_give_async (engine, command, NULL, on_noted, g_steal_pointer (&export));
}

static char *
build_file_name (Export *export)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *title = mtb_text_plain (mtb_paper_get_title (export->paper));

  return g_strdup_printf ("%s %s.%s", g_strdelimit (title, "/:\\", '-'), day,
                          mtb_export_format_words[export->format]);
}

static void
choose_file (Export *export)
{
  g_autofree char *name = build_file_name (export);
  GtkFileChooser *chooser;

  export->chooser = gtk_file_chooser_native_new (
    _ ("Save the List"), GTK_WINDOW (gtk_widget_get_root (export->place)),
    GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  chooser = GTK_FILE_CHOOSER (export->chooser);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (chooser, name);
  g_signal_connect (chooser, "response", G_CALLBACK (on_chosen), export);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
on_print_noted (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (GError) error = NULL;

  export->noted = mtb_engine_give_finish (MTB_ENGINE (engine), result, &error);
  if (export->noted)
    return;
  toast_problem (export, error);
  gtk_print_operation_cancel (export->operation);
}

/* A preview prints as well: its file is out of the desk's hands. */
static void
on_print_begun (GtkPrintOperation *operation, GtkPrintContext *context, Export *export)
{
  g_autoptr (MtbListExport) command = build_command (export);

  g_signal_handlers_disconnect_by_func (operation, on_print_begun, export);
  mtb_engine_give_async (export->engine, command, NULL, on_print_noted, g_rc_box_acquire (export));
}

/* Asked again and again, until the pages may be drawn. */
static gboolean
on_paginate (GtkPrintOperation *operation, GtkPrintContext *context, Export *export)
{
  return export->noted;
}

static void
on_print_done (GtkPrintOperation *operation, GtkPrintOperationResult result, Export *export)
{
  release_export (export);
}

static void
print (Export *export)
{
  export->operation = mtb_paper_new_print (export->paper);
  g_signal_connect (export->operation, "begin-print", G_CALLBACK (on_print_begun), export);
  g_signal_connect (export->operation, "paginate", G_CALLBACK (on_paginate), export);
  g_signal_connect (export->operation, "done", G_CALLBACK (on_print_done), export);
  mtb_paper_run_print (export->operation, GTK_WINDOW (gtk_widget_get_root (export->place)));
}

static void
add_facts (Export *export)
{
  gint64 now = mtb_engine_get_now (export->engine);
  g_autofree char *day = mtb_text_date (now);
  g_autofree char *clock = mtb_text_clock (now);
  g_autofree char *moment = g_strdup_printf (C_ ("moment", "%1$s %2$s"), day, clock);

  mtb_paper_add_fact (export->paper, _ ("Taken out by"),
                      mtb_engine_get_person (export->engine)->display_name);
  mtb_paper_add_fact (export->paper, _ ("On"), moment);
}

static void
describe (Export *export, GListModel *items)
{
  g_autofree char *n_rows = NULL;

  add_facts (export);
  mtb_listing_describe (export->listing, export->paper, items);
  n_rows = mtb_text_number (mtb_paper_get_n_rows (export->paper));
  mtb_paper_add_fact (export->paper, _ ("Rows"), n_rows);
  if (export->format == MTB_EXPORT_PAPER)
    print (export);
  else
    choose_file (export);
}

static void
on_fetched (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) items = mtb_query_all_finish (MTB_ENGINE (engine), result, &error);

  if (items == NULL)
    toast_problem (export, error);
  else if (gtk_widget_get_root (export->place) != NULL)
    describe (g_steal_pointer (&export), items);
}

/**
 * mtb_list_export_begin:
 * @place: a page or a window with an action `win.toast`, where it is said how it ended
 * @engine: the engine, with somebody signed in
 * @listing: the list
 * @format: where it goes to
 *
 * Asks which file or which printer, and saves or prints the list.
 */
void
mtb_list_export_begin (GtkWidget *place,
                       MtbEngine *engine,
                       MtbListing *listing,
                       MtbExportFormat format)
{
  MtbQueryModel *source;
  Export *export;

  g_return_if_fail (MTB_IS_LISTING (listing));

  source = mtb_listing_get_source (listing);
  export = new_export (place, engine, mtb_listing_get_name (listing), format);
  export->listing = g_object_ref (listing);
  export->paper = mtb_paper_new (mtb_listing_get_title (listing));
  if (source == NULL)
    describe (export, NULL);
  else
    mtb_query_all_async (engine, mtb_query_model_get_query (source),
                         mtb_query_model_get_arguments (source), NULL, on_fetched, export);
}

/**
 * mtb_list_export_begin_main:
 * @place: a page or a window with an action `win.toast`
 * @engine: the engine, with somebody signed in
 * @format: where it goes to
 *
 * Does so with the list that the place is there for, and says so where there is none.
 */
void
mtb_list_export_begin_main (GtkWidget *place, MtbEngine *engine, MtbExportFormat format)
{
  MtbListing *listing = mtb_listing_find_main (place);

  if (listing != NULL)
    mtb_list_export_begin (place, engine, listing, format);
  else
    gtk_widget_activate_action (place, "win.toast", "s",
                                _ ("There is nothing in a list here to save or print"));
}

/**
 * mtb_list_export_print:
 * @place: a widget in a window with an action `win.toast`, where it is said what went wrong
 * @engine: the engine, with somebody signed in
 * @name: what the audit trail calls it
 * @paper: what is no list of the desk's
 *
 * Asks which printer, and prints it as a list is printed.
 */
void
mtb_list_export_print (GtkWidget *place, MtbEngine *engine, const char *name, MtbPaper *paper)
{
  Export *export;

  g_return_if_fail (MTB_IS_PAPER (paper));

  export = new_export (place, engine, name, MTB_EXPORT_PAPER);
  export->paper = g_object_ref (paper);
  print (export);
}
