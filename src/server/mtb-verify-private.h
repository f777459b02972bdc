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

/* Reports each row of @sql as @what, with its column `id` and, where it has one, `value` as the detail. */
gboolean mtb_verify_select (MtbVerify *self,
                            const MtbFinding *what,
                            const char *sql,
                            const MtbParameter *parameters,
                            GError **error);

gboolean mtb_verify_feed (MtbVerify *self, GError **error);
gboolean mtb_verify_rows (MtbVerify *self, GError **error);
gboolean mtb_verify_references (MtbVerify *self, GError **error);

G_END_DECLS
