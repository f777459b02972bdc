#pragma once

#include "mtb-page.h"

G_BEGIN_DECLS

#define MTB_TYPE_CONNECTIONS_PAGE (mtb_connections_page_get_type ())
G_DECLARE_FINAL_TYPE (MtbConnectionsPage, mtb_connections_page, MTB, CONNECTIONS_PAGE, MtbPage)

G_END_DECLS
