#include "mtb-place-row.h"

#include "mtb-text.h"

#include <glib/gi18n.h>

/**
 * MtbPlaceRow:
 *
 * A place in the sidebar: its icon, its word unless `compact`, and how many things wait there.
 */
struct _MtbPlaceRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *badge;

  MtbPage *page;
  gboolean compact;
};

G_DEFINE_FINAL_TYPE (MtbPlaceRow, mtb_place_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  PROP_0,
  PROP_PAGE,
  PROP_COMPACT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
is_not (MtbPlaceRow *self, gboolean value)
{
  return !value;
}

static void
on_badge_changed (MtbPlaceRow *self)
{
  const char *title = mtb_page_get_title (self->page);
  g_autofree char *number = NULL;
  g_autofree char *name = NULL;
  guint badge;

  g_object_get (self->page, "badge", &badge, NULL);
  number = mtb_text_number (badge);
  /* Translators: a place of the desk and how many things wait there. */
  name = badge > 0 ? g_strdup_printf (C_ ("place", "%1$s, %2$s waiting"), title, number)
                   : g_strdup (title);
  gtk_label_set_label (self->badge, number);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), badge > 0);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* Tab comes to the place where one is, and goes on from there; arrow keys go to the others. */
static gboolean
mtb_place_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  if ((direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD)
      && !gtk_list_box_row_is_selected (GTK_LIST_BOX_ROW (widget)))
    return FALSE;
  return GTK_WIDGET_CLASS (mtb_place_row_parent_class)->focus (widget, direction);
}

static void
mtb_place_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MtbPlaceRow *self = MTB_PLACE_ROW (object);

  switch (prop_id)
    {
    case PROP_PAGE:
      g_value_set_object (value, self->page);
      break;
    case PROP_COMPACT:
      g_value_set_boolean (value, self->compact);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_place_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MtbPlaceRow *self = MTB_PLACE_ROW (object);

  switch (prop_id)
    {
    case PROP_PAGE:
      self->page = g_value_dup_object (value);
      break;
    case PROP_COMPACT:
      self->compact = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_place_row_constructed (GObject *object)
{
  MtbPlaceRow *self = MTB_PLACE_ROW (object);

  G_OBJECT_CLASS (mtb_place_row_parent_class)->constructed (object);

  g_signal_connect_object (self->page, "notify::badge", G_CALLBACK (on_badge_changed), self,
                           G_CONNECT_SWAPPED);
  on_badge_changed (self);
}

static void
mtb_place_row_dispose (GObject *object)
{
  MtbPlaceRow *self = MTB_PLACE_ROW (object);

  g_clear_object (&self->page);

  G_OBJECT_CLASS (mtb_place_row_parent_class)->dispose (object);
}

static void
mtb_place_row_class_init (MtbPlaceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = mtb_place_row_constructed;
  object_class->dispose = mtb_place_row_dispose;
  object_class->get_property = mtb_place_row_get_property;
  object_class->set_property = mtb_place_row_set_property;

  widget_class->focus = mtb_place_row_focus;

  properties[PROP_PAGE] =
    g_param_spec_object ("page", NULL, NULL, MTB_TYPE_PAGE,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_COMPACT] =
    g_param_spec_boolean ("compact", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/shell/mtb-place-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbPlaceRow, badge);
  gtk_widget_class_bind_template_callback (widget_class, is_not);

  g_type_ensure (MTB_TYPE_PAGE);
}

static void
mtb_place_row_init (MtbPlaceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_place_row_new:
 * @page: a page
 *
 * Returns: a row for it
 */
GtkWidget *
mtb_place_row_new (MtbPage *page)
{
  return g_object_new (MTB_TYPE_PLACE_ROW, "page", page, NULL);
}

/**
 * mtb_place_row_get_page:
 * @self: a place row
 *
 * Returns: (transfer none): its page
 */
MtbPage *
mtb_place_row_get_page (MtbPlaceRow *self)
{
  g_return_val_if_fail (MTB_IS_PLACE_ROW (self), NULL);

  return self->page;
}
