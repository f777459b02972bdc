#pragma once

#include "mtb-driver-private.h"

#include <libpq-fe.h>

G_BEGIN_DECLS

#define MTB_POSTGRESQL_NUMBER_LENGTH 24

struct _MtbDatabase
{
  PGconn *connection;
  char *uri;
  MtbStoreMode mode;
  guint n_connections; /* made until now */
  guint n_statements;
  GQueue
    unheard; /* for each thing sent and not heard of, the statement that it prepares, or NULL */
  MtbPrepared *streaming;
  gboolean in_transaction;
  gboolean is_undoing; /* it was sent, and not heard of yet */
  char *failure; /* the first since the transaction began */
  gint64 refused_until;
};

struct _MtbPrepared
{
  MtbDatabase *database;
  char *text;
  char *name;
  GPtrArray *parameters;
  const char **values;
  char (*numbers)[MTB_POSTGRESQL_NUMBER_LENGTH];
  guint connection; /* the last for which it was prepared */
  gboolean is_open;
  GQueue rows; /* those that were put aside */
  PGresult *row;
  char *failure; /* what ended the rows */
};

gboolean mtb_postgresql_set_error (GError **error, const char *message);
MtbDatabase *mtb_postgresql_open (const char *address, MtbStoreMode mode, GError **error);
void mtb_postgresql_close (MtbDatabase *self);
gboolean mtb_postgresql_execute (MtbDatabase *self, const char *script, GError **error);
gboolean mtb_postgresql_begin (MtbDatabase *self, MtbTransaction kind, GError **error);
gboolean mtb_postgresql_commit (MtbDatabase *self, GError **error);
void mtb_postgresql_rollback (MtbDatabase *self);
gboolean mtb_postgresql_run (MtbPrepared *self, GError **error);
gboolean mtb_postgresql_start_rows (MtbPrepared *self, GError **error);
void mtb_postgresql_take_row (MtbPrepared *self);
void mtb_postgresql_put_aside (MtbDatabase *self, gboolean kept);

G_END_DECLS
