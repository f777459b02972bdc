/* Where paper goes to: into a PDF file, which any thread may write, or to a printer. */

#include "mtb-paper-pages.h"
#include "mtb-paper-private.h"

#include <cairo-pdf.h>

#include <glib/gi18n.h>

static cairo_status_t
append (gpointer bytes, const guchar *data, guint length)
{
  g_byte_array_append (bytes, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* A context of its own, so that a thread shares nothing with others. */
static PangoContext *
new_context (void)
{
  g_autoptr (PangoFontMap) fonts = pango_cairo_font_map_new ();

  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (fonts), 72);
  return pango_font_map_create_context (fonts);
}

/**
 * mtb_paper_build_pdf:
 * @self: paper
 *
 * May be called in any thread.
 *
 * Returns: (transfer full): a PDF file of it, upright or, where its table is too wide, across
 */
GBytes *
mtb_paper_build_pdf (MtbPaper *self)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (MtbPaperPages) pages = NULL;
  PangoContext *context = new_context ();
  gboolean across;
  double width, height;
  cairo_surface_t *surface;
  cairo_t *cr;

  g_return_val_if_fail (MTB_IS_PAPER (self), NULL);

  across = mtb_paper_pages_want_landscape (self, context);
  width = across ? MTB_PAPER_LONG : MTB_PAPER_SHORT;
  height = across ? MTB_PAPER_SHORT : MTB_PAPER_LONG;
  pages = mtb_paper_pages_new (self, context, width - 2 * MTB_PAPER_MARGIN,
                               height - 2 * MTB_PAPER_MARGIN);
  surface = cairo_pdf_surface_create_for_stream (append, bytes, width, height);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);
  cr = cairo_create (surface);
  cairo_translate (cr, MTB_PAPER_MARGIN, MTB_PAPER_MARGIN);
  for (guint i = 0; i < mtb_paper_pages_get_n_pages (pages); i++)
    {
      mtb_paper_pages_draw (pages, i, cr);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  g_object_unref (context);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/**
 * mtb_paper_export_pdf:
 * @self: paper
 * @path: a file, which is replaced as a whole or not at all
 * @error: return location
 *
 * Writes it as a PDF file. May be called in any thread but the main one.
 *
 * Returns: whether it is written
 */
gboolean
mtb_paper_export_pdf (MtbPaper *self, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = mtb_paper_build_pdf (self);

  g_return_val_if_fail (bytes != NULL, FALSE);

  return g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                              (gssize) g_bytes_get_size (bytes), error);
}

/* What is being printed. */
typedef struct
{
  MtbPaper *paper;
  MtbPaperPages *pages;
} Print;

static void
free_print (gpointer data, GClosure *closure)
{
  Print *print = data;

  g_object_unref (print->paper);
  g_clear_pointer (&print->pages, mtb_paper_pages_free);
  g_free (print);
}

static void
on_begin (GtkPrintOperation *operation, GtkPrintContext *context, Print *print)
{
  PangoContext *text = gtk_print_context_create_pango_context (context);

  g_clear_pointer (&print->pages, mtb_paper_pages_free);
  print->pages = mtb_paper_pages_new (print->paper, text, gtk_print_context_get_width (context),
                                      gtk_print_context_get_height (context));
  gtk_print_operation_set_n_pages (operation, (int) mtb_paper_pages_get_n_pages (print->pages));
  g_object_unref (text);
}

static void
on_draw (GtkPrintOperation *operation, GtkPrintContext *context, int page, Print *print)
{
  mtb_paper_pages_draw (print->pages, (guint) page, gtk_print_context_get_cairo_context (context));
}

static GtkPageSetup *
new_page_setup (MtbPaper *paper)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) size = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  PangoContext *context = new_context ();

  gtk_page_setup_set_paper_size (setup, size);
  gtk_page_setup_set_orientation (setup, mtb_paper_pages_want_landscape (paper, context)
                                           ? GTK_PAGE_ORIENTATION_LANDSCAPE
                                           : GTK_PAGE_ORIENTATION_PORTRAIT);
  gtk_page_setup_set_top_margin (setup, MTB_PAPER_MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_bottom_margin (setup, MTB_PAPER_MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_left_margin (setup, MTB_PAPER_MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_right_margin (setup, MTB_PAPER_MARGIN, GTK_UNIT_POINTS);
  g_object_unref (context);
  return setup;
}

/* Who prints into a file finds it under its title where documents are. */
static GtkPrintSettings *
new_settings (MtbPaper *paper)
{
  GtkPrintSettings *settings = gtk_print_settings_new ();
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autofree char *title = g_strdelimit (g_strdup (paper->title), "/", '-');

  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_DIR,
                          documents != NULL ? documents : g_get_home_dir ());
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_BASENAME, title);
  return settings;
}

/**
 * mtb_paper_new_print:
 * @self: paper
 *
 * Returns: (transfer full): what prints it on A4 when it is run
 */
GtkPrintOperation *
mtb_paper_new_print (MtbPaper *self)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = new_page_setup (self);
  g_autoptr (GtkPrintSettings) settings = new_settings (self);
  Print *print = g_new0 (Print, 1);

  print->paper = g_object_ref (self);
  gtk_print_operation_set_job_name (operation, self->title);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_print_settings (operation, settings);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw), print);
  g_signal_connect_data (operation, "begin-print", G_CALLBACK (on_begin), print, free_print, 0);
  return operation;
}

static void
on_done (GtkPrintOperation *operation, GtkPrintOperationResult result, GtkWindow *parent)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  words = g_strdup_printf (_ ("It could not be printed: %s"), error->message);
  gtk_widget_activate_action (GTK_WIDGET (parent), "win.toast", "s", words);
}

/**
 * mtb_paper_run_print:
 * @operation: what prints
 * @parent: a window with an action `win.toast`, which says what went wrong
 *
 * Asks which printer, and prints.
 */
void
mtb_paper_run_print (GtkPrintOperation *operation, GtkWindow *parent)
{
  g_return_if_fail (GTK_IS_PRINT_OPERATION (operation));

  g_signal_connect_object (operation, "done", G_CALLBACK (on_done), parent, 0);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}
