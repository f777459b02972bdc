#pragma once

#include "mtb-item.h"
#include "mtb-paper.h"

G_BEGIN_DECLS

const char *mtb_item_get_column_title (const char *property);
MtbPaperKind mtb_item_get_column_kind (const char *property);
void mtb_item_add_cell (MtbItem *self, const char *property, MtbPaper *paper);
void mtb_item_add_call (gconstpointer record, MtbPaper *paper);
void mtb_items_describe (GListModel *items, const char *const *properties, MtbPaper *paper);

G_END_DECLS
