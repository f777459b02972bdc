/* What stands on every page: the head of a controlled form, or at the foot of other paper what it is,
 * and the page's number. */

#include "mtb-form-words.h"
#include "mtb-paper-pages-private.h"
#include "mtb-text.h"

#include <glib/gi18n.h>

#define FRAME 0.75
#define PADDING 6.0

/* The parts of a form's head, as shares of its width: whose it is, what it is, which one it is. The
 * first is left out where nobody has said. */
#define SIDE 0.28

static const MtbPaperStyle foot_style = { 8, FALSE, PANGO_ALIGN_LEFT };
static const MtbPaperStyle number_style = { 8, FALSE, PANGO_ALIGN_RIGHT };
static const MtbPaperStyle organisation_style = { 11, TRUE, PANGO_ALIGN_CENTER };
static const MtbPaperStyle form_title_style = { 13, TRUE, PANGO_ALIGN_CENTER };
static const MtbPaperStyle form_fact_style = { 8.5, FALSE, PANGO_ALIGN_LEFT };

static char *
say_page (guint page, guint n_pages)
{
  g_autofree char *number = mtb_text_number (page + 1);
  g_autofree char *all = mtb_text_number (n_pages);

  return g_strdup_printf (_ ("Page %1$s of %2$s"), number, all);
}

/* What a form says at its head, each in a line of its own. */
static char *
say_form (MtbPaperPages *self, guint page, guint n_pages)
{
  const MtbPaperForm *form = self->paper->form;
  const char *const said[] = { [MTB_FORM_NUMBER] = form->number,
                               [MTB_FORM_ISSUE] = form->issue,
                               [MTB_FORM_VERSION] = form->version,
                               [MTB_FORM_DATE] = form->date };
  GString *lines = g_string_new (NULL);
  g_autofree char *number = mtb_text_number (page + 1);
  g_autofree char *all = mtb_text_number (n_pages);

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    if (said[i] != NULL && *said[i] != '\0')
      g_string_append_printf (lines, "%s: \u2068%s\u2069\n", mtb_form_say (i, self->mirrored),
                              said[i]);
  g_string_append_printf (lines, "%s %s %s %s", mtb_form_say (MTB_FORM_PAGE, self->mirrored),
                          number, mtb_form_say (MTB_FORM_OF, self->mirrored), all);
  return g_string_free (lines, FALSE);
}

/* How wide the part is that says whose it is. */
static double
get_first (MtbPaperPages *self)
{
  return self->paper->form->organisation != NULL ? SIDE * self->width : 0;
}

static double
measure (MtbPaperPages *self, const char *text, const MtbPaperStyle *style, double width)
{
  g_autoptr (PangoLayout) layout = mtb_paper_pages_new_layout (self, text, style, width);

  return mtb_paper_layout_get_height (layout);
}

/* The frame of a form's head, without the space below it. */
static double
measure_frame (MtbPaperPages *self)
{
  const MtbPaper *paper = self->paper;
  double side = SIDE * self->width - 2 * PADDING;
  double middle = (1 - SIDE) * self->width - get_first (self) - 2 * PADDING;
  g_autofree char *facts = say_form (self, 0, 1);
  double height = measure (self, facts, &form_fact_style, side);

  if (paper->form->organisation != NULL)
    height = MAX (height, measure (self, paper->form->organisation, &organisation_style, side));
  return MAX (height, measure (self, paper->title, &form_title_style, middle)) + 2 * PADDING;
}

double
mtb_paper_furniture_get_head (MtbPaperPages *self)
{
  return self->paper->form != NULL ? measure_frame (self) + 2 * MTB_PAPER_GAP : 0;
}

/* What is at the foot, without the space above it. */
static double
measure_foot (MtbPaperPages *self)
{
  g_autofree char *number = say_page (self->n_pages, self->n_pages);

  return MAX (measure (self, self->paper->title, &foot_style, self->width / 2),
              measure (self, number, &number_style, self->width / 2));
}

double
mtb_paper_furniture_get_foot (MtbPaperPages *self)
{
  return self->paper->form == NULL ? measure_foot (self) + MTB_PAPER_GAP : 0;
}

static void
add_foot (MtbPaperPages *self, guint page)
{
  g_autofree char *number = say_page (page, self->n_pages);
  double y = self->height - measure_foot (self);
  double half = self->width / 2;

  mtb_paper_pages_add (self, page, 0, y, half, self->paper->title, &foot_style);
  mtb_paper_pages_add (self, page, half, y, half, number, &number_style);
}

/* A part of the head, in the middle of the frame's height. */
static void
add_part (MtbPaperPages *self,
          guint page,
          double start,
          double width,
          const char *text,
          const MtbPaperStyle *style)
{
  double inner = width - 2 * PADDING;
  double height = measure (self, text, style, inner);

  mtb_paper_pages_add (self, page, start + PADDING, (measure_frame (self) - height) / 2, inner,
                       text, style);
}

static void
add_frame (MtbPaperPages *self, guint page)
{
  double height = measure_frame (self);
  double uprights[] = { 0, get_first (self), (1 - SIDE) * self->width, self->width - FRAME };

  for (guint i = 0; i < G_N_ELEMENTS (uprights); i++)
    mtb_paper_pages_add_rule (self, page, uprights[i], 0, FRAME, height, 0);
  mtb_paper_pages_add_rule (self, page, 0, 0, self->width, FRAME, 0);
  mtb_paper_pages_add_rule (self, page, 0, height - FRAME, self->width, FRAME, 0);
}

static void
add_head (MtbPaperPages *self, guint page)
{
  const MtbPaperForm *form = self->paper->form;
  g_autofree char *facts = say_form (self, page, self->n_pages);
  double first = get_first (self);
  double side = SIDE * self->width;

  add_frame (self, page);
  if (form->organisation != NULL)
    add_part (self, page, 0, first, form->organisation, &organisation_style);
  add_part (self, page, first, self->width - first - side, self->paper->title, &form_title_style);
  add_part (self, page, self->width - side, side, facts, &form_fact_style);
}

/* To all pages, when it is known how many they are. */
void
mtb_paper_furniture_add (MtbPaperPages *self)
{
  for (guint page = 0; page < self->n_pages; page++)
    if (self->paper->form != NULL)
      add_head (self, page);
    else
      add_foot (self, page);
}
