#pragma once

#include "mtb-duty.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_WORKSPACE (mtb_workspace_get_type ())
G_DECLARE_FINAL_TYPE (MtbWorkspace, mtb_workspace, MTB, WORKSPACE, AdwBin)

GtkWidget *mtb_workspace_new (MtbEngine *engine, const char *folder);
void mtb_workspace_focus (MtbWorkspace *self);
void mtb_workspace_activate_page_action (MtbWorkspace *self, const char *name);
void mtb_workspace_show_place (MtbWorkspace *self, guint number);
MtbDuty *mtb_workspace_get_duty (MtbWorkspace *self);
void mtb_workspace_ask_break (MtbWorkspace *self);
void mtb_workspace_show_refused (MtbWorkspace *self);
void mtb_workspace_amend (MtbWorkspace *self, const char *call_id);
void mtb_workspace_show_records (MtbWorkspace *self, const char *person_id, const char *name);
void mtb_workspace_mend (MtbWorkspace *self, const char *command_id);

G_END_DECLS
