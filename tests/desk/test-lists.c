/* Lists whose rows come, go and are acted on. */

#include "mtb-call-filter.h"
#include "mtb-department-query.h"
#include "mtb-double-click.h"
#include "mtb-online-form.h"
#include "mtb-presence.h"
#include "mtb-query-model.h"
#include "mtb-request-list.h"
#include "mtb-request-row.h"
#include "mtb-teams-panel.h"
#include "mtb-test-desk.h"
#include "mtb-test-window.h"
#include "mtb-time.h"

#include <string.h>

static GtkWidget *
find_type (GtkWidget *root, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (root, type) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);
  return found;
}

static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static MtbEngine *
open_engine (MtbTestServer *server, const char *username)
{
  MtbEngine *engine = mtb_test_open_engine (server);

  mtb_test_sign_in (engine, username);
  while (mtb_engine_get_state (engine) != MTB_ENGINE_ONLINE)
    g_main_context_iteration (NULL, TRUE);
  return engine;
}

static void
wait_for_rows (GListModel *rows, guint n_rows)
{
  while (g_list_model_get_n_items (rows) != n_rows)
    g_main_context_iteration (NULL, TRUE);
}

static void
spin (gint64 ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;

  for (; g_get_monotonic_time () < end; g_usleep (1000))
    while (g_main_context_iteration (NULL, FALSE))
      ;
}

/* Whether a click there reaches something in the list. */
static gboolean
is_reached (GtkWidget *list)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (list));
  graphene_rect_t place;
  GtkWidget *picked;

  g_assert_true (gtk_widget_compute_bounds (list, root, &place));
  picked = gtk_widget_pick (root, place.origin.x + 2, place.origin.y + 2, GTK_PICK_DEFAULT);
  return picked != NULL && (picked == list || gtk_widget_is_ancestor (picked, list));
}

static void
wait_to_reach (GtkWidget *list)
{
  while (!is_reached (list))
    g_main_context_iteration (NULL, TRUE);
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  return gtk_button_new_with_label (gtk_string_object_get_string (item));
}

static void
set_double_click_time (int ms)
{
  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", ms, NULL);
}

static void
test_double_click (void)
{
  const char *const words[] = { "first", "second", "third", NULL };
  GtkStringList *rows = gtk_string_list_new (words);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *window = gtk_window_new ();

  set_double_click_time (200);
  gtk_list_box_bind_model (GTK_LIST_BOX (list), G_LIST_MODEL (rows), make_row, NULL, NULL);
  mtb_double_click_guard (list, G_LIST_MODEL (rows));
  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  gtk_string_list_append (rows, "fourth");
  g_assert_true (is_reached (list));
  gtk_string_list_remove (rows, 0);
  g_assert_false (is_reached (list));
  wait_to_reach (list);
  gtk_string_list_remove (rows, 0);
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (rows);
}

static void
ask_break (MtbTestServer *server, const char *who)
{
  MtbPresenceMove *move = mtb_record_new (&mtb_presence_move.shape);
  MtbAuxiliaryAsk *ask = mtb_record_new (&mtb_auxiliary_ask.shape);

  move->id = g_strdup (mtb_test_id (who));
  move->act = MTB_PRESENCE_ACT_BEGIN;
  mtb_test_server_command (server, who, move);
  ask->id = g_strdup (mtb_test_id (who));
  ask->reason = MTB_AUXILIARY_MEAL;
  ask->minutes = 10;
  mtb_test_server_command (server, who, ask);
}

/* Approved once, whatever the engine goes through meanwhile; who comes next is not approved unread. */
static void
test_requests (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *requests = g_object_new (MTB_TYPE_REQUEST_LIST, NULL);
  MtbEngine *engine;
  GListModel *rows;
  GtkWidget *list, *approve;

  set_double_click_time (60000);
  ask_break (server, "rima");
  ask_break (server, "samer");
  engine = open_engine (server, "hadi");
  mtb_request_list_set_engine (MTB_REQUEST_LIST (requests), engine);
  rows = G_LIST_MODEL (mtb_request_list_get_model (MTB_REQUEST_LIST (requests)));
  gtk_window_set_child (GTK_WINDOW (window), requests);
  gtk_window_present (GTK_WINDOW (window));
  wait_for_rows (rows, 2);
  list = gtk_widget_get_parent (find_type (requests, MTB_TYPE_REQUEST_ROW));
  wait_to_reach (list);
  approve = find_button (list, "_Approve");
  g_assert_true (gtk_widget_is_sensitive (approve));
  g_signal_emit_by_name (approve, "clicked");
  g_object_notify (G_OBJECT (engine), "state");
  g_assert_false (gtk_widget_is_sensitive (approve));
  while (g_list_model_get_n_items (rows) == 2)
    {
      g_assert_false (gtk_widget_is_sensitive (approve));
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_false (is_reached (list));
  g_assert_true (gtk_widget_is_sensitive (find_button (list, "_Approve")));
  gtk_window_destroy (GTK_WINDOW (window));
  mtb_test_end_engine (&engine);
}

static GtkSingleSelection *
get_members (GtkWidget *panel)
{
  return GTK_SINGLE_SELECTION (
    gtk_list_view_get_model (GTK_LIST_VIEW (find_type (panel, GTK_TYPE_LIST_VIEW))));
}

static GtkRevealer *
get_problem (GtkWidget *panel)
{
  GtkWidget *form = gtk_widget_get_ancestor (find_button (panel, "Move"), MTB_TYPE_ONLINE_FORM);

  return GTK_REVEALER (find_type (form, GTK_TYPE_REVEALER));
}

/* Why somebody could not be moved is said until somebody else is chosen, whatever changes. Who was
 * moved is gone from the team, and nobody is to be moved next by the same button. */
static void
test_move (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  MtbEngine *engine = open_engine (server, "nadia");
  GtkWidget *window = gtk_window_new ();
  GtkWidget *panel = g_object_new (MTB_TYPE_TEAMS_PANEL, NULL);
  GtkWidget *move;
  GtkSingleSelection *members = get_members (panel);
  GtkWidget *hint =
    GTK_WIDGET (gtk_widget_get_template_child (panel, MTB_TYPE_TEAMS_PANEL, "move_hint"));

  mtb_teams_panel_set_engine (MTB_TEAMS_PANEL (panel), engine);
  gtk_window_set_child (GTK_WINDOW (window), panel);
  gtk_window_present (GTK_WINDOW (window));
  wait_for_rows (G_LIST_MODEL (members), 3);
  move = find_button (panel, "Move");
  g_assert_false (gtk_widget_get_mapped (move));
  g_assert_true (gtk_widget_get_visible (hint));
  gtk_single_selection_set_selected (members, 0);
  gtk_test_widget_wait_for_draw (window);
  g_assert_true (gtk_widget_get_mapped (move));
  g_assert_false (gtk_widget_get_visible (hint));
  mtb_online_form_mark (MTB_ONLINE_FORM (gtk_widget_get_ancestor (move, MTB_TYPE_ONLINE_FORM)),
                        "team_id", "why not");
  g_signal_emit_by_name (engine, "changed");
  spin (300);
  g_assert_true (gtk_revealer_get_reveal_child (get_problem (panel)));
  gtk_single_selection_set_selected (members, 1);
  g_assert_false (gtk_revealer_get_reveal_child (get_problem (panel)));
  g_signal_emit_by_name (move, "clicked");
  wait_for_rows (G_LIST_MODEL (members), 2);
  g_assert_null (gtk_single_selection_get_selected_item (members));
  g_assert_false (gtk_widget_get_mapped (move));
  gtk_window_destroy (GTK_WINDOW (window));
  mtb_test_end_engine (&engine);
}

/* The next midnight is half an hour away: a sign-in would not last for much longer. */
static void
make_late (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  int minutes = g_date_time_get_hour (now) * 60 + g_date_time_get_minute (now);
  int west = minutes < 12 * 60 ? minutes + 30 : minutes + 30 - 24 * 60;
  g_autofree char *zone =
    g_strdup_printf ("LATE%s%d:%02d", west < 0 ? "-" : "", ABS (west) / 60, ABS (west) % 60);

  g_setenv ("TZ", zone, TRUE);
}

/* Past midnight, today is another day. */
static void
test_midnight (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  GtkWidget *filter = g_object_ref_sink (g_object_new (MTB_TYPE_CALL_FILTER, NULL));
  g_autoptr (MtbCallLog) call = mtb_test_new_call ("words");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  MtbEngine *engine;
  GListModel *calls;

  make_late ();
  engine = open_engine (server, "rima");
  mtb_call_filter_set_engine (MTB_CALL_FILTER (filter), engine, NULL);
  calls = G_LIST_MODEL (mtb_call_filter_get_model (MTB_CALL_FILTER (filter)));
  mtb_engine_give_async (engine, call, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  mtb_engine_give_finish (engine, result, &error);
  g_assert_no_error (error);
  wait_for_rows (calls, 1);
  spin (500); /* a search entry asks once more by itself */
  server->ahead_ms = MTB_HOUR;
  mtb_engine_sync_now (engine);
  wait_for_rows (calls, 0);
  g_clear_object (&result);
  g_object_unref (filter);
  mtb_test_end_engine (&engine);
}

/* What the next answer has. */
static guint answer[200];
static guint n_answer;

/* Asked with "WORD NUMBER NUMBER…", the numbers as rows that say the word. */
static GPtrArray *
run_numbers (MtbStore *store, const MtbViewer *viewer, gconstpointer arguments, GError **error)
{
  const MtbPersonSearch *search = arguments;
  GPtrArray *rows = g_ptr_array_new_with_free_func (mtb_record_unref);
  g_auto (GStrv) words = g_strsplit (search->text, " ", -1);

  for (guint i = 1; words[i] != NULL; i++)
    {
      MtbTeam *row = mtb_record_new (&mtb_team_table.shape);

      row->id = g_strdup (words[i]);
      row->name = g_strdup (words[0]);
      g_ptr_array_add (rows, row);
    }
  return rows;
}

static void
ask_numbers (MtbQueryModel *model, const char *word)
{
  g_autoptr (MtbPersonSearch) search = mtb_record_new (mtb_person_search_query.arguments);
  GString *text = g_string_new (word);

  for (guint i = 0; i < n_answer; i++)
    g_string_append_printf (text, " %u", answer[i]);
  search->text = g_string_free (text, FALSE);
  mtb_query_model_ask (model, search);
}

/* Some go, from anywhere, and others come. */
static void
change_answer (void)
{
  static guint latest;
  guint old[G_N_ELEMENTS (answer)];
  guint n_old = n_answer;
  int going = g_test_rand_int_range (0, 6), coming = g_test_rand_int_range (0, 6);

  memcpy (old, answer, sizeof old);
  n_answer = 0;
  for (guint i = 0; i <= n_old; i++)
    {
      while (n_answer < 60 && g_test_rand_int_range (0, 10) < coming)
        answer[n_answer++] = ++latest;
      if (i < n_old && n_answer < G_N_ELEMENTS (answer) && g_test_rand_int_range (0, 10) >= going)
        answer[n_answer++] = old[i];
    }
}

static void
shuffle_answer (void)
{
  for (guint i = 1; i < n_answer; i++)
    {
      guint other = (guint) g_test_rand_int_range (0, (int) i + 1);
      guint number = answer[i];

      answer[i] = answer[other];
      answer[other] = number;
    }
}

/* A view that hears of the changes alone has the rows after each of them. */
static void
follow (GListModel *model, guint position, guint n_removed, guint n_added, GPtrArray *shadow)
{
  g_assert_true (n_removed == 0 || n_added == 0);
  if (n_removed > 0)
    g_ptr_array_remove_range (shadow, position, n_removed);
  for (guint i = position; i < position + n_added; i++)
    g_ptr_array_insert (shadow, (int) i, g_list_model_get_item (model, i));
  g_assert_cmpuint (shadow->len, ==, g_list_model_get_n_items (model));
  for (guint i = 0; i < shadow->len; i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (model, i);

      g_assert_true (item == g_ptr_array_index (shadow, i));
    }
}

static void
on_refreshed (guint *n_refreshed)
{
  (*n_refreshed)++;
}

static GHashTable *
index_items (GPtrArray *items)
{
  GHashTable *by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  for (guint i = 0; i < items->len; i++)
    g_hash_table_insert (by_id, g_strdup (mtb_item_get_id (g_ptr_array_index (items, i))),
                         g_object_ref (g_ptr_array_index (items, i)));
  return by_id;
}

/* Whatever the rows were and are: these are they, and those that stay in their order keep their
 * items. */
static void
test_answers (void)
{
  static const MtbQuery query = { .name = "numbers", .run = run_numbers };
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  MtbEngine *engine = open_engine (server, "rima");
  g_autoptr (GPtrArray) shadow = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MtbQueryModel) model = mtb_query_model_new (engine, &query);
  guint n_refreshed = 0;

  g_signal_connect (model, "items-changed", G_CALLBACK (follow), shadow);
  g_signal_connect_swapped (model, "refreshed", G_CALLBACK (on_refreshed), &n_refreshed);
  for (guint n = 0; n < 300; n++)
    {
      g_autofree char *word = g_strdup_printf ("word%u", n);
      g_autoptr (GHashTable) before = index_items (shadow);
      gboolean ordered = g_test_rand_int_range (0, 3) > 0;

      change_answer ();
      if (!ordered)
        shuffle_answer ();
      n_refreshed = 0;
      ask_numbers (model, word);
      while (n_refreshed == 0)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (shadow->len, ==, n_answer);
      for (guint i = 0; i < n_answer; i++)
        {
          MtbItem *item = g_ptr_array_index (shadow, i);
          const MtbTeam *row = mtb_item_get_record (item);
          g_autofree char *id = g_strdup_printf ("%u", answer[i]);
          gpointer old = g_hash_table_lookup (before, id);

          g_assert_cmpstr (row->id, ==, id);
          g_assert_cmpstr (row->name, ==, word);
          g_assert_true (!ordered || old == NULL || old == item);
        }
    }
  g_signal_handlers_disconnect_by_data (model, shadow);
  g_clear_object (&model);
  g_ptr_array_set_size (shadow, 0);
  mtb_test_end_engine (&engine);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/lists/double-click", test_double_click);
  g_test_add_func ("/lists/requests", test_requests);
  g_test_add_func ("/lists/move", test_move);
  g_test_add_func ("/lists/answers", test_answers);
  g_test_add_func ("/lists/midnight", test_midnight);
  return g_test_run ();
}
