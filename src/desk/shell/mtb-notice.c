#include "mtb-notice.h"

#include "mtb-fetch-bar.h"
#include "mtb-sync-words.h"

#include <glib/gi18n.h>

/**
 * MtbNotice:
 *
 * A calm bar that says when the desk works without its server, and what that means or, where it
 * passes by itself, what waits. Its button asks for `win.show-sync`.
 */
struct _MtbNotice
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *detail;
  MtbFetchBar *fetch_bar;
  GtkWidget *sign_in;

  MtbEngine *engine;
};

G_DEFINE_FINAL_TYPE (MtbNotice, mtb_notice, ADW_TYPE_BIN)

static void
show_state (MtbNotice *self)
{
  MtbEngineState state = mtb_engine_get_state (self->engine);
  g_autoptr (MtbSyncWords) words = mtb_sync_words_new (self->engine);
  g_autofree char *waiting = mtb_sync_words_dup_waiting (self->engine);
  gboolean waits = state == MTB_ENGINE_OFFLINE && mtb_engine_get_n_waiting (self->engine) > 0;

  gtk_revealer_set_reveal_child (self->revealer, words->notice);
  if (!words->notice)
    return;
  gtk_image_set_from_icon_name (self->icon, words->icon_name);
  gtk_label_set_label (self->title, words->title);
  gtk_label_set_label (self->detail, waits ? waiting : words->advice);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->detail), words->advice);
  gtk_widget_set_visible (self->sign_in, words->sign_in);
}

static void
mtb_notice_dispose (GObject *object)
{
  MtbNotice *self = MTB_NOTICE (object);

  g_clear_object (&self->engine);

  G_OBJECT_CLASS (mtb_notice_parent_class)->dispose (object);
}

static void
mtb_notice_class_init (MtbNoticeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_notice_dispose;

  g_type_ensure (MTB_TYPE_FETCH_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/shell/mtb-notice.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbNotice, detail);
  gtk_widget_class_bind_template_child (widget_class, MtbNotice, fetch_bar);
  gtk_widget_class_bind_template_child (widget_class, MtbNotice, icon);
  gtk_widget_class_bind_template_child (widget_class, MtbNotice, revealer);
  gtk_widget_class_bind_template_child (widget_class, MtbNotice, sign_in);
  gtk_widget_class_bind_template_child (widget_class, MtbNotice, title);
}

static void
mtb_notice_init (MtbNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_notice_set_engine:
 * @self: a notice
 * @engine: the engine
 */
void
mtb_notice_set_engine (MtbNotice *self, MtbEngine *engine)
{
  g_return_if_fail (MTB_IS_NOTICE (self));

  self->engine = g_object_ref (engine);
  mtb_fetch_bar_set_engine (self->fetch_bar, engine);
  g_signal_connect_object (engine, "notify", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  show_state (self);
}
