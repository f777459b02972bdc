#pragma once

#include "mtb-query-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_PERSON_FORM (mtb_person_form_get_type ())
G_DECLARE_FINAL_TYPE (MtbPersonForm, mtb_person_form, MTB, PERSON_FORM, AdwBin)

GtkWidget *mtb_person_form_new (MtbEngine *engine,
                                MtbQueryModel *teams,
                                const MtbPersonRow *person);
void mtb_person_form_renew (MtbPersonForm *self, const MtbPersonRow *person);
const char *mtb_person_form_get_id (MtbPersonForm *self);
void mtb_person_form_save (MtbPersonForm *self);

G_END_DECLS
