#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MtbLimits:
 * @body_bytes: how large a request's body may be
 * @batch_commands: how many commands one request may bring
 * @page_rows: how many changes one answer brings at most
 * @connections: how many connections are open at once; a loop slows with those that it watches
 * @threads: how many requests are answered at once
 * @readers: how many of them read the database at once
 * @requests_waiting: how many may wait for a thread
 * @live_connections: how many desks may be told of changes by this process
 * @session_hours: how long a sign-in is good
 *
 * What a server allows. Passing one is a clear error. What desk and server have agreed upon is in
 * `mtb-limits.h` of `wire/` and bounds these.
 */
typedef struct
{
  int body_bytes;
  int batch_commands;
  int page_rows;
  int connections;
  int threads;
  int readers;
  int requests_waiting;
  int live_connections;
  int session_hours;
} MtbLimits;

/**
 * MtbConfiguration:
 * @database: the database's URI
 * @listen: `ADDRESS:PORT`, port 0 for a free one, or `unix:PATH`
 * @network_is_trusted: whether somebody has said that an open address is all right
 * @is_behind_proxy: whether what connects from this machine is a proxy that can be believed
 * @logs_requests: whether each request is a line of the log
 * @snapshots: (nullable): where parts of snapshots are kept for a while
 * @beat_s: how often desks are told that the connection stands
 * @patience_s: how long a request may take to come in
 * @drain_s: how long to answer on when told to end
 * @limits: what it allows
 *
 * What a server is started with.
 */
typedef struct
{
  char *database;
  char *listen;
  gboolean network_is_trusted;
  gboolean is_behind_proxy;
  gboolean logs_requests;
  char *snapshots;
  int beat_s;
  int patience_s;
  int drain_s;
  MtbLimits limits;
} MtbConfiguration;

MtbConfiguration *mtb_configuration_new (void);
void mtb_configuration_free (MtbConfiguration *configuration);
gboolean mtb_configuration_load (MtbConfiguration *configuration, const char *path, GError **error);
gboolean mtb_configuration_parse (MtbConfiguration *configuration,
                                  int *argc,
                                  char ***argv,
                                  const char *about,
                                  GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbConfiguration, mtb_configuration_free)

G_END_DECLS
