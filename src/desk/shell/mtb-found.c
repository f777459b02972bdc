#include "mtb-found.h"

#include "mtb-fold.h"
#include "mtb-item.h"
#include "mtb-text.h"

#include <glib/gi18n.h>

/**
 * MtbFound:
 *
 * Something that the palette finds: `icon-name`, `title`, `detail` and the `accelerator` by which it
 * is reached without the palette. Choosing it activates an action of the window, of the place that is
 * seen, or of the person's own state.
 */
struct _MtbFound
{
  GObject parent_instance;

  MtbFoundGroup group;
  char *icon_name;
  char *title;
  char *detail;
  char *accelerator;
  char *action;
  GVariant *target;
  char **words;
};

G_DEFINE_FINAL_TYPE (MtbFound, mtb_found, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ICON_NAME,
  PROP_TITLE,
  PROP_DETAIL,
  PROP_ACCELERATOR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char *const group_titles[MTB_N_FOUND_GROUPS] = {
  [MTB_FOUND_PLACES] = N_ ("Places"),          [MTB_FOUND_ACTS] = N_ ("Acts"),
  [MTB_FOUND_PEOPLE] = N_ ("People"),          [MTB_FOUND_CUSTOMERS] = N_ ("Customers"),
  [MTB_FOUND_CALLS] = N_ ("Records of Calls"),
};

static void
mtb_found_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MtbFound *self = MTB_FOUND (object);

  switch (prop_id)
    {
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_DETAIL:
      g_value_set_string (value, self->detail);
      break;
    case PROP_ACCELERATOR:
      g_value_set_string (value, self->accelerator);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_found_finalize (GObject *object)
{
  MtbFound *self = MTB_FOUND (object);

  g_free (self->icon_name);
  g_free (self->title);
  g_free (self->detail);
  g_free (self->accelerator);
  g_free (self->action);
  g_clear_pointer (&self->target, g_variant_unref);
  g_strfreev (self->words);

  G_OBJECT_CLASS (mtb_found_parent_class)->finalize (object);
}

static GParamSpec *
string_property (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
mtb_found_class_init (MtbFoundClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = mtb_found_finalize;
  object_class->get_property = mtb_found_get_property;

  properties[PROP_ICON_NAME] = string_property ("icon-name");
  properties[PROP_TITLE] = string_property ("title");
  properties[PROP_DETAIL] = string_property ("detail");
  properties[PROP_ACCELERATOR] = string_property ("accelerator");
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mtb_found_init (MtbFound *self)
{
}

static MtbFound *
new_found (MtbFoundGroup group, const char *icon_name, const char *title, const char *also)
{
  MtbFound *self = g_object_new (MTB_TYPE_FOUND, NULL);
  g_autofree char *all = g_strdup_printf ("%s %s", title, also);

  self->group = group;
  self->icon_name = g_strdup (icon_name);
  self->title = g_strdup (title);
  self->words = mtb_fold_words (all);
  return self;
}

static void
set_act (MtbFound *self, const char *action, GVariant *target)
{
  self->action = g_strdup (action);
  self->target = target != NULL ? g_variant_ref_sink (target) : NULL;
}

/**
 * mtb_found_new_place:
 * @page: a place
 * @number: which of the places, from 0
 *
 * Returns: (transfer full): the place
 */
MtbFound *
mtb_found_new_place (MtbPage *page, guint number)
{
  g_autofree char *icon_name = NULL;
  MtbFound *self;

  g_object_get (page, "icon-name", &icon_name, NULL);
  self = new_found (MTB_FOUND_PLACES, icon_name, mtb_page_get_title (page),
                    gtk_widget_get_name (GTK_WIDGET (page)));
  set_act (self, "win.go-to", g_variant_new_uint32 (number));
  self->accelerator = number < 9 ? g_strdup_printf ("<Alt>%u", number + 1) : NULL;
  return self;
}

/**
 * mtb_found_new_key:
 * @key: a key with an action
 *
 * Returns: (transfer full): what it does
 */
MtbFound *
mtb_found_new_key (const MtbKey *key)
{
  MtbFound *self =
    new_found (MTB_FOUND_ACTS, "system-run-symbolic", gettext (key->title), key->title);

  set_act (self, key->action, NULL);
  self->accelerator = g_strdup (mtb_key_get_shown (key));
  return self;
}

/**
 * mtb_found_new_duty:
 * @act: something that a person does about their state
 *
 * Returns: (transfer full): the act
 */
MtbFound *
mtb_found_new_duty (const MtbDutyAct *act)
{
  MtbFound *self =
    new_found (MTB_FOUND_ACTS, "system-run-symbolic", gettext (act->title), act->title);

  set_act (self, "duty.move", g_variant_new_string (mtb_presence_act_words[act->act]));
  return self;
}

static char *
join_words (gpointer row, const char *first, const char *second)
{
  g_autofree char *one = mtb_item_dup_words (row, first);
  g_autofree char *other = mtb_item_dup_words (row, second);

  if (one == NULL || *one == '\0' || other == NULL || *other == '\0')
    return g_strdup (one != NULL && *one != '\0' ? one : other);
  return g_strdup_printf ("%s · %s", one, other);
}

static void
set_link (MtbFound *self, MtbLinkKind kind, const char *id)
{
  g_autofree char *link = mtb_link_new (kind, id);

  set_act (self, "win.open-link", g_variant_new_string (link));
}

/**
 * mtb_found_new_row:
 * @group: people, customers or records of calls
 * @row: a record of the query that finds such
 *
 * Returns: (transfer full): it
 */
MtbFound *
mtb_found_new_row (MtbFoundGroup group, gpointer row)
{
  const char *id = mtb_record_get_id (row);
  g_autofree char *name = mtb_item_dup_words (row, "name");
  g_autofree char *icon_name = NULL;
  MtbFound *self;

  switch (group)
    {
    case MTB_FOUND_CUSTOMERS:
      icon_name = mtb_item_dup_words (row, "customer-icon");
      self = new_found (group, icon_name, name, "");
      self->detail = join_words (row, "number", "package");
      set_link (self, MTB_LINK_SUBSCRIBER, id);
      return self;
    case MTB_FOUND_CALLS:
      icon_name = mtb_item_dup_words (row, "solved-icon");
      self = new_found (group, icon_name, name, "");
      self->detail = join_words (row, "full-type", "when");
      set_link (self, MTB_LINK_CALL, id);
      return self;
    case MTB_FOUND_PEOPLE:
    default:
      self = new_found (group, "avatar-default-symbolic", name, "");
      self->detail = join_words (row, "roles", "team");
      set_act (self, "win.show-records", g_variant_new ("(ss)", id, name));
      return self;
    }
}

/**
 * mtb_found_group_get_title:
 * @group: a group
 *
 * Returns: what it is called, in the interface's language
 */
const char *
mtb_found_group_get_title (MtbFoundGroup group)
{
  g_return_val_if_fail (group < MTB_N_FOUND_GROUPS, NULL);

  return gettext (group_titles[group]);
}

/**
 * mtb_found_get_group:
 * @self: something found
 *
 * Returns: what it is
 */
MtbFoundGroup
mtb_found_get_group (MtbFound *self)
{
  g_return_val_if_fail (MTB_IS_FOUND (self), MTB_FOUND_PLACES);

  return self->group;
}

/**
 * mtb_found_get_action:
 * @self: something found
 *
 * Returns: the action to activate where it is chosen
 */
const char *
mtb_found_get_action (MtbFound *self)
{
  g_return_val_if_fail (MTB_IS_FOUND (self), NULL);

  return self->action;
}

/**
 * mtb_found_get_target:
 * @self: something found
 *
 * Returns: (transfer none) (nullable): what the action is told
 */
GVariant *
mtb_found_get_target (MtbFound *self)
{
  g_return_val_if_fail (MTB_IS_FOUND (self), NULL);

  return self->target;
}

/**
 * mtb_found_fits:
 * @self: something found
 * @typed: (array zero-terminated=1): beginnings of words, see mtb_fold_words()
 *
 * Returns: whether each of @typed begins a word of its title, in either language
 */
gboolean
mtb_found_fits (MtbFound *self, const char *const *typed)
{
  g_return_val_if_fail (MTB_IS_FOUND (self), FALSE);

  return mtb_fold_fits ((const char *const *) self->words, typed);
}

/**
 * mtb_found_equal:
 * @self: something found
 * @other: something else
 *
 * Returns: whether they are the same, and say the same
 */
gboolean
mtb_found_equal (MtbFound *self, MtbFound *other)
{
  return g_str_equal (self->action, other->action) && g_strcmp0 (self->title, other->title) == 0
         && g_strcmp0 (self->detail, other->detail) == 0
         && (self->target == NULL || other->target == NULL
               ? self->target == other->target
               : g_variant_equal (self->target, other->target));
}
