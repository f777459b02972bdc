#include "mtb-list-pane.h"

#include "mtb-item-columns.h"
#include "mtb-list-holder.h"
#include "mtb-listing.h"
#include "mtb-text-size.h"

#include <string.h>

/**
 * MtbListPane:
 *
 * The place of a list, which says something useful when the list is on its way, empty or could not
 * be read. `icon-name`, `title` and `description` are what it says of an empty one, unless it is
 * empty because of `filtering`. Where the model's rows are filtered once more, `n-shown` is how many
 * of them are left.
 *
 * A list with a `list-name` and a `list-title` can be exported. Its columns are those of the column
 * view among its rows, where a cell that is made from mtb-NAME-cell.ui is the item's NAME; of other
 * rows, `list-columns` names the items' properties. `describing` is emitted with the paper, for
 * what else there is to say of the list. `list-is-main` says that the page is there for it.
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
  char *list_name;
  char *list_title;
  char *list_columns;
  gboolean list_is_main;

  GtkColumnViewColumn *said_column;
  MtbListWords say;
  gpointer say_data;
};

static void listing_init (MtbListingInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MtbListPane,
                               mtb_list_pane,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (MTB_TYPE_LISTING, listing_init))

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
  PROP_LIST_NAME,
  PROP_LIST_TITLE,
  PROP_LIST_COLUMNS,
  PROP_LIST_IS_MAIN,
  N_PROPS
};

enum
{
  DESCRIBING,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static const char *
get_list_name (MtbListing *listing)
{
  MtbListPane *self = MTB_LIST_PANE (listing);
  gboolean has_rows =
    self->model != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;

  return has_rows ? self->list_name : NULL;
}

static const char *
get_list_title (MtbListing *listing)
{
  return MTB_LIST_PANE (listing)->list_title;
}

static gboolean
is_main_list (MtbListing *listing)
{
  return MTB_LIST_PANE (listing)->list_is_main;
}

static MtbQueryModel *
get_source (MtbListing *listing)
{
  MtbListPane *self = MTB_LIST_PANE (listing);

  return mtb_query_model_is_cut (self->model) ? self->model : NULL;
}

/* A list, or nothing, among the rows. */
static GtkWidget *
find_view (GtkWidget *widget)
{
  GtkWidget *view = GTK_IS_COLUMN_VIEW (widget) || GTK_IS_LIST_VIEW (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && view == NULL;
       child = gtk_widget_get_next_sibling (child))
    view = find_view (child);
  return view;
}

/* The items as they are shown: through the view's filter, in its order. */
static GListModel *
get_shown (MtbListPane *self, GtkWidget *view)
{
  if (GTK_IS_COLUMN_VIEW (view))
    return G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)));
  if (GTK_IS_LIST_VIEW (view))
    return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view)));
  return G_LIST_MODEL (self->model);
}

/* Returns: (transfer full) (nullable): the property that the column's cells show. */
static char *
dup_property (GtkColumnViewColumn *column)
{
  GtkListItemFactory *factory = gtk_column_view_column_get_factory (column);
  g_autofree char *file = NULL;

  if (!GTK_IS_BUILDER_LIST_ITEM_FACTORY (factory))
    return NULL;
  file = g_path_get_basename (
    gtk_builder_list_item_factory_get_resource (GTK_BUILDER_LIST_ITEM_FACTORY (factory)));
  if (!g_str_has_prefix (file, "mtb-") || !g_str_has_suffix (file, "-cell.ui"))
    return NULL;
  return g_strndup (file + strlen ("mtb-"), strlen (file) - strlen ("mtb-") - strlen ("-cell.ui"));
}

/* A property, or the column that somebody else says. */
typedef struct
{
  char *property;
  char *title;
} Column;

static void
clear_column (gpointer data)
{
  g_free (((Column *) data)->property);
  g_free (((Column *) data)->title);
}

static void
add_view_columns (MtbListPane *self, GtkColumnView *view, GArray *columns)
{
  GListModel *all = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (all, i);
      Column added = { dup_property (column),
                       g_strdup (gtk_column_view_column_get_title (column)) };

      if (added.property == NULL && column != self->said_column)
        clear_column (&added);
      else
        g_array_append_val (columns, added);
    }
}

static GArray *
list_columns (MtbListPane *self, GtkWidget *view)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_auto (GStrv) properties_shown =
    g_strsplit (self->list_columns != NULL ? self->list_columns : "", " ", -1);

  g_array_set_clear_func (columns, clear_column);
  if (self->list_columns == NULL && GTK_IS_COLUMN_VIEW (view))
    add_view_columns (self, GTK_COLUMN_VIEW (view), columns);
  for (char **property = properties_shown; *property != NULL; property++)
    {
      Column column = { g_strdup (*property), g_strdup (mtb_item_get_column_title (*property)) };

      g_array_append_val (columns, column);
    }
  return columns;
}

static void
add_row (MtbListPane *self, GArray *columns, MtbItem *item, MtbPaper *paper)
{
  for (guint i = 0; i < columns->len; i++)
    {
      const Column *column = &g_array_index (columns, Column, i);
      g_autofree char *said = NULL;

      if (column->property != NULL)
        {
          mtb_item_add_cell (item, column->property, paper);
          continue;
        }
      said = self->say (self->say_data, item);
      mtb_paper_add_cell (paper, said, NULL);
    }
}

static void
describe (MtbListing *listing, MtbPaper *paper, GListModel *items)
{
  MtbListPane *self = MTB_LIST_PANE (listing);
  GtkWidget *view = find_view (adw_bin_get_child (self->rows));
  GListModel *rows = items != NULL ? items : get_shown (self, view);
  g_autoptr (GArray) columns = list_columns (self, view);

  for (guint i = 0; i < columns->len; i++)
    {
      const Column *column = &g_array_index (columns, Column, i);

      mtb_paper_add_column (paper, column->title,
                            column->property != NULL ? mtb_item_get_column_kind (column->property)
                                                     : MTB_PAPER_TEXT);
    }
  g_signal_emit (self, signals[DESCRIBING], 0, paper);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (rows, i);

      add_row (self, columns, item, paper);
    }
}

static void
listing_init (MtbListingInterface *iface)
{
  iface->get_name = get_list_name;
  iface->get_title = get_list_title;
  iface->is_main = is_main_list;
  iface->get_source = get_source;
  iface->describe = describe;
}

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
    case PROP_LIST_NAME:
      g_value_set_string (value, self->list_name);
      break;
    case PROP_LIST_TITLE:
      g_value_set_string (value, self->list_title);
      break;
    case PROP_LIST_COLUMNS:
      g_value_set_string (value, self->list_columns);
      break;
    case PROP_LIST_IS_MAIN:
      g_value_set_boolean (value, self->list_is_main);
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

static gboolean
scroll_to_right (gpointer view)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (view));

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  gtk_widget_queue_allocate (GTK_WIDGET (view));
  return G_SOURCE_REMOVE;
}

/* GTK shows the left of a table that is wider than its place, where in Arabic its end is. (Not at
 * once: it is being given its size.) */
static void
on_width_changed (GtkWidget *view)
{
  if (gtk_widget_get_direction (view) == GTK_TEXT_DIR_RTL)
    g_idle_add_full (G_PRIORITY_DEFAULT, scroll_to_right, g_object_ref (view), g_object_unref);
}

static void
set_rows (MtbListPane *self, GtkWidget *rows)
{
  GtkWidget *view = find_view (rows);

  adw_bin_set_child (self->rows, rows);
  if (!GTK_IS_COLUMN_VIEW (view))
    return;
  mtb_text_size_follow_columns (GTK_COLUMN_VIEW (view));
  g_signal_connect_object (gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (view)), "changed",
                           G_CALLBACK (on_width_changed), view, G_CONNECT_SWAPPED);
}

static void
mtb_list_pane_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MtbListPane *self = MTB_LIST_PANE (object);

  switch (prop_id)
    {
    case PROP_ROWS:
      set_rows (self, g_value_get_object (value));
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
    case PROP_LIST_NAME:
      take_string (&self->list_name, value);
      break;
    case PROP_LIST_TITLE:
      take_string (&self->list_title, value);
      break;
    case PROP_LIST_COLUMNS:
      take_string (&self->list_columns, value);
      break;
    case PROP_LIST_IS_MAIN:
      self->list_is_main = g_value_get_boolean (value);
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
  g_clear_pointer (&self->list_name, g_free);
  g_clear_pointer (&self->list_title, g_free);
  g_clear_pointer (&self->list_columns, g_free);

  G_OBJECT_CLASS (mtb_list_pane_parent_class)->finalize (object);
}

static GParamSpec *
string_property (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
boolean_property (const char *name)
{
  return g_param_spec_boolean (name, NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
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
  properties[PROP_FILTERING] = boolean_property ("filtering");
  properties[PROP_N_SHOWN] = g_param_spec_uint ("n-shown", NULL, NULL, 0, G_MAXUINT, G_MAXUINT,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LIST_NAME] = string_property ("list-name");
  properties[PROP_LIST_TITLE] = string_property ("list-title");
  properties[PROP_LIST_COLUMNS] = string_property ("list-columns");
  properties[PROP_LIST_IS_MAIN] = boolean_property ("list-is-main");
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[DESCRIBING] = g_signal_new ("describing", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 1, MTB_TYPE_PAPER);

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

/**
 * mtb_list_pane_say_column:
 * @self: a pane with a column view
 * @column: a column whose cells are not made from a template
 * @say: what they say
 * @data: for @say; it lives as long as the pane
 *
 * Lets that column be exported too.
 */
void
mtb_list_pane_say_column (MtbListPane *self,
                          GtkColumnViewColumn *column,
                          MtbListWords say,
                          gpointer data)
{
  g_return_if_fail (MTB_IS_LIST_PANE (self));

  self->said_column = column;
  self->say = say;
  self->say_data = data;
}
