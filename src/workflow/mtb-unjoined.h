#pragma once

#include "mtb-call.h"
#include "mtb-store.h"
#include "mtb-time.h"

G_BEGIN_DECLS

/* The PBX writes whole seconds. */
#define MTB_JOIN_SLACK (2 * MTB_SECOND)
/* No call is longer than this, so older ones need not be looked at. */
#define MTB_JOIN_LONGEST (12 * MTB_HOUR)
/* One agent has hardly two at once. */
#define MTB_JOIN_CANDIDATES_MAX 8

typedef struct _MtbUnjoined MtbUnjoined;

MtbUnjoined *mtb_unjoined_new (void);
void mtb_unjoined_free (MtbUnjoined *unjoined);

GPtrArray *
mtb_unjoined_find (MtbUnjoined *unjoined, MtbStore *store, const MtbCall *call, GError **error);
void mtb_unjoined_note (MtbUnjoined *unjoined,
                        const MtbTable *table,
                        gconstpointer before,
                        gconstpointer after);
void mtb_unjoined_forget (MtbUnjoined *unjoined);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbUnjoined, mtb_unjoined_free)

G_END_DECLS
