#pragma once

#include "mtb-engine.h"
#include "mtb-item.h"

G_BEGIN_DECLS

#define MTB_TYPE_QUERY_MODEL (mtb_query_model_get_type ())
G_DECLARE_FINAL_TYPE (MtbQueryModel, mtb_query_model, MTB, QUERY_MODEL, GObject)

MtbQueryModel *mtb_query_model_new (MtbEngine *engine, const MtbQuery *query);
void mtb_query_model_ask (MtbQueryModel *self, gpointer arguments);
const MtbQuery *mtb_query_model_get_query (MtbQueryModel *self);
gconstpointer mtb_query_model_get_arguments (MtbQueryModel *self);
gboolean mtb_query_model_is_cut (MtbQueryModel *self);
void mtb_query_model_refresh (MtbQueryModel *self);
void mtb_query_model_tick (MtbQueryModel *self);
void mtb_query_model_clear (MtbQueryModel *self);
guint mtb_query_model_find (MtbQueryModel *self, const char *id);
gpointer mtb_query_model_lookup (MtbQueryModel *self, const char *id);

G_END_DECLS
