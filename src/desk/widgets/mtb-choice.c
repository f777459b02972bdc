#include "mtb-choice.h"

#include "mtb-fold.h"

#include <glib/gi18n.h>

/**
 * MtbChoice:
 *
 * Something that can be chosen in a #MtbChooser.
 */
struct _MtbChoice
{
  GObject parent_instance;

  char *id;
  char *group;
  char *title;
  char **words;
};

G_DEFINE_FINAL_TYPE (MtbChoice, mtb_choice, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_GROUP,
  PROP_TITLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
mtb_choice_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MtbChoice *self = MTB_CHOICE (object);

  switch (prop_id)
    {
    case PROP_GROUP:
      g_value_set_string (value, self->group);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_choice_finalize (GObject *object)
{
  MtbChoice *self = MTB_CHOICE (object);

  g_free (self->id);
  g_free (self->group);
  g_free (self->title);
  g_strfreev (self->words);

  G_OBJECT_CLASS (mtb_choice_parent_class)->finalize (object);
}

static void
mtb_choice_class_init (MtbChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = mtb_choice_finalize;
  object_class->get_property = mtb_choice_get_property;

  properties[PROP_GROUP] =
    g_param_spec_string ("group", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mtb_choice_init (MtbChoice *self)
{
}

/**
 * mtb_choice_new:
 * @id: what it is known by
 * @group: (nullable): what it is a kind of
 * @title: what it is called
 * @also: (nullable): more words by which it is found
 *
 * Returns: (transfer full): a choice
 */
MtbChoice *
mtb_choice_new (const char *id, const char *group, const char *title, const char *also)
{
  MtbChoice *self = g_object_new (MTB_TYPE_CHOICE, NULL);
  g_autofree char *all =
    g_strdup_printf ("%s %s %s", group != NULL ? group : "", title, also != NULL ? also : "");

  self->id = g_strdup (id);
  self->group = g_strdup (group);
  self->title = g_strdup (title);
  self->words = mtb_fold_words (all);
  return self;
}

/**
 * mtb_choice_get_id:
 * @self: a choice
 *
 * Returns: what it is known by
 */
const char *
mtb_choice_get_id (MtbChoice *self)
{
  g_return_val_if_fail (MTB_IS_CHOICE (self), NULL);

  return self->id;
}

/**
 * mtb_choice_dup_full_title:
 * @self: a choice
 *
 * Returns: (transfer full): its title after that of its group
 */
char *
mtb_choice_dup_full_title (MtbChoice *self)
{
  g_return_val_if_fail (MTB_IS_CHOICE (self), NULL);

  if (self->group == NULL)
    return g_strdup (self->title);
  return g_strdup_printf (C_ ("type of call", "%1$s: %2$s"), self->group, self->title);
}

/**
 * mtb_choice_fits:
 * @self: a choice
 * @words: (array zero-terminated=1): beginnings of words, see mtb_fold_words()
 *
 * Returns: whether each of @words begins one of its own
 */
gboolean
mtb_choice_fits (MtbChoice *self, const char *const *words)
{
  g_return_val_if_fail (MTB_IS_CHOICE (self), FALSE);

  return mtb_fold_fits ((const char *const *) self->words, words);
}
