#pragma once

#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_ONLINE_FORM (mtb_online_form_get_type ())
G_DECLARE_FINAL_TYPE (MtbOnlineForm, mtb_online_form, MTB, ONLINE_FORM, AdwBin)

gboolean mtb_online_form_can_give (MtbEngine *engine);
void mtb_online_form_set_engine (MtbOnlineForm *self, MtbEngine *engine);
void mtb_online_form_note_edit (MtbOnlineForm *self);
gboolean mtb_online_form_is_edited (MtbOnlineForm *self);
gboolean mtb_online_form_is_giving (MtbOnlineForm *self);
void mtb_online_form_give (MtbOnlineForm *self, gpointer arguments);
void mtb_online_form_give_all (MtbOnlineForm *self, GPtrArray *orders);
void mtb_online_form_give_beside (MtbOnlineForm *self, GPtrArray *orders);
void mtb_online_form_mark (MtbOnlineForm *self, const char *field, const char *message);
char *mtb_online_form_dup_typed (GtkEditable *entry);
void mtb_online_form_unmark (MtbOnlineForm *self);

G_END_DECLS
