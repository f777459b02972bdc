#include "mtb-call-type-form.h"

#include "mtb-labelled.h"
#include "mtb-online-form.h"
#include "mtb-text.h"

#include <glib/gi18n.h>

/**
 * MtbCallTypeForm:
 *
 * One type of call to be changed or added. It follows what the desk knows of the type until somebody
 * types in it; what was typed then stays until it is saved. It has actions `types.move-up` and
 * `types.move-down` of its panel.
 */
struct _MtbCallTypeForm
{
  AdwBin parent_instance;

  GtkLabel *title;
  MtbOnlineForm *form;
  GtkEditable *name;
  GtkEditable *name_en;
  GtkEditable *suits;
  GtkCheckButton *active;

  MtbCallType *type;
  char *group;
  gboolean loading;
};

G_DEFINE_FINAL_TYPE (MtbCallTypeForm, mtb_call_type_form, ADW_TYPE_BIN)

static void
on_edited (MtbCallTypeForm *self)
{
  if (!self->loading)
    mtb_online_form_note_edit (self->form);
}

static void
show_title (MtbCallTypeForm *self)
{
  gboolean is_new = self->type->name == NULL;
  g_autofree char *words = NULL;

  if (self->group == NULL)
    words = g_strdup (is_new ? _ ("A new group") : _ ("A group of types"));
  else
    /* Translators: the name of a group of types of call. */
    words = g_strdup_printf (is_new ? _ ("A new type in “%s”") : _ ("A type in “%s”"), self->group);
  gtk_label_set_label (self->title, words);
}

static void
load (MtbCallTypeForm *self)
{
  g_autofree char *suits =
    self->type->suits_s != MTB_ABSENT ? mtb_text_duration (self->type->suits_s) : g_strdup ("");

  self->loading = TRUE;
  gtk_editable_set_text (self->name, self->type->name != NULL ? self->type->name : "");
  gtk_editable_set_text (self->name_en, self->type->name_en != NULL ? self->type->name_en : "");
  gtk_editable_set_text (self->suits, suits);
  gtk_check_button_set_active (self->active, self->type->active == 1);
  self->loading = FALSE;
  show_title (self);
}

static void
on_save (MtbCallTypeForm *self)
{
  g_autoptr (MtbCallTypePut) put = mtb_record_new (&mtb_call_type_put.shape);
  g_autofree char *suits = mtb_online_form_dup_typed (self->suits);

  if (mtb_online_form_is_giving (self->form))
    return;
  mtb_record_assign (put, self->type);
  g_free (put->name);
  g_free (put->name_en);
  put->name = mtb_online_form_dup_typed (self->name);
  put->name_en = mtb_online_form_dup_typed (self->name_en);
  put->active = gtk_check_button_get_active (self->active) ? 1 : 0;
  put->suits_s = MTB_ABSENT;
  if (suits != NULL && !mtb_text_parse_duration (suits, &put->suits_s))
    {
      mtb_online_form_mark (self->form, "suits_s",
                            _ ("Write minutes and seconds with a colon between, or seconds"));
      return;
    }
  mtb_online_form_give (self->form, put);
}

/* The desk's row comes after the server's word; until then what was typed is what is true. */
static void
on_given (MtbCallTypeForm *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "types.saved", "s", self->type->id);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", C_ ("form", "Saved"));
}

static void
mtb_call_type_form_dispose (GObject *object)
{
  MtbCallTypeForm *self = MTB_CALL_TYPE_FORM (object);

  self->loading = TRUE;
  g_clear_pointer (&self->type, mtb_record_unref);
  g_clear_pointer (&self->group, g_free);

  G_OBJECT_CLASS (mtb_call_type_form_parent_class)->dispose (object);
}

static void
mtb_call_type_form_class_init (MtbCallTypeFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_call_type_form_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/manager/mtb-call-type-form.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbCallTypeForm, active);
  gtk_widget_class_bind_template_child (widget_class, MtbCallTypeForm, form);
  gtk_widget_class_bind_template_child (widget_class, MtbCallTypeForm, name);
  gtk_widget_class_bind_template_child (widget_class, MtbCallTypeForm, name_en);
  gtk_widget_class_bind_template_child (widget_class, MtbCallTypeForm, suits);
  gtk_widget_class_bind_template_child (widget_class, MtbCallTypeForm, title);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_given);
  gtk_widget_class_bind_template_callback (widget_class, on_save);

  g_type_ensure (MTB_TYPE_LABELLED);
  g_type_ensure (MTB_TYPE_ONLINE_FORM);
}

static void
mtb_call_type_form_init (MtbCallTypeForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_call_type_form_new:
 * @engine: the engine to give to
 * @type: the type, without a name if it is to be added
 * @group: (nullable): its first level; %NULL where it is one
 *
 * Returns: a form for it
 */
GtkWidget *
mtb_call_type_form_new (MtbEngine *engine, const MtbCallType *type, const MtbCallType *group)
{
  MtbCallTypeForm *self = g_object_new (MTB_TYPE_CALL_TYPE_FORM, NULL);

  self->type = mtb_record_copy (type);
  self->group = group != NULL ? g_strdup (mtb_text_pick (group->name, group->name_en)) : NULL;
  mtb_online_form_set_engine (self->form, engine);
  load (self);
  return GTK_WIDGET (self);
}

/**
 * mtb_call_type_form_renew:
 * @self: a form
 * @type: its type as the desk knows it now
 */
void
mtb_call_type_form_renew (MtbCallTypeForm *self, const MtbCallType *type)
{
  MtbCallType *copy;

  g_return_if_fail (MTB_IS_CALL_TYPE_FORM (self));

  if (mtb_record_equal (self->type, type))
    return;
  copy = mtb_record_copy (type);
  mtb_record_unref (self->type);
  self->type = copy;
  if (!mtb_online_form_is_edited (self->form))
    load (self);
}

/**
 * mtb_call_type_form_get_id:
 * @self: a form
 *
 * Returns: the id of its type
 */
const char *
mtb_call_type_form_get_id (MtbCallTypeForm *self)
{
  g_return_val_if_fail (MTB_IS_CALL_TYPE_FORM (self), NULL);

  return self->type->id;
}

/**
 * mtb_call_type_form_give_all:
 * @self: a form
 * @orders: (element-type MtbCallTypePut): changes beside what is typed
 *
 * Gives them; what is wrong with them is said on the form.
 */
void
mtb_call_type_form_give_all (MtbCallTypeForm *self, GPtrArray *orders)
{
  g_return_if_fail (MTB_IS_CALL_TYPE_FORM (self));

  mtb_online_form_give_beside (self->form, orders);
}
