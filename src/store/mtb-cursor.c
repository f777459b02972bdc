#include "mtb-cursor.h"

static const MtbField cursor_fields[] = {
  MTB_FIELD (MtbCursor, id, INTEGER, .required = TRUE),
  MTB_FIELD (MtbCursor, epoch, TEXT, .required = TRUE),
  MTB_FIELD (MtbCursor, seq, INTEGER, .required = TRUE),
  MTB_FIELD (MtbCursor, head, TEXT, .required = TRUE),
};

const MtbShape mtb_cursor_shape = MTB_SHAPE ("cursor", MtbCursor, cursor_fields);

/**
 * mtb_cursor_new:
 * @epoch: which history
 * @seq: the feed number
 * @head: the last entry of the audit trail, as `SEQ:HASH`
 *
 * Returns: (transfer full): the cursor
 */
MtbCursor *
mtb_cursor_new (const char *epoch, gint64 seq, const char *head)
{
  MtbCursor *cursor = mtb_record_new (&mtb_cursor_shape);

  cursor->id = 1;
  cursor->epoch = g_strdup (epoch);
  cursor->seq = seq;
  cursor->head = g_strdup (head);
  return cursor;
}

/**
 * mtb_cursor_read:
 * @store: a cache or a snapshot
 * @error: return location
 *
 * Returns: (transfer full) (nullable): its cursor; %NULL without @error where it has none yet
 */
MtbCursor *
mtb_cursor_read (MtbStore *store, GError **error)
{
  return mtb_store_select_one (store, &mtb_cursor_shape,
                               "SELECT $columns(t) FROM cursor t WHERE t.id = 1", NULL, error);
}
