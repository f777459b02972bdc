#pragma once

#include "mtb-query-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_REQUEST_LIST (mtb_request_list_get_type ())
G_DECLARE_FINAL_TYPE (MtbRequestList, mtb_request_list, MTB, REQUEST_LIST, AdwBin)

void mtb_request_list_set_engine (MtbRequestList *self, MtbEngine *engine);
MtbQueryModel *mtb_request_list_get_model (MtbRequestList *self);

G_END_DECLS
