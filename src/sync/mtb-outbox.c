/* What the person gave and the server may not have yet: the one file of a desk that cannot be
 * fetched again. Each change is durable before it is told. A command stays for 30 days after its
 * verdict, so that it can be offered again to a server that has lost it. Belongs to one thread at a
 * time. */

#include "mtb-outbox-private.h"

#include "mtb-error.h"
#include "mtb-id.h"
#include "mtb-schema.h"
#include "mtb-status.h"
#include "mtb-time.h"

#include <glib/gi18n.h>

#define KEEP_MS (30 * MTB_DAY)

/* A small thing that the desk has to remember. */
typedef struct
{
  char *name;
  char *value;
} Note;

static const MtbField note_fields[] = {
  MTB_FIELD (Note, name, TEXT, .required = TRUE),
  MTB_FIELD (Note, value, TEXT),
};

static const MtbShape note_shape = MTB_SHAPE ("note", Note, note_fields);

static const char *const state_words[] = {
  "waiting", "applied", "refused", "held", "closed", NULL
};

static const MtbField given_fields[] = {
  MTB_FIELD (MtbGiven, id, ID, .required = TRUE),
  MTB_FIELD (MtbGiven, n, INTEGER, .required = TRUE),
  MTB_FIELD (MtbGiven, type, TEXT, .required = TRUE),
  MTB_FIELD (MtbGiven, arguments, TEXT, .required = TRUE),
  MTB_FIELD (MtbGiven, given_at, TIME, .required = TRUE),
  MTB_FIELD (MtbGiven, attempts, INTEGER, .required = TRUE),
  MTB_FIELD (MtbGiven, state, ENUM, .required = TRUE, .choices = state_words),
  MTB_FIELD (MtbGiven, seq, INTEGER),
  MTB_FIELD (MtbGiven, code, TEXT),
  MTB_FIELD (MtbGiven, message, TEXT),
  MTB_FIELD (MtbGiven, field, TEXT),
  MTB_FIELD (MtbGiven, answered_at, TIME),
  MTB_FIELD (MtbGiven, held_by, ID),
};

const MtbShape mtb_given_shape = MTB_SHAPE ("given", MtbGiven, given_fields);

gboolean
mtb_outbox_in_transaction (MtbOutbox *self, MtbOutboxStep step, gpointer data, GError **error)
{
  if (!mtb_store_begin (self->store, error))
    return FALSE;
  if (step (self, data, error))
    return mtb_store_commit (self->store, error);
  mtb_store_rollback (self->store);
  return FALSE;
}

/**
 * mtb_outbox_set:
 * @outbox: an outbox
 * @name: what to remember
 * @value: (nullable): its value
 * @error: return location
 *
 * Returns: whether it is remembered
 */
gboolean
mtb_outbox_set (MtbOutbox *outbox, const char *name, const char *value, GError **error)
{
  Note *note = mtb_record_new (&note_shape);
  gboolean ok;

  note->name = g_strdup (name);
  note->value = g_strdup (value);
  ok = mtb_store_put (outbox->store, note, error);
  mtb_record_unref (note);
  return ok;
}

/**
 * mtb_outbox_get:
 * @outbox: an outbox
 * @name: what was remembered
 *
 * Returns: (transfer full) (nullable): its value
 */
char *
mtb_outbox_get (MtbOutbox *outbox, const char *name)
{
  return mtb_store_select_text (outbox->store, "SELECT value FROM note WHERE name = :name",
                                MTB_PARAMETERS (MTB_TEXT ("name", name)), NULL);
}

static gboolean
prepare (MtbOutbox *self, GError **error)
{
  return mtb_schema_create (self->store, &note_shape, error)
         && mtb_schema_create (self->store, &mtb_given_shape, error)
         && mtb_schema_create_index (self->store, &mtb_given_shape, "n", TRUE, error)
         && mtb_schema_create_index (self->store, &mtb_given_shape, "state", FALSE, error);
}

/**
 * mtb_outbox_open:
 * @path: the file
 * @error: return location
 *
 * Returns: (transfer full): the outbox, a new one where there was none
 */
MtbOutbox *
mtb_outbox_open (const char *path, GError **error)
{
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (MtbOutbox) self = g_new0 (MtbOutbox, 1);

  self->store = mtb_store_open (uri, MTB_STORE_PRECIOUS, error);
  if (self->store == NULL || !prepare (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * mtb_outbox_close:
 * @outbox: (nullable) (transfer full): an outbox
 */
void
mtb_outbox_close (MtbOutbox *outbox)
{
  if (outbox == NULL)
    return;
  mtb_store_close (outbox->store);
  g_free (outbox);
}

/**
 * mtb_outbox_forget:
 * @outbox: an outbox
 * @now: the server's time; by a desk's own clock, which may be wrong, nothing is forgotten
 * @error: return location
 *
 * Takes away what was judged longer ago than anybody puts a backup back, and so will not be offered
 * again.
 *
 * Returns: whether it is done
 */
gboolean
mtb_outbox_forget (MtbOutbox *outbox, gint64 now, GError **error)
{
  return mtb_store_run (outbox->store,
                        "DELETE FROM given WHERE answered_at < :before"
                        " AND state IN ('applied', 'closed')",
                        MTB_PARAMETERS (MTB_NUMBER ("before", now - KEEP_MS)), error);
}

gboolean
mtb_outbox_next_number (MtbOutbox *self, gint64 *n, GError **error)
{
  if (!mtb_store_select_number (self->store, "SELECT MAX(n) FROM given", NULL, n, error))
    return FALSE;
  *n = *n == MTB_ABSENT ? 1 : *n + 1;
  return TRUE;
}

static MtbGiven *
new_given (gconstpointer arguments, const char *id, gint64 given_at)
{
  MtbGiven *given = mtb_record_new (&mtb_given_shape);

  given->id = g_strdup (id);
  given->type = g_strdup (mtb_command_of (arguments)->shape.name);
  given->arguments = mtb_json_write_record (arguments);
  given->given_at = given_at;
  given->attempts = 0;
  given->state = MTB_GIVEN_WAITING;
  return given;
}

/**
 * mtb_outbox_add:
 * @outbox: an outbox
 * @arguments: a command's arguments
 * @id: the command's id
 * @given_at: the time
 * @error: return location
 *
 * Returns: whether the command is kept, durably
 */
gboolean
mtb_outbox_add (MtbOutbox *outbox,
                gconstpointer arguments,
                const char *id,
                gint64 given_at,
                GError **error)
{
  g_autoptr (MtbGiven) given = new_given (arguments, id, given_at);

  return mtb_outbox_next_number (outbox, &given->n, error)
         && mtb_store_insert (outbox->store, given, error);
}

/**
 * mtb_outbox_list_waiting:
 * @outbox: an outbox
 * @after_n: the number after which to begin; 0 for the first
 * @limit: the most wanted
 * @error: return location
 *
 * Returns: (transfer full) (element-type MtbGiven): what is to be sent, in its order
 */
GPtrArray *
mtb_outbox_list_waiting (MtbOutbox *outbox, gint64 after_n, guint limit, GError **error)
{
  return mtb_store_select (
    outbox->store, &mtb_given_shape,
    "SELECT $columns(g) FROM given g WHERE g.state = 'waiting'"
    " AND g.n > :after_n ORDER BY g.n LIMIT :limit",
    MTB_PARAMETERS (MTB_NUMBER ("after_n", after_n), MTB_NUMBER ("limit", limit)), error);
}

/**
 * mtb_outbox_list_pending:
 * @outbox: an outbox
 * @after_seq: the cache's cursor
 * @error: return location
 *
 * Returns: (transfer full) (element-type MtbGiven): what a cache at that cursor does not have from
 *   the server yet, in its order
 */
GPtrArray *
mtb_outbox_list_pending (MtbOutbox *outbox, gint64 after_seq, GError **error)
{
  return mtb_store_select (outbox->store, &mtb_given_shape,
                           "SELECT $columns(g) FROM given g WHERE g.state = 'waiting'"
                           " OR (g.state = 'applied' AND g.seq > :seq) ORDER BY g.n",
                           MTB_PARAMETERS (MTB_NUMBER ("seq", after_seq)), error);
}

/**
 * mtb_outbox_list_refused:
 * @outbox: an outbox
 * @error: return location
 *
 * Returns: (transfer full) (element-type MtbGiven): what was refused, and what waits with it
 */
GPtrArray *
mtb_outbox_list_refused (MtbOutbox *outbox, GError **error)
{
  return mtb_store_select (outbox->store, &mtb_given_shape,
                           "SELECT $columns(g) FROM given g WHERE g.state IN ('refused', 'held')"
                           " ORDER BY g.n",
                           NULL, error);
}

static gboolean
note_sent (MtbOutbox *self, gpointer data, GError **error)
{
  GPtrArray *given = data;

  for (guint i = 0; i < given->len; i++)
    if (!mtb_store_run (
          self->store, "UPDATE given SET attempts = attempts + 1 WHERE n = :n",
          MTB_PARAMETERS (MTB_NUMBER ("n", ((MtbGiven *) g_ptr_array_index (given, i))->n)), error))
      return FALSE;
  return TRUE;
}

/**
 * mtb_outbox_note_sent:
 * @outbox: an outbox
 * @given: (element-type MtbGiven): what is about to be sent
 * @error: return location
 *
 * Returns: whether it is noted, so that a lost answer is known for one
 */
gboolean
mtb_outbox_note_sent (MtbOutbox *outbox, GPtrArray *given, GError **error)
{
  return mtb_outbox_in_transaction (outbox, note_sent, given, error);
}

/**
 * mtb_outbox_find:
 * @outbox: an outbox
 * @id: a command's id
 * @error: return location
 *
 * Returns: (transfer full) (nullable): it; %NULL without @error where there is none
 */
MtbGiven *
mtb_outbox_find (MtbOutbox *outbox, const char *id, GError **error)
{
  return mtb_store_select_one (outbox->store, &mtb_given_shape,
                               "SELECT $columns(g) FROM given g WHERE g.id = :id",
                               MTB_PARAMETERS (MTB_TEXT ("id", id)), error);
}

/**
 * mtb_outbox_count:
 * @outbox: an outbox
 * @refused: whether to count what was refused; otherwise what waits
 * @since: (out) (optional): when the oldest of them was given, or %MTB_ABSENT
 *
 * Returns: how many
 */
gint64
mtb_outbox_count (MtbOutbox *outbox, gboolean refused, gint64 *since)
{
  gint64 n = 0;

  mtb_store_select_number (outbox->store,
                           refused ? "SELECT COUNT(*) FROM given WHERE state IN ('refused', 'held')"
                                   : "SELECT COUNT(*) FROM given WHERE state = 'waiting'",
                           NULL, &n, NULL);
  if (since != NULL)
    mtb_store_select_number (
      outbox->store, "SELECT MIN(given_at) FROM given WHERE state = 'waiting'", NULL, since, NULL);
  return n;
}

/**
 * mtb_given_read_arguments:
 * @given: a command that was given
 * @error: return location
 *
 * Returns: (transfer full): its arguments
 */
gpointer
mtb_given_read_arguments (const MtbGiven *given, GError **error)
{
  const MtbCommand *command = mtb_command_find (given->type);

  if (command == NULL)
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_TOO_OLD,
                           N_ ("This command is not known here"));
      return NULL;
    }
  return mtb_json_parse_record (given->arguments, &command->shape, error);
}

/**
 * mtb_given_dup_reason:
 * @given: a command that was refused
 *
 * Returns: (transfer full): why
 */
GError *
mtb_given_dup_reason (const MtbGiven *given)
{
  return mtb_status_new_error (
    given->code != NULL ? given->code : "conflict",
    given->message != NULL ? given->message : N_ ("This waits for another one"), given->field);
}
