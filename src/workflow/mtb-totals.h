#pragma once

#include "mtb-store.h"

G_BEGIN_DECLS

typedef struct _MtbTotals MtbTotals;

/**
 * MtbTotalsFault:
 * @n_wrong: how many totals are not what the rows say
 * @table: (nullable): the table of the first of these
 * @id: (nullable): its key
 *
 * What a full recount has found.
 */
typedef struct
{
  gint64 n_wrong;
  const MtbTable *table;
  char *id;
} MtbTotalsFault;

/**
 * MtbTotalsFaultFunc:
 * @table: the table of a total that is not what the rows say
 * @id: its key
 * @data: what was given with the function
 */
typedef void (*MtbTotalsFaultFunc) (const MtbTable *table, const char *id, gpointer data);

MtbTotals *mtb_totals_new (GTimeZone *zone);
void mtb_totals_free (MtbTotals *totals);

gboolean mtb_totals_note (MtbTotals *totals,
                          MtbStore *store,
                          const MtbTable *table,
                          gconstpointer before,
                          gconstpointer after,
                          GError **error);
gboolean mtb_totals_flush (MtbTotals *totals, MtbStore *store, GError **error);
void mtb_totals_forget (MtbTotals *totals);

gboolean
mtb_totals_recount (MtbTotals *totals, MtbStore *store, MtbTotalsFault *fault, GError **error);
gboolean mtb_totals_verify (MtbTotals *totals,
                            MtbStore *store,
                            MtbTotalsFaultFunc func,
                            gpointer data,
                            GError **error);
void mtb_totals_fault_note (const MtbTable *table, const char *id, gpointer fault);
gboolean mtb_totals_are_missing (MtbStore *store, gboolean *missing, GError **error);

void mtb_totals_fault_clear (MtbTotalsFault *fault);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbTotals, mtb_totals_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MtbTotalsFault, mtb_totals_fault_clear)

G_END_DECLS
