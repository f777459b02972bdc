#pragma once

#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_PASSWORD_PAGE (mtb_password_page_get_type ())
G_DECLARE_FINAL_TYPE (MtbPasswordPage, mtb_password_page, MTB, PASSWORD_PAGE, AdwBin)

void mtb_password_page_set_engine (MtbPasswordPage *self, MtbEngine *engine);
void mtb_password_page_focus (MtbPasswordPage *self);

G_END_DECLS
