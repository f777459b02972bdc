/* How the parts of a chart's bars look. Each has a pattern beside its colour, so that nobody needs to
 * tell colours apart. */

#include "mtb-chart-paint.h"

#include <math.h>

#define HATCH_DISTANCE 5

static void
set_colour (GtkWidget *widget, cairo_t *cr, const char *name, double alpha)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRGBA colour;

  if (name == NULL || !gtk_style_context_lookup_color (context, name, &colour))
    gtk_style_context_get_color (context, &colour);
  colour.alpha = (float) (colour.alpha * alpha);
  gdk_cairo_set_source_rgba (cr, &colour);
}

static void
add_rectangle (cairo_t *cr, const graphene_rect_t *area, double inset)
{
  cairo_rectangle (cr, area->origin.x + inset, area->origin.y + inset,
                   MAX (area->size.width - 2 * inset, 0), MAX (area->size.height - 2 * inset, 0));
}

/* Lines that rise where @slope is 1 and fall where it is -1, in step from bar to bar. */
static void
hatch (cairo_t *cr, const graphene_rect_t *area, int slope)
{
  double top = area->origin.y;
  double height = area->size.height;
  double first = area->origin.x - height;

  first -= fmod (first, HATCH_DISTANCE) + HATCH_DISTANCE;
  for (double x = first; x < area->origin.x + area->size.width + height; x += HATCH_DISTANCE)
    {
      cairo_move_to (cr, x, slope > 0 ? top + height : top);
      cairo_line_to (cr, x + height, slope > 0 ? top : top + height);
    }
  cairo_stroke (cr);
}

static void
paint_offered (GtkWidget *widget, cairo_t *cr, const graphene_rect_t *area)
{
  set_colour (widget, cr, NULL, 0.08);
  add_rectangle (cr, area, 0);
  cairo_fill (cr);
  set_colour (widget, cr, NULL, 0.5);
  add_rectangle (cr, area, 0.5);
  cairo_stroke (cr);
}

/**
 * mtb_chart_paint_part:
 * @widget: in whose colours
 * @cr: where
 * @part: the offered as an outline, the answered filled, what was answered late hatched, what left
 *   after the threshold hatched across
 * @area: how far it reaches
 */
void
mtb_chart_paint_part (GtkWidget *widget, cairo_t *cr, MtbCallPart part, const graphene_rect_t *area)
{
  static const char *const colours[] = {
    [MTB_CALL_PART_ANSWERED] = "chart_answered",
    [MTB_CALL_PART_LEFT_AFTER] = "chart_left",
    [MTB_CALL_PART_ANSWERED_LATE] = "chart_late",
  };

  if (area->size.height <= 0)
    return;
  cairo_save (cr);
  cairo_set_line_width (cr, 1);
  add_rectangle (cr, area, 0);
  cairo_clip (cr);
  if (part == MTB_CALL_PART_OFFERED)
    paint_offered (widget, cr, area);
  else
    {
      set_colour (widget, cr, colours[part], 1);
      cairo_paint (cr);
      set_colour (widget, cr, "view_bg_color", 0.85);
      if (part != MTB_CALL_PART_ANSWERED)
        hatch (cr, area, 1);
      if (part == MTB_CALL_PART_LEFT_AFTER)
        hatch (cr, area, -1);
    }
  cairo_restore (cr);
}
