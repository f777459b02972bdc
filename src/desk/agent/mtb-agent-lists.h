#pragma once

#include "mtb-draft.h"
#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_AGENT_LISTS (mtb_agent_lists_get_type ())
G_DECLARE_FINAL_TYPE (MtbAgentLists, mtb_agent_lists, MTB, AGENT_LISTS, AdwBin)

void mtb_agent_lists_set_engine (MtbAgentLists *self, MtbEngine *engine, MtbDrafts *drafts);
void mtb_agent_lists_set_open (MtbAgentLists *self, const char *draft_id);
gboolean mtb_agent_lists_open_write_up (MtbAgentLists *self);

G_END_DECLS
