#pragma once

#include "mtb-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean mtb_mend_dialog_can_mend (MtbRefusal *refusal);
void mtb_mend_dialog_present (GtkWindow *parent, MtbEngine *engine, MtbRefusal *refusal);

G_END_DECLS
