#include "mtb-password-form.h"

#include "mtb-error.h"
#include "mtb-labelled.h"
#include "mtb-online-form.h"
#include "mtb-text.h"

#include <glib/gi18n.h>

/**
 * MtbPasswordForm:
 *
 * Another password for whoever is signed in: the old one, the new one twice. `changed` is emitted
 * when the server has taken it.
 */
struct _MtbPasswordForm
{
  AdwBin parent_instance;

  MtbOnlineForm *form;
  GtkEditable *old;
  GtkEditable *new;
  GtkEditable *repeat;
  GtkWidget *button;

  MtbEngine *engine;
};

G_DEFINE_FINAL_TYPE (MtbPasswordForm, mtb_password_form, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_edited (MtbPasswordForm *self)
{
  mtb_online_form_unmark (self->form);
}

static void
on_changed (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbPasswordForm) self = user_data;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->button, TRUE);
  if (!mtb_engine_change_password_finish (MTB_ENGINE (engine), result, &error))
    {
      g_autofree char *words = mtb_text_problem (error);

      mtb_online_form_mark (self->form, mtb_error_get_field (error), words);
      return;
    }
  mtb_password_form_clear (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
check (MtbPasswordForm *self)
{
  const char *repeat = gtk_editable_get_text (self->repeat);

  if (*gtk_editable_get_text (self->old) == '\0')
    mtb_online_form_mark (self->form, "old", _ ("This is needed"));
  else if (*gtk_editable_get_text (self->new) == '\0')
    mtb_online_form_mark (self->form, "new", _ ("This is needed"));
  else if (!g_str_equal (gtk_editable_get_text (self->new), repeat))
    mtb_online_form_mark (self->form, "repeat", _ ("This is not what you typed above"));
  else
    return TRUE;
  return FALSE;
}

static void
change (MtbPasswordForm *self)
{
  if (!gtk_widget_is_sensitive (self->button) || !check (self))
    return;
  gtk_widget_set_sensitive (self->button, FALSE);
  mtb_engine_change_password_async (self->engine, gtk_editable_get_text (self->old),
                                    gtk_editable_get_text (self->new), NULL, on_changed,
                                    g_object_ref (self));
}

/* Return leads from one to the next. */
static void
on_next (MtbPasswordForm *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->form), GTK_DIR_TAB_FORWARD);
}

static void
mtb_password_form_dispose (GObject *object)
{
  g_clear_object (&MTB_PASSWORD_FORM (object)->engine);

  G_OBJECT_CLASS (mtb_password_form_parent_class)->dispose (object);
}

static void
mtb_password_form_class_init (MtbPasswordFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mtb_password_form_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/shell/mtb-password-form.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbPasswordForm, button);
  gtk_widget_class_bind_template_child (widget_class, MtbPasswordForm, form);
  gtk_widget_class_bind_template_child (widget_class, MtbPasswordForm, new);
  gtk_widget_class_bind_template_child (widget_class, MtbPasswordForm, old);
  gtk_widget_class_bind_template_child (widget_class, MtbPasswordForm, repeat);
  gtk_widget_class_bind_template_callback (widget_class, change);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_next);

  g_type_ensure (MTB_TYPE_LABELLED);
  g_type_ensure (MTB_TYPE_ONLINE_FORM);
}

static void
mtb_password_form_init (MtbPasswordForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_password_form_set_engine:
 * @self: a form
 * @engine: the engine that somebody is signed in with
 */
void
mtb_password_form_set_engine (MtbPasswordForm *self, MtbEngine *engine)
{
  g_return_if_fail (MTB_IS_PASSWORD_FORM (self));

  self->engine = g_object_ref (engine);
  mtb_online_form_set_engine (self->form, engine);
}

/**
 * mtb_password_form_clear:
 * @self: a form
 *
 * Forgets what was typed, and puts the focus where one begins.
 */
void
mtb_password_form_clear (MtbPasswordForm *self)
{
  g_return_if_fail (MTB_IS_PASSWORD_FORM (self));

  gtk_editable_set_text (self->old, "");
  gtk_editable_set_text (self->new, "");
  gtk_editable_set_text (self->repeat, "");
  mtb_online_form_unmark (self->form);
  gtk_widget_grab_focus (GTK_WIDGET (self->old));
}
