#include "mtb-test-window.h"

void __lsan_disable (void) __attribute__ ((weak));
void __lsan_enable (void) __attribute__ ((weak));

/* GLib leaves its first table of interned words behind when that has to grow, which so many windows
 * in one process have it do. That table is made before main(), and so is what says that it is no
 * leak. */
static void
ignore_leaks (void)
{
  if (__lsan_disable != NULL)
    __lsan_disable ();
}

static void (*const before_libraries) (void)
  __attribute__ ((section (".preinit_array"), used)) = ignore_leaks;

void
mtb_test_init (int *argc, char ***argv)
{
  if (__lsan_enable != NULL)
    __lsan_enable ();
  gtk_test_init (argc, argv, NULL);
  adw_init ();
}

GtkWidget *
mtb_test_find (GtkWidget *root, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = mtb_test_find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
on_time_out (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
mtb_test_spin (guint ms)
{
  gboolean done = FALSE;

  g_timeout_add (ms, on_time_out, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static void
on_signed_in (GObject *engine, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  mtb_engine_sign_in_finish (MTB_ENGINE (engine), result, &error);
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

void
mtb_test_sign_in (MtbEngine *engine, const char *username)
{
  gboolean done = FALSE;

  mtb_engine_sign_in_async (engine, username, MTB_TEST_PASSWORD, NULL, on_signed_in, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

MtbEngine *
mtb_test_open_engine (MtbTestServer *server)
{
  g_autoptr (MtbTransport) line = MTB_TRANSPORT (mtb_test_transport_new (server));
  g_autofree char *folder = g_build_filename (server->folder, "desk", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  return mtb_engine_new (line, folder);
}
