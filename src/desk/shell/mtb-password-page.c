#include "mtb-password-page.h"

#include "mtb-online-notice.h"
#include "mtb-password-form.h"

/**
 * MtbPasswordPage:
 *
 * What stands before anything else for whoever has signed in with a temporary password.
 */
struct _MtbPasswordPage
{
  AdwBin parent_instance;

  MtbOnlineNotice *notice;
  MtbPasswordForm *form;
};

G_DEFINE_FINAL_TYPE (MtbPasswordPage, mtb_password_page, ADW_TYPE_BIN)

static void
mtb_password_page_class_init (MtbPasswordPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/shell/mtb-password-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbPasswordPage, form);
  gtk_widget_class_bind_template_child (widget_class, MtbPasswordPage, notice);

  g_type_ensure (MTB_TYPE_ONLINE_NOTICE);
  g_type_ensure (MTB_TYPE_PASSWORD_FORM);
}

static void
mtb_password_page_init (MtbPasswordPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_password_page_set_engine:
 * @self: a password page
 * @engine: the engine that somebody is signed in with
 */
void
mtb_password_page_set_engine (MtbPasswordPage *self, MtbEngine *engine)
{
  g_return_if_fail (MTB_IS_PASSWORD_PAGE (self));

  mtb_online_notice_set_engine (self->notice, engine);
  mtb_password_form_set_engine (self->form, engine);
}

/**
 * mtb_password_page_focus:
 * @self: a password page
 *
 * Puts the focus where one begins.
 */
void
mtb_password_page_focus (MtbPasswordPage *self)
{
  g_return_if_fail (MTB_IS_PASSWORD_PAGE (self));

  mtb_password_form_clear (self->form);
}
