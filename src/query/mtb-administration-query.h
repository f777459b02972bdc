#pragma once

#include "mtb-connection.h"
#include "mtb-query.h"

G_BEGIN_DECLS

/**
 * MtbSessionSearch:
 * @person_id: (nullable): whose sign-ins; %NULL for everybody's
 */
typedef struct
{
  char *person_id;
} MtbSessionSearch;

/**
 * MtbSessionRow:
 * @id: what `session.revoke` calls it by
 * @desk: (nullable): at which desk
 * @origin: (nullable): from which address
 * @seen_at: when that desk was last heard of
 *
 * A sign-in that has not ended.
 */
typedef struct
{
  char *id;
  char *person_id;
  char *person_name;
  char *desk;
  char *origin;
  gint64 began_at;
  gint64 seen_at;
  gint64 expires_at;
} MtbSessionRow;

/* #MtbSessionSearch to #MtbSessionRow, the latest first; known to the server alone */
extern const MtbQuery mtb_session_query;
/* #MtbEverything to #MtbConnection, by kind and name */
extern const MtbQuery mtb_connections_query;
/* #MtbEverything to #MtbSetting, by name; what was never set is not there */
extern const MtbQuery mtb_settings_query;

MTB_DEFINE_RECORD_AUTOPTR (MtbSessionSearch)
MTB_DEFINE_RECORD_AUTOPTR (MtbSessionRow)

GPtrArray *mtb_sessions_list (MtbStore *store, const char *person_id, gint64 now, GError **error);

G_END_DECLS
