#pragma once

#include "mtb-page.h"

G_BEGIN_DECLS

GPtrArray *mtb_places_new (MtbEngine *engine, MtbDrafts *drafts);

G_END_DECLS
