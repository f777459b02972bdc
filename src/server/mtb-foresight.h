#pragma once

#include "mtb-order.h"

G_BEGIN_DECLS

gboolean mtb_foresight_read (MtbStore *store, MtbOrder **orders, guint n_orders, GError **error);

G_END_DECLS
