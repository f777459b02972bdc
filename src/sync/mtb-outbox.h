#pragma once

#include "mtb-message.h"
#include "mtb-store.h"

G_BEGIN_DECLS

/**
 * MtbGivenState:
 * @MTB_GIVEN_WAITING: the server has not judged it yet
 * @MTB_GIVEN_APPLIED: the server has applied it
 * @MTB_GIVEN_REFUSED: the server has rejected it; the person is to mend or drop it
 * @MTB_GIVEN_HELD: it was built on one that is refused, and waits with it
 * @MTB_GIVEN_CLOSED: it was refused, and the person has mended or dropped it
 */
typedef enum
{
  MTB_GIVEN_WAITING,
  MTB_GIVEN_APPLIED,
  MTB_GIVEN_REFUSED,
  MTB_GIVEN_HELD,
  MTB_GIVEN_CLOSED,
} MtbGivenState;

/**
 * MtbGiven:
 * @id: the command's id
 * @n: the desk's number for it, in the order in which things were given
 * @type: the command's name
 * @arguments: its arguments, as JSON
 * @given_at: when, by the desk's corrected clock
 * @attempts: how often it was sent
 * @state: a #MtbGivenState
 * @seq: the server's number for it
 * @code: why it was refused; likewise @message and @field
 * @answered_at: when the verdict came
 * @held_by: the command that it waits with
 *
 * A command that the person gave.
 */
typedef struct
{
  char *id;
  gint64 n;
  char *type;
  char *arguments;
  gint64 given_at;
  gint64 attempts;
  gint64 state;
  gint64 seq;
  char *code;
  char *message;
  char *field;
  gint64 answered_at;
  char *held_by;
} MtbGiven;

typedef struct _MtbOutbox MtbOutbox;

MTB_DEFINE_RECORD_AUTOPTR (MtbGiven)

MtbOutbox *mtb_outbox_open (const char *path, GError **error);
void mtb_outbox_close (MtbOutbox *outbox);
gboolean mtb_outbox_forget (MtbOutbox *outbox, gint64 now, GError **error);
gboolean mtb_outbox_set (MtbOutbox *outbox, const char *name, const char *value, GError **error);
char *mtb_outbox_get (MtbOutbox *outbox, const char *name);

gboolean mtb_outbox_add (MtbOutbox *outbox,
                         gconstpointer arguments,
                         const char *id,
                         gint64 given_at,
                         GError **error);
GPtrArray *mtb_outbox_list_waiting (MtbOutbox *outbox, gint64 after_n, guint limit, GError **error);
GPtrArray *mtb_outbox_list_pending (MtbOutbox *outbox, gint64 after_seq, GError **error);
GPtrArray *mtb_outbox_list_refused (MtbOutbox *outbox, GError **error);
gboolean mtb_outbox_note_sent (MtbOutbox *outbox, GPtrArray *given, GError **error);
gboolean
mtb_outbox_take_verdicts (MtbOutbox *outbox, GPtrArray *verdicts, gint64 now, GError **error);
MtbGiven *mtb_outbox_find (MtbOutbox *outbox, const char *id, GError **error);
gboolean mtb_outbox_mend (MtbOutbox *outbox,
                          const char *id,
                          gconstpointer arguments,
                          gint64 now,
                          GError **error);
gboolean mtb_outbox_drop (MtbOutbox *outbox, const char *id, GError **error);
gboolean mtb_outbox_offer_again (MtbOutbox *outbox, GError **error);
gint64 mtb_outbox_count (MtbOutbox *outbox, gboolean refused, gint64 *since);
gpointer mtb_given_read_arguments (const MtbGiven *given, GError **error);
GError *mtb_given_dup_reason (const MtbGiven *given);

gboolean mtb_outbox_check (MtbOutbox *outbox, GError **error);
MtbOutbox *mtb_outbox_rescue (const char *path, gint64 *n_saved, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbOutbox, mtb_outbox_close)

G_END_DECLS
