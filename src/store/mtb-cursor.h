#pragma once

#include "mtb-store.h"

G_BEGIN_DECLS

/**
 * MtbCursor:
 * @id: always 1
 * @epoch: which history
 * @seq: everything up to this feed number is in
 * @head: number and hash of the last entry of the audit trail that was seen, as `SEQ:HASH`
 *
 * How far a cache, or a snapshot that is to become one, has come.
 */
typedef struct
{
  gint64 id;
  char *epoch;
  gint64 seq;
  char *head;
} MtbCursor;

extern const MtbShape mtb_cursor_shape;

MTB_DEFINE_RECORD_AUTOPTR (MtbCursor)

MtbCursor *mtb_cursor_new (const char *epoch, gint64 seq, const char *head);
MtbCursor *mtb_cursor_read (MtbStore *store, GError **error);

G_END_DECLS
