#pragma once

#include "mtb-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mtb_password_dialog_present (GtkWindow *parent, MtbEngine *engine);

G_END_DECLS
