#include "mtb-sign-in-page.h"

#include "mtb-error.h"
#include "mtb-role.h"
#include "mtb-text.h"

#include <glib/gi18n.h>

/**
 * MtbSignInPage:
 *
 * Where a person signs in, to their own desk also while the server cannot be reached. In a
 * demonstration it offers the people of the department, one a role.
 */
struct _MtbSignInPage
{
  AdwBin parent_instance;

  GtkEditable *user_name;
  GtkEditable *password;
  GtkStack *button_stack;
  GtkRevealer *problem;
  GtkLabel *problem_words;
  GtkLabel *server;
  GtkWidget *demo;
  GtkFlowBox *demo_people;

  MtbEngine *engine;
};

G_DEFINE_FINAL_TYPE (MtbSignInPage, mtb_sign_in_page, ADW_TYPE_BIN)

#define DEMO_PASSWORD "mutabaa-demo"

static const struct
{
  const char *user_name;
  MtbRole role;
} demo_people[] = {
  { "rima", MTB_ROLE_AGENT },    { "hadi", MTB_ROLE_SUPERVISOR },  { "salma", MTB_ROLE_QUALITY },
  { "nadia", MTB_ROLE_MANAGER }, { "karim", MTB_ROLE_FOLLOWUP },   { "omar", MTB_ROLE_FIELD },
  { "dima", MTB_ROLE_FINANCE },  { "tarek", MTB_ROLE_DEPARTMENT }, { "majd", MTB_ROLE_ADMIN },
};

static void
show_busy (MtbSignInPage *self, gboolean busy)
{
  gtk_editable_set_editable (self->user_name, !busy);
  gtk_editable_set_editable (self->password, !busy);
  gtk_widget_set_sensitive (self->demo, !busy);
  gtk_stack_set_visible_child_name (self->button_stack, busy ? "busy" : "ready");
}

static void
show_problem (MtbSignInPage *self, const GError *error)
{
  g_autofree char *words = error != NULL ? mtb_text_problem (error) : NULL;

  gtk_revealer_set_reveal_child (self->problem, error != NULL);
  if (error != NULL)
    gtk_label_set_label (self->problem_words, words);
}

static void
on_signed_in (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;

  mtb_engine_sign_in_finish (MTB_ENGINE (engine), result, &error);
  show_busy (self, FALSE);
  show_problem (self, error);
  /* What was not looked at may be right. */
  if (!g_error_matches (error, MTB_ERROR, MTB_ERROR_TOO_MANY))
    gtk_editable_set_text (self->password, "");
  if (error != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

static void
sign_in (MtbSignInPage *self)
{
  g_autofree char *user_name = g_strstrip (g_strdup (gtk_editable_get_text (self->user_name)));

  if (*user_name == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->user_name));
      return;
    }
  if (*gtk_editable_get_text (self->password) == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->password));
      return;
    }
  show_problem (self, NULL);
  show_busy (self, TRUE);
  mtb_engine_sign_in_async (self->engine, user_name, gtk_editable_get_text (self->password), NULL,
                            on_signed_in, g_object_ref (self));
}

static void
on_demo_person_chosen (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbSignInPage *self = MTB_SIGN_IN_PAGE (widget);

  gtk_editable_set_text (self->user_name, g_variant_get_string (parameter, NULL));
  gtk_editable_set_text (self->password, DEMO_PASSWORD);
  sign_in (self);
}

static void
add_demo_person (MtbSignInPage *self, const char *user_name, MtbRole role)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (gettext (mtb_role_get_title (role)));
  g_autofree char *isolated = mtb_text_isolate (user_name);
  GtkWidget *name = gtk_label_new (isolated);

  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (title), 18);
  gtk_label_set_justify (GTK_LABEL (title), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (name, "dim-label");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), name);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "sign-in.demo");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", user_name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (GTK_LABEL (title)), -1);
  gtk_flow_box_append (self->demo_people, button);
}

static void
mtb_sign_in_page_dispose (GObject *object)
{
  MtbSignInPage *self = MTB_SIGN_IN_PAGE (object);

  g_clear_object (&self->engine);

  G_OBJECT_CLASS (mtb_sign_in_page_parent_class)->dispose (object);
}

static void
mtb_sign_in_page_class_init (MtbSignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_sign_in_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/shell/mtb-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbSignInPage, button_stack);
  gtk_widget_class_bind_template_child (widget_class, MtbSignInPage, demo);
  gtk_widget_class_bind_template_child (widget_class, MtbSignInPage, demo_people);
  gtk_widget_class_bind_template_child (widget_class, MtbSignInPage, password);
  gtk_widget_class_bind_template_child (widget_class, MtbSignInPage, problem);
  gtk_widget_class_bind_template_child (widget_class, MtbSignInPage, problem_words);
  gtk_widget_class_bind_template_child (widget_class, MtbSignInPage, server);
  gtk_widget_class_bind_template_child (widget_class, MtbSignInPage, user_name);
  gtk_widget_class_bind_template_callback (widget_class, sign_in);

  gtk_widget_class_install_action (widget_class, "sign-in.demo", "s", on_demo_person_chosen);
}

static void
mtb_sign_in_page_init (MtbSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Whoever has to sign in after all is not told why: it is as if the desk were started anew. */
static void
on_restored (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbSignInPage) self = user_data;
  gboolean restored = mtb_engine_restore_finish (MTB_ENGINE (engine), result, NULL);

  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (!restored)
    mtb_sign_in_page_focus (self);
}

/**
 * mtb_sign_in_page_set_engine:
 * @self: a sign-in page
 * @engine: the engine to sign in with
 * @server: the server's address
 * @demo: whether to offer the people of the demonstration
 *
 * Waits until it is known whether somebody is signed in already, from before.
 */
void
mtb_sign_in_page_set_engine (MtbSignInPage *self,
                             MtbEngine *engine,
                             const char *server,
                             gboolean demo)
{
  g_autofree char *isolated = mtb_text_isolate (server);

  g_return_if_fail (MTB_IS_SIGN_IN_PAGE (self));

  self->engine = g_object_ref (engine);
  gtk_label_set_label (self->server, isolated);
  gtk_widget_set_visible (self->demo, demo);
  for (guint i = 0; demo && i < G_N_ELEMENTS (demo_people); i++)
    add_demo_person (self, demo_people[i].user_name, demo_people[i].role);
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  mtb_engine_restore_async (engine, NULL, on_restored, g_object_ref (self));
}

/**
 * mtb_sign_in_page_focus:
 * @self: a sign-in page
 *
 * Puts the focus where one begins.
 */
void
mtb_sign_in_page_focus (MtbSignInPage *self)
{
  g_return_if_fail (MTB_IS_SIGN_IN_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->user_name));
}
