/* Every template of the desktop is made, where GTK's warnings are fatal: a wrong id, property or
 * class in a .ui file fails here. Then the window itself, for a person of each kind. */

#include "mtb-agent-page.h"
#include "mtb-break-box.h"
#include "mtb-call-detail.h"
#include "mtb-call-filter.h"
#include "mtb-call-form.h"
#include "mtb-call-history.h"
#include "mtb-call-types-panel.h"
#include "mtb-chart.h"
#include "mtb-day-range.h"
#include "mtb-document-adder.h"
#include "mtb-document-form.h"
#include "mtb-document-readers.h"
#include "mtb-document-text.h"
#include "mtb-document-view.h"
#include "mtb-duty-button.h"
#include "mtb-duty-notice.h"
#include "mtb-error.h"
#include "mtb-finder.h"
#include "mtb-floor-page.h"
#include "mtb-listing.h"
#include "mtb-mend-dialog.h"
#include "mtb-note-box.h"
#include "mtb-pbx-calls-dialog.h"
#include "mtb-people-page.h"
#include "mtb-person-form.h"
#include "mtb-preferences-window.h"
#include "mtb-query-all.h"
#include "mtb-records-page.h"
#include "mtb-refusal-row.h"
#include "mtb-refused-page.h"
#include "mtb-report-table.h"
#include "mtb-request-list.h"
#include "mtb-shortcuts.h"
#include "mtb-subscriber-card.h"
#include "mtb-teams-panel.h"
#include "mtb-test-desk.h"
#include "mtb-test-window.h"
#include "mtb-threshold-panel.h"
#include "mtb-tile.h"
#include "mtb-time.h"
#include "mtb-window.h"

/* Each brings in those that it is made of. */
static GType (*const types[]) (void) = {
  mtb_break_box_get_type,
  mtb_call_detail_get_type,
  mtb_call_filter_get_type,
  mtb_call_form_get_type,
  mtb_call_history_get_type,
  mtb_call_types_panel_get_type,
  mtb_chart_get_type,
  mtb_day_range_get_type,
  mtb_duty_button_get_type,
  mtb_duty_notice_get_type,
  mtb_finder_get_type,
  mtb_note_box_get_type,
  mtb_person_form_get_type,
  mtb_refusal_row_get_type,
  mtb_report_table_get_type,
  mtb_request_list_get_type,
  mtb_subscriber_card_get_type,
  mtb_teams_panel_get_type,
  mtb_threshold_panel_get_type,
  mtb_tile_get_type,
  mtb_document_adder_get_type,
  mtb_document_form_get_type,
  mtb_document_readers_get_type,
  mtb_document_text_get_type,
  mtb_document_view_get_type,
};

static const struct
{
  const char *username;
  guint n_places;
  GType (*first) (void);
} people[] = {
  { "rima", 4, mtb_agent_page_get_type },
  { "hadi", 5, mtb_floor_page_get_type },
  { "nadia", 6, mtb_floor_page_get_type },
  { "majd", 6, mtb_people_page_get_type },
};

static void
test_widgets (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GtkWidget *widget = g_object_ref_sink (g_object_new (types[i](), NULL));

      g_object_add_weak_pointer (G_OBJECT (widget), (gpointer *) &widget);
      g_assert_nonnull (gtk_widget_get_first_child (widget));
      g_object_unref (widget);
      g_assert_null (widget);
    }
}

static guint
count_rows (GtkWidget *list)
{
  guint n_rows = 0;

  while (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) n_rows) != NULL)
    n_rows++;
  return n_rows;
}

/* A column whose cells are of no property of an item would be warned of. */
static void
check_listings (GtkWidget *place)
{
  g_autoptr (GPtrArray) listings = mtb_listing_find_all (place);

  for (guint i = 0; i < listings->len; i++)
    {
      g_autoptr (MtbPaper) paper = mtb_paper_new ("list");

      mtb_listing_describe (g_ptr_array_index (listings, i), paper, NULL);
      g_assert_cmpuint (mtb_paper_get_n_rows (paper), >, 0);
    }
}

static void
check_window (const char *username, guint n_places, GType first, gboolean mirrored)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  MtbEngine *engine = mtb_test_open_engine (server);
  GtkWidget *window = mtb_window_new (NULL, engine, "test", TRUE);
  graphene_rect_t places;
  GtkWidget *list;

  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  mtb_test_sign_in (engine, username);
  while (mtb_engine_get_state (engine) != MTB_ENGINE_ONLINE)
    g_main_context_iteration (NULL, TRUE);
  list = mtb_test_find (window, GTK_TYPE_LIST_BOX);
  while (gtk_widget_get_width (list) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count_rows (list), ==, n_places);
  g_assert_nonnull (mtb_test_find (window, first));
  g_assert_true (gtk_widget_get_mapped (mtb_test_find (window, first)));
  g_assert_true (gtk_widget_compute_bounds (list, window, &places));
  g_assert_cmpint (places.origin.x > 200, ==, mirrored);
  check_listings (window);
  g_assert_true (gtk_widget_activate_action (window, "win.toast", "s", "words"));
  mtb_shortcuts_present (GTK_WINDOW (window), NULL);
  mtb_preferences_window_present (GTK_WINDOW (window), engine);
  g_assert_true (gtk_widget_activate_action (window, "win.palette", NULL));
  mtb_test_spin (100);
  gtk_window_destroy (GTK_WINDOW (window));
  mtb_test_end_engine (&engine);
}

static void
on_result (GObject *engine, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
log_call (MtbEngine *engine, gint64 started_at)
{
  g_autoptr (MtbCallLog) call = mtb_test_new_call ("words");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  call->started_at = started_at;
  mtb_engine_give_async (engine, call, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  mtb_engine_give_finish (engine, result, &error);
  g_assert_no_error (error);
}

/* More than an answer's limit, two of them at the same time: each is there once, the latest first. */
static void
test_whole_list (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  MtbEngine *engine = mtb_test_open_engine (server);
  g_autoptr (MtbCallSearch) search = mtb_record_new (mtb_call_search_query.arguments);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) items = NULL;
  g_autoptr (GError) error = NULL;
  gint64 last = G_MAXINT64;
  gint64 now = mtb_engine_get_now (engine) - MTB_HOUR;

  mtb_test_sign_in (engine, "rima");
  for (gint64 i = 0; i < 7; i++)
    log_call (engine, now - i / 2 * MTB_MINUTE);
  search->limit = 3;
  mtb_query_all_async (engine, &mtb_call_search_query, search, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  items = mtb_query_all_finish (engine, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 7);
  for (guint i = 0; i < 7; i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (items, i);
      const MtbCallRow *row = mtb_item_get_record (item);

      g_assert_cmpint (row->started_at, <=, last);
      last = row->started_at;
    }
  g_clear_object (&items);
  g_clear_object (&result);
  mtb_test_end_engine (&engine);
}

/* What was refused and no page mends is mended in a dialog, made from the command's description. */
static void
test_mend_dialog (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  MtbEngine *engine = mtb_test_open_engine (server);
  g_autoptr (MtbProspectAdd) prospect = mtb_record_new (&mtb_prospect_add.shape);
  g_autoptr (MtbCallJoin) join = mtb_record_new (&mtb_call_join.shape);
  g_autoptr (GError) reason = NULL;
  g_autoptr (MtbRefusal) refused_prospect = NULL;
  g_autoptr (MtbRefusal) refused_join = NULL;
  GtkWidget *window = mtb_window_new (NULL, engine, "test", FALSE);
  GtkWidget *row;

  mtb_error_set_invalid (&reason, "name", "This is too long");
  refused_prospect =
    mtb_refusal_new ("1", mtb_record_ref (prospect), 0, g_error_copy (reason), FALSE);
  refused_join = mtb_refusal_new ("2", mtb_record_ref (join), 0, g_error_copy (reason), TRUE);
  g_assert_true (mtb_mend_dialog_can_mend (refused_prospect));
  g_assert_false (mtb_mend_dialog_can_mend (refused_join));
  gtk_window_present (GTK_WINDOW (window));
  mtb_mend_dialog_present (GTK_WINDOW (window), engine, refused_prospect);
  row = g_object_ref_sink (mtb_refusal_row_new (engine, refused_join));
  mtb_test_spin (100);
  g_object_unref (row);
  gtk_window_destroy (GTK_WINDOW (window));
  mtb_test_end_engine (&engine);
}

/* The calls behind a figure: a window over the one where one was. */
static void
test_pbx_calls_dialog (void)
{
  g_autoptr (MtbTestServer) server = mtb_test_server_new ();
  MtbEngine *engine = mtb_test_open_engine (server);
  g_autoptr (MtbPbxCallSearch) search = mtb_record_new (mtb_pbx_calls_query.arguments);
  GtkWidget *window = mtb_window_new (NULL, engine, "test", FALSE);

  gtk_window_present (GTK_WINDOW (window));
  mtb_test_sign_in (engine, "hadi");
  mtb_pbx_calls_dialog_present (GTK_WINDOW (window), engine, search, "calls", 3);
  mtb_test_spin (100);
  gtk_window_destroy (GTK_WINDOW (window));
  mtb_test_end_engine (&engine);
}

static void
test_window (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  check_window (people[i].username, people[i].n_places, people[i].first (), FALSE);
}

static void
test_mirrored (void)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  check_window (people[0].username, people[0].n_places, people[0].first (), TRUE);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int argc, char **argv)
{
  mtb_test_init (&argc, &argv);
  g_test_add_func ("/desk/widgets", test_widgets);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autofree char *path = g_strdup_printf ("/desk/window/%s", people[i].username);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_window);
    }
  g_test_add_func ("/desk/window/mirrored", test_mirrored);
  g_test_add_func ("/desk/whole-list", test_whole_list);
  g_test_add_func ("/desk/mend-dialog", test_mend_dialog);
  g_test_add_func ("/desk/pbx-calls-dialog", test_pbx_calls_dialog);
  return g_test_run ();
}
