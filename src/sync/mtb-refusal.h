#pragma once

#include "mtb-command.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define MTB_TYPE_REFUSAL (mtb_refusal_get_type ())
G_DECLARE_FINAL_TYPE (MtbRefusal, mtb_refusal, MTB, REFUSAL, GObject)

MtbRefusal *mtb_refusal_new (const char *command_id,
                             gpointer arguments,
                             gint64 given_at,
                             GError *reason,
                             gboolean waits);
const char *mtb_refusal_get_command_id (MtbRefusal *self);
const MtbCommand *mtb_refusal_get_command (MtbRefusal *self);
gpointer mtb_refusal_get_arguments (MtbRefusal *self);
gint64 mtb_refusal_get_given_at (MtbRefusal *self);
const GError *mtb_refusal_get_reason (MtbRefusal *self);
gboolean mtb_refusal_get_waits (MtbRefusal *self);

G_END_DECLS
