#include "mtb-fetch-bar.h"

#include "mtb-text.h"

/**
 * MtbFetchBar:
 *
 * How much has come of all rows while they are fetched anew, as a bar and a number of percent; not seen
 * at any other time.
 */
struct _MtbFetchBar
{
  AdwBin parent_instance;

  GtkProgressBar *bar;
  GtkLabel *percent;

  MtbEngine *engine;
};

G_DEFINE_FINAL_TYPE (MtbFetchBar, mtb_fetch_bar, ADW_TYPE_BIN)

static void
show_progress (MtbFetchBar *self)
{
  gint64 n_fetched;
  gint64 n_to_fetch = mtb_engine_get_n_to_fetch (self->engine, &n_fetched);
  double fraction = n_to_fetch > 0 ? (double) n_fetched / (double) n_to_fetch : 0;
  g_autofree char *words = mtb_text_whole_percent ((gint64) (100 * fraction));

  gtk_widget_set_visible (GTK_WIDGET (self), n_to_fetch > 0);
  gtk_progress_bar_set_fraction (self->bar, fraction);
  gtk_label_set_label (self->percent, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  words, -1);
}

static void
mtb_fetch_bar_dispose (GObject *object)
{
  MtbFetchBar *self = MTB_FETCH_BAR (object);

  g_clear_object (&self->engine);

  G_OBJECT_CLASS (mtb_fetch_bar_parent_class)->dispose (object);
}

static void
mtb_fetch_bar_class_init (MtbFetchBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_fetch_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/shell/mtb-fetch-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbFetchBar, bar);
  gtk_widget_class_bind_template_child (widget_class, MtbFetchBar, percent);
}

static void
mtb_fetch_bar_init (MtbFetchBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_fetch_bar_set_engine:
 * @self: a bar
 * @engine: the engine
 */
void
mtb_fetch_bar_set_engine (MtbFetchBar *self, MtbEngine *engine)
{
  g_return_if_fail (MTB_IS_FETCH_BAR (self));

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "notify::n-fetched", G_CALLBACK (show_progress), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::n-to-fetch", G_CALLBACK (show_progress), self,
                           G_CONNECT_SWAPPED);
  show_progress (self);
}
