#include "mtb-person-form.h"

#include "mtb-error.h"
#include "mtb-labelled.h"
#include "mtb-online-form.h"
#include "mtb-question.h"
#include "mtb-role.h"
#include "mtb-team-list.h"
#include "mtb-temporary-password.h"
#include "mtb-text.h"

#include <glib/gi18n.h>

/* How many roles stand beside each other. */
#define ROLE_COLUMNS 2

/**
 * MtbPersonForm:
 *
 * One person to be changed or added, and whether they may sign in. It follows what the desk knows
 * of the person until somebody changes something in it; that stays until it is saved. Its page has
 * an action `people.saved` with the id of who was.
 */
struct _MtbPersonForm
{
  AdwBin parent_instance;

  GtkLabel *title;
  MtbOnlineForm *form;
  GtkEditable *display_name;
  GtkEditable *username;
  GtkGrid *roles;
  GtkDropDown *team;
  GtkEditable *pbx_name;
  MtbOnlineForm *sign_in_form;
  GtkLabel *sign_in_words;
  GtkWidget *reset_button;
  GtkButton *active_button;

  MtbEngine *engine;
  MtbQueryModel *teams;
  MtbPersonRow *person;
  MtbPersonPut *order;
  GtkCheckButton *role_buttons[64];
  gboolean loading;
};

G_DEFINE_FINAL_TYPE (MtbPersonForm, mtb_person_form, ADW_TYPE_BIN)

static gboolean
is_new (MtbPersonForm *self)
{
  return self->person->username == NULL;
}

static gboolean
is_oneself (MtbPersonForm *self)
{
  const MtbPerson *person = mtb_engine_get_person (self->engine);

  return person != NULL && g_str_equal (person->id, self->person->id);
}

static void
on_edited (MtbPersonForm *self)
{
  if (!self->loading)
    mtb_online_form_note_edit (self->form);
}

static char *
dup_typed (GtkEditable *entry)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static void
put_text (GtkEditable *entry, const char *text)
{
  gtk_editable_set_text (entry, text != NULL ? text : "");
}

static void
show_sign_in (MtbPersonForm *self)
{
  gboolean active = self->person->active == 1;
  const char *words = active ? _ ("This person may sign in.")
                             : _ ("This person may not sign in. What they recorded stays.");

  gtk_widget_set_visible (GTK_WIDGET (self->sign_in_form), !is_new (self));
  gtk_label_set_label (self->sign_in_words,
                       is_oneself (self) ? _ ("You are signed in with this account.") : words);
  gtk_button_set_label (self->active_button, active ? _ ("Deactivate…") : _ ("Activate…"));
  gtk_widget_set_visible (GTK_WIDGET (self->active_button), !is_oneself (self));
  gtk_widget_set_visible (self->reset_button, active && !is_oneself (self));
}

static void
load (MtbPersonForm *self)
{
  self->loading = TRUE;
  gtk_label_set_label (self->title,
                       is_new (self) ? _ ("A new person") : self->person->display_name);
  put_text (self->display_name, self->person->display_name);
  put_text (self->username, self->person->username);
  put_text (self->pbx_name, self->person->pbx_name);
  for (guint i = 0; self->role_buttons[i] != NULL; i++)
    gtk_check_button_set_active (self->role_buttons[i],
                                 (self->person->roles & (G_GINT64_CONSTANT (1) << i)) != 0);
  mtb_team_list_fill (self->team, self->teams, self->person->team_id);
  self->loading = FALSE;
}

static void
on_teams (MtbPersonForm *self)
{
  g_autofree char *chosen = mtb_team_list_dup_chosen (self->team, self->teams);

  self->loading = TRUE;
  mtb_team_list_fill (self->team, self->teams,
                      mtb_online_form_is_edited (self->form) ? chosen : self->person->team_id);
  self->loading = FALSE;
}

static gint64
get_roles (MtbPersonForm *self)
{
  gint64 roles = 0;

  for (guint i = 0; self->role_buttons[i] != NULL; i++)
    if (gtk_check_button_get_active (self->role_buttons[i]))
      roles |= G_GINT64_CONSTANT (1) << i;
  return roles;
}

static MtbPersonPut *
make_order (MtbPersonForm *self)
{
  MtbPersonPut *put =
    mtb_record_new (is_new (self) ? &mtb_person_add.shape : &mtb_person_set.shape);

  mtb_record_assign (put, self->person);
  return put;
}

static void
save (MtbPersonForm *self)
{
  MtbPersonPut *put;

  /* What is out is the order until it is answered. */
  if (mtb_online_form_is_giving (self->form))
    return;
  put = make_order (self);
  mtb_record_unref (self->order);
  self->order = put;
  g_free (put->display_name);
  g_free (put->username);
  g_free (put->pbx_name);
  g_free (put->team_id);
  put->display_name = dup_typed (self->display_name);
  put->username = dup_typed (self->username);
  put->pbx_name = dup_typed (self->pbx_name);
  put->team_id = mtb_team_list_dup_chosen (self->team, self->teams);
  put->roles = get_roles (self);
  if (put->roles == 0)
    mtb_online_form_mark (self->form, "roles", _ ("Choose at least one role"));
  else
    mtb_online_form_give (self->form, put);
}

static void
on_reset (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbPersonForm) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *password =
    mtb_engine_reset_password_finish (MTB_ENGINE (engine), result, &error);

  if (self->person == NULL)
    return;
  if (password != NULL)
    mtb_temporary_password_present (GTK_WIDGET (self), self->person->display_name, password);
  else
    mtb_online_form_mark (self->sign_in_form, NULL, gettext (error->message));
}

static void
reset_password (MtbPersonForm *self)
{
  mtb_online_form_unmark (self->sign_in_form);
  mtb_engine_reset_password_async (self->engine, self->person->id, NULL, on_reset,
                                   g_object_ref (self));
}

static void
on_reset_clicked (MtbPersonForm *self)
{
  g_autofree char *heading =
    g_strdup_printf (_ ("Reset the password of %s?"), self->person->display_name);

  mtb_question_ask (
    GTK_WIDGET (self), heading,
    _ (
      "The password that they have no longer works, and they are asked for one at every desk where "
      "they are signed in. You are shown a temporary password for them."),
    _ ("Reset"), ADW_RESPONSE_DESTRUCTIVE, G_CALLBACK (reset_password));
}

/* The desk's row comes after the server's word or before; until then what was given is what is true. What
 * was typed meanwhile is still to be saved. Who is new needs a password straight away. */
static void
on_given (MtbPersonForm *self)
{
  gboolean added = mtb_record_get_shape (self->order) == &mtb_person_add.shape;

  mtb_record_assign (self->person, self->order);
  if (!mtb_online_form_is_edited (self->form))
    load (self);
  show_sign_in (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "people.saved", "s", self->person->id);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", C_ ("form", "Saved"));
  if (added)
    reset_password (self);
}

/* As the desk knows the person: what is being typed is not saved with it. */
static void
on_active_answered (MtbPersonForm *self)
{
  g_autoptr (MtbPersonPut) put = make_order (self);

  put->active = self->person->active == 1 ? 0 : 1;
  mtb_online_form_give (self->sign_in_form, put);
}

static void
on_active_clicked (MtbPersonForm *self)
{
  gboolean active = self->person->active == 1;
  g_autofree char *heading = g_strdup_printf (active ? _ ("Deactivate %s?") : _ ("Activate %s?"),
                                              self->person->display_name);

  mtb_question_ask (
    GTK_WIDGET (self), heading,
    active ? _ ("They can no longer sign in. Their desks empty themselves as soon as they hear of "
                "it, except for what was not sent yet. What they recorded stays.")
           : _ ("They can sign in again with the password that they had, and see what their roles "
                "let them see."),
    active ? _ ("Deactivate") : _ ("Activate"),
    active ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED, G_CALLBACK (on_active_answered));
}

static void
on_active_given (MtbPersonForm *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", C_ ("form", "Saved"));
}

static void
add_roles (MtbPersonForm *self)
{
  for (int i = 0; (MTB_ROLES_HUMAN & (G_GINT64_CONSTANT (1) << i)) != 0; i++)
    {
      GtkWidget *button = gtk_check_button_new_with_label (gettext (mtb_role_get_title (1 << i)));

      g_signal_connect_object (button, "toggled", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
      gtk_grid_attach (self->roles, button, i % ROLE_COLUMNS, i / ROLE_COLUMNS, 1, 1);
      self->role_buttons[i] = GTK_CHECK_BUTTON (button);
    }
}

static void
mtb_person_form_dispose (GObject *object)
{
  MtbPersonForm *self = MTB_PERSON_FORM (object);

  self->loading = TRUE;
  g_clear_object (&self->engine);
  g_clear_object (&self->teams);
  g_clear_pointer (&self->person, mtb_record_unref);
  g_clear_pointer (&self->order, mtb_record_unref);

  G_OBJECT_CLASS (mtb_person_form_parent_class)->dispose (object);
}

static void
mtb_person_form_class_init (MtbPersonFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_person_form_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/admin/mtb-person-form.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbPersonForm, active_button);
  gtk_widget_class_bind_template_child (widget_class, MtbPersonForm, display_name);
  gtk_widget_class_bind_template_child (widget_class, MtbPersonForm, form);
  gtk_widget_class_bind_template_child (widget_class, MtbPersonForm, pbx_name);
  gtk_widget_class_bind_template_child (widget_class, MtbPersonForm, reset_button);
  gtk_widget_class_bind_template_child (widget_class, MtbPersonForm, roles);
  gtk_widget_class_bind_template_child (widget_class, MtbPersonForm, sign_in_form);
  gtk_widget_class_bind_template_child (widget_class, MtbPersonForm, sign_in_words);
  gtk_widget_class_bind_template_child (widget_class, MtbPersonForm, team);
  gtk_widget_class_bind_template_child (widget_class, MtbPersonForm, title);
  gtk_widget_class_bind_template_child (widget_class, MtbPersonForm, username);
  gtk_widget_class_bind_template_callback (widget_class, on_active_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_active_given);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_given);
  gtk_widget_class_bind_template_callback (widget_class, on_reset_clicked);
  gtk_widget_class_bind_template_callback (widget_class, save);

  g_type_ensure (MTB_TYPE_LABELLED);
  g_type_ensure (MTB_TYPE_ONLINE_FORM);
}

static void
mtb_person_form_init (MtbPersonForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->loading = TRUE;
  add_roles (self);
}

/**
 * mtb_person_form_new:
 * @engine: the engine to give to
 * @teams: #MtbTeam
 * @person: the person, without a user name if they are to be added
 *
 * Returns: a form for them
 */
GtkWidget *
mtb_person_form_new (MtbEngine *engine, MtbQueryModel *teams, const MtbPersonRow *person)
{
  MtbPersonForm *self = g_object_new (MTB_TYPE_PERSON_FORM, NULL);

  self->engine = g_object_ref (engine);
  self->teams = g_object_ref (teams);
  self->person = mtb_record_copy (person);
  g_signal_connect_object (teams, "refreshed", G_CALLBACK (on_teams), self, G_CONNECT_SWAPPED);
  mtb_online_form_set_engine (self->form, engine);
  mtb_online_form_set_engine (self->sign_in_form, engine);
  load (self);
  show_sign_in (self);
  return GTK_WIDGET (self);
}

/**
 * mtb_person_form_renew:
 * @self: a form
 * @person: its person as the desk knows them now
 */
void
mtb_person_form_renew (MtbPersonForm *self, const MtbPersonRow *person)
{
  MtbPersonRow *copy;

  g_return_if_fail (MTB_IS_PERSON_FORM (self));

  if (mtb_record_equal (self->person, person))
    return;
  copy = mtb_record_copy (person);
  mtb_record_unref (self->person);
  self->person = copy;
  if (!mtb_online_form_is_edited (self->form))
    load (self);
  show_sign_in (self);
}

/**
 * mtb_person_form_get_id:
 * @self: a form
 *
 * Returns: the id of its person
 */
const char *
mtb_person_form_get_id (MtbPersonForm *self)
{
  g_return_val_if_fail (MTB_IS_PERSON_FORM (self), NULL);

  return self->person->id;
}

/**
 * mtb_person_form_save:
 * @self: a form
 *
 * Gives what is filled in; what is wrong with it is said on the form.
 */
void
mtb_person_form_save (MtbPersonForm *self)
{
  g_return_if_fail (MTB_IS_PERSON_FORM (self));

  if (mtb_online_form_can_give (self->engine))
    save (self);
}
