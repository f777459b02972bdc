#pragma once

#include "mtb-store.h"

G_BEGIN_DECLS

/* The address of a database for one test: a schema of its own where MTB_TEST_DATABASE says in which
 * PostgreSQL, otherwise the file @path, or memory where that is NULL. */
char *mtb_test_database_new (const char *path);
gboolean mtb_test_database_is_shared (void);
MtbStore *mtb_test_database_open (void);

/* A backup of a database that nobody has open, and the same database as it was then. */
void mtb_test_database_save (const char *uri, const char *path);
void mtb_test_database_restore (const char *uri, const char *path);

G_END_DECLS
