#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _MtbKeeper MtbKeeper;

/**
 * MtbKeeperFunc:
 * @keeper: the keeper, see mtb_keeper_is_ending()
 * @asked: whether it was asked; otherwise it is only time again
 * @data: what was given with the function
 *
 * Does what is to be done.
 */
typedef void (*MtbKeeperFunc) (MtbKeeper *keeper, gboolean asked, gpointer data);

MtbKeeper *mtb_keeper_new (MtbKeeperFunc func, gint64 interval_us, gpointer data);
void mtb_keeper_free (MtbKeeper *keeper);
void mtb_keeper_ask (MtbKeeper *keeper);
gboolean mtb_keeper_is_ending (MtbKeeper *keeper);

G_END_DECLS
