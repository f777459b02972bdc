#pragma once

#include "mtb-call.h"
#include "mtb-pbx.h"
#include "mtb-totals.h"

G_BEGIN_DECLS

struct _MtbTotals
{
  GTimeZone *zone;
  gint64 day_from; /* the day that was asked for last */
  gint64 day_until;
  GHashTable *pending; /* which total, to what has to be added to it */
};

gint64 mtb_totals_get_next_day (const MtbTotals *totals, gint64 day_at);
void mtb_totals_count_pbx_call (MtbTotals *totals, const MtbPbxCall *call, gint64 sign);
void mtb_totals_count_call (MtbTotals *totals, const MtbCall *call, gint64 sign);
gboolean
mtb_totals_count_link (MtbTotals *totals, MtbStore *store, const MtbCallLink *link, GError **error);

gpointer mtb_totals_take (MtbTotals *totals, gconstpointer total);

/* A total in which nothing is left goes. */
gboolean mtb_totals_has_figures (gconstpointer total);
gboolean mtb_totals_write (MtbStore *store, gconstpointer total, GError **error);

G_END_DECLS
