#include "mtb-duty-notice.h"

#include <glib/gi18n.h>

/**
 * MtbDutyNotice:
 *
 * A calm bar that says to who is not on shift how to begin.
 */
struct _MtbDutyNotice
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkLabel *title;

  MtbDuty *duty;
};

G_DEFINE_FINAL_TYPE (MtbDutyNotice, mtb_duty_notice, ADW_TYPE_BIN)

static void
show_standing (MtbDutyNotice *self)
{
  const MtbFloorRow *standing = mtb_duty_get_standing (self->duty);
  gboolean ended = standing != NULL && standing->act == MTB_PRESENCE_ACT_END;

  gtk_revealer_set_reveal_child (self->revealer,
                                 standing != NULL && !mtb_duty_is_on_shift (self->duty));
  gtk_label_set_label (self->title,
                       ended ? _ ("Your shift has ended") : _ ("Your shift has not begun"));
}

static void
on_moved (GObject *duty, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbDutyNotice) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mtb_duty_move_finish (MTB_DUTY (duty), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", gettext (error->message));
}

static void
on_begin (MtbDutyNotice *self)
{
  if (mtb_duty_may (self->duty, MTB_PRESENCE_ACT_BEGIN))
    mtb_duty_move_async (self->duty, MTB_PRESENCE_ACT_BEGIN, on_moved, g_object_ref (self));
}

static void
mtb_duty_notice_dispose (GObject *object)
{
  MtbDutyNotice *self = MTB_DUTY_NOTICE (object);

  g_clear_object (&self->duty);

  G_OBJECT_CLASS (mtb_duty_notice_parent_class)->dispose (object);
}

static void
mtb_duty_notice_class_init (MtbDutyNoticeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_duty_notice_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/shell/mtb-duty-notice.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbDutyNotice, revealer);
  gtk_widget_class_bind_template_child (widget_class, MtbDutyNotice, title);
  gtk_widget_class_bind_template_callback (widget_class, on_begin);
}

static void
mtb_duty_notice_init (MtbDutyNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_duty_notice_set_duty:
 * @self: a duty notice
 * @duty: how the person stands
 */
void
mtb_duty_notice_set_duty (MtbDutyNotice *self, MtbDuty *duty)
{
  g_return_if_fail (MTB_IS_DUTY_NOTICE (self));

  self->duty = g_object_ref (duty);
  g_signal_connect_object (duty, "changed", G_CALLBACK (show_standing), self, G_CONNECT_SWAPPED);
  show_standing (self);
}
