#pragma once

#include "mtb-workflow-private.h"

G_BEGIN_DECLS

/**
 * MtbStanding:
 * @current: (nullable): the stretch that lasts; %NULL where nothing is known
 * @refuted: what the server had presumed after it and the act at hand refutes
 *
 * How somebody stands when they do something, or something befalls them.
 */
typedef struct
{
  MtbPresence *current;
  GPtrArray *refuted;
} MtbStanding;

gboolean mtb_presence_act_is_own (gint64 act);

gboolean mtb_standing_read (MtbStanding *self,
                            const MtbOccasion *occasion,
                            const MtbPresenceStep *step,
                            GError **error);
void mtb_standing_clear (MtbStanding *self);
gint64 mtb_standing_get_state (const MtbStanding *self);
gboolean mtb_standing_judge (const MtbStanding *self, gint64 act, gint64 *to);
const char *mtb_standing_explain (const MtbStanding *self, gint64 act);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MtbStanding, mtb_standing_clear)

G_END_DECLS
