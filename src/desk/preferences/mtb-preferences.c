#include "mtb-preferences.h"

#define SCHEMA MTB_APP_ID
#define LAST_PLACES "last-places"

/**
 * MtbPreferences:
 *
 * What a person prefers: a property for each key of the GSettings schema but `last-places`, by its
 * name, notified at once when it changes. Where the schema is not installed the properties begin at
 * their defaults and are forgotten at the end of the program.
 */
struct _MtbPreferences
{
  GObject parent_instance;

  GSettings *settings;
  GValue *values;
  GVariant *places;
};

G_DEFINE_FINAL_TYPE (MtbPreferences, mtb_preferences, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_SERVER,
  PROP_CERTIFICATE,
  PROP_LANGUAGE,
  PROP_COLOR_SCHEME,
  PROP_DIGITS,
  PROP_TEXT_SCALE,
  PROP_NOTIFICATIONS,
  PROP_WINDOW_WIDTH,
  PROP_WINDOW_HEIGHT,
  PROP_WINDOW_MAXIMIZED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
    source != NULL ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;

  if (schema != NULL)
    return g_settings_new_full (schema, NULL, NULL);
  g_message ("preferences are not remembered: the schema %s is not installed", SCHEMA);
  return NULL;
}

static void
mtb_preferences_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  g_value_copy (&MTB_PREFERENCES (object)->values[prop_id], value);
}

static void
mtb_preferences_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  GValue *own = &MTB_PREFERENCES (object)->values[prop_id];

  if (g_param_values_cmp (pspec, own, value) == 0)
    return;
  g_value_copy (value, own);
  g_object_notify_by_pspec (object, pspec);
}

static void
mtb_preferences_constructed (GObject *object)
{
  MtbPreferences *self = MTB_PREFERENCES (object);

  G_OBJECT_CLASS (mtb_preferences_parent_class)->constructed (object);

  self->settings = open_settings ();
  for (guint i = 1; self->settings != NULL && i < N_PROPS; i++)
    g_settings_bind (self->settings, properties[i]->name, self, properties[i]->name,
                     G_SETTINGS_BIND_DEFAULT);
  if (self->settings != NULL)
    self->places = g_settings_get_value (self->settings, LAST_PLACES);
  else
    self->places = g_variant_ref_sink (g_variant_new ("a{ss}", NULL));
}

static void
mtb_preferences_finalize (GObject *object)
{
  MtbPreferences *self = MTB_PREFERENCES (object);

  for (guint i = 1; i < N_PROPS; i++)
    g_value_unset (&self->values[i]);
  g_free (self->values);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->places, g_variant_unref);

  G_OBJECT_CLASS (mtb_preferences_parent_class)->finalize (object);
}

static void
mtb_preferences_class_init (MtbPreferencesClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = mtb_preferences_constructed;
  object_class->finalize = mtb_preferences_finalize;
  object_class->get_property = mtb_preferences_get_property;
  object_class->set_property = mtb_preferences_set_property;

  properties[PROP_SERVER] =
    g_param_spec_string ("server", NULL, NULL, "http://127.0.0.1:8420", flags);
  properties[PROP_CERTIFICATE] = g_param_spec_string ("certificate", NULL, NULL, "", flags);
  properties[PROP_LANGUAGE] = g_param_spec_string ("language", NULL, NULL, "", flags);
  properties[PROP_COLOR_SCHEME] =
    g_param_spec_string ("color-scheme", NULL, NULL, "default", flags);
  properties[PROP_DIGITS] = g_param_spec_string ("digits", NULL, NULL, "language", flags);
  properties[PROP_TEXT_SCALE] = g_param_spec_double ("text-scale", NULL, NULL, 1, 2, 1, flags);
  properties[PROP_NOTIFICATIONS] = g_param_spec_boolean ("notifications", NULL, NULL, FALSE, flags);
  properties[PROP_WINDOW_WIDTH] =
    g_param_spec_int ("window-width", NULL, NULL, 360, 16384, 1280, flags);
  properties[PROP_WINDOW_HEIGHT] =
    g_param_spec_int ("window-height", NULL, NULL, 240, 16384, 720, flags);
  properties[PROP_WINDOW_MAXIMIZED] =
    g_param_spec_boolean ("window-maximized", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mtb_preferences_init (MtbPreferences *self)
{
  self->values = g_new0 (GValue, N_PROPS);
  for (guint i = 1; i < N_PROPS; i++)
    {
      g_value_init (&self->values[i], properties[i]->value_type);
      g_param_value_set_default (properties[i], &self->values[i]);
    }
}

/**
 * mtb_preferences_get_default:
 *
 * Returns: (transfer none): the preferences of who runs this program
 */
MtbPreferences *
mtb_preferences_get_default (void)
{
  static MtbPreferences *preferences = NULL;

  if (preferences == NULL)
    preferences = g_object_new (MTB_TYPE_PREFERENCES, NULL);
  return preferences;
}

/**
 * mtb_preferences_dup_place:
 * @self: preferences
 * @person_id: a person
 *
 * Returns: (transfer full) (nullable): at which place that person was last
 */
char *
mtb_preferences_dup_place (MtbPreferences *self, const char *person_id)
{
  char *place = NULL;

  g_return_val_if_fail (MTB_IS_PREFERENCES (self), NULL);

  g_variant_lookup (self->places, person_id, "s", &place);
  return place;
}

/**
 * mtb_preferences_set_place:
 * @self: preferences
 * @person_id: a person
 * @place: where that person is now
 *
 * Has the person's desk open there the next time.
 */
void
mtb_preferences_set_place (MtbPreferences *self, const char *person_id, const char *place)
{
  g_autofree char *known = NULL;
  GVariantBuilder builder;
  GVariantIter iter;
  const char *id, *name;

  g_return_if_fail (MTB_IS_PREFERENCES (self));

  known = mtb_preferences_dup_place (self, person_id);
  if (g_strcmp0 (known, place) == 0)
    return;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, self->places);
  while (g_variant_iter_next (&iter, "{&s&s}", &id, &name))
    if (!g_str_equal (id, person_id))
      g_variant_builder_add (&builder, "{ss}", id, name);
  g_variant_builder_add (&builder, "{ss}", person_id, place);
  g_variant_unref (self->places);
  self->places = g_variant_ref_sink (g_variant_builder_end (&builder));
  if (self->settings != NULL)
    g_settings_set_value (self->settings, LAST_PLACES, self->places);
}
