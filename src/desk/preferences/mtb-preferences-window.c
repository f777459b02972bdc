#include "mtb-preferences-window.h"

#include "mtb-certificate-row.h"
#include "mtb-language.h"
#include "mtb-preferences.h"
#include "mtb-stock-group.h"
#include "mtb-text.h"

#include <math.h>

/**
 * MtbPreferencesWindow:
 *
 * What a person prefers, a row each, in effect as soon as it is chosen; another language with the
 * next start, which is offered. Below, what is kept on this computer. It is no #AdwPreferencesWindow,
 * of which libadwaita 1.2 tells a screen reader nothing.
 */
struct _MtbPreferencesWindow
{
  AdwWindow parent_instance;

  AdwComboRow *language;
  GtkWidget *restart;
  AdwComboRow *digits;
  AdwComboRow *color_scheme;
  AdwComboRow *text_size;
  GtkStringList *text_sizes;
  GtkSwitch *notifications;
  MtbCertificateRow *certificate;
  MtbStockGroup *stock;
};

G_DEFINE_FINAL_TYPE (MtbPreferencesWindow, mtb_preferences_window, ADW_TYPE_WINDOW)

/* The values of the preferences in the order in which the rows list them. */
static const char *const languages[] = { "", "ar", "en", NULL };
static const char *const color_schemes[] = { "default", "light", "dark", NULL };
static const char *const digits[] = { "language", "arabic", "western", NULL };
static const int text_sizes[] = { 100, 125, 150, 175, 200 };

static gboolean
value_to_position (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  const char *const *values = data;

  for (guint i = 0; values[i] != NULL; i++)
    if (g_strcmp0 (values[i], g_value_get_string (from)) == 0)
      g_value_set_uint (to, i);
  return TRUE;
}

static gboolean
position_to_value (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  const char *const *values = data;
  guint position = g_value_get_uint (from);

  if (position >= g_strv_length ((char **) values))
    return FALSE;
  g_value_set_string (to, values[position]);
  return TRUE;
}

static gboolean
scale_to_position (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  guint nearest = 0;

  for (guint i = 0; i < G_N_ELEMENTS (text_sizes); i++)
    if (fabs (text_sizes[i] / 100.0 - g_value_get_double (from))
        < fabs (text_sizes[nearest] / 100.0 - g_value_get_double (from)))
      nearest = i;
  g_value_set_uint (to, nearest);
  return TRUE;
}

static gboolean
position_to_scale (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  guint position = g_value_get_uint (from);

  if (position >= G_N_ELEMENTS (text_sizes))
    return FALSE;
  g_value_set_double (to, text_sizes[position] / 100.0);
  return TRUE;
}

static void
bind_choice (MtbPreferences *preferences,
             const char *name,
             AdwComboRow *row,
             const char *const *values)
{
  g_object_bind_property_full (preferences, name, row, "selected",
                               G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE, value_to_position,
                               position_to_value, (gpointer) values, NULL);
}

static void
show_restart (MtbPreferencesWindow *self, GParamSpec *property, MtbPreferences *preferences)
{
  g_autofree char *language = NULL;

  g_object_get (preferences, "language", &language, NULL);
  gtk_widget_set_visible (self->restart, !mtb_language_is_in_effect (language));
}

/* The sizes are said anew, each in its place, so that the one that is chosen stays so. */
static void
show_text_sizes (MtbPreferencesWindow *self)
{
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->text_sizes));
  guint chosen = adw_combo_row_get_selected (self->text_size);
  g_auto (GStrv) words = g_new0 (char *, G_N_ELEMENTS (text_sizes) + 1);

  for (guint i = 0; i < G_N_ELEMENTS (text_sizes); i++)
    words[i] = mtb_text_whole_percent (text_sizes[i]);
  gtk_string_list_splice (self->text_sizes, 0, n_shown, (const char *const *) words);
  if (n_shown > 0)
    adw_combo_row_set_selected (self->text_size, chosen);
}

static void
bind_all (MtbPreferencesWindow *self, MtbPreferences *preferences)
{
  show_text_sizes (self);
  bind_choice (preferences, "language", self->language, languages);
  bind_choice (preferences, "color-scheme", self->color_scheme, color_schemes);
  bind_choice (preferences, "digits", self->digits, digits);
  g_object_bind_property_full (preferences, "text-scale", self->text_size, "selected",
                               G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE, scale_to_position,
                               position_to_scale, NULL, NULL);
  g_object_bind_property (preferences, "notifications", self->notifications, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property (preferences, "certificate", self->certificate, "path",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_object (preferences, "notify::language", G_CALLBACK (show_restart), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (preferences, "notify::digits", G_CALLBACK (show_text_sizes), self,
                           G_CONNECT_SWAPPED);
  show_restart (self, NULL, preferences);
}

static void
mtb_preferences_window_class_init (MtbPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/preferences/mtb-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbPreferencesWindow, certificate);
  gtk_widget_class_bind_template_child (widget_class, MtbPreferencesWindow, color_scheme);
  gtk_widget_class_bind_template_child (widget_class, MtbPreferencesWindow, digits);
  gtk_widget_class_bind_template_child (widget_class, MtbPreferencesWindow, language);
  gtk_widget_class_bind_template_child (widget_class, MtbPreferencesWindow, notifications);
  gtk_widget_class_bind_template_child (widget_class, MtbPreferencesWindow, restart);
  gtk_widget_class_bind_template_child (widget_class, MtbPreferencesWindow, stock);
  gtk_widget_class_bind_template_child (widget_class, MtbPreferencesWindow, text_size);
  gtk_widget_class_bind_template_child (widget_class, MtbPreferencesWindow, text_sizes);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  g_type_ensure (MTB_TYPE_CERTIFICATE_ROW);
  g_type_ensure (MTB_TYPE_STOCK_GROUP);
}

static void
mtb_preferences_window_init (MtbPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bind_all (self, mtb_preferences_get_default ());
}

/**
 * mtb_preferences_window_present:
 * @parent: the window
 * @engine: the engine
 *
 * Opens the preferences over @parent.
 */
void
mtb_preferences_window_present (GtkWindow *parent, MtbEngine *engine)
{
  MtbPreferencesWindow *self =
    g_object_new (MTB_TYPE_PREFERENCES_WINDOW, "application", gtk_window_get_application (parent),
                  "transient-for", parent, NULL);

  mtb_stock_group_set_engine (self->stock, engine);
  gtk_window_present (GTK_WINDOW (self));
}
