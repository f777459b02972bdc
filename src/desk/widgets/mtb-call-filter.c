#include "mtb-call-filter.h"

#include "mtb-call.h"
#include "mtb-text.h"
#include "mtb-today.h"

#include <glib/gi18n.h>

#define LIMIT 1000

/**
 * MtbCallFilter:
 *
 * Which records of calls are wanted, and the list of them: words, result and direction; where it is
 * `wide`, the period too. Otherwise it is today.
 */
struct _MtbCallFilter
{
  AdwBin parent_instance;

  GtkSearchEntry *text;
  GtkDropDown *period;
  GtkDropDown *solved;
  GtkDropDown *direction;
  GtkLabel *count;
  GtkWidget *person;
  GtkLabel *person_name;

  MtbEngine *engine;
  MtbToday *today;
  char *person_id;
  MtbQueryModel *found;
  MtbQueryModel *all;
  gboolean wide;
};

G_DEFINE_FINAL_TYPE (MtbCallFilter, mtb_call_filter, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_WIDE,
  PROP_FILTERING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* In the order of the periods in the template: days back, from the start of that day. */
static const gint64 period_days[] = { 0, 1, 6, MTB_WINDOW_DAYS };

/* In the order of the results and directions in the template. */
static const gint64 solved_values[] = { MTB_ABSENT, 1, 0 };
static const gint64 direction_values[] = { MTB_ABSENT, MTB_DIRECTION_IN, MTB_DIRECTION_OUT };

static gboolean
is_filtering (MtbCallFilter *self)
{
  return *gtk_editable_get_text (GTK_EDITABLE (self->text)) != '\0'
         || gtk_drop_down_get_selected (self->solved) != 0
         || gtk_drop_down_get_selected (self->direction) != 0;
}

static GtkOrientation
get_orientation (MtbCallFilter *self, gboolean wide)
{
  return wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL;
}

static void
show_count (MtbCallFilter *self)
{
  guint n_found = g_list_model_get_n_items (G_LIST_MODEL (self->found));
  guint n_all = g_list_model_get_n_items (G_LIST_MODEL (self->all));
  g_autofree char *words = NULL;

  if (is_filtering (self))
    words = g_strdup_printf (ngettext ("%u of %u call", "%u of %u calls", n_all), n_found, n_all);
  else if (n_found >= LIMIT)
    words = g_strdup_printf (_ ("The latest %u calls"), n_found);
  else
    words = g_strdup_printf (ngettext ("%u call", "%u calls", n_found), n_found);
  words = mtb_text_localize (g_steal_pointer (&words));
  gtk_label_set_label (self->count, words);
}

static MtbCallSearch *
build_search (MtbCallFilter *self)
{
  MtbCallSearch *search = mtb_record_new (mtb_call_search_query.arguments);
  gint64 days = period_days[gtk_drop_down_get_selected (self->period)];

  search->person_id = g_strdup (self->person_id);
  search->from = mtb_today_get_start (self->today, -days);
  if (days == 1)
    search->until = mtb_today_get_start (self->today, 0);
  search->limit = LIMIT;
  return search;
}

static void
ask (MtbCallFilter *self)
{
  g_autoptr (MtbCallSearch) all = NULL;
  g_autoptr (MtbCallSearch) search = NULL;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->text));

  if (self->engine == NULL)
    return;
  all = build_search (self);
  search = build_search (self);
  search->text = *text != '\0' ? g_strdup (text) : NULL;
  search->solved = solved_values[gtk_drop_down_get_selected (self->solved)];
  search->direction = direction_values[gtk_drop_down_get_selected (self->direction)];
  mtb_query_model_ask (self->found, search);
  mtb_query_model_ask (self->all, all);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTERING]);
}

static void
on_person_dropped (MtbCallFilter *self)
{
  mtb_call_filter_set_person (self, NULL, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
on_stop_search (MtbCallFilter *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->text)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->text), "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "page.leave", NULL);
}

static void
mtb_call_filter_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MtbCallFilter *self = MTB_CALL_FILTER (object);

  switch (prop_id)
    {
    case PROP_WIDE:
      g_value_set_boolean (value, self->wide);
      break;
    case PROP_FILTERING:
      g_value_set_boolean (value, is_filtering (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_call_filter_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  MtbCallFilter *self = MTB_CALL_FILTER (object);

  switch (prop_id)
    {
    case PROP_WIDE:
      self->wide = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_call_filter_dispose (GObject *object)
{
  MtbCallFilter *self = MTB_CALL_FILTER (object);

  g_clear_object (&self->found);
  g_clear_object (&self->all);
  g_clear_object (&self->today);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->person_id, g_free);

  G_OBJECT_CLASS (mtb_call_filter_parent_class)->dispose (object);
}

static void
mtb_call_filter_class_init (MtbCallFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_call_filter_dispose;
  object_class->get_property = mtb_call_filter_get_property;
  object_class->set_property = mtb_call_filter_set_property;

  properties[PROP_WIDE] =
    g_param_spec_boolean ("wide", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FILTERING] = g_param_spec_boolean ("filtering", NULL, NULL, FALSE,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/widgets/mtb-call-filter.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbCallFilter, count);
  gtk_widget_class_bind_template_child (widget_class, MtbCallFilter, direction);
  gtk_widget_class_bind_template_child (widget_class, MtbCallFilter, period);
  gtk_widget_class_bind_template_child (widget_class, MtbCallFilter, person);
  gtk_widget_class_bind_template_child (widget_class, MtbCallFilter, person_name);
  gtk_widget_class_bind_template_child (widget_class, MtbCallFilter, solved);
  gtk_widget_class_bind_template_child (widget_class, MtbCallFilter, text);
  gtk_widget_class_bind_template_callback (widget_class, ask);
  gtk_widget_class_bind_template_callback (widget_class, get_orientation);
  gtk_widget_class_bind_template_callback (widget_class, on_person_dropped);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
}

static void
mtb_call_filter_init (MtbCallFilter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_call_filter_set_engine:
 * @self: a call filter
 * @engine: the engine to ask
 * @person_id: (nullable): whose records; %NULL for all that may be seen
 */
void
mtb_call_filter_set_engine (MtbCallFilter *self, MtbEngine *engine, const char *person_id)
{
  g_return_if_fail (MTB_IS_CALL_FILTER (self));

  self->engine = g_object_ref (engine);
  self->person_id = g_strdup (person_id);
  self->today = mtb_today_new (engine);
  self->found = mtb_query_model_new (engine, &mtb_call_search_query);
  self->all = mtb_query_model_new (engine, &mtb_call_search_query);
  g_signal_connect_object (self->found, "refreshed", G_CALLBACK (show_count), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->all, "refreshed", G_CALLBACK (show_count), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->today, "began", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  ask (self);
}

/**
 * mtb_call_filter_set_person:
 * @self: a call filter with an engine
 * @person_id: (nullable): whose records; %NULL for all that may be seen
 * @name: (nullable): what that person is called
 *
 * Shows records of one person, who is named beside the filter and can be dropped there.
 */
void
mtb_call_filter_set_person (MtbCallFilter *self, const char *person_id, const char *name)
{
  g_autofree char *old = NULL;

  g_return_if_fail (MTB_IS_CALL_FILTER (self));

  old = g_steal_pointer (&self->person_id);
  self->person_id = g_strdup (person_id);
  gtk_label_set_label (self->person_name, name != NULL ? name : "");
  gtk_widget_set_visible (self->person, person_id != NULL);
  ask (self);
}

/**
 * mtb_call_filter_get_model:
 * @self: a call filter with an engine
 *
 * Returns: (transfer none): the records that fit
 */
MtbQueryModel *
mtb_call_filter_get_model (MtbCallFilter *self)
{
  g_return_val_if_fail (MTB_IS_CALL_FILTER (self), NULL);

  return self->found;
}

static void
add_choice (MtbPaper *paper, const char *name, GtkDropDown *drop_down)
{
  GtkStringObject *chosen = gtk_drop_down_get_selected_item (drop_down);

  mtb_paper_add_fact (paper, name, gtk_string_object_get_string (chosen));
}

/**
 * mtb_call_filter_describe:
 * @self: a call filter
 * @paper: what its records are exported on
 *
 * Adds what the filter lets through, as facts.
 */
void
mtb_call_filter_describe (MtbCallFilter *self, MtbPaper *paper)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->text));

  g_return_if_fail (MTB_IS_CALL_FILTER (self));

  add_choice (paper, _ ("Period"), self->period);
  if (gtk_widget_get_visible (self->person))
    mtb_paper_add_fact (paper, _ ("Written by"), gtk_label_get_label (self->person_name));
  if (*text != '\0')
    mtb_paper_add_fact (paper, _ ("Customer or notes"), text);
  if (gtk_drop_down_get_selected (self->solved) != 0)
    add_choice (paper, _ ("Result"), self->solved);
  if (gtk_drop_down_get_selected (self->direction) != 0)
    add_choice (paper, _ ("Direction"), self->direction);
}

/**
 * mtb_call_filter_focus:
 * @self: a call filter
 *
 * Puts the focus where words are typed.
 */
void
mtb_call_filter_focus (MtbCallFilter *self)
{
  g_return_if_fail (MTB_IS_CALL_FILTER (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}
