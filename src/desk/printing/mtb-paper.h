#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MTB_TYPE_PAPER (mtb_paper_get_type ())
G_DECLARE_FINAL_TYPE (MtbPaper, mtb_paper, MTB, PAPER, GObject)

/**
 * MtbPaperKind:
 * @MTB_PAPER_TEXT: words, which stand at a column's start
 * @MTB_PAPER_CODE: a telephone or another number that nobody counts with, likewise
 * @MTB_PAPER_FIGURE: a number, a duration: it stands at a column's end
 *
 * What a column holds.
 */
typedef enum
{
  MTB_PAPER_TEXT,
  MTB_PAPER_CODE,
  MTB_PAPER_FIGURE,
} MtbPaperKind;

MtbPaper *mtb_paper_new (const char *title);
void mtb_paper_set_form (MtbPaper *self,
                         const char *organisation,
                         const char *number,
                         const char *issue,
                         const char *version,
                         const char *date);
void mtb_paper_add_fact (MtbPaper *self, const char *name, const char *words);
void mtb_paper_add_column (MtbPaper *self, const char *heading, MtbPaperKind kind);
void mtb_paper_add_cell (MtbPaper *self, const char *words, const char *plain);
void mtb_paper_add_moment (MtbPaper *self, gint64 time_ms);
void mtb_paper_add_heading (MtbPaper *self, const char *text);
void mtb_paper_add_paragraph (MtbPaper *self, const char *text);

const char *mtb_paper_get_title (MtbPaper *self);
guint mtb_paper_get_n_rows (MtbPaper *self);

GBytes *mtb_paper_build_csv (MtbPaper *self);
GBytes *mtb_paper_build_pdf (MtbPaper *self);
gboolean mtb_paper_export_pdf (MtbPaper *self, const char *path, GError **error);
GtkPrintOperation *mtb_paper_new_print (MtbPaper *self);
void mtb_paper_run_print (GtkPrintOperation *operation, GtkWindow *parent);

G_END_DECLS
