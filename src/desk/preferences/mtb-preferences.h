#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MTB_TYPE_PREFERENCES (mtb_preferences_get_type ())
G_DECLARE_FINAL_TYPE (MtbPreferences, mtb_preferences, MTB, PREFERENCES, GObject)

MtbPreferences *mtb_preferences_get_default (void);
char *mtb_preferences_dup_place (MtbPreferences *self, const char *person_id);
void mtb_preferences_set_place (MtbPreferences *self, const char *person_id, const char *place);

G_END_DECLS
