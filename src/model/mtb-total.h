#pragma once

#include "mtb-table.h"

G_BEGIN_DECLS

/* Running totals: sums that the server keeps up in the transaction of whatever changes them. What is
 * about the PBX's calls counts where the call entered its queue, what is about records where the talk
 * began; both by the organisation's own day. */

#define MTB_TOTAL_SLOT_S 1800

/**
 * MtbQueueTotal:
 * @id: derived from queue and slot
 * @queue: a queue
 * @slot_at: when the half-hour began
 * @offered: calls that entered the queue; the sum of @answered, @abandoned, @timed_out, @other and of
 *   those that still wait
 * @answered: that an agent took
 * @abandoned: that the caller left by hanging up
 * @timed_out: that the queue sent away
 * @other: that ended otherwise: no agents, by a key, withdrawn, failed, lost
 * @short_abandons: not answered, and gone before the threshold: neither answered nor unanswered (R2)
 * @left_after: not answered, and gone after the threshold (R2, its first part)
 * @answered_late: answered after the threshold (R2, its second part)
 * @answered_wait_s: how long the answered ones waited
 * @talk_s: talk
 * @wrap_up_s: after-call work of the records that are joined with them
 *
 * The calls of a queue in a half-hour.
 */
typedef struct
{
  char *id;
  char *queue;
  gint64 slot_at;
  gint64 offered;
  gint64 answered;
  gint64 abandoned;
  gint64 timed_out;
  gint64 other;
  gint64 short_abandons;
  gint64 left_after;
  gint64 answered_late;
  gint64 answered_wait_s;
  gint64 talk_s;
  gint64 wrap_up_s;
} MtbQueueTotal;

/**
 * MtbAgentTotal:
 * @id: derived from person and day
 * @day_at: when the day began
 * @answered: calls of the PBX that the person took
 * @answered_late: of these, after the threshold
 * @answered_wait_s: how long they had waited
 * @talk_s: talk
 * @wrap_up_s: after-call work of the records that are joined with them
 * @ended: of @answered, those that have ended
 * @written_up: of @ended, those that a record is joined with; the rest nobody wrote up (R1)
 *
 * The calls that a person took in a day.
 */
typedef struct
{
  char *id;
  char *person_id;
  gint64 day_at;
  gint64 answered;
  gint64 answered_late;
  gint64 answered_wait_s;
  gint64 talk_s;
  gint64 wrap_up_s;
  gint64 ended;
  gint64 written_up;
} MtbAgentTotal;

/**
 * MtbRecordTotal:
 * @id: derived from person, type and day
 * @type_id: a type of call of the second level
 * @day_at: when the day began
 * @records: records of calls
 * @solved: of these, solved
 * @talk_s: talk, as the records tell it
 * @wrap_up_s: after-call work
 * @suited: records of a type with a handle time that suits it
 * @suits_s: the sum of those times, as they were when the records were written
 *
 * The records of one type that a person wrote of a day's calls.
 */
typedef struct
{
  char *id;
  char *person_id;
  char *type_id;
  gint64 day_at;
  gint64 records;
  gint64 solved;
  gint64 talk_s;
  gint64 wrap_up_s;
  gint64 suited;
  gint64 suits_s;
} MtbRecordTotal;

extern const MtbTable mtb_queue_total_table;
extern const MtbTable mtb_agent_total_table;
extern const MtbTable mtb_record_total_table;

MTB_DEFINE_RECORD_AUTOPTR (MtbQueueTotal)
MTB_DEFINE_RECORD_AUTOPTR (MtbAgentTotal)
MTB_DEFINE_RECORD_AUTOPTR (MtbRecordTotal)

G_END_DECLS
