#include "mtb-report-table.h"

#include "mtb-report-columns.h"
#include "mtb-text-size.h"

#include <glib/gi18n.h>

/* The least that the name of a row is given, in the table and in its foot alike. */
#define NAME_CHARS 14

/**
 * MtbReportTable:
 *
 * The rows of the calls report with the columns that its kind has, and at the foot their sum. A row
 * that is activated asks for `page.open-calls` with its id.
 */
struct _MtbReportTable
{
  AdwBin parent_instance;

  GtkColumnView *view;
  GtkSingleSelection *selection;
  GtkColumnView *foot;
  GtkNoSelection *foot_rows;
  GtkScrolledWindow *body_scroll;
  GtkScrolledWindow *foot_scroll;

  GListStore *sums;
};

G_DEFINE_FINAL_TYPE (MtbReportTable, mtb_report_table, ADW_TYPE_BIN)

/* The closure of a cell. @name is there to be heard of: an item tells when it is renewed. */
static char *
say_cell (GtkListItem *cell, const char *name, gpointer column)
{
  const MtbCallsReportRow *row = mtb_item_get_record (gtk_list_item_get_item (cell));

  return column != NULL ? mtb_report_column_say (column, row) : mtb_report_say_row (row);
}

static GtkExpression *
new_words (gpointer column)
{
  GtkExpression *item = gtk_property_expression_new (GTK_TYPE_LIST_ITEM, NULL, "item");
  GtkExpression *name = gtk_property_expression_new (MTB_TYPE_ITEM, item, "name");

  return gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 1, &name, G_CALLBACK (say_cell), column,
                                      NULL);
}

static void
on_cell_set_up (GtkListItemFactory *factory, GtkListItem *cell, gpointer column)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), column != NULL ? 1 : 0);
  gtk_widget_add_css_class (label, "numeric");
  gtk_expression_bind (new_words (column), label, "label", cell);
  if (column == NULL)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), NAME_CHARS);
      gtk_expression_bind (new_words (column), label, "tooltip-text", cell);
    }
  gtk_list_item_set_child (cell, label);
}

static void
add_column (GtkColumnView *view, const char *title, const MtbReportColumn *column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) made = gtk_column_view_column_new (title, factory);

  g_signal_connect (factory, "setup", G_CALLBACK (on_cell_set_up), (gpointer) column);
  if (column != NULL)
    {
      gtk_column_view_column_set_fixed_width (made, column->width);
      mtb_text_size_follow (made, "fixed-width");
    }
  else
    gtk_column_view_column_set_expand (made, TRUE);
  gtk_column_view_append_column (view, made);
}

static void
remove_columns (GtkColumnView *view)
{
  GListModel *columns = gtk_column_view_get_columns (view);
  g_autoptr (GtkColumnViewColumn) column = NULL;

  while ((column = g_list_model_get_item (columns, 0)) != NULL)
    {
      gtk_column_view_remove_column (view, column);
      g_clear_object (&column);
    }
}

/* GtkColumnView has no way to say how its heading stands or what its columns mean, so the heading's
 * widgets, one a column, are told themselves. */
static void
dress_heading (GtkWidget *title, const MtbReportColumn *column)
{
  GtkWidget *box = gtk_widget_get_first_child (title);

  if (column == NULL)
    return;
  gtk_widget_set_tooltip_text (title, gettext (column->tip));
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_label_set_justify (GTK_LABEL (gtk_widget_get_first_child (box)), GTK_JUSTIFY_RIGHT);
}

static void
on_activated (MtbReportTable *self, guint position)
{
  g_autoptr (MtbItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  gtk_widget_activate_action (GTK_WIDGET (self), "page.open-calls", "s", mtb_item_get_id (item));
}

static void
show_sum (MtbReportTable *self, MtbQueryModel *model)
{
  g_autoptr (MtbCallsReportRow) sum = mtb_report_sum (G_LIST_MODEL (model));
  g_autoptr (MtbItem) item = mtb_item_new (sum);

  g_list_store_splice (self->sums, 0, g_list_model_get_n_items (G_LIST_MODEL (self->sums)),
                       (gpointer *) &item, 1);
}

static void
mtb_report_table_dispose (GObject *object)
{
  MtbReportTable *self = MTB_REPORT_TABLE (object);

  g_clear_object (&self->sums);

  G_OBJECT_CLASS (mtb_report_table_parent_class)->dispose (object);
}

static void
mtb_report_table_class_init (MtbReportTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_report_table_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/reports/mtb-report-table.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbReportTable, body_scroll);
  gtk_widget_class_bind_template_child (widget_class, MtbReportTable, foot);
  gtk_widget_class_bind_template_child (widget_class, MtbReportTable, foot_rows);
  gtk_widget_class_bind_template_child (widget_class, MtbReportTable, foot_scroll);
  gtk_widget_class_bind_template_child (widget_class, MtbReportTable, selection);
  gtk_widget_class_bind_template_child (widget_class, MtbReportTable, view);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
}

static void
mtb_report_table_init (MtbReportTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->sums = g_list_store_new (MTB_TYPE_ITEM);
  gtk_no_selection_set_model (self->foot_rows, G_LIST_MODEL (self->sums));
  gtk_scrolled_window_set_hadjustment (self->foot_scroll,
                                       gtk_scrolled_window_get_hadjustment (self->body_scroll));
  /* The foot is a table of the same columns without a heading. */
  gtk_widget_set_visible (gtk_widget_get_first_child (GTK_WIDGET (self->foot)), FALSE);
}

/**
 * mtb_report_table_set_model:
 * @self: a table
 * @model: rows of #mtb_calls_report_query
 */
void
mtb_report_table_set_model (MtbReportTable *self, MtbQueryModel *model)
{
  g_return_if_fail (MTB_IS_REPORT_TABLE (self));

  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (model));
  g_signal_connect_object (model, "refreshed", G_CALLBACK (show_sum), self, G_CONNECT_SWAPPED);
}

/**
 * mtb_report_table_set_kind:
 * @self: a table
 * @by: the kind of report, whose columns it gets
 */
void
mtb_report_table_set_kind (MtbReportTable *self, MtbReportBy by)
{
  GtkWidget *heading = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *title;

  g_return_if_fail (MTB_IS_REPORT_TABLE (self));

  remove_columns (self->view);
  remove_columns (self->foot);
  add_column (self->view, mtb_report_get_row_title (by), NULL);
  add_column (self->foot, NULL, NULL);
  title = gtk_widget_get_first_child (heading);
  for (guint i = 0; i < mtb_report_n_columns; i++)
    {
      const MtbReportColumn *column = &mtb_report_columns[i];

      if (!mtb_report_column_is_of (column, by))
        continue;
      add_column (self->view, gettext (column->title), column);
      add_column (self->foot, NULL, column);
      title = gtk_widget_get_next_sibling (title);
      dress_heading (title, column);
    }
}

/**
 * mtb_report_table_get_sum:
 * @self: a table that shows rows
 *
 * Returns: (transfer none): the sum of its rows
 */
const MtbCallsReportRow *
mtb_report_table_get_sum (MtbReportTable *self)
{
  g_autoptr (MtbItem) item = NULL;

  g_return_val_if_fail (MTB_IS_REPORT_TABLE (self), NULL);

  item = g_list_model_get_item (G_LIST_MODEL (self->sums), 0);
  return item != NULL ? mtb_item_get_record (item) : NULL;
}
