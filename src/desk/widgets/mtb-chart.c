#include "mtb-chart.h"

#include "mtb-call-parts.h"
#include "mtb-chart-key.h"
#include "mtb-chart-plot.h"
#include "mtb-text.h"
#include "mtb-time.h"
#include "mtb-total.h"

#include <glib/gi18n.h>

/**
 * MtbChart:
 *
 * Calls by half-hour: a title that says the question, the bars, what they mean, and a line of words:
 * the half-hour that the keys or the mouse point at, or the sum of all. A screen reader hears the
 * same. `activated` is emitted with the half-hour's beginning and the #MtbCallPart that was chosen.
 */
struct _MtbChart
{
  AdwBin parent_instance;

  GtkLabel *title;
  GtkLabel *words;
  MtbChartPlot *plot;

  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (MtbChart, mtb_chart, ADW_TYPE_BIN)

enum
{
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
say_sum (const MtbCallsReportRow *sum)
{
  g_autofree char *offered = mtb_text_number (sum->offered);
  g_autofree char *answered = mtb_text_number (sum->answered);
  g_autofree char *unanswered =
    mtb_text_number (mtb_call_parts_count (sum, MTB_CALL_PART_UNANSWERED));
  g_autofree char *left = mtb_text_number (sum->left_after);
  g_autofree char *late = mtb_text_number (sum->answered_late);

  /* Translators: how many calls; the last two are the two parts of the third. */
  return g_strdup_printf (
    _ ("offered %1$s, answered %2$s, unanswered %3$s = %4$s left + %5$s late"), offered, answered,
    unanswered, left, late);
}

static char *
say_part (const MtbCallsReportRow *sum, MtbCallPart part)
{
  g_autofree char *number = mtb_text_number (mtb_call_parts_count (sum, part));

  /* Translators: a part of the calls and how many they are. */
  return g_strdup_printf (C_ ("chart", "%1$s: %2$s"), mtb_text_choice (mtb_call_part_words, part),
                          number);
}

static char *
say_pointed (MtbChart *self)
{
  gint64 slot_at = mtb_chart_plot_get_slot (self->plot);
  MtbCallPart part = mtb_chart_plot_get_part (self->plot);
  g_autoptr (MtbCallsReportRow) sum = mtb_call_parts_sum_up (self->rows, slot_at);
  g_autofree char *all = say_sum (sum);
  g_autofree char *from = NULL;
  g_autofree char *until = NULL;
  g_autofree char *words = NULL;
  g_autofree char *one = NULL;

  if (slot_at == MTB_ABSENT)
    return g_strdup_printf (_ ("In all: %s"), all);
  from = mtb_text_clock (slot_at);
  until = mtb_text_clock (slot_at + MTB_TOTAL_SLOT_S * MTB_SECOND);
  /* Translators: from when until when, and the calls of that time. */
  words = g_strdup_printf (C_ ("chart", "%1$s–%2$s: %3$s"), from, until, all);
  if (part == MTB_CALL_PART_OFFERED)
    return g_steal_pointer (&words);
  one = say_part (sum, part);
  /* Translators: the calls of some time, and the part of them that is pointed at. */
  return g_strdup_printf (C_ ("chart", "%1$s · %2$s"), words, one);
}

static void
show_words (MtbChart *self)
{
  g_autofree char *words = say_pointed (self);
  /* Translators: a chart's title and what it shows. */
  g_autofree char *all =
    g_strdup_printf (C_ ("chart", "%1$s. %2$s"), gtk_label_get_label (self->title), words);

  gtk_label_set_label (self->words, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->plot), GTK_ACCESSIBLE_PROPERTY_LABEL, all,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
}

static void
on_activated (MtbChart *self, gint64 slot_at, int part)
{
  g_signal_emit (self, signals[ACTIVATED], 0, slot_at, part);
}

static void
mtb_chart_finalize (GObject *object)
{
  g_ptr_array_unref (MTB_CHART (object)->rows);

  G_OBJECT_CLASS (mtb_chart_parent_class)->finalize (object);
}

static void
mtb_chart_class_init (MtbChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = mtb_chart_finalize;

  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/widgets/mtb-chart.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbChart, plot);
  gtk_widget_class_bind_template_child (widget_class, MtbChart, title);
  gtk_widget_class_bind_template_child (widget_class, MtbChart, words);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, show_words);

  g_type_ensure (MTB_TYPE_CHART_KEY);
  g_type_ensure (MTB_TYPE_CHART_PLOT);
}

static void
mtb_chart_init (MtbChart *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_chart_set_title:
 * @self: a chart
 * @title: the question that it answers
 */
void
mtb_chart_set_title (MtbChart *self, const char *title)
{
  g_return_if_fail (MTB_IS_CHART (self));

  gtk_label_set_label (self->title, title);
  show_words (self);
}

/**
 * mtb_chart_set_rows:
 * @self: a chart
 * @rows: (element-type MtbCallsReportRow): half-hours by time, referenced
 * @from: the beginning of what they were asked for
 * @until: its end
 *
 * What is pointed at stays so.
 */
void
mtb_chart_set_rows (MtbChart *self, GPtrArray *rows, gint64 from, gint64 until)
{
  g_return_if_fail (MTB_IS_CHART (self));

  g_ptr_array_ref (rows);
  g_ptr_array_unref (self->rows);
  self->rows = rows;
  mtb_chart_plot_set_rows (self->plot, rows, from, until);
}

/**
 * mtb_chart_get_words:
 * @self: a chart
 *
 * Returns: what the line of words says
 */
const char *
mtb_chart_get_words (MtbChart *self)
{
  g_return_val_if_fail (MTB_IS_CHART (self), NULL);

  return gtk_label_get_label (self->words);
}
