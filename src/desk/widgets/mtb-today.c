#include "mtb-today.h"

#include "mtb-time.h"

/**
 * MtbToday:
 *
 * Which day it is at a desk, by the engine's clock and the zone of the place. `began` is emitted when
 * it is another: at midnight, or when a clock was set.
 */
struct _MtbToday
{
  GObject parent_instance;

  MtbEngine *engine;
  GTimeZone *zone;
  gint64 start;
  guint tick_id;
};

G_DEFINE_FINAL_TYPE (MtbToday, mtb_today, G_TYPE_OBJECT)

enum
{
  BEGAN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gint64
find_start (MtbToday *self)
{
  return mtb_time_get_day_start (mtb_engine_get_now (self->engine), self->zone);
}

/* Looked at again and again: a computer that sleeps sleeps through the time until midnight. */
static gboolean
on_tick (gpointer user_data)
{
  MtbToday *self = user_data;
  gint64 start = find_start (self);

  if (start != self->start)
    {
      self->start = start;
      g_signal_emit (self, signals[BEGAN], 0);
    }
  return G_SOURCE_CONTINUE;
}

static void
mtb_today_dispose (GObject *object)
{
  MtbToday *self = MTB_TODAY (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (mtb_today_parent_class)->dispose (object);
}

static void
mtb_today_finalize (GObject *object)
{
  g_time_zone_unref (MTB_TODAY (object)->zone);
  G_OBJECT_CLASS (mtb_today_parent_class)->finalize (object);
}

static void
mtb_today_class_init (MtbTodayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mtb_today_dispose;
  object_class->finalize = mtb_today_finalize;

  signals[BEGAN] = g_signal_new ("began", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
mtb_today_init (MtbToday *self)
{
  self->zone = g_time_zone_new_local ();
}

/**
 * mtb_today_new:
 * @engine: the engine, for its clock
 *
 * Returns: (transfer full): today
 */
MtbToday *
mtb_today_new (MtbEngine *engine)
{
  MtbToday *self;

  g_return_val_if_fail (MTB_IS_ENGINE (engine), NULL);

  self = g_object_new (MTB_TYPE_TODAY, NULL);
  self->engine = g_object_ref (engine);
  self->start = find_start (self);
  self->tick_id = g_timeout_add_seconds (1, on_tick, self);
  return self;
}

/**
 * mtb_today_get_start:
 * @self: today
 * @days: 0 for today, 1 for tomorrow, -1 for yesterday, and so on
 *
 * Returns: when that day begins
 */
gint64
mtb_today_get_start (MtbToday *self, gint64 days)
{
  g_return_val_if_fail (MTB_IS_TODAY (self), 0);

  /* Counted from the middle, so that a day of 23 or 25 hours does no harm. */
  return mtb_time_get_day_start (self->start + MTB_DAY / 2 + days * MTB_DAY, self->zone);
}
