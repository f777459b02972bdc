#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* BLAKE2b-256. */
#define MTB_FILE_HASH_BYTES 32

gboolean mtb_file_has_hash (const char *path, const char *hash);

G_END_DECLS
