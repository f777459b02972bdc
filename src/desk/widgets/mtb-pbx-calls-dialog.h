#pragma once

#include "mtb-engine.h"
#include "mtb-report-query.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_PBX_CALLS_DIALOG (mtb_pbx_calls_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MtbPbxCallsDialog, mtb_pbx_calls_dialog, MTB, PBX_CALLS_DIALOG, AdwWindow)

void mtb_pbx_calls_dialog_present (GtkWindow *parent,
                                   MtbEngine *engine,
                                   MtbPbxCallSearch *search,
                                   const char *title,
                                   gint64 n_calls);

G_END_DECLS
