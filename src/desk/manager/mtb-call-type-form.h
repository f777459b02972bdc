#pragma once

#include "mtb-engine.h"
#include "mtb-setting.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_CALL_TYPE_FORM (mtb_call_type_form_get_type ())
G_DECLARE_FINAL_TYPE (MtbCallTypeForm, mtb_call_type_form, MTB, CALL_TYPE_FORM, AdwBin)

GtkWidget *mtb_call_type_form_new (MtbEngine *engine,
                                   const MtbCallType *type,
                                   const MtbCallType *group);
void mtb_call_type_form_renew (MtbCallTypeForm *self, const MtbCallType *type);
const char *mtb_call_type_form_get_id (MtbCallTypeForm *self);
void mtb_call_type_form_give_all (MtbCallTypeForm *self, GPtrArray *orders);

G_END_DECLS
