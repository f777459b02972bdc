#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_LABELLED (mtb_labelled_get_type ())
G_DECLARE_FINAL_TYPE (MtbLabelled, mtb_labelled, MTB, LABELLED, AdwBin)

void mtb_labelled_set_error (MtbLabelled *self, const char *message);

G_END_DECLS
