/* A command that could not be carried out, with the reason and with all that the person typed, to
 * be mended or dropped. Never changes once made. */

#include "mtb-refusal.h"

struct _MtbRefusal
{
  GObject parent_instance;
  char *command_id;
  gpointer arguments;
  gint64 given_at;
  GError *reason;
  gboolean waits;
};

G_DEFINE_FINAL_TYPE (MtbRefusal, mtb_refusal, G_TYPE_OBJECT)

static void
mtb_refusal_finalize (GObject *object)
{
  MtbRefusal *self = MTB_REFUSAL (object);

  g_free (self->command_id);
  mtb_record_unref (self->arguments);
  g_error_free (self->reason);
  G_OBJECT_CLASS (mtb_refusal_parent_class)->finalize (object);
}

static void
mtb_refusal_class_init (MtbRefusalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mtb_refusal_finalize;
}

static void
mtb_refusal_init (MtbRefusal *self)
{
}

/**
 * mtb_refusal_new:
 * @command_id: the id of the command that was refused
 * @arguments: (transfer full): what was typed
 * @given_at: when it was given
 * @reason: (transfer full): why it was refused
 * @waits: whether it only waits for another one on which it was built
 *
 * Returns: (transfer full): the refusal
 */
MtbRefusal *
mtb_refusal_new (const char *command_id,
                 gpointer arguments,
                 gint64 given_at,
                 GError *reason,
                 gboolean waits)
{
  MtbRefusal *self = g_object_new (MTB_TYPE_REFUSAL, NULL);

  self->command_id = g_strdup (command_id);
  self->arguments = arguments;
  self->given_at = given_at;
  self->reason = reason;
  self->waits = waits;
  return self;
}

/**
 * mtb_refusal_get_command_id:
 * @self: a refusal
 *
 * Returns: the id by which it is mended or dropped
 */
const char *
mtb_refusal_get_command_id (MtbRefusal *self)
{
  return self->command_id;
}

/**
 * mtb_refusal_get_command:
 * @self: a refusal
 *
 * Returns: the command
 */
const MtbCommand *
mtb_refusal_get_command (MtbRefusal *self)
{
  return mtb_command_of (self->arguments);
}

/**
 * mtb_refusal_get_arguments:
 * @self: a refusal
 *
 * Returns: (transfer none): what was typed; copy it to change it
 */
gpointer
mtb_refusal_get_arguments (MtbRefusal *self)
{
  return self->arguments;
}

/**
 * mtb_refusal_get_given_at:
 * @self: a refusal
 *
 * Returns: when the person gave it, milliseconds since 1970
 */
gint64
mtb_refusal_get_given_at (MtbRefusal *self)
{
  return self->given_at;
}

/**
 * mtb_refusal_get_reason:
 * @self: a refusal
 *
 * Returns: why it was refused; its message is to be translated
 */
const GError *
mtb_refusal_get_reason (MtbRefusal *self)
{
  return self->reason;
}

/**
 * mtb_refusal_get_waits:
 * @self: a refusal
 *
 * Returns: whether it is not refused itself but waits for one that is
 */
gboolean
mtb_refusal_get_waits (MtbRefusal *self)
{
  return self->waits;
}
