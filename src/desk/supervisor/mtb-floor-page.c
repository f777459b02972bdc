#include "mtb-floor-page.h"

#include "mtb-call-parts.h"
#include "mtb-chart.h"
#include "mtb-connected-icon.h"
#include "mtb-figure.h"
#include "mtb-list-pane.h"
#include "mtb-marked.h"
#include "mtb-pbx-calls-dialog.h"
#include "mtb-presence-query.h"
#include "mtb-query-model.h"
#include "mtb-request-list.h"
#include "mtb-text-size.h"
#include "mtb-text.h"
#include "mtb-tile.h"
#include "mtb-time.h"
#include "mtb-today.h"
#include "mtb-total.h"

#include <glib/gi18n.h>

#define WAITING_LIMIT 500

/**
 * MtbFloorPage:
 *
 * The floor as it is now: what waits in the queues and how the day goes, who of the people is in
 * which state and for how long, the requests for Auxiliary, and the day's calls by half-hour beside
 * those of the same weekday before. Figures and bars open the calls behind them, a person their
 * records.
 */
struct _MtbFloorPage
{
  MtbPage parent_instance;

  MtbTile *waiting_tile;
  MtbTile *unanswered_tile;
  MtbTile *offered_tile;
  MtbTile *answered_tile;
  MtbTile *level_tile;
  MtbListPane *pane;
  GtkColumnView *view;
  GtkColumnViewColumn *team_column;
  GtkColumnViewColumn *desk_column;
  GtkSingleSelection *selection;
  MtbRequestList *requests;
  GtkScrolledWindow *people_scroll;
  GtkBox *charts;
  MtbChart *today_chart;
  MtbChart *before_chart;

  MtbToday *day;
  MtbQueryModel *people;
  MtbQueryModel *waiting;
  MtbQueryModel *today;
  MtbQueryModel *before;
  gint64 day_at;
  gint64 day_until;
  gint64 before_at;
  gint64 before_until;
  guint tick_id;
};

G_DEFINE_FINAL_TYPE (MtbFloorPage, mtb_floor_page, MTB_TYPE_PAGE)

static gint64
get_now (MtbFloorPage *self)
{
  return mtb_engine_get_now (mtb_page_get_engine (MTB_PAGE (self)));
}

static GPtrArray *
list_rows (MtbQueryModel *model)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (mtb_record_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (G_LIST_MODEL (model), i);

      g_ptr_array_add (rows, mtb_record_ref (mtb_item_get_record (item)));
    }
  return rows;
}

static void
show_waiting (MtbFloorPage *self)
{
  guint n_waiting = g_list_model_get_n_items (G_LIST_MODEL (self->waiting));
  g_autoptr (MtbItem) first = g_list_model_get_item (G_LIST_MODEL (self->waiting), 0);
  const MtbPbxCallRow *call = first != NULL ? mtb_item_get_record (first) : NULL;
  g_autofree char *number = mtb_text_number (n_waiting);
  g_autofree char *duration = NULL;
  g_autofree char *longest = NULL;

  if (call != NULL)
    {
      duration = mtb_text_duration ((get_now (self) - call->entered_at) / MTB_SECOND);
      longest = g_strdup_printf (_ ("longest %s"), duration);
    }
  mtb_tile_show (self->waiting_tile, number, longest);
}

static char *
say_unanswered (const MtbCallsReportRow *sum)
{
  g_autofree char *left = mtb_text_number (sum->left_after);
  g_autofree char *late = mtb_text_number (sum->answered_late);

  /* Translators: the two parts of the unanswered calls. */
  return g_strdup_printf (_ ("= %1$s left + %2$s late"), left, late);
}

static void
show_level (MtbFloorPage *self, const MtbCallsReportRow *sum)
{
  gint64 left = sum->abandoned + sum->timed_out + sum->other;
  gint64 level =
    mtb_figure_get_service_level (sum->answered, sum->answered_late, left, sum->short_abandons);
  gint64 strict = mtb_figure_get_strict_service_level (sum->answered, sum->answered_late, left);
  g_autofree char *level_words = mtb_text_percent (level);
  g_autofree char *strict_words = mtb_text_percent (strict);
  g_autofree char *detail =
    strict != MTB_ABSENT ? g_strdup_printf (_ ("strict %s"), strict_words) : NULL;

  mtb_tile_show (self->level_tile, level_words, detail);
}

static void
show_today (MtbFloorPage *self)
{
  g_autoptr (GPtrArray) rows = list_rows (self->today);
  g_autoptr (MtbCallsReportRow) sum = mtb_call_parts_sum_up (rows, MTB_ABSENT);
  g_autofree char *unanswered =
    mtb_text_number (mtb_call_parts_count (sum, MTB_CALL_PART_UNANSWERED));
  g_autofree char *unanswered_parts = say_unanswered (sum);
  g_autofree char *offered = mtb_text_number (sum->offered);
  g_autofree char *answered = mtb_text_number (sum->answered);

  mtb_tile_show (self->unanswered_tile, unanswered, unanswered_parts);
  mtb_tile_show (self->offered_tile, offered, NULL);
  mtb_tile_show (self->answered_tile, answered, NULL);
  show_level (self, sum);
  mtb_chart_set_rows (self->today_chart, rows, self->day_at, self->day_until);
}

static void
show_before (MtbFloorPage *self)
{
  g_autoptr (GPtrArray) rows = list_rows (self->before);

  mtb_chart_set_rows (self->before_chart, rows, self->before_at, self->before_until);
}

static void
show_requests (MtbFloorPage *self)
{
  MtbQueryModel *requests = mtb_request_list_get_model (self->requests);

  mtb_page_set_badge (MTB_PAGE (self), g_list_model_get_n_items (G_LIST_MODEL (requests)));
  mtb_query_model_tick (requests);
}

static void
ask_report (MtbQueryModel *model, gint64 from, gint64 until)
{
  g_autoptr (MtbCallsReport) report = mtb_record_new (mtb_calls_report_query.arguments);

  report->from = from;
  report->to = until;
  report->by = MTB_REPORT_BY_SLOT;
  mtb_query_model_ask (model, report);
}

static void
ask_day (MtbFloorPage *self)
{
  g_autoptr (MtbFloorSearch) search = mtb_record_new (mtb_floor_query.arguments);

  search->day_at = self->day_at;
  mtb_query_model_ask (self->people, search);
  ask_report (self->today, self->day_at, self->day_until);
  ask_report (self->before, self->before_at, self->before_until);
}

static void
begin_day (MtbFloorPage *self)
{
  g_autofree char *before = NULL;
  g_autofree char *title = NULL;

  self->day_at = mtb_today_get_start (self->day, 0);
  self->day_until = mtb_today_get_start (self->day, 1);
  self->before_at = mtb_today_get_start (self->day, -7);
  self->before_until = mtb_today_get_start (self->day, -6);
  before = mtb_text_day (self->before_at);
  /* Translators: the title of a chart; a day. */
  title = g_strdup_printf (_ ("And a week before, on %s?"), before);
  mtb_chart_set_title (self->today_chart, _ ("How are today's calls answered?"));
  mtb_chart_set_title (self->before_chart, title);
  ask_day (self);
}

static gboolean
on_tick (gpointer user_data)
{
  MtbFloorPage *self = user_data;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return G_SOURCE_CONTINUE;
  mtb_query_model_tick (self->people);
  mtb_query_model_tick (mtb_request_list_get_model (self->requests));
  show_waiting (self);
  return G_SOURCE_CONTINUE;
}

static void
on_connection_setup (MtbFloorPage *self, GtkListItem *cell)
{
  gtk_list_item_set_child (cell, mtb_connected_icon_new (mtb_page_get_engine (MTB_PAGE (self))));
}

static void
on_connection_bind (MtbFloorPage *self, GtkListItem *cell)
{
  mtb_connected_icon_set_person (MTB_CONNECTED_ICON (gtk_list_item_get_child (cell)),
                                 mtb_item_get_id (gtk_list_item_get_item (cell)));
}

static char *
say_connection (gpointer user_data, MtbItem *item)
{
  return mtb_connected_icon_say (mtb_page_get_engine (user_data), mtb_item_get_id (item));
}

static void
on_person_activated (MtbFloorPage *self, guint position)
{
  g_autoptr (MtbItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  const MtbFloorRow *row = mtb_item_get_record (item);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-records", "(ss)", row->id,
                              row->display_name);
}

static void
show_calls (MtbFloorPage *self, MtbPbxCallSearch *search, const char *when, gint64 n_calls)
{
  /* Translators: which part of the calls, and of when. */
  g_autofree char *title = g_strdup_printf (
    C_ ("calls", "%1$s: %2$s"), mtb_text_choice (mtb_call_part_words, search->part), when);

  mtb_pbx_calls_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                mtb_page_get_engine (MTB_PAGE (self)), search, title, n_calls);
}

static void
on_bar_activated (MtbFloorPage *self, gint64 slot_at, int part, MtbChart *chart)
{
  MtbQueryModel *model = chart == self->today_chart ? self->today : self->before;
  g_autoptr (MtbPbxCallSearch) search = mtb_record_new (mtb_pbx_calls_query.arguments);
  g_autoptr (GPtrArray) rows = list_rows (model);
  g_autoptr (MtbCallsReportRow) sum = mtb_call_parts_sum_up (rows, slot_at);
  g_autofree char *when = mtb_text_moment (slot_at);

  search->from = slot_at;
  search->until = slot_at + MTB_TOTAL_SLOT_S * MTB_SECOND;
  search->part = part;
  show_calls (self, search, when, mtb_call_parts_count (sum, (MtbCallPart) part));
}

static void
on_show_calls (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbFloorPage *self = MTB_FLOOR_PAGE (widget);
  g_autoptr (MtbPbxCallSearch) search = mtb_record_new (mtb_pbx_calls_query.arguments);
  g_autoptr (GPtrArray) rows = list_rows (self->today);
  g_autoptr (MtbCallsReportRow) sum = mtb_call_parts_sum_up (rows, MTB_ABSENT);

  search->part = g_variant_get_int32 (parameter);
  if (search->part == MTB_CALL_PART_WAITING)
    {
      show_calls (self, search, _ ("all queues"), MTB_ABSENT);
      return;
    }
  search->from = self->day_at;
  search->until = self->day_until;
  show_calls (self, search, _ ("today, all queues"),
              mtb_call_parts_count (sum, (MtbCallPart) search->part));
}

static void
mtb_floor_page_activate (MtbPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (MTB_FLOOR_PAGE (page)->view));
}

static MtbQueryModel *
add_model (MtbFloorPage *self, const MtbQuery *query, void (*show) (MtbFloorPage *))
{
  MtbQueryModel *model = mtb_query_model_new (mtb_page_get_engine (MTB_PAGE (self)), query);

  g_signal_connect_object (model, "refreshed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  return model;
}

static void
tick_people (MtbFloorPage *self)
{
  mtb_query_model_tick (self->people);
}

static void
ask_waiting (MtbFloorPage *self)
{
  g_autoptr (MtbPbxCallSearch) search = mtb_record_new (mtb_pbx_calls_query.arguments);

  search->part = MTB_CALL_PART_WAITING;
  search->limit = WAITING_LIMIT;
  mtb_query_model_ask (self->waiting, search);
}

static void
mtb_floor_page_constructed (GObject *object)
{
  MtbFloorPage *self = MTB_FLOOR_PAGE (object);
  MtbEngine *engine = mtb_page_get_engine (MTB_PAGE (self));
  gint64 roles = mtb_engine_get_person (engine)->roles;

  G_OBJECT_CLASS (mtb_floor_page_parent_class)->constructed (object);

  /* Hidden, it would keep its width. */
  if (mtb_roles_get_sight (roles, MTB_AREA_PRESENCE) <= MTB_SIGHT_TEAM)
    gtk_column_view_remove_column (self->view, self->team_column);
  self->people = add_model (self, &mtb_floor_query, tick_people);
  self->waiting = add_model (self, &mtb_pbx_calls_query, show_waiting);
  self->today = add_model (self, &mtb_calls_report_query, show_today);
  self->before = add_model (self, &mtb_calls_report_query, show_before);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->people));
  mtb_list_pane_set_model (self->pane, self->people);
  mtb_list_pane_say_column (self->pane, self->desk_column, say_connection, self);
  mtb_request_list_set_engine (self->requests, engine);
  g_signal_connect_object (mtb_request_list_get_model (self->requests), "refreshed",
                           G_CALLBACK (show_requests), self, G_CONNECT_SWAPPED);
  self->day = mtb_today_new (engine);
  g_signal_connect_object (self->day, "began", G_CALLBACK (begin_day), self, G_CONNECT_SWAPPED);
  ask_waiting (self);
  begin_day (self);
  show_waiting (self);
  show_today (self);
  show_before (self);
  self->tick_id = g_timeout_add_seconds (1, on_tick, self);
}

static void
mtb_floor_page_dispose (GObject *object)
{
  MtbFloorPage *self = MTB_FLOOR_PAGE (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->day);
  g_clear_object (&self->people);
  g_clear_object (&self->waiting);
  g_clear_object (&self->today);
  g_clear_object (&self->before);

  G_OBJECT_CLASS (mtb_floor_page_parent_class)->dispose (object);
}

static void
mtb_floor_page_class_init (MtbFloorPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MtbPageClass *page_class = MTB_PAGE_CLASS (klass);

  object_class->constructed = mtb_floor_page_constructed;
  object_class->dispose = mtb_floor_page_dispose;

  page_class->activate = mtb_floor_page_activate;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/supervisor/mtb-floor-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbFloorPage, answered_tile);
  gtk_widget_class_bind_template_child (widget_class, MtbFloorPage, before_chart);
  gtk_widget_class_bind_template_child (widget_class, MtbFloorPage, charts);
  gtk_widget_class_bind_template_child (widget_class, MtbFloorPage, desk_column);
  gtk_widget_class_bind_template_child (widget_class, MtbFloorPage, level_tile);
  gtk_widget_class_bind_template_child (widget_class, MtbFloorPage, offered_tile);
  gtk_widget_class_bind_template_child (widget_class, MtbFloorPage, pane);
  gtk_widget_class_bind_template_child (widget_class, MtbFloorPage, people_scroll);
  gtk_widget_class_bind_template_child (widget_class, MtbFloorPage, requests);
  gtk_widget_class_bind_template_child (widget_class, MtbFloorPage, selection);
  gtk_widget_class_bind_template_child (widget_class, MtbFloorPage, team_column);
  gtk_widget_class_bind_template_child (widget_class, MtbFloorPage, today_chart);
  gtk_widget_class_bind_template_child (widget_class, MtbFloorPage, unanswered_tile);
  gtk_widget_class_bind_template_child (widget_class, MtbFloorPage, view);
  gtk_widget_class_bind_template_child (widget_class, MtbFloorPage, waiting_tile);
  gtk_widget_class_bind_template_callback (widget_class, on_bar_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_connection_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_connection_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_person_activated);

  gtk_widget_class_install_action (widget_class, "page.show-calls", "i", on_show_calls);

  g_type_ensure (MTB_TYPE_CHART);
  g_type_ensure (MTB_TYPE_LIST_PANE);
  g_type_ensure (MTB_TYPE_MARKED);
  g_type_ensure (MTB_TYPE_REQUEST_LIST);
  g_type_ensure (MTB_TYPE_TILE);
}

static void
mtb_floor_page_init (MtbFloorPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mtb_text_size_follow (self->people_scroll, "min-content-height");
  mtb_text_size_follow (self->charts, "height-request");
}
