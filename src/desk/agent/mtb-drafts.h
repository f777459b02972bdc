#pragma once

#include "mtb-draft.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define MTB_TYPE_DRAFTS (mtb_drafts_get_type ())
G_DECLARE_FINAL_TYPE (MtbDrafts, mtb_drafts, MTB, DRAFTS, GObject)

MtbDrafts *mtb_drafts_new (const char *folder, const char *person_id);
GListModel *mtb_drafts_get_model (MtbDrafts *self);
void mtb_drafts_put (MtbDrafts *self, const MtbDraft *draft);
void mtb_drafts_remove (MtbDrafts *self, const char *id);
void mtb_drafts_forget (MtbDrafts *self);
void mtb_drafts_keep (MtbDrafts *self);
MtbDraft *mtb_drafts_find (MtbDrafts *self, const char *field, const char *value);
MtbDraft *mtb_drafts_find_talking (MtbDrafts *self);
MtbDraft *mtb_drafts_get_latest (MtbDrafts *self);

G_END_DECLS
