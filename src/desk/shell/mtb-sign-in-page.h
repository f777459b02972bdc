#pragma once

#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_SIGN_IN_PAGE (mtb_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (MtbSignInPage, mtb_sign_in_page, MTB, SIGN_IN_PAGE, AdwBin)

void mtb_sign_in_page_set_engine (MtbSignInPage *self,
                                  MtbEngine *engine,
                                  const char *server,
                                  gboolean demo);
void mtb_sign_in_page_focus (MtbSignInPage *self);

G_END_DECLS
