/* Whoever signs out has left with the click: nothing of theirs is begun after it, nor left for who comes
 * next. */

#include "mtb-draft.h"
#include "mtb-floor-page.h"
#include "mtb-link.h"
#include "mtb-palette.h"
#include "mtb-test-desk.h"
#include "mtb-test-window.h"
#include "mtb-window.h"
#include "mtb-workspace.h"

#define SLOW_US 100000

static gboolean
press (GtkWidget *window, const char *trigger)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (window);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GListModel) keys = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (keys) && j < g_list_model_get_n_items (keys);
           j++)
        {
          g_autoptr (GtkShortcut) key = g_list_model_get_item (keys, j);
          g_autofree char *words = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (key));

          if (g_str_equal (words, trigger))
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (key), 0, window,
                                                 gtk_shortcut_get_arguments (key));
        }
    }
  g_assert_not_reached ();
}

static gboolean
has_palette (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (MTB_IS_PALETTE (window))
        return TRUE;
    }
  return FALSE;
}

static void
wait_for_state (MtbEngine *engine, MtbEngineState state)
{
  while (mtb_engine_get_state (engine) != state)
    g_main_context_iteration (NULL, TRUE);
}

static GtkWidget *
open_window (MtbEngine *engine, const char *username)
{
  GtkWidget *window = mtb_window_new (NULL, engine, "test", FALSE);

  gtk_window_present (GTK_WINDOW (window));
  mtb_test_sign_in (engine, username);
  wait_for_state (engine, MTB_ENGINE_ONLINE);
  return window;
}

static void
sign_out (GtkWidget *window, MtbEngine *engine)
{
  g_assert_true (gtk_widget_activate_action (window, "win.sign-out", NULL));
  wait_for_state (engine, MTB_ENGINE_SIGNED_OUT);
}

static void
test_keys (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  MtbEngine *engine = mtb_test_open_engine (server);
  GtkWidget *window = open_window (engine, "rima");
  g_autofree char *folder = mtb_engine_dup_folder (engine);
  g_autoptr (MtbDrafts) drafts = mtb_drafts_new (folder, mtb_engine_get_person (engine)->id);

  g_assert_true (press (window, "<Control>k"));
  g_assert_true (has_palette ());
  g_assert_true (gtk_widget_activate_action (window, "win.sign-out", NULL));
  g_assert_false (press (window, "<Control>n"));
  g_assert_false (press (window, "<Control>k"));
  gtk_widget_activate_action (window, "win.new-call", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (mtb_drafts_get_model (drafts, &mtb_draft_shape)), ==,
                    0);
  wait_for_state (engine, MTB_ENGINE_SIGNED_OUT);
  mtb_test_spin (50);
  g_assert_null (mtb_test_find (window, MTB_TYPE_WORKSPACE));
  g_assert_false (has_palette ());
  gtk_window_destroy (GTK_WINDOW (window));
  mtb_test_end_engine (&engine);
}

static void
take_a_while (gpointer data)
{
  g_usleep (SLOW_US);
}

/* A link comes while rows are on their way, and whom it is for has enough. */
static void
on_syncing (MtbEngine *engine, GParamSpec *property, GtkWidget *window)
{
  g_autofree char *link = mtb_link_new (MTB_LINK_PLACE, "documents");

  if (mtb_engine_get_state (engine) != MTB_ENGINE_SYNCING)
    return;
  g_signal_handlers_disconnect_by_func (engine, on_syncing, window);
  g_assert_true (gtk_widget_activate_action (window, "win.open-link", "s", link));
  g_assert_true (gtk_widget_activate_action (window, "win.sign-out", NULL));
}

static void
test_link (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  g_autoptr (MtbTestTransport) line = mtb_test_transport_new (server);
  MtbEngine *engine = mtb_engine_new (MTB_TRANSPORT (line), server->folder);
  GtkWidget *window = open_window (engine, "rima");
  gulong syncing;

  sign_out (window, engine);
  mtb_test_transport_set_meanwhile (line, take_a_while, NULL);
  syncing = g_signal_connect (engine, "notify::state", G_CALLBACK (on_syncing), window);
  mtb_engine_sign_in_async (engine, "rima", MTB_TEST_PASSWORD, NULL, NULL, NULL);
  while (g_signal_handler_is_connected (engine, syncing))
    g_main_context_iteration (NULL, TRUE);
  wait_for_state (engine, MTB_ENGINE_SIGNED_OUT);
  mtb_test_transport_set_meanwhile (line, NULL, NULL);
  mtb_test_sign_in (engine, "hadi");
  wait_for_state (engine, MTB_ENGINE_ONLINE);
  mtb_test_spin (200);
  g_assert_true (gtk_widget_get_mapped (mtb_test_find (window, MTB_TYPE_FLOOR_PAGE)));
  gtk_window_destroy (GTK_WINDOW (window));
  mtb_test_end_engine (&engine);
}

int
main (int argc, char **argv)
{
  mtb_test_init (&argc, &argv);
  g_test_add_func ("/desk/leaving/keys", test_keys);
  g_test_add_func ("/desk/leaving/link", test_link);
  return g_test_run ();
}
