#pragma once

#include "mtb-driver-private.h"

G_BEGIN_DECLS

struct _MtbStore
{
  const MtbDriver *driver;
  MtbConnection *connection;
  GHashTable *statements;
  MtbJournal journal;
  gpointer journal_data;
};

gboolean mtb_store_step_once (MtbStore *store, MtbPrepared *prepared, GError **error);

G_END_DECLS
