#pragma once

#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_PASSWORD_FORM (mtb_password_form_get_type ())
G_DECLARE_FINAL_TYPE (MtbPasswordForm, mtb_password_form, MTB, PASSWORD_FORM, AdwBin)

void mtb_password_form_set_engine (MtbPasswordForm *self, MtbEngine *engine);
void mtb_password_form_clear (MtbPasswordForm *self);

G_END_DECLS
