#include "mtb-duty-button.h"

#include "mtb-break-box.h"
#include "mtb-duty-words.h"
#include "mtb-facts.h"
#include "mtb-popover-keys.h"
#include "mtb-running-time.h"
#include "mtb-text.h"

#include <glib/gi18n.h>

/**
 * MtbDutyButton:
 *
 * A person's own state and how long it has lasted, an icon and the time alone where it is `compact`;
 * on being asked, what can be done about it, and the requests for Auxiliary. Its acts are
 * `duty.move`, whose target is the name of a #MtbPresenceAct.
 */
struct _MtbDutyButton
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkWidget *content;
  GtkImage *icon;
  GtkLabel *state;
  MtbRunningTime *duration;
  GtkLabel *limit;
  GtkImage *big_icon;
  GtkLabel *title;
  GtkLabel *remark;
  GtkBox *acts;
  MtbBreakBox *break_box;
  GtkWidget *earlier_section;
  MtbFacts *earlier;

  MtbDuty *duty;
  gboolean compact;
  guint tick_id;
};

G_DEFINE_FINAL_TYPE (MtbDutyButton, mtb_duty_button, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_COMPACT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GtkOrientation
get_orientation (MtbDutyButton *self, gboolean compact)
{
  return compact ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;
}

static gboolean
is_not (MtbDutyButton *self, gboolean value)
{
  return !value;
}

static void
show_acts (MtbDutyButton *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->acts));

  for (guint i = 0; child != NULL; child = gtk_widget_get_next_sibling (child), i++)
    gtk_widget_set_visible (child, mtb_duty_offers (self->duty, mtb_duty_acts[i].act));
}

static void
add_acts (MtbDutyButton *self)
{
  for (const MtbDutyAct *act = mtb_duty_acts; act->title != NULL; act++)
    {
      GtkWidget *button = gtk_button_new_with_label (gettext (act->title));

      gtk_widget_set_visible (button, FALSE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "duty.move");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s",
                                        mtb_presence_act_words[act->act]);
      if (act->act == MTB_PRESENCE_ACT_BEGIN || act->act == MTB_PRESENCE_ACT_RETURN)
        gtk_widget_add_css_class (button, "suggested-action");
      gtk_box_append (self->acts, button);
    }
}

static void
set_class (GtkWidget *widget, const char *css_class, gboolean has_it)
{
  if (has_it)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static void
show_limit (MtbDutyButton *self)
{
  const MtbFloorRow *standing = mtb_duty_get_standing (self->duty);
  gint64 now = mtb_engine_get_now (mtb_duty_get_engine (self->duty));
  g_autofree char *words = mtb_duty_words_dup_limit (standing, now);

  gtk_label_set_label (self->limit, words != NULL ? words : "");
  gtk_label_set_label (self->remark, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->limit), words != NULL && !self->compact);
  gtk_widget_set_visible (GTK_WIDGET (self->remark), words != NULL);
  set_class (GTK_WIDGET (self->button), "over", mtb_duty_words_is_over (standing, now));
  set_class (GTK_WIDGET (self->remark), "warning", mtb_duty_words_is_over (standing, now));
}

static gboolean
on_tick (gpointer user_data)
{
  show_limit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
show_time (MtbDutyButton *self)
{
  const MtbFloorRow *standing = mtb_duty_get_standing (self->duty);
  gint64 now = mtb_engine_get_now (mtb_duty_get_engine (self->duty));
  gboolean runs = mtb_duty_is_on_shift (self->duty) && standing->since != MTB_ABSENT;

  gtk_widget_set_visible (GTK_WIDGET (self->duration), runs);
  if (runs)
    mtb_running_time_start (self->duration, now - standing->since);
  else
    mtb_running_time_stop (self->duration, 0);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (standing->state == MTB_PRESENCE_AUXILIARY)
    self->tick_id = g_timeout_add_seconds (1, on_tick, self);
  show_limit (self);
}

static void
show_state (MtbDutyButton *self)
{
  const MtbFloorRow *standing = mtb_duty_get_standing (self->duty);
  const char *state = mtb_text_choice (mtb_presence_state_words, standing->state);
  g_autofree char *icon = mtb_item_dup_words (standing, "state-icon");
  g_autofree char *words = mtb_duty_words_dup_state (standing);
  /* Translators: a button that tells a person's own state. */
  g_autofree char *name = g_strdup_printf (_ ("My state: %s"), words);

  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_image_set_from_icon_name (self->big_icon, icon);
  gtk_label_set_label (self->state, state);
  gtk_label_set_label (self->title, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

static void
show_earlier (MtbDutyButton *self)
{
  GListModel *requests = mtb_duty_get_requests (self->duty);
  const MtbFloorRow *standing = mtb_duty_get_standing (self->duty);
  guint n_earlier = 0;

  mtb_facts_clear (self->earlier);
  for (guint i = 0; i < g_list_model_get_n_items (requests); i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (requests, i);
      const MtbAuxiliaryRow *request = mtb_item_get_record (item);
      g_autofree char *when = mtb_text_clock (request->asked_at);
      g_autofree char *fate = mtb_duty_words_dup_fate (request);

      if (g_strcmp0 (request->id, standing->auxiliary_id) == 0)
        continue;
      mtb_facts_add (self->earlier, when, fate);
      n_earlier++;
    }
  gtk_widget_set_visible (self->earlier_section, n_earlier > 0);
}

static void
show_all (MtbDutyButton *self)
{
  if (mtb_duty_get_standing (self->duty) == NULL)
    return;
  show_state (self);
  show_time (self);
  show_acts (self);
  show_earlier (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), TRUE);
}

static void
on_decided (MtbDutyButton *self, const char *words)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", words);
}

static void
on_moved (GObject *duty, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbDutyButton) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mtb_duty_move_finish (MTB_DUTY (duty), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", gettext (error->message));
}

static void
on_move (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbDutyButton *self = MTB_DUTY_BUTTON (widget);
  const MtbField *field = mtb_shape_find (&mtb_presence_move.shape, "act");
  gint64 act = mtb_field_parse_choice (field, g_variant_get_string (parameter, NULL));

  gtk_menu_button_popdown (self->button);
  if (mtb_duty_may (self->duty, (MtbPresenceAct) act))
    mtb_duty_move_async (self->duty, (MtbPresenceAct) act, on_moved, g_object_ref (self));
}

static void
on_asked (MtbDutyButton *self)
{
  gtk_menu_button_popdown (self->button);
}

static void
mtb_duty_button_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MtbDutyButton *self = MTB_DUTY_BUTTON (object);

  switch (prop_id)
    {
    case PROP_COMPACT:
      g_value_set_boolean (value, self->compact);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_duty_button_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  MtbDutyButton *self = MTB_DUTY_BUTTON (object);

  switch (prop_id)
    {
    case PROP_COMPACT:
      self->compact = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_duty_button_dispose (GObject *object)
{
  MtbDutyButton *self = MTB_DUTY_BUTTON (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->duty);

  G_OBJECT_CLASS (mtb_duty_button_parent_class)->dispose (object);
}

static void
mtb_duty_button_class_init (MtbDutyButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_duty_button_dispose;
  object_class->get_property = mtb_duty_button_get_property;
  object_class->set_property = mtb_duty_button_set_property;

  properties[PROP_COMPACT] =
    g_param_spec_boolean ("compact", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/shell/mtb-duty-button.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbDutyButton, acts);
  gtk_widget_class_bind_template_child (widget_class, MtbDutyButton, big_icon);
  gtk_widget_class_bind_template_child (widget_class, MtbDutyButton, break_box);
  gtk_widget_class_bind_template_child (widget_class, MtbDutyButton, button);
  gtk_widget_class_bind_template_child (widget_class, MtbDutyButton, content);
  gtk_widget_class_bind_template_child (widget_class, MtbDutyButton, duration);
  gtk_widget_class_bind_template_child (widget_class, MtbDutyButton, earlier);
  gtk_widget_class_bind_template_child (widget_class, MtbDutyButton, earlier_section);
  gtk_widget_class_bind_template_child (widget_class, MtbDutyButton, icon);
  gtk_widget_class_bind_template_child (widget_class, MtbDutyButton, limit);
  gtk_widget_class_bind_template_child (widget_class, MtbDutyButton, remark);
  gtk_widget_class_bind_template_child (widget_class, MtbDutyButton, state);
  gtk_widget_class_bind_template_child (widget_class, MtbDutyButton, title);
  gtk_widget_class_bind_template_callback (widget_class, get_orientation);
  gtk_widget_class_bind_template_callback (widget_class, is_not);
  gtk_widget_class_bind_template_callback (widget_class, on_asked);

  gtk_widget_class_install_action (widget_class, "duty.move", "s", on_move);

  g_type_ensure (MTB_TYPE_BREAK_BOX);
  g_type_ensure (MTB_TYPE_FACTS);
  g_type_ensure (MTB_TYPE_RUNNING_TIME);
}

/* GTK 4.8 puts what a menu button has in it into the middle. */
static void
fill_button (MtbDutyButton *self)
{
  for (GtkWidget *widget = self->content; widget != GTK_WIDGET (self->button);
       widget = gtk_widget_get_parent (widget))
    gtk_widget_set_halign (widget, GTK_ALIGN_FILL);
}

static void
mtb_duty_button_init (MtbDutyButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mtb_popover_keys_pass_on (self->button);
  fill_button (self);
  add_acts (self);
}

/**
 * mtb_duty_button_set_duty:
 * @self: a duty button
 * @duty: how the person stands
 */
void
mtb_duty_button_set_duty (MtbDutyButton *self, MtbDuty *duty)
{
  g_return_if_fail (MTB_IS_DUTY_BUTTON (self));

  self->duty = g_object_ref (duty);
  mtb_break_box_set_duty (self->break_box, duty);
  g_signal_connect_object (duty, "changed", G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (duty, "decided", G_CALLBACK (on_decided), self, G_CONNECT_SWAPPED);
  show_all (self);
}

/**
 * mtb_duty_button_ask_break:
 * @self: a duty button
 *
 * Opens what a break is asked for with, from anywhere.
 */
void
mtb_duty_button_ask_break (MtbDutyButton *self)
{
  g_return_if_fail (MTB_IS_DUTY_BUTTON (self));

  gtk_menu_button_popup (self->button);
  mtb_break_box_focus (self->break_box);
}
