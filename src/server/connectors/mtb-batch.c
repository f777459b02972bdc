/* A connector offers its source line by line, each with the commands that follow from it. The batch
 * brings them to the authority in groups, in their order: a group that the machinery fails stays
 * and goes again with the next flush, before anything later. */

#include "mtb-batch.h"

#include "mtb-error.h"

#define GROUP_MAX 1000

typedef struct
{
  guint number;
  guint n_orders;
  gboolean rejected;
} Line;

typedef struct
{
  GPtrArray *orders;
  GArray *lines;
} Group;

typedef struct
{
  MtbBatch public;
  MtbAuthority *authority;
  Group *group;
  Group *held;
  gboolean skips_known;
  char *path;
  MtbConnector *connector;
} Batch;

static Group *
group_new (void)
{
  Group *group = g_new0 (Group, 1);

  group->orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mtb_order_free);
  group->lines = g_array_new (FALSE, TRUE, sizeof (Line));
  return group;
}

static void
group_free (Group *group)
{
  g_ptr_array_unref (group->orders);
  g_array_unref (group->lines);
  g_free (group);
}

static void
rejection_free (gpointer data)
{
  MtbRejection *rejection = data;

  g_free (rejection->path);
  g_free (rejection->reason);
  g_free (rejection->field);
  g_free (rejection);
}

/**
 * mtb_batch_new:
 * @authority: the authority, which outlives the batch
 *
 * Returns: (transfer full): an empty batch
 */
MtbBatch *
mtb_batch_new (MtbAuthority *authority)
{
  Batch *self = g_new0 (Batch, 1);

  self->authority = authority;
  self->public.rejections = g_ptr_array_new_with_free_func (rejection_free);
  self->group = group_new ();
  return &self->public;
}

/**
 * mtb_batch_free:
 * @batch: (nullable) (transfer full): a batch
 */
void
mtb_batch_free (MtbBatch *batch)
{
  Batch *self = (Batch *) batch;

  if (batch == NULL)
    return;
  g_ptr_array_unref (batch->rejections);
  group_free (self->group);
  g_clear_pointer (&self->held, group_free);
  g_free (self->path);
  g_free (self);
}

/**
 * mtb_batch_get_authority:
 * @batch: a batch
 *
 * Returns: (transfer none): the authority that judges it
 */
MtbAuthority *
mtb_batch_get_authority (MtbBatch *batch)
{
  return ((Batch *) batch)->authority;
}

/**
 * mtb_batch_set_connector:
 * @batch: a batch
 * @connector: (transfer none): is told of each group that was taken, and outlives the batch
 */
void
mtb_batch_set_connector (MtbBatch *batch, MtbConnector *connector)
{
  ((Batch *) batch)->connector = connector;
}

/**
 * mtb_batch_skip_known:
 * @batch: a batch whose source only ever grows
 *
 * Until the next flush, a group whose last command was judged before is taken to be known whole, so
 * that a connector which starts again does not have its whole source judged anew. The last such
 * group is judged nevertheless, for the case that it was cut short.
 */
void
mtb_batch_skip_known (MtbBatch *batch)
{
  ((Batch *) batch)->skips_known = TRUE;
}

static void
add_rejection (Batch *self, guint line, const GError *reason)
{
  MtbRejection *rejection = g_new0 (MtbRejection, 1);

  rejection->path = g_strdup (self->path);
  rejection->line = line;
  rejection->reason = g_strdup (reason->message);
  rejection->field = g_strdup (mtb_error_get_field (reason));
  g_ptr_array_add (self->public.rejections, rejection);
}

/* A command of a connector has its id from what it says, so what was taken under the id is known, though
 * an older program told it in other words. */
static gboolean
was_taken (Batch *self, const MtbOrder *order)
{
  g_autoptr (MtbEntry) entry = NULL;

  if (!order->repeated || !g_error_matches (order->verdict->error, MTB_ERROR, MTB_ERROR_CONFLICT))
    return FALSE;
  entry =
    mtb_ledger_find_entry (mtb_authority_get_store (self->authority), order->envelope->id, NULL);
  return entry != NULL && g_str_equal (entry->person_id, order->person_id)
         && g_str_equal (entry->status, "applied");
}

static void
count_line (Batch *self, const Line *line, MtbOrder **orders, gint64 first_seq)
{
  const GError *rejection = NULL;
  gboolean is_new = FALSE;

  if (line->rejected)
    return;
  for (guint i = 0; i < line->n_orders; i++)
    {
      if (!orders[i]->verdict->applied && !was_taken (self, orders[i]))
        rejection = orders[i]->verdict->error;
      is_new = is_new || orders[i]->verdict->seq > first_seq;
    }
  if (rejection != NULL)
    add_rejection (self, line->number, rejection);
  else if (is_new)
    self->public.n_applied++;
  else
    self->public.n_known++;
}

static gboolean
find_failure (const Group *group, GError **error)
{
  for (guint i = 0; i < group->orders->len; i++)
    {
      const MtbOrder *order = g_ptr_array_index (group->orders, i);

      if (order->failure == NULL)
        continue;
      g_propagate_error (error, g_error_copy (order->failure));
      return TRUE;
    }
  return FALSE;
}

static void
forget_verdicts (const Group *group)
{
  for (guint i = 0; i < group->orders->len; i++)
    mtb_order_forget_verdict (g_ptr_array_index (group->orders, i));
}

static void
tell_connector (Batch *self, guint n_applied_before)
{
  if (self->connector != NULL)
    mtb_connector_tell (self->connector, self->public.n_applied > n_applied_before, NULL);
}

static gboolean
deliver (Batch *self, Group *group, GError **error)
{
  guint n_applied = self->public.n_applied;
  g_autoptr (MtbHead) head =
    mtb_ledger_read_head (mtb_authority_get_store (self->authority), error);
  MtbOrder **orders = (MtbOrder **) group->orders->pdata;

  if (head == NULL)
    return FALSE;
  forget_verdicts (group);
  mtb_authority_judge (self->authority, group->orders);
  if (find_failure (group, error))
    return FALSE;
  for (guint i = 0; i < group->lines->len; i++)
    {
      const Line *line = &g_array_index (group->lines, Line, i);

      count_line (self, line, orders, head->seq);
      orders += line->n_orders;
    }
  g_array_set_size (group->lines, 0);
  g_ptr_array_set_size (group->orders, 0);
  tell_connector (self, n_applied);
  return TRUE;
}

static gboolean
is_known (Batch *self, const Group *group)
{
  const MtbOrder *last = g_ptr_array_index (group->orders, group->orders->len - 1);
  g_autoptr (MtbEntry) entry =
    mtb_ledger_find_entry (mtb_authority_get_store (self->authority), last->envelope->id, NULL);

  return entry != NULL;
}

static void
hold (Batch *self)
{
  for (guint i = 0; self->held != NULL && i < self->held->lines->len; i++)
    if (!g_array_index (self->held->lines, Line, i).rejected)
      self->public.n_known++;
  g_clear_pointer (&self->held, group_free);
  self->held = g_steal_pointer (&self->group);
  self->group = group_new ();
  tell_connector (self, self->public.n_applied);
}

/**
 * mtb_batch_begin_file:
 * @batch: a batch that was flushed, or another line of the same file
 * @path: where the lines come from, from now on
 */
void
mtb_batch_begin_file (MtbBatch *batch, const char *path)
{
  Batch *self = (Batch *) batch;

  if (g_strcmp0 (self->path, path) == 0)
    return;
  g_free (self->path);
  self->path = g_strdup (path);
}

/**
 * mtb_batch_begin_line:
 * @batch: a batch
 * @line: its number
 * @error: return location
 *
 * Delivers what was gathered, if it is enough for a group, and then begins a line.
 *
 * Returns: whether the line was begun; otherwise it is to be offered again
 */
gboolean
mtb_batch_begin_line (MtbBatch *batch, guint line, GError **error)
{
  Batch *self = (Batch *) batch;
  Line begun = { line, 0, FALSE };

  if (self->group->orders->len >= GROUP_MAX)
    {
      if (self->skips_known && is_known (self, self->group))
        hold (self);
      else if (!mtb_batch_flush (batch, error))
        return FALSE;
    }
  batch->n_lines++;
  g_array_append_val (self->group->lines, begun);
  return TRUE;
}

static Line *
get_line (Batch *self)
{
  return &g_array_index (self->group->lines, Line, self->group->lines->len - 1);
}

/**
 * mtb_batch_add:
 * @batch: a batch in which a line was begun
 * @envelope: (transfer full): a command that follows from the line
 * @person_id: who gives it
 *
 * Returns: (transfer none): the order that it has become
 */
MtbOrder *
mtb_batch_add (MtbBatch *batch, MtbEnvelope *envelope, const char *person_id)
{
  Batch *self = (Batch *) batch;
  MtbOrder *order = mtb_order_new (envelope, person_id, NULL, NULL);

  g_ptr_array_add (self->group->orders, order);
  get_line (self)->n_orders++;
  return order;
}

/**
 * mtb_batch_reject:
 * @batch: a batch in which a line was begun
 * @reason: why nothing can follow from the line
 */
void
mtb_batch_reject (MtbBatch *batch, const GError *reason)
{
  Batch *self = (Batch *) batch;
  Line *line = get_line (self);

  line->rejected = TRUE;
  add_rejection (self, line->number, reason);
}

/**
 * mtb_batch_flush:
 * @batch: a batch
 * @error: return location
 *
 * Delivers all that was gathered.
 *
 * Returns: whether every line was judged
 */
gboolean
mtb_batch_flush (MtbBatch *batch, GError **error)
{
  Batch *self = (Batch *) batch;

  self->skips_known = FALSE;
  if (self->held != NULL && !deliver (self, self->held, error))
    return FALSE;
  g_clear_pointer (&self->held, group_free);
  return deliver (self, self->group, error);
}
