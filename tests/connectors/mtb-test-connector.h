#pragma once

#include "mtb-batch.h"
#include "mtb-error.h"

G_BEGIN_DECLS

/* A department in a folder of its own, with nobody in it but the built-in people, and a file that
 * a connector will read. */
typedef struct
{
  char *folder;
  char *path;
  MtbAuthority *authority;
  MtbBatch *batch;
} MtbTestConnector;

void mtb_test_connector_set_up (MtbTestConnector *self, gconstpointer data);
void mtb_test_connector_tear_down (MtbTestConnector *self, gconstpointer data);

/* What is in a file from now on, or what is added to it. */
void mtb_test_write (const char *path, const char *text);
void mtb_test_append (const char *path, const char *text);

/* What became of the lines since the last check: new, already there, refused. */
void
mtb_test_check_counts (MtbTestConnector *self, guint n_applied, guint n_known, guint n_rejected);
void mtb_test_check_rejection (MtbTestConnector *self, guint i, guint line, const char *field);
gint64 mtb_test_number (MtbTestConnector *self, const char *sql);
char *mtb_test_text (MtbTestConnector *self, const char *sql);

#define MTB_TEST_ADD(path, func) \
  g_test_add (path, MtbTestConnector, NULL, mtb_test_connector_set_up, func, \
              mtb_test_connector_tear_down)

G_END_DECLS
