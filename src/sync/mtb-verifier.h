#pragma once

#include "mtb-person.h"

G_BEGIN_DECLS

gboolean mtb_verifier_write (const char *path,
                             const MtbPerson *person,
                             const char *password,
                             gint64 now,
                             GError **error);
MtbPerson *mtb_verifier_check (const char *path,
                               const char *password,
                               gint64 now,
                               gint64 max_age_ms,
                               GError **error);
MtbPerson *
mtb_verifier_find_person (const char *path, gint64 now, gint64 max_age_ms, GError **error);
void mtb_verifier_touch (const char *path, const MtbPerson *person, gint64 now);
void mtb_verifier_remove (const char *path);

G_END_DECLS
