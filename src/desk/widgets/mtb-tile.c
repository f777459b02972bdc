#include "mtb-tile.h"

#include <glib/gi18n.h>

/**
 * MtbTile:
 *
 * One figure in large digits, with its `caption` above and a detail beside it. Pressed, it opens what
 * is behind the figure.
 */
struct _MtbTile
{
  GtkButton parent_instance;

  GtkLabel *caption_label;
  GtkLabel *figure;
  GtkLabel *detail;

  char *caption;
};

G_DEFINE_FINAL_TYPE (MtbTile, mtb_tile, GTK_TYPE_BUTTON)

enum
{
  PROP_0,
  PROP_CAPTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
mtb_tile_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_CAPTION:
      g_value_set_string (value, MTB_TILE (object)->caption);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_tile_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MtbTile *self = MTB_TILE (object);

  switch (prop_id)
    {
    case PROP_CAPTION:
      g_free (self->caption);
      self->caption = g_value_dup_string (value);
      gtk_label_set_label (self->caption_label, self->caption);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_tile_finalize (GObject *object)
{
  g_free (MTB_TILE (object)->caption);

  G_OBJECT_CLASS (mtb_tile_parent_class)->finalize (object);
}

static void
mtb_tile_class_init (MtbTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = mtb_tile_finalize;
  object_class->get_property = mtb_tile_get_property;
  object_class->set_property = mtb_tile_set_property;

  properties[PROP_CAPTION] =
    g_param_spec_string ("caption", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/widgets/mtb-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbTile, caption_label);
  gtk_widget_class_bind_template_child (widget_class, MtbTile, detail);
  gtk_widget_class_bind_template_child (widget_class, MtbTile, figure);
}

static void
mtb_tile_init (MtbTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_tile_show:
 * @self: a tile
 * @figure: the figure
 * @detail: (nullable): what it is made of
 */
void
mtb_tile_show (MtbTile *self, const char *figure, const char *detail)
{
  g_autofree char *name = NULL;

  g_return_if_fail (MTB_IS_TILE (self));

  gtk_label_set_label (self->figure, figure);
  gtk_label_set_label (self->detail, detail != NULL ? detail : "");
  /* Translators: what a figure counts, the figure, and what it is made of. */
  name = g_strdup_printf (C_ ("figure", "%1$s: %2$s %3$s"), self->caption, figure,
                          detail != NULL ? detail : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
