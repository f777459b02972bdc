#pragma once

#include "mtb-choice.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MTB_TYPE_CHOOSER (mtb_chooser_get_type ())
G_DECLARE_FINAL_TYPE (MtbChooser, mtb_chooser, MTB, CHOOSER, GtkEntry)

void mtb_chooser_set_choices (MtbChooser *self, GPtrArray *choices);
const char *mtb_chooser_get_value (MtbChooser *self);
void mtb_chooser_set_value (MtbChooser *self, const char *value);

G_END_DECLS
