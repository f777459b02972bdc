#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* authorisation.txt: whether the cell of one of the @columns, which have + between them, has the word. */
gboolean
mtb_test_may (const char *section, const char *name, const char *columns, const char *word);

/* Fails where the section has a line that is none of the names, or one too few; and where it has not a
 * column for each role. */
void mtb_test_rights_check_names (const char *section, GPtrArray *names);
void mtb_test_check_section (const char *section, GPtrArray *names, gboolean built_in);

/* Fails and goes on, so that all cells that are wrong are told. */
void mtb_test_complain (const char *format, ...) G_GNUC_PRINTF (1, 2);

int mtb_test_rights_run (void);

G_END_DECLS
