#pragma once

#include "mtb-record.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define MTB_TYPE_DRAFTS (mtb_drafts_get_type ())
G_DECLARE_FINAL_TYPE (MtbDrafts, mtb_drafts, MTB, DRAFTS, GObject)

MtbDrafts *mtb_drafts_new (const char *folder, const char *person_id);
GListModel *mtb_drafts_get_model (MtbDrafts *self, const MtbShape *shape);
void mtb_drafts_put (MtbDrafts *self, gconstpointer draft);
void mtb_drafts_remove (MtbDrafts *self, gconstpointer draft);
void mtb_drafts_forget (MtbDrafts *self);
void mtb_drafts_keep (MtbDrafts *self);
gpointer
mtb_drafts_find (MtbDrafts *self, const MtbShape *shape, const char *field, const char *value);

G_END_DECLS
