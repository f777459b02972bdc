#pragma once

#include "mtb-command.h"
#include "mtb-json.h"
#include "mtb-table.h"

G_BEGIN_DECLS

/**
 * MtbEnvelope:
 * @id: the command's id
 * @n: the desk's number for it
 * @given_at: when, by the desk's corrected clock
 * @settle: whether only its verdict is asked for
 * @arguments: (nullable): the command's arguments
 * @error: (nullable): why they could not be read, where %NULL
 *
 * A command on its way.
 */
typedef struct
{
  char *id;
  gint64 n;
  char *type;
  gint64 given_at;
  gboolean settle;
  gpointer arguments;
  GError *error;
} MtbEnvelope;

/**
 * MtbVerdict:
 * @id: the command's id
 * @applied: whether it was applied; otherwise it was rejected
 * @seq: its number; the desk has all of it once its cursor is there
 * @error: (nullable): why it was rejected
 */
typedef struct
{
  char *id;
  gboolean applied;
  gint64 seq;
  GError *error;
} MtbVerdict;

/**
 * MtbServerInfo:
 * @epoch: which history
 * @seq: the feed number
 * @head: number and hash of the last entry of the audit trail, as `SEQ:HASH`
 * @time: the server's clock
 *
 * What stands in the `server` object of each answer.
 */
typedef struct
{
  char *epoch;
  gint64 seq;
  char *head;
  gint64 time;
} MtbServerInfo;

MtbEnvelope *mtb_envelope_new (gpointer arguments, const char *id, gint64 n, gint64 given_at);
void mtb_envelope_free (MtbEnvelope *envelope);
MtbVerdict *mtb_verdict_new (const char *id, gint64 seq, GError *error);
void mtb_verdict_free (MtbVerdict *verdict);
void mtb_server_info_clear (MtbServerInfo *info);

char *mtb_message_write_commands (const char *epoch, const char *head, GPtrArray *envelopes);
GPtrArray *mtb_message_read_commands (JsonObject *body, GError **error);
void mtb_message_append_verdicts (GString *json, GPtrArray *verdicts);
GPtrArray *mtb_message_read_verdicts (JsonObject *body, GError **error);
void mtb_message_append_server (GString *json, const MtbServerInfo *info);
gboolean mtb_message_read_server (JsonObject *body, MtbServerInfo *info);
void mtb_message_append_change (GString *json,
                                gint64 seq,
                                const char *table,
                                const char *id,
                                gconstpointer row);

/**
 * MtbMessageChangeFunc:
 * @table: the table; `window` where the window has moved to the time in @id
 * @id: the key
 * @row: (nullable): the row; %NULL where it is gone
 * @data: what was given with the function
 * @error: return location
 *
 * Returns: whether to go on
 */
typedef gboolean (*MtbMessageChangeFunc) (const char *table,
                                          const char *id,
                                          gconstpointer row,
                                          gpointer data,
                                          GError **error);

gboolean mtb_message_read_changes (JsonObject *body,
                                   MtbMessageChangeFunc func,
                                   gpointer data,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbEnvelope, mtb_envelope_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbVerdict, mtb_verdict_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MtbServerInfo, mtb_server_info_clear)

G_END_DECLS
