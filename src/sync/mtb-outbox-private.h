#pragma once

#include "mtb-outbox.h"

G_BEGIN_DECLS

struct _MtbOutbox
{
  MtbStore *store;
};

extern const MtbShape mtb_given_shape;

/* Runs @step in a transaction of its own. */
typedef gboolean (*MtbOutboxStep) (MtbOutbox *self, gpointer data, GError **error);
gboolean
mtb_outbox_in_transaction (MtbOutbox *self, MtbOutboxStep step, gpointer data, GError **error);
gboolean mtb_outbox_next_number (MtbOutbox *self, gint64 *n, GError **error);

G_END_DECLS
