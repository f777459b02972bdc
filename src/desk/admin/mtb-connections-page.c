#include "mtb-connections-page.h"

#include "mtb-administration-query.h"
#include "mtb-connection-row.h"
#include "mtb-list-pane.h"
#include "mtb-listing.h"
#include "mtb-query-model.h"

#include <glib/gi18n.h>

/**
 * MtbConnectionsPage:
 *
 * What brings in what other systems know, and how it stands. Those that cannot are counted in the
 * badge.
 */
struct _MtbConnectionsPage
{
  MtbPage parent_instance;

  MtbListPane *pane;
  GtkListBox *list;

  MtbQueryModel *connections;
};

static void listing_init (MtbListingInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MtbConnectionsPage,
                               mtb_connections_page,
                               MTB_TYPE_PAGE,
                               G_IMPLEMENT_INTERFACE (MTB_TYPE_LISTING, listing_init))

static const char *
get_list_name (MtbListing *listing)
{
  GListModel *connections = G_LIST_MODEL (MTB_CONNECTIONS_PAGE (listing)->connections);

  return g_list_model_get_n_items (connections) > 0 ? "connections" : NULL;
}

static const char *
get_list_title (MtbListing *listing)
{
  return _ ("Connections");
}

static void
describe (MtbListing *listing, MtbPaper *paper, GListModel *items)
{
  MtbConnectionsPage *self = MTB_CONNECTIONS_PAGE (listing);
  GtkListBoxRow *row;

  mtb_paper_add_column (paper, _ ("Connection"), MTB_PAPER_TEXT);
  mtb_paper_add_column (paper, _ ("Name"), MTB_PAPER_TEXT);
  mtb_paper_add_column (paper, _ ("State"), MTB_PAPER_TEXT);
  mtb_paper_add_column (paper, _ ("Since"), MTB_PAPER_TEXT);
  mtb_paper_add_column (paper, _ ("Last taken"), MTB_PAPER_TEXT);
  mtb_paper_add_column (paper, _ ("What it says"), MTB_PAPER_TEXT);
  mtb_paper_add_column (paper, _ ("What to do"), MTB_PAPER_TEXT);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    mtb_connection_row_describe (MTB_CONNECTION_ROW (row), paper);
}

static void
listing_init (MtbListingInterface *iface)
{
  iface->get_name = get_list_name;
  iface->get_title = get_list_title;
  iface->describe = describe;
}

static void
count_failed (MtbConnectionsPage *self)
{
  GListModel *connections = G_LIST_MODEL (self->connections);
  guint n_failed = 0;

  for (guint i = 0; i < g_list_model_get_n_items (connections); i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (connections, i);
      const MtbConnection *connection = mtb_item_get_record (item);

      n_failed += connection->state == MTB_CONNECTION_FAILED;
    }
  mtb_page_set_badge (MTB_PAGE (self), n_failed);
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  return mtb_connection_row_new (item);
}

static void
mtb_connections_page_constructed (GObject *object)
{
  MtbConnectionsPage *self = MTB_CONNECTIONS_PAGE (object);
  g_autoptr (MtbEverything) everything = mtb_record_new (mtb_connections_query.arguments);

  G_OBJECT_CLASS (mtb_connections_page_parent_class)->constructed (object);

  self->connections =
    mtb_query_model_new (mtb_page_get_engine (MTB_PAGE (self)), &mtb_connections_query);
  g_signal_connect_object (self->connections, "refreshed", G_CALLBACK (count_failed), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->connections), make_row, NULL, NULL);
  mtb_list_pane_set_model (self->pane, self->connections);
  mtb_query_model_ask (self->connections, everything);
}

static void
mtb_connections_page_dispose (GObject *object)
{
  MtbConnectionsPage *self = MTB_CONNECTIONS_PAGE (object);

  g_clear_object (&self->connections);

  G_OBJECT_CLASS (mtb_connections_page_parent_class)->dispose (object);
}

static void
mtb_connections_page_class_init (MtbConnectionsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = mtb_connections_page_constructed;
  object_class->dispose = mtb_connections_page_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/admin/mtb-connections-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbConnectionsPage, list);
  gtk_widget_class_bind_template_child (widget_class, MtbConnectionsPage, pane);

  g_type_ensure (MTB_TYPE_LIST_PANE);
}

static void
mtb_connections_page_init (MtbConnectionsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
