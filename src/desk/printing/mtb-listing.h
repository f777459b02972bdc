#pragma once

#include "mtb-paper.h"
#include "mtb-query-model.h"

G_BEGIN_DECLS

#define MTB_TYPE_LISTING (mtb_listing_get_type ())
G_DECLARE_INTERFACE (MtbListing, mtb_listing, MTB, LISTING, GtkWidget)

/**
 * MtbListingInterface:
 * @get_name: (nullable): what the list is called in the program; %NULL while there is nothing in it
 * @get_title: what people call it
 * @is_main: whether it is what its page is there for; by default no list is more so than others
 * @get_source: (nullable): where its rows are from, if there are more of them than it shows
 * @describe: adds columns and rows to @paper, and facts such as the filter: those it shows, in their
 *   order, or in their place all of the source's, @items, of #MtbItem
 *
 * What a widget does whose list can be exported.
 */
struct _MtbListingInterface
{
  GTypeInterface parent_iface;

  const char *(*get_name) (MtbListing *self);
  const char *(*get_title) (MtbListing *self);
  gboolean (*is_main) (MtbListing *self);
  MtbQueryModel *(*get_source) (MtbListing *self);
  void (*describe) (MtbListing *self, MtbPaper *paper, GListModel *items);
};

const char *mtb_listing_get_name (MtbListing *self);
const char *mtb_listing_get_title (MtbListing *self);
MtbQueryModel *mtb_listing_get_source (MtbListing *self);
void mtb_listing_describe (MtbListing *self, MtbPaper *paper, GListModel *items);

GPtrArray *mtb_listing_find_all (GtkWidget *place);
MtbListing *mtb_listing_find_main (GtkWidget *place);

G_END_DECLS
