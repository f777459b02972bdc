#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define MTB_TYPE_CHOICE (mtb_choice_get_type ())
G_DECLARE_FINAL_TYPE (MtbChoice, mtb_choice, MTB, CHOICE, GObject)

MtbChoice *mtb_choice_new (const char *id, const char *group, const char *title, const char *also);
const char *mtb_choice_get_id (MtbChoice *self);
char *mtb_choice_dup_full_title (MtbChoice *self);
gboolean mtb_choice_fits (MtbChoice *self, const char *const *words);

G_END_DECLS
