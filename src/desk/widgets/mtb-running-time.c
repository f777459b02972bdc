#include "mtb-running-time.h"

#include "mtb-text.h"
#include "mtb-time.h"

/**
 * MtbRunningTime:
 *
 * How long something has lasted, second by second while it is seen. It counts by the monotonic
 * clock, so a clock that is set does not disturb it.
 */
struct _MtbRunningTime
{
  AdwBin parent_instance;

  GtkLabel *label;

  gint64 started_us;
  guint tick_id;
};

G_DEFINE_FINAL_TYPE (MtbRunningTime, mtb_running_time, ADW_TYPE_BIN)

static void
show (MtbRunningTime *self, gint64 elapsed_ms)
{
  g_autofree char *text = mtb_text_duration (elapsed_ms / MTB_SECOND);

  gtk_label_set_label (self->label, text);
}

static gint64
count_elapsed_ms (MtbRunningTime *self)
{
  return (g_get_monotonic_time () - self->started_us) / 1000;
}

static gboolean on_tick (gpointer user_data);

/* Just after the second is full, whenever the count began. */
static void
schedule (MtbRunningTime *self)
{
  gint64 until_next = MTB_SECOND - count_elapsed_ms (self) % MTB_SECOND;

  self->tick_id = g_timeout_add ((guint) until_next + 5, on_tick, self);
}

static gboolean
on_tick (gpointer user_data)
{
  MtbRunningTime *self = user_data;

  show (self, count_elapsed_ms (self));
  schedule (self);
  return G_SOURCE_REMOVE;
}

static void
mtb_running_time_dispose (GObject *object)
{
  MtbRunningTime *self = MTB_RUNNING_TIME (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);

  G_OBJECT_CLASS (mtb_running_time_parent_class)->dispose (object);
}

static void
mtb_running_time_class_init (MtbRunningTimeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_running_time_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/widgets/mtb-running-time.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbRunningTime, label);
}

static void
mtb_running_time_init (MtbRunningTime *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_running_time_start:
 * @self: a duration
 * @elapsed_ms: how long it has lasted by now
 *
 * Shows it, and how it grows.
 */
void
mtb_running_time_start (MtbRunningTime *self, gint64 elapsed_ms)
{
  g_return_if_fail (MTB_IS_RUNNING_TIME (self));

  g_clear_handle_id (&self->tick_id, g_source_remove);
  self->started_us = g_get_monotonic_time () - MAX (elapsed_ms, 0) * 1000;
  show (self, elapsed_ms);
  schedule (self);
}

/**
 * mtb_running_time_stop:
 * @self: a duration
 * @elapsed_ms: how long it has lasted in all
 *
 * Shows it as it stays.
 */
void
mtb_running_time_stop (MtbRunningTime *self, gint64 elapsed_ms)
{
  g_return_if_fail (MTB_IS_RUNNING_TIME (self));

  g_clear_handle_id (&self->tick_id, g_source_remove);
  show (self, elapsed_ms);
}
