#include "mtb-reports-page.h"

#include "mtb-day-range.h"
#include "mtb-figure.h"
#include "mtb-list-pane.h"
#include "mtb-listing.h"
#include "mtb-pbx-calls-dialog.h"
#include "mtb-report-columns.h"
#include "mtb-report-paper.h"
#include "mtb-report-table.h"
#include "mtb-setting.h"
#include "mtb-text.h"
#include "mtb-time.h"
#include "mtb-total.h"

#include <glib/gi18n.h>

/**
 * MtbReportsPage:
 *
 * The calls report: of some days, by queue, agent, type of call or half-hour, with the sum of its
 * rows and the definition of the service level beside the figure.
 */
struct _MtbReportsPage
{
  MtbPage parent_instance;

  MtbDayRange *days;
  GtkDropDown *kind;
  GtkRevealer *remark;
  GtkLabel *remark_words;
  MtbListPane *pane;
  MtbReportTable *table;
  GtkLabel *levels;

  MtbQueryModel *rows;
};

static void listing_init (MtbListingInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MtbReportsPage,
                               mtb_reports_page,
                               MTB_TYPE_PAGE,
                               G_IMPLEMENT_INTERFACE (MTB_TYPE_LISTING, listing_init))

static MtbReportBy
get_kind (MtbReportsPage *self)
{
  return (MtbReportBy) gtk_drop_down_get_selected (self->kind);
}

/* Without the server there is what the desk keeps. */
static void
show_state (MtbReportsPage *self)
{
  MtbEngine *engine = mtb_page_get_engine (MTB_PAGE (self));
  gboolean online = mtb_engine_get_state (engine) == MTB_ENGINE_ONLINE;
  gint64 kept_from = mtb_engine_get_now (engine) - MTB_WINDOW_DAYS * MTB_DAY;
  gboolean reaches_back = mtb_day_range_get_from (self->days) < kept_from;
  g_autofree char *since = mtb_text_moment (mtb_engine_get_last_contact (engine));
  g_autofree char *words = NULL;

  gtk_revealer_set_reveal_child (self->remark, !online);
  if (online)
    return;
  if (reaches_back)
    words =
      g_strdup (_ ("These days reach back further than the 35 that this desk keeps. The whole "
                   "of it needs the server, which does not answer now."));
  else
    words = g_strdup_printf (
      _ ("These figures are from this desk, as the server gave them until %s."), since);
  gtk_label_set_label (self->remark_words, words);
}

/* The definition stands beside the figure: others are in use and differ. */
static void
show_levels (MtbReportsPage *self)
{
  const MtbCallsReportRow *sum = mtb_report_table_get_sum (self->table);
  gboolean has_level = sum != NULL && sum->offered != MTB_ABSENT;
  g_autofree char *level = NULL;
  g_autofree char *strict = NULL;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->levels), has_level);
  if (!has_level)
    return;
  level = mtb_report_say_level (mtb_figure_get_service_level (
    sum->answered, sum->answered_late, mtb_report_get_left (sum), sum->short_abandons));
  strict = mtb_report_say_level (mtb_figure_get_strict_service_level (
    sum->answered, sum->answered_late, mtb_report_get_left (sum)));
  words = g_strdup_printf (
    _ (
      "Service level: answered within the threshold ÷ (answered + left − short abandons) = %1$s%%. "
      "With short abandons counted as well: %2$s%%."),
    level, strict);
  gtk_label_set_label (self->levels, words);
}

static void
ask (MtbReportsPage *self)
{
  g_autoptr (MtbCallsReport) report = NULL;

  if (self->rows == NULL)
    return;
  report = mtb_record_new (mtb_calls_report_query.arguments);
  report->from = mtb_day_range_get_from (self->days);
  report->to = mtb_day_range_get_until (self->days);
  report->by = get_kind (self);
  mtb_query_model_ask (self->rows, report);
  show_state (self);
}

/* Rows of one kind are never shown under the headings of another. */
static void
on_kind (MtbReportsPage *self)
{
  if (self->rows == NULL)
    return;
  mtb_query_model_clear (self->rows);
  mtb_report_table_set_kind (self->table, get_kind (self));
  ask (self);
}

static const char *
get_list_name (MtbListing *listing)
{
  MtbReportsPage *self = MTB_REPORTS_PAGE (listing);

  return g_list_model_get_n_items (G_LIST_MODEL (self->rows)) > 0 ? "calls_report" : NULL;
}

static const char *
get_list_title (MtbListing *listing)
{
  return _ ("Calls report");
}

static void
describe (MtbListing *listing, MtbPaper *paper, GListModel *items)
{
  MtbReportsPage *self = MTB_REPORTS_PAGE (listing);
  g_autofree char *from = mtb_text_date (mtb_day_range_get_from (self->days));
  g_autofree char *until = mtb_text_date (mtb_day_range_get_until (self->days) - 1);

  mtb_paper_add_fact (paper, _ ("From"), from);
  mtb_paper_add_fact (paper, _ ("Until"), until);
  mtb_report_describe (paper, get_kind (self), G_LIST_MODEL (self->rows),
                       mtb_report_table_get_sum (self->table));
  if (gtk_widget_get_visible (GTK_WIDGET (self->levels)))
    mtb_paper_add_paragraph (paper, gtk_label_get_label (self->levels));
  if (gtk_revealer_get_reveal_child (self->remark))
    mtb_paper_add_paragraph (paper, gtk_label_get_label (self->remark_words));
}

static void
listing_init (MtbListingInterface *iface)
{
  iface->get_name = get_list_name;
  iface->get_title = get_list_title;
  iface->describe = describe;
}

/* A row by type is of records, which have no calls behind them that could be listed. */
static void
on_open_calls (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbReportsPage *self = MTB_REPORTS_PAGE (widget);
  const MtbCallsReportRow *row =
    mtb_query_model_lookup (self->rows, g_variant_get_string (parameter, NULL));
  g_autoptr (MtbPbxCallSearch) search = NULL;
  g_autofree char *title = NULL;
  MtbReportBy by = get_kind (self);

  if (row == NULL || by == MTB_REPORT_BY_TYPE)
    return;
  search = mtb_record_new (mtb_pbx_calls_query.arguments);
  search->from = by == MTB_REPORT_BY_SLOT ? row->slot_at : mtb_day_range_get_from (self->days);
  search->until = by == MTB_REPORT_BY_SLOT ? row->slot_at + MTB_TOTAL_SLOT_S * MTB_SECOND
                                           : mtb_day_range_get_until (self->days);
  search->queue = by == MTB_REPORT_BY_QUEUE ? g_strdup (row->id) : NULL;
  search->person_id = by == MTB_REPORT_BY_AGENT ? g_strdup (row->id) : NULL;
  search->part = by == MTB_REPORT_BY_AGENT ? MTB_CALL_PART_ANSWERED : MTB_CALL_PART_OFFERED;
  title = mtb_report_say_row (row);
  mtb_pbx_calls_dialog_present (GTK_WINDOW (gtk_widget_get_root (widget)),
                                mtb_page_get_engine (MTB_PAGE (self)), search, title,
                                by == MTB_REPORT_BY_AGENT ? row->answered : row->offered);
}

static void
mtb_reports_page_constructed (GObject *object)
{
  MtbReportsPage *self = MTB_REPORTS_PAGE (object);
  MtbEngine *engine = mtb_page_get_engine (MTB_PAGE (self));

  G_OBJECT_CLASS (mtb_reports_page_parent_class)->constructed (object);

  self->rows = mtb_query_model_new (engine, &mtb_calls_report_query);
  mtb_report_table_set_model (self->table, self->rows);
  mtb_list_pane_set_model (self->pane, self->rows);
  g_signal_connect_object (self->rows, "refreshed", G_CALLBACK (show_levels), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::state", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  on_kind (self);
}

static void
mtb_reports_page_dispose (GObject *object)
{
  MtbReportsPage *self = MTB_REPORTS_PAGE (object);

  g_clear_object (&self->rows);

  G_OBJECT_CLASS (mtb_reports_page_parent_class)->dispose (object);
}

static void
mtb_reports_page_class_init (MtbReportsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = mtb_reports_page_constructed;
  object_class->dispose = mtb_reports_page_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/reports/mtb-reports-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbReportsPage, days);
  gtk_widget_class_bind_template_child (widget_class, MtbReportsPage, kind);
  gtk_widget_class_bind_template_child (widget_class, MtbReportsPage, levels);
  gtk_widget_class_bind_template_child (widget_class, MtbReportsPage, pane);
  gtk_widget_class_bind_template_child (widget_class, MtbReportsPage, remark);
  gtk_widget_class_bind_template_child (widget_class, MtbReportsPage, remark_words);
  gtk_widget_class_bind_template_child (widget_class, MtbReportsPage, table);
  gtk_widget_class_bind_template_callback (widget_class, ask);
  gtk_widget_class_bind_template_callback (widget_class, on_kind);

  gtk_widget_class_install_action (widget_class, "page.open-calls", "s", on_open_calls);

  g_type_ensure (MTB_TYPE_DAY_RANGE);
  g_type_ensure (MTB_TYPE_LIST_PANE);
  g_type_ensure (MTB_TYPE_REPORT_TABLE);
}

static void
mtb_reports_page_init (MtbReportsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
