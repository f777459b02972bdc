#pragma once

#include "mtb-query-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_LIST_PANE (mtb_list_pane_get_type ())
G_DECLARE_FINAL_TYPE (MtbListPane, mtb_list_pane, MTB, LIST_PANE, AdwBin)

/**
 * MtbListWords:
 * @data: what it was given with
 * @item: a row
 *
 * Returns: (transfer full): what a cell of the row says
 */
typedef char *(*MtbListWords) (gpointer data, MtbItem *item);

void mtb_list_pane_set_model (MtbListPane *self, MtbQueryModel *model);
void mtb_list_pane_say_column (MtbListPane *self,
                               GtkColumnViewColumn *column,
                               MtbListWords say,
                               gpointer data);

G_END_DECLS
