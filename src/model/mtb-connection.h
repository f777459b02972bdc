#pragma once

#include "mtb-table.h"

G_BEGIN_DECLS

/**
 * MtbConnectionKind:
 * @MTB_CONNECTION_PBX_LOG: the PBX's queue log
 * @MTB_CONNECTION_SUBSCRIBERS: the provider's list of subscribers
 */
typedef enum
{
  MTB_CONNECTION_PBX_LOG,
  MTB_CONNECTION_SUBSCRIBERS,
} MtbConnectionKind;

/**
 * MtbConnectionState:
 * @MTB_CONNECTION_WORKING: it takes what comes, and something has come in the last minutes
 * @MTB_CONNECTION_WAITING: nothing has come for a while, or until the next time it is run
 * @MTB_CONNECTION_FAILED: it cannot; the detail says why
 * @MTB_CONNECTION_STOPPED: it does not run
 */
typedef enum
{
  MTB_CONNECTION_WORKING,
  MTB_CONNECTION_WAITING,
  MTB_CONNECTION_FAILED,
  MTB_CONNECTION_STOPPED,
} MtbConnectionState;

/**
 * MtbConnection:
 * @kind: a #MtbConnectionKind
 * @name: which of its kind
 * @state: a #MtbConnectionState
 * @detail: (nullable): more about the state, in English, to be translated
 * @last_at: when something was last taken, to the minute; absent where nothing was
 * @since: since when it is in this state
 *
 * What brings in what another system knows, and how it stands.
 */
typedef struct
{
  char *id;
  gint64 kind;
  char *name;
  gint64 state;
  char *detail;
  gint64 last_at;
  gint64 since;
} MtbConnection;

extern const char *const mtb_connection_kind_words[];
extern const char *const mtb_connection_state_words[];
extern const MtbTable mtb_connection_table;

MTB_DEFINE_RECORD_AUTOPTR (MtbConnection)

G_END_DECLS
