#include "mtb-chart-key.h"

#include "mtb-chart-paint.h"
#include "mtb-text.h"

/**
 * MtbChartKey:
 *
 * What a `part` of the bars looks like and what it is called: a line of a chart's legend.
 */
struct _MtbChartKey
{
  GtkWidget parent_instance;

  GtkWidget *label;
  int part;
};

G_DEFINE_FINAL_TYPE (MtbChartKey, mtb_chart_key, GTK_TYPE_WIDGET)

#define SWATCH_WIDTH 18
#define SWATCH_HEIGHT 11
#define SPACING 6

enum
{
  PROP_0,
  PROP_PART,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
mtb_chart_key_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  gtk_widget_measure (MTB_CHART_KEY (widget)->label, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum += SWATCH_WIDTH + SPACING;
      *natural += SWATCH_WIDTH + SPACING;
    }
}

static void
mtb_chart_key_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int aside = SWATCH_WIDTH + SPACING;

  gtk_widget_size_allocate (MTB_CHART_KEY (widget)->label,
                            &(GtkAllocation){ mirrored ? 0 : aside, 0, width - aside, height }, -1);
}

static void
mtb_chart_key_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MtbChartKey *self = MTB_CHART_KEY (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (widget);
  int top = (gtk_widget_get_height (widget) - SWATCH_HEIGHT) / 2;
  graphene_rect_t area = GRAPHENE_RECT_INIT ((float) (mirrored ? width - SWATCH_WIDTH : 0),
                                             (float) top, SWATCH_WIDTH, SWATCH_HEIGHT);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &area);

  mtb_chart_paint_part (widget, cr, (MtbCallPart) self->part, &area);
  cairo_destroy (cr);
  GTK_WIDGET_CLASS (mtb_chart_key_parent_class)->snapshot (widget, snapshot);
}

static void
mtb_chart_key_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MtbChartKey *self = MTB_CHART_KEY (object);

  switch (prop_id)
    {
    case PROP_PART:
      self->part = g_value_get_int (value);
      gtk_label_set_label (GTK_LABEL (self->label),
                           mtb_text_choice (mtb_call_part_words, self->part));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_chart_key_dispose (GObject *object)
{
  g_clear_pointer (&MTB_CHART_KEY (object)->label, gtk_widget_unparent);

  G_OBJECT_CLASS (mtb_chart_key_parent_class)->dispose (object);
}

static void
mtb_chart_key_class_init (MtbChartKeyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_chart_key_dispose;
  object_class->set_property = mtb_chart_key_set_property;

  widget_class->measure = mtb_chart_key_measure;
  widget_class->size_allocate = mtb_chart_key_size_allocate;
  widget_class->snapshot = mtb_chart_key_snapshot;

  properties[PROP_PART] = g_param_spec_int ("part", NULL, NULL, 0, G_MAXINT, 0,
                                            G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "chartkey");
}

static void
mtb_chart_key_init (MtbChartKey *self)
{
  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_add_css_class (self->label, "caption");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}
