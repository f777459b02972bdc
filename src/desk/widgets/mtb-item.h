#pragma once

#include "mtb-record.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define MTB_TYPE_ITEM (mtb_item_get_type ())
G_DECLARE_FINAL_TYPE (MtbItem, mtb_item, MTB, ITEM, GObject)

MtbItem *mtb_item_new (gpointer record);
gpointer mtb_item_get_record (MtbItem *self);
void mtb_item_renew (MtbItem *self, gpointer record);
void mtb_item_tick (MtbItem *self, gint64 now);
const char *mtb_item_get_id (MtbItem *self);
char *mtb_item_dup_words (gconstpointer record, const char *property);

G_END_DECLS
