#include "mtb-list-pane.h"

#include "mtb-list-holder.h"

/**
 * MtbListPane:
 *
 * The place of a list, which says something useful when the list is on its way, empty or could not
 * be read. `icon-name`, `title` and `description` are what it says of an empty one, unless it is
 * empty because of `filtering`. Where the model's rows are filtered once more, `n-shown` is how many
 * of them are left.
 */
struct _MtbListPane
{
  AdwBin parent_instance;

  GtkStack *stack;
  AdwBin *rows;

  MtbQueryModel *model;
  char *icon_name;
  char *title;
  char *description;
  gboolean filtering;
  guint n_shown;
};

G_DEFINE_FINAL_TYPE (MtbListPane, mtb_list_pane, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_ROWS,
  PROP_MODEL,
  PROP_ICON_NAME,
  PROP_TITLE,
  PROP_DESCRIPTION,
  PROP_FILTERING,
  PROP_N_SHOWN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
is_not (MtbListPane *self, gboolean value)
{
  return !value;
}

static char *
get_child_name (MtbListPane *self, const char *state, guint n_shown)
{
  return g_strdup (g_strcmp0 (state, "rows") == 0 && n_shown == 0 ? "empty" : state);
}

static void
mtb_list_pane_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MtbListPane *self = MTB_LIST_PANE (object);

  switch (prop_id)
    {
    case PROP_ROWS:
      g_value_set_object (value, adw_bin_get_child (self->rows));
      break;
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, self->description);
      break;
    case PROP_FILTERING:
      g_value_set_boolean (value, self->filtering);
      break;
    case PROP_N_SHOWN:
      g_value_set_uint (value, self->n_shown);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
take_string (char **place, const GValue *value)
{
  g_free (*place);
  *place = g_value_dup_string (value);
}

static void
mtb_list_pane_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MtbListPane *self = MTB_LIST_PANE (object);

  switch (prop_id)
    {
    case PROP_ROWS:
      adw_bin_set_child (self->rows, g_value_get_object (value));
      break;
    case PROP_MODEL:
      mtb_list_pane_set_model (self, g_value_get_object (value));
      break;
    case PROP_ICON_NAME:
      take_string (&self->icon_name, value);
      break;
    case PROP_TITLE:
      take_string (&self->title, value);
      break;
    case PROP_DESCRIPTION:
      take_string (&self->description, value);
      break;
    case PROP_FILTERING:
      self->filtering = g_value_get_boolean (value);
      break;
    case PROP_N_SHOWN:
      self->n_shown = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_list_pane_finalize (GObject *object)
{
  MtbListPane *self = MTB_LIST_PANE (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->icon_name, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->description, g_free);

  G_OBJECT_CLASS (mtb_list_pane_parent_class)->finalize (object);
}

static GParamSpec *
string_property (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
}

static void
mtb_list_pane_class_init (MtbListPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = mtb_list_pane_finalize;
  object_class->get_property = mtb_list_pane_get_property;
  object_class->set_property = mtb_list_pane_set_property;

  properties[PROP_ROWS] = g_param_spec_object ("rows", NULL, NULL, GTK_TYPE_WIDGET,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, MTB_TYPE_QUERY_MODEL,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ICON_NAME] = string_property ("icon-name");
  properties[PROP_TITLE] = string_property ("title");
  properties[PROP_DESCRIPTION] = string_property ("description");
  properties[PROP_FILTERING] = g_param_spec_boolean ("filtering", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_SHOWN] = g_param_spec_uint ("n-shown", NULL, NULL, 0, G_MAXUINT, G_MAXUINT,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/widgets/mtb-list-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbListPane, rows);
  gtk_widget_class_bind_template_child (widget_class, MtbListPane, stack);
  gtk_widget_class_bind_template_callback (widget_class, get_child_name);
  gtk_widget_class_bind_template_callback (widget_class, is_not);

  g_type_ensure (MTB_TYPE_LIST_HOLDER);
  g_type_ensure (MTB_TYPE_QUERY_MODEL);
}

static void
mtb_list_pane_init (MtbListPane *self)
{
  self->n_shown = G_MAXUINT;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_list_pane_set_model:
 * @self: a pane
 * @model: the rows that it speaks of
 */
void
mtb_list_pane_set_model (MtbListPane *self, MtbQueryModel *model)
{
  g_return_if_fail (MTB_IS_LIST_PANE (self));

  if (g_set_object (&self->model, model))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
}
