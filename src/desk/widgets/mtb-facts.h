#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_FACTS (mtb_facts_get_type ())
G_DECLARE_FINAL_TYPE (MtbFacts, mtb_facts, MTB, FACTS, AdwBin)

void mtb_facts_clear (MtbFacts *self);
void mtb_facts_add (MtbFacts *self, const char *title, const char *value);
void
mtb_facts_add_copyable (MtbFacts *self, const char *title, const char *value, const char *plain);

G_END_DECLS
