#include "mtb-day-range.h"

#include "mtb-text.h"
#include "mtb-time.h"

#include <glib/gi18n.h>

/**
 * MtbDayRange:
 *
 * Which days are wanted: one of the usual ranges, or a first and a last day by calendar. `changed`
 * is emitted when others are.
 */
struct _MtbDayRange
{
  AdwBin parent_instance;

  GtkDropDown *usual;
  GtkMenuButton *first_button;
  GtkCalendar *first_calendar;
  GtkMenuButton *last_button;
  GtkCalendar *last_calendar;

  GDateTime *first;
  GDateTime *last;
  gboolean loading;
};

G_DEFINE_FINAL_TYPE (MtbDayRange, mtb_day_range, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* In the order of the template. */
enum
{
  TODAY,
  YESTERDAY,
  THIS_WEEK,
  THIS_MONTH,
  LAST_MONTH,
  OTHER,
};

static GDateTime *
new_day (GDateTime *moment)
{
  return g_date_time_new_local (g_date_time_get_year (moment), g_date_time_get_month (moment),
                                g_date_time_get_day_of_month (moment), 0, 0, 0);
}

static void
take_days (MtbDayRange *self, GDateTime *first, GDateTime *last)
{
  g_clear_pointer (&self->first, g_date_time_unref);
  g_clear_pointer (&self->last, g_date_time_unref);
  self->first = first;
  self->last = last;
}

static GDateTime *
get_first_of_week (GDateTime *today)
{
  /* Translators: the day with which the week begins, 1 is Monday, 6 Saturday, 7 Sunday. */
  int begins = atoi (C_ ("first day of the week", "1"));

  return g_date_time_add_days (today, -((g_date_time_get_day_of_week (today) - begins + 7) % 7));
}

static void
take_usual (MtbDayRange *self, guint usual)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) today = new_day (now);
  g_autoptr (GDateTime) month =
    g_date_time_add_days (today, 1 - g_date_time_get_day_of_month (today));

  switch (usual)
    {
    case TODAY:
      take_days (self, g_date_time_ref (today), g_date_time_ref (today));
      break;
    case YESTERDAY:
      take_days (self, g_date_time_add_days (today, -1), g_date_time_add_days (today, -1));
      break;
    case THIS_WEEK:
      take_days (self, get_first_of_week (today), g_date_time_ref (today));
      break;
    case THIS_MONTH:
      take_days (self, g_date_time_ref (month), g_date_time_ref (today));
      break;
    case LAST_MONTH:
      take_days (self, g_date_time_add_months (month, -1), g_date_time_add_days (month, -1));
      break;
    default:
      break;
    }
}

static gint64
to_ms (GDateTime *day)
{
  return g_date_time_to_unix (day) * MTB_SECOND;
}

static void
show_days (MtbDayRange *self)
{
  g_autofree char *first = mtb_text_day (to_ms (self->first));
  g_autofree char *last = mtb_text_day (to_ms (self->last));
  g_autofree char *from = g_strdup_printf (_ ("From %s"), first);
  g_autofree char *until = g_strdup_printf (_ ("To %s"), last);

  self->loading = TRUE;
  gtk_menu_button_set_label (self->first_button, from);
  gtk_menu_button_set_label (self->last_button, until);
  gtk_calendar_select_day (self->first_calendar, self->first);
  gtk_calendar_select_day (self->last_calendar, self->last);
  self->loading = FALSE;
}

static void
on_usual (MtbDayRange *self)
{
  guint usual = gtk_drop_down_get_selected (self->usual);

  if (self->loading || usual == OTHER)
    return;
  take_usual (self, usual);
  show_days (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The other end follows a day that would pass it. */
static void
on_day_selected (MtbDayRange *self, GtkCalendar *calendar)
{
  gboolean is_first = calendar == self->first_calendar;
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GDateTime) day = NULL;

  if (self->loading)
    return;
  date = gtk_calendar_get_date (calendar);
  day = new_day (date);
  if (g_date_time_equal (day, is_first ? self->first : self->last))
    return;
  if (is_first)
    take_days (self, g_date_time_ref (day),
               g_date_time_ref (g_date_time_compare (day, self->last) > 0 ? day : self->last));
  else
    take_days (self,
               g_date_time_ref (g_date_time_compare (day, self->first) < 0 ? day : self->first),
               g_date_time_ref (day));
  show_days (self);
  gtk_drop_down_set_selected (self->usual, OTHER);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
mtb_day_range_finalize (GObject *object)
{
  take_days (MTB_DAY_RANGE (object), NULL, NULL);
  G_OBJECT_CLASS (mtb_day_range_parent_class)->finalize (object);
}

static void
mtb_day_range_class_init (MtbDayRangeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mtb_day_range_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/widgets/mtb-day-range.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbDayRange, first_button);
  gtk_widget_class_bind_template_child (widget_class, MtbDayRange, first_calendar);
  gtk_widget_class_bind_template_child (widget_class, MtbDayRange, last_button);
  gtk_widget_class_bind_template_child (widget_class, MtbDayRange, last_calendar);
  gtk_widget_class_bind_template_child (widget_class, MtbDayRange, usual);
  gtk_widget_class_bind_template_callback (widget_class, on_day_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_usual);
}

static void
mtb_day_range_init (MtbDayRange *self)
{
  self->loading = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  take_usual (self, TODAY);
  show_days (self);
}

/**
 * mtb_day_range_get_from:
 * @self: a day range
 *
 * Returns: when the first day begins, in the local zone
 */
gint64
mtb_day_range_get_from (MtbDayRange *self)
{
  g_return_val_if_fail (MTB_IS_DAY_RANGE (self), 0);

  return to_ms (self->first);
}

/**
 * mtb_day_range_get_until:
 * @self: a day range
 *
 * Returns: when the last day ends
 */
gint64
mtb_day_range_get_until (MtbDayRange *self)
{
  g_autoptr (GDateTime) next = NULL;

  g_return_val_if_fail (MTB_IS_DAY_RANGE (self), 0);

  next = g_date_time_add_days (self->last, 1);
  return to_ms (next);
}
