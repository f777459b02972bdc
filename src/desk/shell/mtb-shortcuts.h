#pragma once

#include "mtb-workspace.h"

G_BEGIN_DECLS

void mtb_shortcuts_present (GtkWindow *parent, MtbWorkspace *workspace);

G_END_DECLS
