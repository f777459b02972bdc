#include "mtb-volume-bar.h"

/**
 * MtbVolumeBar:
 *
 * The month's volume as a bar: sent, received and browsing beside each other, from the start, of
 * what is allowed. Where nothing limits it, or more was used than is allowed, the whole bar is what
 * was used.
 */
struct _MtbVolumeBar
{
  GtkWidget parent_instance;

  GtkWidget *up;
  GtkWidget *down;
  GtkWidget *browsing;

  gint64 volumes[3];
  gint64 whole;
};

G_DEFINE_FINAL_TYPE (MtbVolumeBar, mtb_volume_bar, GTK_TYPE_WIDGET)

static gint64
or_nothing (gint64 volume)
{
  return volume == MTB_ABSENT ? 0 : volume;
}

static void
mtb_volume_bar_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 60 : 0;
}

static void
mtb_volume_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MtbVolumeBar *self = MTB_VOLUME_BAR (widget);
  GtkWidget *const parts[] = { self->up, self->down, self->browsing };
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gint64 sum = 0;
  int done = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      int end, length;

      sum += self->volumes[i];
      end = self->whole > 0 ? (int) ((double) sum / (double) self->whole * width + 0.5) : 0;
      length = MAX (end - done, 0);
      gtk_widget_set_child_visible (parts[i], length > 0);
      if (length > 0)
        gtk_widget_size_allocate (
          parts[i], &(GtkAllocation){ mirrored ? width - done - length : done, 0, length, height },
          -1);
      done += length;
    }
}

static void
mtb_volume_bar_dispose (GObject *object)
{
  MtbVolumeBar *self = MTB_VOLUME_BAR (object);

  g_clear_pointer (&self->up, gtk_widget_unparent);
  g_clear_pointer (&self->down, gtk_widget_unparent);
  g_clear_pointer (&self->browsing, gtk_widget_unparent);

  G_OBJECT_CLASS (mtb_volume_bar_parent_class)->dispose (object);
}

static void
mtb_volume_bar_class_init (MtbVolumeBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_volume_bar_dispose;

  widget_class->measure = mtb_volume_bar_measure;
  widget_class->size_allocate = mtb_volume_bar_size_allocate;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/widgets/mtb-volume-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbVolumeBar, browsing);
  gtk_widget_class_bind_template_child (widget_class, MtbVolumeBar, down);
  gtk_widget_class_bind_template_child (widget_class, MtbVolumeBar, up);
  gtk_widget_class_set_css_name (widget_class, "volumebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
mtb_volume_bar_init (MtbVolumeBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * mtb_volume_bar_set_card:
 * @self: a volume bar
 * @card: the card with the volumes
 */
void
mtb_volume_bar_set_card (MtbVolumeBar *self, const MtbCard *card)
{
  gint64 used;

  g_return_if_fail (MTB_IS_VOLUME_BAR (self));

  self->volumes[0] = or_nothing (card->volume_up);
  self->volumes[1] = or_nothing (card->volume_down);
  self->volumes[2] = or_nothing (card->volume_browsing);
  used = self->volumes[0] + self->volumes[1] + self->volumes[2];
  self->whole = MAX (or_nothing (card->volume_allowed), used);
  if (used > or_nothing (card->volume_allowed) && card->volume_allowed != MTB_ABSENT)
    gtk_widget_add_css_class (GTK_WIDGET (self), "exceeded");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "exceeded");
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
