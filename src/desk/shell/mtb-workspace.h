#pragma once

#include "mtb-duty.h"
#include "mtb-page.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_WORKSPACE (mtb_workspace_get_type ())
G_DECLARE_FINAL_TYPE (MtbWorkspace, mtb_workspace, MTB, WORKSPACE, AdwBin)

GtkWidget *mtb_workspace_new (MtbEngine *engine, const char *folder);
gboolean mtb_workspace_renew (MtbWorkspace *self, const MtbPerson *person);
void mtb_workspace_focus (MtbWorkspace *self);

MtbPage *mtb_workspace_get_place (MtbWorkspace *self, guint number);
void mtb_workspace_show_place (MtbWorkspace *self, guint number);
gboolean mtb_workspace_knows (MtbWorkspace *self, const char *action);
gboolean mtb_workspace_may (MtbWorkspace *self, const char *action);
void mtb_workspace_activate (MtbWorkspace *self, const char *action, GVariant *target);

MtbDuty *mtb_workspace_get_duty (MtbWorkspace *self);
void mtb_workspace_ask_break (MtbWorkspace *self);
void mtb_workspace_show_sync (MtbWorkspace *self);
void mtb_workspace_show_refused (MtbWorkspace *self);
gboolean mtb_workspace_open (MtbWorkspace *self, MtbLinkKind kind, const char *id);
void mtb_workspace_amend (MtbWorkspace *self, const char *call_id);
void mtb_workspace_show_records (MtbWorkspace *self, const char *person_id, const char *name);
void mtb_workspace_mend (MtbWorkspace *self, const char *command_id);

G_END_DECLS
