#pragma once

#include "mtb-query-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_LIST_PANE (mtb_list_pane_get_type ())
G_DECLARE_FINAL_TYPE (MtbListPane, mtb_list_pane, MTB, LIST_PANE, AdwBin)

void mtb_list_pane_set_model (MtbListPane *self, MtbQueryModel *model);

G_END_DECLS
