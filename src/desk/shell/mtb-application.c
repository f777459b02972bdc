#include "mtb-application.h"

#include "mtb-appearance.h"
#include "mtb-keyring.h"
#include "mtb-soup-transport.h"
#include "mtb-window.h"

#include <glib/gi18n.h>

/**
 * MtbApplication:
 *
 * The desktop program: its options, its engine and its window. A second start shows the first one's
 * window, and hands it the links that it was given; a desk with a folder of its own is one by itself.
 * As a service (`--gapplication-service`) it waits for what it is started for.
 */
struct _MtbApplication
{
  AdwApplication parent_instance;

  char *server;
  char *folder;
  gboolean demo;
  gboolean restart;
  MtbEngine *engine;
};

G_DEFINE_FINAL_TYPE (MtbApplication, mtb_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "server", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("The server's address"), N_ ("URL") },
  { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Offer the people of the demonstration"), NULL },
  { "data", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Where this desk keeps its data"),
    N_ ("FOLDER") },
  { NULL, 0, 0, 0, NULL, NULL, NULL },
};

/* Two programs in one folder would be two desks with one outbox. */
static void
set_id_of_folder (GApplication *application, const char *folder)
{
  g_autofree char *path = g_canonicalize_filename (folder, NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, path, -1);
  g_autofree char *id = g_strdup_printf (MTB_APP_ID ".desk-%.16s", hash);

  g_application_set_application_id (application, id);
}

static int
mtb_application_handle_local_options (GApplication *application, GVariantDict *given)
{
  MtbApplication *self = MTB_APPLICATION (application);

  g_variant_dict_lookup (given, "server", "s", &self->server);
  g_variant_dict_lookup (given, "demo", "b", &self->demo);
  if (g_variant_dict_lookup (given, "data", "^ay", &self->folder))
    set_id_of_folder (application, self->folder);
  return -1;
}

/* Dialogs are the application's windows too. */
static GtkWindow *
find_window (GtkApplication *application)
{
  for (GList *link = gtk_application_get_windows (application); link != NULL; link = link->next)
    if (MTB_IS_WINDOW (link->data))
      return link->data;
  return NULL;
}

static void
on_open_link (GSimpleAction *action, GVariant *link, gpointer user_data)
{
  GtkWindow *window;

  g_application_activate (user_data);
  window = find_window (user_data);
  gtk_widget_activate_action_variant (GTK_WIDGET (window), "win.open-link", link);
}

/* It ends with its last window, when all that was begun is written down. */
static void
on_restart (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MtbApplication *self = user_data;
  GtkWindow *window;

  self->restart = TRUE;
  while ((window = gtk_application_get_active_window (GTK_APPLICATION (self))) != NULL)
    gtk_window_destroy (window);
}

static const GActionEntry actions[] = {
  { .name = "open-link", .activate = on_open_link, .parameter_type = "s" },
  { .name = "restart", .activate = on_restart },
};

static void
mtb_application_startup (GApplication *application)
{
  MtbApplication *self = MTB_APPLICATION (application);
  g_autoptr (MtbTransport) transport = NULL;
  g_autoptr (MtbSecrets) secrets = NULL;

  G_APPLICATION_CLASS (mtb_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (MTB_APP_ID);
  /* Small letters on the department's small screens: in whole pixels they stay sharp. */
  g_object_set (gtk_settings_get_default (), "gtk-hint-font-metrics", TRUE, NULL);
  mtb_appearance_follow (mtb_preferences_get_default ());
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  if (self->server == NULL)
    g_object_get (mtb_preferences_get_default (), "server", &self->server, NULL);
  if (self->folder == NULL)
    self->folder = g_build_filename (g_get_user_data_dir (), "mutabaa", NULL);
  g_mkdir_with_parents (self->folder, 0700);
  transport = mtb_soup_transport_new (self->server);
  g_object_bind_property (mtb_preferences_get_default (), "certificate", transport, "certificate",
                          G_BINDING_SYNC_CREATE);
  self->engine = mtb_engine_new (transport, self->folder);
  g_signal_connect_object (mtb_preferences_get_default (), "notify::certificate",
                           G_CALLBACK (mtb_engine_sync_now), self->engine, G_CONNECT_SWAPPED);
  secrets = mtb_keyring_new (self->folder);
  mtb_engine_set_secrets (self->engine, secrets);
}

static void
mtb_application_activate (GApplication *application)
{
  MtbApplication *self = MTB_APPLICATION (application);
  GtkWindow *window = find_window (GTK_APPLICATION (self));

  if (window == NULL)
    window =
      GTK_WINDOW (mtb_window_new (GTK_APPLICATION (self), self->engine, self->server, self->demo));
  gtk_window_present (window);
}

/* What a launcher offers beside the start: the window's act of the same name. */
static void
on_launched (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  g_autofree char *name = g_strconcat ("win.", g_action_get_name (G_ACTION (action)), NULL);

  g_application_activate (application);
  gtk_widget_activate_action (GTK_WIDGET (find_window (application)), name, NULL);
}

static void
mtb_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *link = g_file_get_uri (files[i]);

      g_action_group_activate_action (G_ACTION_GROUP (application), "open-link",
                                      g_variant_new_string (link));
    }
}

static void
mtb_application_finalize (GObject *object)
{
  MtbApplication *self = MTB_APPLICATION (object);

  g_clear_object (&self->engine);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->folder, g_free);

  G_OBJECT_CLASS (mtb_application_parent_class)->finalize (object);
}

static void
mtb_application_class_init (MtbApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = mtb_application_finalize;

  application_class->activate = mtb_application_activate;
  application_class->handle_local_options = mtb_application_handle_local_options;
  application_class->open = mtb_application_open;
  application_class->startup = mtb_application_startup;
}

static void
mtb_application_init (MtbApplication *self)
{
  static const GActionEntry launched[] = { { "find", on_launched }, { "new-call", on_launched } };

  g_action_map_add_action_entries (G_ACTION_MAP (self), launched, G_N_ELEMENTS (launched), self);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/**
 * mtb_application_new:
 *
 * Returns: (transfer full): the application
 */
GApplication *
mtb_application_new (void)
{
  return g_object_new (MTB_TYPE_APPLICATION, "application-id", MTB_APP_ID, "resource-base-path",
                       "/org/mutabaa/Mutabaa", "flags", G_APPLICATION_HANDLES_OPEN, NULL);
}

/**
 * mtb_application_is_to_restart:
 * @self: an application that has ended
 *
 * Returns: whether the person wants it to begin anew
 */
gboolean
mtb_application_is_to_restart (MtbApplication *self)
{
  g_return_val_if_fail (MTB_IS_APPLICATION (self), FALSE);

  return self->restart;
}
