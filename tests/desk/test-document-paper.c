/* A controlled document on paper: the procedure itself, as every department has it. */

#include "mtb-document-paper.h"

#include "mtb-paper-pages.h"

#include <string.h>

static MtbPaper *
make_paper (const char *text, gboolean in_force)
{
  g_autoptr (MtbDocumentRow) document = mtb_record_new (mtb_documents_query.rows);
  g_autoptr (MtbDocumentVersion) version = mtb_record_new (&mtb_document_version_table.shape);

  document->number = g_strdup ("QP-14");
  document->title = g_strdup ("إجراء خدمة الزبائن");
  document->title_en = g_strdup ("Customer service procedure");
  version->issue = 5;
  version->version = 1;
  version->dated = g_strdup ("2019-01-01");
  version->prepared_by = g_strdup ("مدير خدمة الزبائن");
  version->reviewed_by = g_strdup ("قسم الجودة و التدقيق");
  version->approved_by = g_strdup ("المدير العام");
  version->text = g_strdup (text);
  return mtb_document_paper_new (document, version, in_force, "مزود الخدمة");
}

static char *
read_procedure (void)
{
  g_autofree char *path =
    g_build_filename (g_getenv ("MUTABAA_DATA"), "documents", "QP-14.txt", NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* Its title is the one in the language of the text, whatever the interface speaks. */
static void
test_title (void)
{
  g_autofree char *text = read_procedure ();
  g_autoptr (MtbPaper) arabic = make_paper (text, TRUE);
  g_autoptr (MtbPaper) english = make_paper ("1- Purpose\nTo serve.", TRUE);

  g_assert_cmpstr (mtb_paper_get_title (arabic), ==, "إجراء خدمة الزبائن");
  g_assert_cmpstr (mtb_paper_get_title (english), ==, "Customer service procedure");
}

static gboolean
is_on_page (MtbPaperPages *pages, guint page, const char *words)
{
  for (guint i = 0; i < mtb_paper_pages_get_n_pieces (pages); i++)
    {
      const MtbPaperPiece *piece = mtb_paper_pages_get_piece (pages, i);

      if (piece->page == page && strstr (pango_layout_get_text (piece->layout), words) != NULL)
        return TRUE;
    }
  return FALSE;
}

static MtbPaperPages *
lay_out (const char *text, gboolean in_force)
{
  g_autoptr (MtbPaper) paper = make_paper (text, in_force);
  g_autoptr (PangoFontMap) fonts = pango_cairo_font_map_new ();
  g_autoptr (GObject) context = G_OBJECT (pango_font_map_create_context (fonts));

  return mtb_paper_pages_new (paper, PANGO_CONTEXT (context), 500, 700);
}

/* Whichever sheet of it somebody finds, they know which version it is and whether it is whole. */
static void
test_each_page_says_what_it_is (void)
{
  g_autofree char *text = read_procedure ();
  g_autoptr (MtbPaperPages) pages = lay_out (text, TRUE);
  guint n_pages = mtb_paper_pages_get_n_pages (pages);

  g_assert_cmpuint (n_pages, >, 1);
  for (guint page = 0; page < n_pages; page++)
    {
      g_autofree char *number = g_strdup_printf ("صفحة %u من %u", page + 1, n_pages);
      const char *const said[] = { "مزود الخدمة", "QP-14", "2019-01-01", "إجراء خدمة الزبائن",
                                   number };

      for (guint i = 0; i < G_N_ELEMENTS (said); i++)
        g_assert_true (is_on_page (pages, page, said[i]));
    }
  g_assert_true (is_on_page (pages, 0, "مدير خدمة الزبائن"));
  g_assert_true (is_on_page (pages, n_pages - 1, "ضمن كل فترة حسب الأيام"));
  g_assert_false (is_on_page (pages, 0, "لم تعد معمولاً بها"));
}

static void
test_an_older_version_says_so (void)
{
  g_autoptr (MtbPaperPages) pages = lay_out ("نص", FALSE);

  g_assert_true (is_on_page (pages, 0, "لم تعد معمولاً بها"));
}

/* Whatever the interface speaks. */
static void
test_it_speaks_the_language_of_its_text (void)
{
  g_autoptr (MtbPaperPages) arabic = lay_out ("نص", FALSE);
  g_autoptr (MtbPaperPages) english = lay_out ("Text", FALSE);

  g_assert_true (is_on_page (arabic, 0, "النسخة"));
  g_assert_true (is_on_page (arabic, 0, "اعتماد"));
  g_assert_false (is_on_page (arabic, 0, "Version"));
  g_assert_true (is_on_page (english, 0, "Version"));
  g_assert_true (is_on_page (english, 0, "Approved by"));
  g_assert_true (is_on_page (english, 0, "No longer in force"));
  g_assert_true (is_on_page (english, 0, "Page 1 of 1"));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/document-paper/title", test_title);
  g_test_add_func ("/desk/document-paper/pages", test_each_page_says_what_it_is);
  g_test_add_func ("/desk/document-paper/older", test_an_older_version_says_so);
  g_test_add_func ("/desk/document-paper/language", test_it_speaks_the_language_of_its_text);
  return g_test_run ();
}
