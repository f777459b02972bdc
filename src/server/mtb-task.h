#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*MtbTaskFunc) (gpointer data);

void mtb_task_push (GThreadPool *pool, MtbTaskFunc work, GSourceFunc done, gpointer data);
GThreadPool *mtb_task_pool_new (int n_threads);

G_END_DECLS
