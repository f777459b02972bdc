#include "mtb-page.h"

#include "mtb-list-export.h"

/**
 * MtbPage:
 *
 * A place of the desk. `title`, `icon-name` and `badge`, how many things wait there, are what the
 * sidebar shows of it; `activity` is what its person is doing there, by the #MtbPresenceState that
 * goes with it, and available where that is nothing. What is `searchable` has an action `page.find`.
 * Its widget name is what links call it.
 * `page.export` and `page.print` are for the main of the lists that are seen there.
 */
typedef struct
{
  MtbEngine *engine;
  MtbDrafts *drafts;
  char *title;
  char *icon_name;
  gboolean searchable;
  guint badge;
  MtbPresenceState activity;
  GHashTable *disallowed;
} MtbPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MtbPage, mtb_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_ENGINE,
  PROP_DRAFTS,
  PROP_TITLE,
  PROP_ICON_NAME,
  PROP_SEARCHABLE,
  PROP_BADGE,
  PROP_ACTIVITY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
mtb_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MtbPagePrivate *priv = mtb_page_get_instance_private (MTB_PAGE (object));

  switch (prop_id)
    {
    case PROP_ENGINE:
      g_value_set_object (value, priv->engine);
      break;
    case PROP_DRAFTS:
      g_value_set_object (value, priv->drafts);
      break;
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, priv->icon_name);
      break;
    case PROP_SEARCHABLE:
      g_value_set_boolean (value, priv->searchable);
      break;
    case PROP_BADGE:
      g_value_set_uint (value, priv->badge);
      break;
    case PROP_ACTIVITY:
      g_value_set_uint (value, priv->activity);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_page_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MtbPagePrivate *priv = mtb_page_get_instance_private (MTB_PAGE (object));

  switch (prop_id)
    {
    case PROP_ENGINE:
      priv->engine = g_value_dup_object (value);
      break;
    case PROP_DRAFTS:
      priv->drafts = g_value_dup_object (value);
      break;
    case PROP_TITLE:
      g_free (priv->title);
      priv->title = g_value_dup_string (value);
      break;
    case PROP_ICON_NAME:
      g_free (priv->icon_name);
      priv->icon_name = g_value_dup_string (value);
      break;
    case PROP_SEARCHABLE:
      priv->searchable = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_page_finalize (GObject *object)
{
  MtbPagePrivate *priv = mtb_page_get_instance_private (MTB_PAGE (object));

  g_clear_object (&priv->engine);
  g_clear_object (&priv->drafts);
  g_clear_pointer (&priv->disallowed, g_hash_table_unref);
  g_clear_pointer (&priv->title, g_free);
  g_clear_pointer (&priv->icon_name, g_free);

  G_OBJECT_CLASS (mtb_page_parent_class)->finalize (object);
}

static void
on_export (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  mtb_list_export_begin_main (widget, mtb_page_get_engine (MTB_PAGE (widget)), MTB_EXPORT_CSV);
}

static void
on_print (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  mtb_list_export_begin_main (widget, mtb_page_get_engine (MTB_PAGE (widget)), MTB_EXPORT_PAPER);
}

static void
mtb_page_class_init (MtbPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = mtb_page_finalize;
  object_class->get_property = mtb_page_get_property;
  object_class->set_property = mtb_page_set_property;

  properties[PROP_ENGINE] =
    g_param_spec_object ("engine", NULL, NULL, MTB_TYPE_ENGINE,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_DRAFTS] =
    g_param_spec_object ("drafts", NULL, NULL, MTB_TYPE_DRAFTS,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ICON_NAME] =
    g_param_spec_string ("icon-name", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SEARCHABLE] = g_param_spec_boolean ("searchable", NULL, NULL, FALSE,
                                                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BADGE] = g_param_spec_uint ("badge", NULL, NULL, 0, G_MAXUINT, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ACTIVITY] =
    g_param_spec_uint ("activity", NULL, NULL, MTB_PRESENCE_OFF, MTB_PRESENCE_AWAY,
                       MTB_PRESENCE_AVAILABLE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "page.export", NULL, on_export);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "page.print", NULL, on_print);
}

static void
mtb_page_init (MtbPage *self)
{
  MtbPagePrivate *priv = mtb_page_get_instance_private (self);

  priv->activity = MTB_PRESENCE_AVAILABLE;
  priv->disallowed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * mtb_page_get_engine:
 * @self: a page
 *
 * Returns: (transfer none): the engine that it works with
 */
MtbEngine *
mtb_page_get_engine (MtbPage *self)
{
  MtbPagePrivate *priv = mtb_page_get_instance_private (self);

  g_return_val_if_fail (MTB_IS_PAGE (self), NULL);

  return priv->engine;
}

/**
 * mtb_page_get_drafts:
 * @self: a page
 *
 * Returns: (transfer none): what its person has begun
 */
MtbDrafts *
mtb_page_get_drafts (MtbPage *self)
{
  MtbPagePrivate *priv = mtb_page_get_instance_private (self);

  g_return_val_if_fail (MTB_IS_PAGE (self), NULL);

  return priv->drafts;
}

/**
 * mtb_page_get_title:
 * @self: a page
 *
 * Returns: what the place is called
 */
const char *
mtb_page_get_title (MtbPage *self)
{
  MtbPagePrivate *priv = mtb_page_get_instance_private (self);

  g_return_val_if_fail (MTB_IS_PAGE (self), NULL);

  return priv->title;
}

/**
 * mtb_page_set_badge:
 * @self: a page
 * @badge: how many things wait there
 */
void
mtb_page_set_badge (MtbPage *self, guint badge)
{
  MtbPagePrivate *priv = mtb_page_get_instance_private (self);

  g_return_if_fail (MTB_IS_PAGE (self));

  if (priv->badge == badge)
    return;
  priv->badge = badge;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BADGE]);
}

/**
 * mtb_page_set_activity:
 * @self: a page
 * @activity: what the person is doing there, %MTB_PRESENCE_AVAILABLE for nothing of note
 */
void
mtb_page_set_activity (MtbPage *self, MtbPresenceState activity)
{
  MtbPagePrivate *priv = mtb_page_get_instance_private (self);

  g_return_if_fail (MTB_IS_PAGE (self));

  if (priv->activity == activity)
    return;
  priv->activity = activity;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVITY]);
}

/**
 * mtb_page_knows:
 * @self: a page
 * @action: an action that pages may have
 *
 * Returns: whether pages of its kind have it
 */
gboolean
mtb_page_knows (MtbPage *self, const char *action)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_GET_CLASS (self);
  const GVariantType *parameter;
  const char *name, *property;
  GType owner;

  g_return_val_if_fail (MTB_IS_PAGE (self), FALSE);

  for (guint i = 0;
       gtk_widget_class_query_action (widget_class, i, &owner, &name, &parameter, &property); i++)
    if (g_str_equal (name, action))
      return TRUE;
  return FALSE;
}

/**
 * mtb_page_allow:
 * @self: a page
 * @action: an action of its own
 * @allowed: whether there is something to do it with now
 *
 * Enables the action, and whatever asks for it: buttons, keys, the palette.
 */
void
mtb_page_allow (MtbPage *self, const char *action, gboolean allowed)
{
  MtbPagePrivate *priv = mtb_page_get_instance_private (self);

  g_return_if_fail (MTB_IS_PAGE (self));

  if (allowed)
    g_hash_table_remove (priv->disallowed, action);
  else
    g_hash_table_add (priv->disallowed, g_strdup (action));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), action, allowed);
}

/**
 * mtb_page_may:
 * @self: a page
 * @action: an action that pages may have
 *
 * Returns: whether it can be done there now
 */
gboolean
mtb_page_may (MtbPage *self, const char *action)
{
  MtbPagePrivate *priv = mtb_page_get_instance_private (self);

  return mtb_page_knows (self, action) && !g_hash_table_contains (priv->disallowed, action);
}

/**
 * mtb_page_activate:
 * @self: a page that is shown
 *
 * Puts the focus where work begins.
 */
void
mtb_page_activate (MtbPage *self)
{
  g_return_if_fail (MTB_IS_PAGE (self));

  if (MTB_PAGE_GET_CLASS (self)->activate != NULL)
    MTB_PAGE_GET_CLASS (self)->activate (self);
  /* The stack that holds the pages may have put it there before. */
  else if (gtk_widget_get_focus_child (GTK_WIDGET (self)) == NULL)
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/**
 * mtb_page_open:
 * @self: a page
 * @kind: what shall be opened, not a place
 * @id: which
 *
 * Opens it to be read.
 *
 * Returns: whether the page does such
 */
gboolean
mtb_page_open (MtbPage *self, MtbLinkKind kind, const char *id)
{
  g_return_val_if_fail (MTB_IS_PAGE (self), FALSE);

  return MTB_PAGE_GET_CLASS (self)->open != NULL
         && MTB_PAGE_GET_CLASS (self)->open (self, kind, id);
}

/**
 * mtb_page_amend:
 * @self: a page
 * @call_id: a record of a call
 *
 * Opens the record to be corrected.
 *
 * Returns: whether the page does such
 */
gboolean
mtb_page_amend (MtbPage *self, const char *call_id)
{
  g_return_val_if_fail (MTB_IS_PAGE (self), FALSE);

  return MTB_PAGE_GET_CLASS (self)->amend != NULL
         && MTB_PAGE_GET_CLASS (self)->amend (self, call_id);
}

/**
 * mtb_page_show_records:
 * @self: a page
 * @person_id: a person
 * @name: what they are called
 *
 * Shows what this person wrote down.
 *
 * Returns: whether the page does such
 */
gboolean
mtb_page_show_records (MtbPage *self, const char *person_id, const char *name)
{
  g_return_val_if_fail (MTB_IS_PAGE (self), FALSE);

  return MTB_PAGE_GET_CLASS (self)->show_records != NULL
         && MTB_PAGE_GET_CLASS (self)->show_records (self, person_id, name);
}

/**
 * mtb_page_mend:
 * @self: a page
 * @refusal: what was refused
 *
 * Opens it in a form to be mended.
 *
 * Returns: whether the page does such
 */
gboolean
mtb_page_mend (MtbPage *self, MtbRefusal *refusal)
{
  g_return_val_if_fail (MTB_IS_PAGE (self), FALSE);

  return MTB_PAGE_GET_CLASS (self)->mend != NULL && MTB_PAGE_GET_CLASS (self)->mend (self, refusal);
}
