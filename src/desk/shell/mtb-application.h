#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_APPLICATION (mtb_application_get_type ())
G_DECLARE_FINAL_TYPE (MtbApplication, mtb_application, MTB, APPLICATION, AdwApplication)

GApplication *mtb_application_new (void);
gboolean mtb_application_is_to_restart (MtbApplication *self);

G_END_DECLS
