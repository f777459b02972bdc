#include "mtb-listing.h"

/**
 * MtbListing:
 *
 * A widget with a list that can be saved in a file or printed. Nobody registers them: those that are
 * seen at a place are found there.
 */
G_DEFINE_INTERFACE (MtbListing, mtb_listing, GTK_TYPE_WIDGET)

static gboolean
is_main (MtbListing *self)
{
  return FALSE;
}

static MtbQueryModel *
get_source (MtbListing *self)
{
  return NULL;
}

static void
mtb_listing_default_init (MtbListingInterface *iface)
{
  iface->is_main = is_main;
  iface->get_source = get_source;
}

/**
 * mtb_listing_get_name:
 * @self: a listing
 *
 * Returns: (nullable): what it is called in the program; %NULL while there is nothing to export
 */
const char *
mtb_listing_get_name (MtbListing *self)
{
  g_return_val_if_fail (MTB_IS_LISTING (self), NULL);

  return MTB_LISTING_GET_IFACE (self)->get_name (self);
}

/**
 * mtb_listing_get_title:
 * @self: a listing
 *
 * Returns: what people call it
 */
const char *
mtb_listing_get_title (MtbListing *self)
{
  g_return_val_if_fail (MTB_IS_LISTING (self), NULL);

  return MTB_LISTING_GET_IFACE (self)->get_title (self);
}

/**
 * mtb_listing_get_source:
 * @self: a listing
 *
 * Returns: (transfer none) (nullable): where its rows are from, if there are more than it shows
 */
MtbQueryModel *
mtb_listing_get_source (MtbListing *self)
{
  g_return_val_if_fail (MTB_IS_LISTING (self), NULL);

  return MTB_LISTING_GET_IFACE (self)->get_source (self);
}

/**
 * mtb_listing_describe:
 * @self: a listing
 * @paper: what its columns and rows are added to
 * @items: (nullable) (element-type MtbItem): all of its source's rows; %NULL for those it shows
 */
void
mtb_listing_describe (MtbListing *self, MtbPaper *paper, GListModel *items)
{
  g_return_if_fail (MTB_IS_LISTING (self));

  MTB_LISTING_GET_IFACE (self)->describe (self, paper, items);
}

static void
collect (GtkWidget *widget, GPtrArray *listings)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (MTB_IS_LISTING (widget) && mtb_listing_get_name (MTB_LISTING (widget)) != NULL)
    g_ptr_array_add (listings, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, listings);
}

/**
 * mtb_listing_find_all:
 * @place: a page or a window
 *
 * Returns: (transfer container) (element-type MtbListing): the lists with rows that are seen there
 */
GPtrArray *
mtb_listing_find_all (GtkWidget *place)
{
  GPtrArray *listings = g_ptr_array_new ();

  g_return_val_if_fail (GTK_IS_WIDGET (place), listings);

  collect (place, listings);
  return listings;
}

/**
 * mtb_listing_find_main:
 * @place: a page or a window
 *
 * Returns: (transfer none) (nullable): the list that the place is there for, or the first
 */
MtbListing *
mtb_listing_find_main (GtkWidget *place)
{
  g_autoptr (GPtrArray) listings = mtb_listing_find_all (place);

  for (guint i = 0; i < listings->len; i++)
    if (MTB_LISTING_GET_IFACE (g_ptr_array_index (listings, i))
          ->is_main (g_ptr_array_index (listings, i)))
      return g_ptr_array_index (listings, i);
  return listings->len > 0 ? g_ptr_array_index (listings, 0) : NULL;
}
