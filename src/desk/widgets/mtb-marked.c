#include "mtb-marked.h"

/**
 * MtbMarked:
 *
 * A part of a row whose `mark` is the style class that it has by now, if any.
 */
struct _MtbMarked
{
  AdwBin parent_instance;

  char *mark;
};

G_DEFINE_FINAL_TYPE (MtbMarked, mtb_marked, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_MARK,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_mark (MtbMarked *self, const char *mark)
{
  if (g_strcmp0 (self->mark, mark) == 0)
    return;
  if (self->mark != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->mark);
  g_free (self->mark);
  self->mark = g_strdup (mark);
  if (self->mark != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), self->mark);
}

static void
mtb_marked_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MtbMarked *self = MTB_MARKED (object);

  switch (prop_id)
    {
    case PROP_MARK:
      set_mark (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_marked_finalize (GObject *object)
{
  g_free (MTB_MARKED (object)->mark);

  G_OBJECT_CLASS (mtb_marked_parent_class)->finalize (object);
}

static void
mtb_marked_class_init (MtbMarkedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = mtb_marked_finalize;
  object_class->set_property = mtb_marked_set_property;

  properties[PROP_MARK] =
    g_param_spec_string ("mark", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mtb_marked_init (MtbMarked *self)
{
}
