#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *mtb_fold (const char *text);
char **mtb_fold_words (const char *text);
gboolean mtb_fold_fits (const char *const *words, const char *const *beginnings);
char *mtb_fold_number (const char *text);
char **mtb_fold_number_forms (const char *text);
char **mtb_fold_number_words (const char *text);
gboolean mtb_fold_is_same_number (const char *a, const char *b);

G_END_DECLS
