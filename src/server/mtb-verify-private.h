#pragma once

#include "mtb-verify.h"

G_BEGIN_DECLS

/* One part of a check on its way. */
typedef struct
{
  MtbStore *store;
  MtbFindingFunc func;
  gpointer data;
  gint64 n_seen;
} MtbVerify;

#define mtb_verify_report(self, ...) (self)->func (&(const MtbFinding){ __VA_ARGS__ }, (self)->data)

gboolean mtb_verify_feed (MtbVerify *self, GError **error);
gboolean mtb_verify_rows (MtbVerify *self, GError **error);
gboolean mtb_verify_references (MtbVerify *self, GError **error);

G_END_DECLS
