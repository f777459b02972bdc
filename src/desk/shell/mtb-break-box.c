#include "mtb-break-box.h"

#include "mtb-duty-words.h"
#include "mtb-error.h"
#include "mtb-id.h"
#include "mtb-labelled.h"
#include "mtb-spin-digits.h"
#include "mtb-text.h"

#include <glib/gi18n.h>

/**
 * MtbBreakBox:
 *
 * Asks for Auxiliary, and shows the request that is open until it is over. What was filled in stays
 * until it is asked for. `asked` is emitted when it was.
 */
struct _MtbBreakBox
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkDropDown *reason;
  GtkBox *quick;
  GtkSpinButton *minutes;
  GtkEditable *note;
  MtbLabelled *note_field;
  GtkLabel *problem;
  GtkLabel *what;
  GtkLabel *how;
  GtkWidget *withdraw_button;

  MtbDuty *duty;
  MtbAuxiliaryAsk *asking;
};

G_DEFINE_FINAL_TYPE (MtbBreakBox, mtb_break_box, ADW_TYPE_BIN)

enum
{
  ASKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const int quick_minutes[] = { 10, 15, 30 };

static void
mark (MtbBreakBox *self, const GError *error)
{
  gboolean of_note = error != NULL && g_strcmp0 (mtb_error_get_field (error), "note") == 0;

  mtb_labelled_set_error (self->note_field, of_note ? gettext (error->message) : NULL);
  gtk_label_set_label (self->problem, error != NULL ? gettext (error->message) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL && !of_note);
  if (of_note)
    gtk_widget_grab_focus (GTK_WIDGET (self->note));
}

static char *
dup_note (MtbBreakBox *self)
{
  g_autofree char *note = g_strstrip (g_strdup (gtk_editable_get_text (self->note)));

  return *note != '\0' ? g_steal_pointer (&note) : NULL;
}

static void
on_asked (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbBreakBox) self = user_data;
  g_autoptr (MtbAuxiliaryAsk) asked = g_steal_pointer (&self->asking);
  g_autofree char *note = dup_note (self);
  g_autoptr (GError) error = NULL;
  gboolean given = mtb_engine_give_finish (MTB_ENGINE (engine), result, &error);

  mark (self, error);
  if (!given)
    return;
  if (g_strcmp0 (note, asked->note) == 0)
    gtk_editable_set_text (self->note, "");
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _ ("Asked for"));
  g_signal_emit (self, signals[ASKED], 0);
}

static void
on_ask (MtbBreakBox *self)
{
  MtbEngine *engine = mtb_duty_get_engine (self->duty);
  g_autoptr (MtbAuxiliaryAsk) arguments = mtb_record_new (&mtb_auxiliary_ask.shape);

  if (self->asking != NULL)
    return;
  gtk_spin_button_update (self->minutes);
  arguments->id = mtb_id_new (mtb_engine_get_now (engine));
  arguments->reason = gtk_drop_down_get_selected (self->reason);
  arguments->minutes = gtk_spin_button_get_value_as_int (self->minutes);
  arguments->note = dup_note (self);
  self->asking = mtb_record_ref (arguments);
  mtb_engine_give_async (engine, arguments, NULL, on_asked, g_object_ref (self));
}

static void
on_withdrawn (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbBreakBox) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mtb_engine_give_finish (MTB_ENGINE (engine), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", gettext (error->message));
}

static void
on_withdraw (MtbBreakBox *self)
{
  const MtbFloorRow *standing = mtb_duty_get_standing (self->duty);
  g_autoptr (MtbAuxiliaryWithdraw) arguments = mtb_record_new (&mtb_auxiliary_withdraw.shape);

  arguments->id = g_strdup (standing->auxiliary_id);
  mtb_engine_give_async (mtb_duty_get_engine (self->duty), arguments, NULL, on_withdrawn,
                         g_object_ref (self));
}

static void
on_quick_minutes (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_spin_button_set_value (MTB_BREAK_BOX (widget)->minutes, g_variant_get_int32 (parameter));
}

static void
on_reason_changed (MtbBreakBox *self)
{
  mark (self, NULL);
}

static void
show_request (MtbBreakBox *self, const MtbFloorRow *standing)
{
  g_autofree char *what = mtb_duty_words_dup_break (standing->reason, standing->minutes);
  g_autofree char *how = mtb_duty_words_dup_open (standing);

  gtk_label_set_label (self->what, what);
  gtk_label_set_label (self->how, how);
  gtk_widget_set_visible (self->withdraw_button,
                          standing->auxiliary_status != MTB_AUXILIARY_RUNNING);
}

static void
show_standing (MtbBreakBox *self)
{
  const MtbFloorRow *standing = mtb_duty_get_standing (self->duty);
  gboolean open = standing != NULL && standing->auxiliary_id != NULL;

  if (open)
    show_request (self, standing);
  gtk_stack_set_visible_child_name (self->stack, open                                ? "request"
                                                 : mtb_duty_is_on_shift (self->duty) ? "form"
                                                                                     : "off");
}

static void
mtb_break_box_dispose (GObject *object)
{
  MtbBreakBox *self = MTB_BREAK_BOX (object);

  g_clear_object (&self->duty);

  G_OBJECT_CLASS (mtb_break_box_parent_class)->dispose (object);
}

static void
mtb_break_box_class_init (MtbBreakBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_break_box_dispose;

  signals[ASKED] = g_signal_new ("asked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/shell/mtb-break-box.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbBreakBox, how);
  gtk_widget_class_bind_template_child (widget_class, MtbBreakBox, minutes);
  gtk_widget_class_bind_template_child (widget_class, MtbBreakBox, note);
  gtk_widget_class_bind_template_child (widget_class, MtbBreakBox, note_field);
  gtk_widget_class_bind_template_child (widget_class, MtbBreakBox, problem);
  gtk_widget_class_bind_template_child (widget_class, MtbBreakBox, quick);
  gtk_widget_class_bind_template_child (widget_class, MtbBreakBox, reason);
  gtk_widget_class_bind_template_child (widget_class, MtbBreakBox, stack);
  gtk_widget_class_bind_template_child (widget_class, MtbBreakBox, what);
  gtk_widget_class_bind_template_child (widget_class, MtbBreakBox, withdraw_button);
  gtk_widget_class_bind_template_callback (widget_class, on_ask);
  mtb_spin_digits_bind (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_withdraw);

  gtk_widget_class_install_action (widget_class, "break.minutes", "i", on_quick_minutes);

  g_type_ensure (MTB_TYPE_LABELLED);
}

static void
add_choices (MtbBreakBox *self)
{
  GtkStringList *reasons = gtk_string_list_new (NULL);

  for (guint i = 0; mtb_auxiliary_reason_words[i] != NULL; i++)
    gtk_string_list_append (reasons, mtb_text_choice (mtb_auxiliary_reason_words, i));
  gtk_drop_down_set_model (self->reason, G_LIST_MODEL (reasons));
  g_object_unref (reasons);
  for (guint i = 0; i < G_N_ELEMENTS (quick_minutes); i++)
    {
      g_autofree char *number = mtb_text_number (quick_minutes[i]);
      GtkWidget *button = gtk_button_new_with_label (number);

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "break.minutes");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", quick_minutes[i]);
      gtk_box_append (self->quick, button);
    }
}

static void
mtb_break_box_init (MtbBreakBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_choices (self);
  gtk_spin_button_set_range (self->minutes, 1, MTB_AUXILIARY_MINUTES_MAX);
  gtk_spin_button_set_value (self->minutes, quick_minutes[1]);
}

/**
 * mtb_break_box_set_duty:
 * @self: a break box
 * @duty: how the person stands
 */
void
mtb_break_box_set_duty (MtbBreakBox *self, MtbDuty *duty)
{
  g_return_if_fail (MTB_IS_BREAK_BOX (self));

  self->duty = g_object_ref (duty);
  g_signal_connect_object (duty, "changed", G_CALLBACK (show_standing), self, G_CONNECT_SWAPPED);
  show_standing (self);
}

/**
 * mtb_break_box_focus:
 * @self: a break box that is shown
 *
 * Puts the focus where asking begins.
 */
void
mtb_break_box_focus (MtbBreakBox *self)
{
  g_return_if_fail (MTB_IS_BREAK_BOX (self));

  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}
