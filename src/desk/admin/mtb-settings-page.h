#pragma once

#include "mtb-page.h"

G_BEGIN_DECLS

#define MTB_TYPE_SETTINGS_PAGE (mtb_settings_page_get_type ())
G_DECLARE_FINAL_TYPE (MtbSettingsPage, mtb_settings_page, MTB, SETTINGS_PAGE, MtbPage)

G_END_DECLS
