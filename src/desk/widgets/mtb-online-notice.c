#include "mtb-online-notice.h"

#include "mtb-online-form.h"

/**
 * MtbOnlineNotice:
 *
 * Says on a page whose forms are #MtbOnlineForm, once for all of them, that they need the server's
 * word while that cannot be had.
 */
struct _MtbOnlineNotice
{
  AdwBin parent_instance;

  GtkRevealer *revealer;

  MtbEngine *engine;
};

G_DEFINE_FINAL_TYPE (MtbOnlineNotice, mtb_online_notice, ADW_TYPE_BIN)

static void
show_state (MtbOnlineNotice *self)
{
  gtk_revealer_set_reveal_child (self->revealer, !mtb_online_form_can_give (self->engine));
}

static void
mtb_online_notice_dispose (GObject *object)
{
  g_clear_object (&MTB_ONLINE_NOTICE (object)->engine);

  G_OBJECT_CLASS (mtb_online_notice_parent_class)->dispose (object);
}

static void
mtb_online_notice_class_init (MtbOnlineNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mtb_online_notice_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/widgets/mtb-online-notice.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbOnlineNotice, revealer);
}

static void
mtb_online_notice_init (MtbOnlineNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_online_notice_set_engine:
 * @self: a notice
 * @engine: the engine that the page gives to
 */
void
mtb_online_notice_set_engine (MtbOnlineNotice *self, MtbEngine *engine)
{
  g_return_if_fail (MTB_IS_ONLINE_NOTICE (self));

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "notify::state", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  show_state (self);
}
