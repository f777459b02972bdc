#pragma once

#include <glib.h>

G_BEGIN_DECLS

GPtrArray *mtb_founding_documents_list (void);
char *mtb_founding_documents_dup_version_id (void);

G_END_DECLS
