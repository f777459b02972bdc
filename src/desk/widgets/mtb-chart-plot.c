#include "mtb-chart-plot.h"

#include "mtb-chart-paint.h"
#include "mtb-text.h"
#include "mtb-time.h"
#include "mtb-total.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * MtbChartPlot:
 *
 * The bars of a chart: one a half-hour, from the start edge to the end edge. A bar's outline is what
 * was offered; it is filled, from below, with what was answered in time, answered late, and left
 * after the threshold, so that the two parts of what is unanswered (R2) lie on each other. It shows
 * the half-hours with calls and an hour before and after, or 8 to 20 o'clock where there are none.
 *
 * A half-hour and a part of it are pointed at by the keys, while it has the focus, or by the mouse:
 * `pointed` says that this has changed, `activated` that they were chosen.
 */
struct _MtbChartPlot
{
  GtkWidget parent_instance;

  GPtrArray *rows;
  gint64 first_at;
  guint n_slots;
  gint64 top;
  gint64 step;

  gint64 cursor_at;
  MtbCallPart cursor_part;
  gint64 hover_at;
  MtbCallPart hover_part;
};

G_DEFINE_FINAL_TYPE (MtbChartPlot, mtb_chart_plot, GTK_TYPE_WIDGET)

#define SLOT (MTB_TOTAL_SLOT_S * MTB_SECOND)
#define MARGIN MTB_HOUR
#define USUAL_FROM (8 * MTB_HOUR)
#define USUAL_UNTIL (20 * MTB_HOUR)

#define N_LINES_MAX 4
#define TEXT_HEIGHT 18
#define TEXT_GAP 6

enum
{
  POINTED,
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Of a bar, from below. */
static const MtbCallPart parts[] = {
  MTB_CALL_PART_ANSWERED,
  MTB_CALL_PART_ANSWERED_LATE,
  MTB_CALL_PART_LEFT_AFTER,
  MTB_CALL_PART_OFFERED,
};

static const MtbCallsReportRow *
find_row (MtbChartPlot *self, gint64 slot_at)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const MtbCallsReportRow *row = g_ptr_array_index (self->rows, i);

      if (row->slot_at == slot_at)
        return row;
    }
  return NULL;
}

/* Up to which number of calls a part reaches; the one below it is where it begins. */
static gint64
get_reach (const MtbCallsReportRow *row, guint part)
{
  if (row == NULL)
    return 0;
  switch (parts[part])
    {
    case MTB_CALL_PART_ANSWERED:
      return row->answered - row->answered_late;
    case MTB_CALL_PART_ANSWERED_LATE:
      return row->answered;
    case MTB_CALL_PART_LEFT_AFTER:
      return row->answered + row->left_after;
    default:
      return row->offered;
    }
}

static guint
find_part (MtbCallPart part)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] == part)
      return i;
  g_assert_not_reached ();
}

static gboolean
is_mirrored (MtbChartPlot *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static PangoLayout *
make_text (MtbChartPlot *self, char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);

  g_free (text);
  return layout;
}

static int
get_axis_width (MtbChartPlot *self)
{
  g_autoptr (PangoLayout) layout = make_text (self, mtb_text_number (self->top));
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width + TEXT_GAP;
}

static void
get_area (MtbChartPlot *self, graphene_rect_t *area)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int axis = get_axis_width (self);

  graphene_rect_init (area, (float) (is_mirrored (self) ? 0 : axis), TEXT_HEIGHT,
                      (float) MAX (gtk_widget_get_width (widget) - axis, 0),
                      (float) MAX (gtk_widget_get_height (widget) - 2 * TEXT_HEIGHT, 0));
}

static float
get_y (MtbChartPlot *self, const graphene_rect_t *area, gint64 n_calls)
{
  double share = (double) n_calls / (double) self->top;

  return (float) round (area->origin.y + area->size.height * (1 - share));
}

/* Where slot @i begins, in the direction of writing its start; @i may be the number of slots. */
static float
get_x (MtbChartPlot *self, const graphene_rect_t *area, double i)
{
  double offset = area->size.width * i / self->n_slots;

  return (float) round (is_mirrored (self) ? area->origin.x + area->size.width - offset
                                           : area->origin.x + offset);
}

static void
get_bar (MtbChartPlot *self,
         const graphene_rect_t *area,
         guint slot,
         gint64 from,
         gint64 until,
         graphene_rect_t *bar)
{
  float start = get_x (self, area, slot + 0.14);
  float end = get_x (self, area, slot + 0.86);
  float y = get_y (self, area, until);

  graphene_rect_init (bar, MIN (start, end), y, ABS (end - start), get_y (self, area, from) - y);
}

static void
draw_text (MtbChartPlot *self, GtkSnapshot *snapshot, PangoLayout *layout, float x, float y)
{
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &colour);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (roundf (x), roundf (y)));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
draw_line (MtbChartPlot *self, GtkSnapshot *snapshot, const graphene_rect_t *area, gint64 n_calls)
{
  g_autoptr (PangoLayout) layout = make_text (self, mtb_text_number (n_calls));
  float y = get_y (self, area, n_calls);
  GdkRGBA colour;
  int width, height;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &colour);
  colour.alpha *= n_calls == 0 ? 0.5f : 0.14f;
  gtk_snapshot_append_color (
    snapshot, &colour,
    &GRAPHENE_RECT_INIT (area->origin.x, n_calls == 0 ? y : y - 1, area->size.width, 1));
  pango_layout_get_pixel_size (layout, &width, &height);
  draw_text (self, snapshot, layout,
             is_mirrored (self) ? area->size.width + TEXT_GAP
                                : area->origin.x - TEXT_GAP - (float) width,
             y - (float) height / 2);
}

static void
draw_calls_axis (MtbChartPlot *self, GtkSnapshot *snapshot, const graphene_rect_t *area)
{
  /* Translators: what the numbers on the axis of a chart count. */
  g_autoptr (PangoLayout) unit = make_text (self, g_strdup (C_ ("axis", "calls")));
  int width, height;

  for (gint64 n_calls = 0; n_calls <= self->top; n_calls += self->step)
    draw_line (self, snapshot, area, n_calls);
  pango_layout_get_pixel_size (unit, &width, &height);
  draw_text (self, snapshot, unit,
             is_mirrored (self) ? area->size.width - (float) width - TEXT_GAP / 2
                                : area->origin.x + TEXT_GAP / 2,
             (TEXT_HEIGHT - (float) height) / 2 - 1);
}

/* Full hours, so many apart that their words do not touch. */
static void
draw_time_axis (MtbChartPlot *self, GtkSnapshot *snapshot, const graphene_rect_t *area)
{
  g_autoptr (PangoLayout) sample = make_text (self, mtb_text_clock (self->first_at));
  guint every = 2;
  int width, height;

  pango_layout_get_pixel_size (sample, &width, &height);
  while ((double) area->size.width * every / self->n_slots < width + 2 * TEXT_GAP)
    every *= 2;
  for (guint i = 0; i < self->n_slots; i++)
    {
      gint64 slot_at = self->first_at + i * SLOT;
      g_autoptr (PangoLayout) layout = NULL;
      float x;

      if (slot_at / SLOT % every != 0)
        continue;
      layout = make_text (self, mtb_text_clock (slot_at));
      x = get_x (self, area, i) - (float) width / 2;
      draw_text (self, snapshot, layout,
                 CLAMP (x, 0, (float) (gtk_widget_get_width (GTK_WIDGET (self)) - width)),
                 area->origin.y + area->size.height + (TEXT_HEIGHT - (float) height) / 2 + 1);
    }
}

static void
draw_bars (MtbChartPlot *self, GtkSnapshot *snapshot, const graphene_rect_t *area)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, area);

  for (guint i = 0; i < self->n_slots; i++)
    {
      const MtbCallsReportRow *row = find_row (self, self->first_at + i * SLOT);
      graphene_rect_t bar;

      if (row == NULL)
        continue;
      get_bar (self, area, i, 0, row->offered, &bar);
      mtb_chart_paint_part (GTK_WIDGET (self), cr, MTB_CALL_PART_OFFERED, &bar);
      for (guint part = 0; parts[part] != MTB_CALL_PART_OFFERED; part++)
        {
          get_bar (self, area, i, part > 0 ? get_reach (row, part - 1) : 0, get_reach (row, part),
                   &bar);
          mtb_chart_paint_part (GTK_WIDGET (self), cr, parts[part], &bar);
        }
    }
  cairo_destroy (cr);
}

/* A light ground under the half-hour, and a line around the part. */
static void
draw_pointed (MtbChartPlot *self, GtkSnapshot *snapshot, const graphene_rect_t *area)
{
  gint64 slot_at = mtb_chart_plot_get_slot (self);
  guint part = find_part (mtb_chart_plot_get_part (self));
  const MtbCallsReportRow *row = find_row (self, slot_at);
  gboolean whole = parts[part] == MTB_CALL_PART_OFFERED;
  guint slot = (guint) ((slot_at - self->first_at) / SLOT);
  float start = get_x (self, area, slot);
  float end = get_x (self, area, slot + 1);
  GdkRGBA colour;
  GskRoundedRect outline;
  graphene_rect_t bar;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)),
                                       "accent_color", &colour))
    return;
  get_bar (self, area, slot, whole || part == 0 ? 0 : get_reach (row, part - 1),
           get_reach (row, part), &bar);
  graphene_rect_inset (&bar, -3, -3);
  gsk_rounded_rect_init_from_rect (&outline, &bar, 3);
  gtk_snapshot_append_border (snapshot, &outline, (const float[]){ 2, 2, 2, 2 },
                              (const GdkRGBA[]){ colour, colour, colour, colour });
  colour.alpha *= 0.12f;
  gtk_snapshot_append_color (
    snapshot, &colour,
    &GRAPHENE_RECT_INIT (MIN (start, end), area->origin.y, ABS (end - start), area->size.height));
}

static void
draw_nothing (MtbChartPlot *self, GtkSnapshot *snapshot, const graphene_rect_t *area)
{
  g_autoptr (PangoLayout) layout = make_text (self, g_strdup (_ ("No calls yet")));
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  draw_text (self, snapshot, layout, area->origin.x + (area->size.width - (float) width) / 2,
             area->origin.y + (area->size.height - (float) height) / 2);
}

static void
mtb_chart_plot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MtbChartPlot *self = MTB_CHART_PLOT (widget);
  graphene_rect_t area;

  if (self->n_slots == 0)
    return;
  get_area (self, &area);
  draw_calls_axis (self, snapshot, &area);
  draw_time_axis (self, snapshot, &area);
  if (self->rows->len == 0)
    {
      draw_nothing (self, snapshot, &area);
      return;
    }
  draw_bars (self, snapshot, &area);
  if (mtb_chart_plot_get_slot (self) != MTB_ABSENT)
    draw_pointed (self, snapshot, &area);
}

static void
mtb_chart_plot_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : 90;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 480 : 150;
}

static void
show_pointed (MtbChartPlot *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[POINTED], 0);
}

static gint64
get_last_slot (MtbChartPlot *self)
{
  return self->first_at + (self->n_slots - 1) * SLOT;
}

static gboolean
move_to (MtbChartPlot *self, gint64 slot_at, MtbCallPart part)
{
  if (self->rows->len == 0)
    return FALSE;
  self->cursor_at = CLAMP (slot_at, self->first_at, get_last_slot (self));
  self->cursor_part = part;
  show_pointed (self);
  return TRUE;
}

/* The way in is by the latest half-hour that had calls. */
static gint64
get_way_in (MtbChartPlot *self)
{
  return self->rows->len > 0
           ? ((MtbCallsReportRow *) g_ptr_array_index (self->rows, self->rows->len - 1))->slot_at
           : MTB_ABSENT;
}

static gboolean
on_step (GtkWidget *widget, GVariant *direction, gpointer user_data)
{
  MtbChartPlot *self = MTB_CHART_PLOT (widget);
  gint64 step = g_variant_get_int32 (direction) * (is_mirrored (self) ? -1 : 1);

  if (self->cursor_at == MTB_ABSENT)
    return move_to (self, get_way_in (self), self->cursor_part);
  return move_to (self, self->cursor_at + step * SLOT, self->cursor_part);
}

static gboolean
on_end (GtkWidget *widget, GVariant *last, gpointer user_data)
{
  MtbChartPlot *self = MTB_CHART_PLOT (widget);

  return move_to (self, g_variant_get_boolean (last) ? get_last_slot (self) : self->first_at,
                  self->cursor_part);
}

static gboolean
on_climb (GtkWidget *widget, GVariant *direction, gpointer user_data)
{
  MtbChartPlot *self = MTB_CHART_PLOT (widget);
  int part = (int) find_part (self->cursor_part) + g_variant_get_int32 (direction);

  if (self->cursor_at == MTB_ABSENT)
    return move_to (self, get_way_in (self), self->cursor_part);
  return move_to (self, self->cursor_at, parts[CLAMP (part, 0, (int) G_N_ELEMENTS (parts) - 1)]);
}

static gboolean
on_choose (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  MtbChartPlot *self = MTB_CHART_PLOT (widget);

  if (self->cursor_at == MTB_ABSENT)
    return move_to (self, get_way_in (self), self->cursor_part);
  g_signal_emit (self, signals[ACTIVATED], 0, self->cursor_at, (int) self->cursor_part);
  return TRUE;
}

/* What lies at a place; of an empty half-hour, and beside its bars, the whole. */
static void
find_at (MtbChartPlot *self, double x, double y, gint64 *slot_at, MtbCallPart *part)
{
  graphene_rect_t area;
  double along;

  *slot_at = MTB_ABSENT;
  *part = MTB_CALL_PART_OFFERED;
  get_area (self, &area);
  if (self->rows->len == 0 || x < area.origin.x || x >= area.origin.x + area.size.width)
    return;
  along = (x - area.origin.x) / area.size.width * self->n_slots;
  if (is_mirrored (self))
    along = self->n_slots - along;
  *slot_at = self->first_at + CLAMP ((gint64) along, 0, self->n_slots - 1) * SLOT;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (y >= get_y (self, &area, get_reach (find_row (self, *slot_at), i)))
      {
        *part = parts[i];
        return;
      }
}

static void
on_hover (MtbChartPlot *self, double x, double y)
{
  gint64 slot_at;
  MtbCallPart part;

  find_at (self, x, y, &slot_at, &part);
  if (slot_at == self->hover_at && part == self->hover_part)
    return;
  self->hover_at = slot_at;
  self->hover_part = part;
  show_pointed (self);
}

static void
on_hover_end (MtbChartPlot *self)
{
  self->hover_at = MTB_ABSENT;
  show_pointed (self);
}

static void
on_clicked (MtbChartPlot *self, int n_press, double x, double y)
{
  gint64 slot_at;
  MtbCallPart part;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  find_at (self, x, y, &slot_at, &part);
  if (slot_at != MTB_ABSENT && move_to (self, slot_at, part))
    g_signal_emit (self, signals[ACTIVATED], 0, slot_at, (int) part);
}

static void
mtb_chart_plot_finalize (GObject *object)
{
  g_ptr_array_unref (MTB_CHART_PLOT (object)->rows);

  G_OBJECT_CLASS (mtb_chart_plot_parent_class)->finalize (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint keyval;
    GtkShortcutFunc callback;
    const char *type;
    int argument;
  } keys[] = {
    { GDK_KEY_Left, on_step, "i", -1 },        { GDK_KEY_KP_Left, on_step, "i", -1 },
    { GDK_KEY_Right, on_step, "i", 1 },        { GDK_KEY_KP_Right, on_step, "i", 1 },
    { GDK_KEY_Up, on_climb, "i", 1 },          { GDK_KEY_KP_Up, on_climb, "i", 1 },
    { GDK_KEY_Down, on_climb, "i", -1 },       { GDK_KEY_KP_Down, on_climb, "i", -1 },
    { GDK_KEY_Home, on_end, "b", FALSE },      { GDK_KEY_KP_Home, on_end, "b", FALSE },
    { GDK_KEY_End, on_end, "b", TRUE },        { GDK_KEY_KP_End, on_end, "b", TRUE },
    { GDK_KEY_Return, on_choose, NULL, 0 },    { GDK_KEY_KP_Enter, on_choose, NULL, 0 },
    { GDK_KEY_ISO_Enter, on_choose, NULL, 0 }, { GDK_KEY_space, on_choose, NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].type != NULL)
      gtk_widget_class_add_binding (widget_class, keys[i].keyval, 0, keys[i].callback, keys[i].type,
                                    keys[i].argument);
    else
      gtk_widget_class_add_binding (widget_class, keys[i].keyval, 0, keys[i].callback, NULL);
}

static void
mtb_chart_plot_class_init (MtbChartPlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = mtb_chart_plot_finalize;

  widget_class->measure = mtb_chart_plot_measure;
  widget_class->snapshot = mtb_chart_plot_snapshot;

  signals[POINTED] = g_signal_new ("pointed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT);

  gtk_widget_class_set_css_name (widget_class, "chartplot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  add_keys (widget_class);
}

static void
add_controllers (MtbChartPlot *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_hover), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_hover_end), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (show_pointed), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (show_pointed), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (on_clicked), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
mtb_chart_plot_init (MtbChartPlot *self)
{
  self->rows = g_ptr_array_new ();
  self->top = self->step = 1;
  self->cursor_at = self->hover_at = MTB_ABSENT;
  self->cursor_part = self->hover_part = MTB_CALL_PART_OFFERED;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  add_controllers (self);
}

static void
find_span (MtbChartPlot *self, gint64 from, gint64 until)
{
  gint64 first_at = from + USUAL_FROM;
  gint64 end = from + USUAL_UNTIL;

  if (self->rows->len > 0)
    {
      first_at = ((MtbCallsReportRow *) g_ptr_array_index (self->rows, 0))->slot_at - MARGIN;
      end = get_way_in (self) + SLOT + MARGIN;
    }
  first_at = MAX (first_at, from);
  end = MIN (end, until);
  self->first_at = first_at;
  self->n_slots = (guint) MAX ((end - first_at + SLOT - 1) / SLOT, 1);
}

/* Steps of 1, 2 or 5 and zeros. */
static void
find_scale (MtbChartPlot *self)
{
  static const int factors[] = { 1, 2, 5 };
  gint64 most = 1;
  gint64 power = 1;
  guint i = 0;

  for (guint row = 0; row < self->rows->len; row++)
    most = MAX (most, ((MtbCallsReportRow *) g_ptr_array_index (self->rows, row))->offered);
  while (most > factors[i] * power * N_LINES_MAX)
    if (++i == G_N_ELEMENTS (factors))
      {
        i = 0;
        power *= 10;
      }
  self->step = factors[i] * power;
  self->top = (most + self->step - 1) / self->step * self->step;
}

/**
 * mtb_chart_plot_set_rows:
 * @self: a plot
 * @rows: (element-type MtbCallsReportRow): half-hours by time, referenced
 * @from: the beginning of what they were asked for
 * @until: its end
 */
void
mtb_chart_plot_set_rows (MtbChartPlot *self, GPtrArray *rows, gint64 from, gint64 until)
{
  g_return_if_fail (MTB_IS_CHART_PLOT (self));

  g_ptr_array_ref (rows);
  g_ptr_array_unref (self->rows);
  self->rows = rows;
  find_span (self, from, until);
  find_scale (self);
  if (self->cursor_at < self->first_at || self->cursor_at > get_last_slot (self))
    self->cursor_at = MTB_ABSENT;
  self->hover_at = MTB_ABSENT;
  show_pointed (self);
}

/**
 * mtb_chart_plot_get_slot:
 * @self: a plot
 *
 * Returns: when the half-hour begins that is pointed at; %MTB_ABSENT for none
 */
gint64
mtb_chart_plot_get_slot (MtbChartPlot *self)
{
  g_return_val_if_fail (MTB_IS_CHART_PLOT (self), MTB_ABSENT);

  if (self->hover_at != MTB_ABSENT)
    return self->hover_at;
  return gtk_widget_is_focus (GTK_WIDGET (self)) ? self->cursor_at : MTB_ABSENT;
}

/**
 * mtb_chart_plot_get_part:
 * @self: a plot
 *
 * Returns: which part of that half-hour
 */
MtbCallPart
mtb_chart_plot_get_part (MtbChartPlot *self)
{
  g_return_val_if_fail (MTB_IS_CHART_PLOT (self), MTB_CALL_PART_OFFERED);

  return self->hover_at != MTB_ABSENT ? self->hover_part : self->cursor_part;
}
