#pragma once

#include "mtb-ledger.h"
#include "mtb-shelf.h"

G_BEGIN_DECLS

typedef struct _MtbSnapshots MtbSnapshots;

MtbSnapshots *mtb_snapshots_new (const char *database, const char *folder);
void mtb_snapshots_free (MtbSnapshots *snapshots);
char *mtb_snapshots_dup_shelf (MtbSnapshots *snapshots, const char *name);
void mtb_snapshots_want_directory (MtbSnapshots *snapshots);
MtbPart *mtb_snapshots_find_directory (MtbSnapshots *snapshots,
                                       MtbStore *store,
                                       const MtbHead *head,
                                       gboolean *is_old,
                                       GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbSnapshots, mtb_snapshots_free)

G_END_DECLS
