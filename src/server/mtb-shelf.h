#pragma once

#include "mtb-cursor.h"
#include "mtb-store.h"

G_BEGIN_DECLS

/* A part that nobody has asked for so long is removed. */
#define MTB_SHELF_IDLE_S 3600

/**
 * MtbPart:
 * @path: where it is
 * @cursor: of which moment it is
 * @hash: BLAKE2b-256 of the file, hexadecimal
 * @size: how many bytes it has
 * @made_at: when it was made, in seconds since 1970
 *
 * A part of a snapshot: a compressed database.
 */
typedef struct
{
  char *path;
  MtbCursor *cursor;
  char *hash;
  gint64 size;
  gint64 made_at;
} MtbPart;

/**
 * MtbShelfFunc:
 * @target: an empty store with all tables in it, in a writing transaction
 * @data: what was given with the function
 * @error: return location
 *
 * Fills a part.
 *
 * Returns: whether it is whole
 */
typedef gboolean (*MtbShelfFunc) (MtbStore *target, gpointer data, GError **error);

GPtrArray *mtb_shelf_list (const char *shelf);
MtbPart *mtb_shelf_find (const char *shelf, const char *hash);
MtbPart *mtb_shelf_add (const char *shelf,
                        const MtbCursor *cursor,
                        MtbShelfFunc fill,
                        gpointer data,
                        GError **error);
void mtb_shelf_limit (const char *shelf, guint n_kept);
void mtb_shelf_tidy (const char *shelf, guint n_kept);

MtbPart *mtb_part_copy (const MtbPart *part);
void mtb_part_note_use (const MtbPart *part);
void mtb_part_free (MtbPart *part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbPart, mtb_part_free)

G_END_DECLS
