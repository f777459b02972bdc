/* What becomes of commands after the server has judged them: applied, refused, held with a refused
 * one, mended, dropped, offered again to a server that has lost them. */

#include "mtb-outbox-private.h"

#include "mtb-error.h"
#include "mtb-id.h"
#include "mtb-status.h"

#include <glib/gi18n.h>

/* Whether the command @later names the row that @earlier was to make. */
static gboolean
is_built_on (const MtbGiven *later, const MtbGiven *earlier)
{
  gpointer base = mtb_given_read_arguments (earlier, NULL);
  gpointer arguments = mtb_given_read_arguments (later, NULL);
  const char *made = base != NULL ? mtb_record_get_id (base) : NULL;
  const MtbShape *shape = arguments != NULL ? mtb_record_get_shape (arguments) : NULL;
  gboolean built = FALSE;

  for (guint i = 0; made != NULL && shape != NULL && i < shape->n_fields && !built; i++)
    built = shape->fields[i].type == MTB_TYPE_ID
            && g_strcmp0 (mtb_field_get_text (&shape->fields[i], arguments), made) == 0;
  mtb_record_unref (base);
  mtb_record_unref (arguments);
  return built;
}

static gboolean
put_state (MtbOutbox *self,
           MtbGiven *given,
           MtbGivenState state,
           const char *held_by,
           GError **error)
{
  given->state = state;
  g_free (given->held_by);
  given->held_by = g_strdup (held_by);
  return mtb_store_put (self->store, given, error);
}

/* What was built on a refused command waits with it, and so does what was built on that. What was sent
 * already may have been judged: it gets its own verdict. */
static gboolean
hold_followers (MtbOutbox *self, const MtbGiven *base, GError **error)
{
  g_autoptr (GPtrArray) later = mtb_store_select (
    self->store, &mtb_given_shape,
    "SELECT $columns(g) FROM given g WHERE g.n > :n AND g.state = 'waiting' AND g.attempts = 0"
    " ORDER BY g.n",
    MTB_PARAMETERS (MTB_NUMBER ("n", base->n)), error);

  for (guint i = 0; later != NULL && i < later->len; i++)
    {
      MtbGiven *given = g_ptr_array_index (later, i);

      if (is_built_on (given, base)
          && (!put_state (self, given, MTB_GIVEN_HELD, base->id, error)
              || !hold_followers (self, given, error)))
        return FALSE;
    }
  return later != NULL;
}

static MtbGiven *
find_base (MtbOutbox *self, const MtbGiven *given, GError **error)
{
  g_autoptr (GPtrArray) refused = mtb_outbox_list_refused (self, error);

  for (guint i = 0; refused != NULL && i < refused->len; i++)
    {
      MtbGiven *base = g_ptr_array_index (refused, i);

      if (base->n < given->n && is_built_on (given, base))
        return mtb_record_ref (base);
    }
  return NULL;
}

static gboolean
refuse (MtbOutbox *self, MtbGiven *given, const GError *reason, GError **error)
{
  g_autoptr (MtbGiven) base = find_base (self, given, error);

  given->code = g_strdup (mtb_status_get_code (reason));
  given->message = g_strdup (reason->message);
  given->field = g_strdup (mtb_error_get_field (reason));
  return put_state (self, given, base != NULL ? MTB_GIVEN_HELD : MTB_GIVEN_REFUSED,
                    base != NULL ? base->id : NULL, error)
         && hold_followers (self, given, error);
}

typedef struct
{
  GPtrArray *verdicts;
  gint64 now;
} Verdicts;

static gboolean
take_verdict (MtbOutbox *self, const MtbVerdict *verdict, gint64 now, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (MtbGiven) given = mtb_outbox_find (self, verdict->id, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  /* A verdict comes again when its answer was lost; held ones had none of their own to lose. */
  if (given == NULL || (given->state != MTB_GIVEN_WAITING && given->state != MTB_GIVEN_HELD))
    return TRUE;
  given->seq = verdict->seq;
  given->answered_at = now;
  return verdict->applied ? put_state (self, given, MTB_GIVEN_APPLIED, NULL, error)
                          : refuse (self, given, verdict->error, error);
}

static gboolean
take_verdicts (MtbOutbox *self, gpointer data, GError **error)
{
  const Verdicts *verdicts = data;

  for (guint i = 0; i < verdicts->verdicts->len; i++)
    if (!take_verdict (self, g_ptr_array_index (verdicts->verdicts, i), verdicts->now, error))
      return FALSE;
  return TRUE;
}

/**
 * mtb_outbox_take_verdicts:
 * @outbox: an outbox
 * @verdicts: (element-type MtbVerdict): what the server says
 * @now: the time
 * @error: return location
 *
 * Returns: whether they are kept
 */
gboolean
mtb_outbox_take_verdicts (MtbOutbox *outbox, GPtrArray *verdicts, gint64 now, GError **error)
{
  Verdicts data = { verdicts, now };

  return mtb_outbox_in_transaction (outbox, take_verdicts, &data, error);
}

static MtbGiven *
find_refused (MtbOutbox *self, const char *id, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (MtbGiven) given = mtb_outbox_find (self, id, &failure);

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (given == NULL || (given->state != MTB_GIVEN_REFUSED && given->state != MTB_GIVEN_HELD))
    g_set_error_literal (error, MTB_ERROR, MTB_ERROR_NOT_FOUND, N_ ("This was dealt with already"));
  else
    return g_steal_pointer (&given);
  return NULL;
}

typedef struct
{
  const char *id;
  gconstpointer arguments;
  gint64 now;
} Mend;

static gboolean
give_again (MtbOutbox *self, MtbGiven *given, gconstpointer arguments, gint64 now, GError **error);

static gboolean
give_followers_again (MtbOutbox *self, const char *base_id, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) held = mtb_store_select (
    self->store, &mtb_given_shape,
    "SELECT $columns(g) FROM given g WHERE g.state = 'held' AND g.held_by = :id ORDER BY g.n",
    MTB_PARAMETERS (MTB_TEXT ("id", base_id)), error);

  for (guint i = 0; held != NULL && i < held->len; i++)
    {
      MtbGiven *given = g_ptr_array_index (held, i);
      gpointer arguments = mtb_given_read_arguments (given, error);
      gboolean ok = arguments != NULL && give_again (self, given, arguments, now, error);

      mtb_record_unref (arguments);
      if (!ok)
        return FALSE;
    }
  return held != NULL;
}

/* A new id, since the old one has its verdict; a new number, so that the order stays. */
static gboolean
give_again (MtbOutbox *self, MtbGiven *given, gconstpointer arguments, gint64 now, GError **error)
{
  g_autofree char *id = mtb_id_new (now);

  return put_state (self, given, MTB_GIVEN_CLOSED, NULL, error)
         && mtb_outbox_add (self, arguments, id, given->given_at, error)
         && give_followers_again (self, given->id, now, error);
}

static gboolean
mend (MtbOutbox *self, gpointer data, GError **error)
{
  const Mend *request = data;
  g_autoptr (MtbGiven) given = find_refused (self, request->id, error);

  return given != NULL && give_again (self, given, request->arguments, request->now, error);
}

/**
 * mtb_outbox_mend:
 * @outbox: an outbox
 * @id: the command that was refused
 * @arguments: what it says now, about the same rows
 * @now: the time
 * @error: return location
 *
 * Gives it again, and then what waits with it.
 *
 * Returns: whether it is kept
 */
gboolean
mtb_outbox_mend (MtbOutbox *outbox,
                 const char *id,
                 gconstpointer arguments,
                 gint64 now,
                 GError **error)
{
  Mend data = { id, arguments, now };

  return mtb_outbox_in_transaction (outbox, mend, &data, error);
}

static gboolean
drop (MtbOutbox *self, gpointer data, GError **error)
{
  g_autoptr (MtbGiven) given = find_refused (self, data, error);

  if (given == NULL)
    return FALSE;
  if (given->answered_at == MTB_ABSENT)
    given->answered_at = given->given_at;
  return put_state (self, given, MTB_GIVEN_CLOSED, NULL, error)
         && mtb_store_run (
           self->store,
           "UPDATE given SET state = 'refused', held_by = NULL, code = 'not_found',"
           " message = :message WHERE state = 'held' AND held_by = :id",
           MTB_PARAMETERS (MTB_TEXT ("id", given->id),
                           MTB_TEXT ("message", N_ ("This was built on what you dropped"))),
           error);
}

/**
 * mtb_outbox_drop:
 * @outbox: an outbox
 * @id: the command that was refused
 * @error: return location
 *
 * Gives it up. What waited with it is then refused itself.
 *
 * Returns: whether it is closed
 */
gboolean
mtb_outbox_drop (MtbOutbox *outbox, const char *id, GError **error)
{
  return mtb_outbox_in_transaction (outbox, drop, (gpointer) id, error);
}

static gboolean
offer_again (MtbOutbox *self, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) applied =
    mtb_store_select (self->store, &mtb_given_shape,
                      "SELECT $columns(g) FROM given g WHERE g.state IN ('applied', 'waiting')"
                      " ORDER BY g.seq NULLS LAST, g.n",
                      NULL, error);
  gint64 n;

  if (applied == NULL || !mtb_outbox_next_number (self, &n, error))
    return FALSE;
  for (guint i = 0; i < applied->len; i++)
    {
      MtbGiven *given = g_ptr_array_index (applied, i);
      const MtbCommand *command = mtb_command_find (given->type);

      /* What needed the authority's word was sent before, so it is only asked about: where it is
       * lost, it comes back to its person to confirm. */
      if (command == NULL)
        continue;
      if (!mtb_store_run (self->store,
                          "UPDATE given SET n = :next, state = 'waiting', seq = NULL,"
                          " answered_at = NULL WHERE n = :n",
                          MTB_PARAMETERS (MTB_NUMBER ("next", n++), MTB_NUMBER ("n", given->n)),
                          error))
        return FALSE;
    }
  return TRUE;
}

/**
 * mtb_outbox_offer_again:
 * @outbox: an outbox
 * @error: return location
 *
 * A new epoch has begun: what was applied may be lost, so it waits again, in the order of the feed,
 * before what was not judged yet. What the server still has gets its old verdict.
 *
 * Returns: whether it waits
 */
gboolean
mtb_outbox_offer_again (MtbOutbox *outbox, GError **error)
{
  return mtb_outbox_in_transaction (outbox, offer_again, NULL, error);
}
