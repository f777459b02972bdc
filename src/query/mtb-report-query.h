#pragma once

#include "mtb-query.h"

G_BEGIN_DECLS

/**
 * MtbReportBy:
 * @MTB_REPORT_BY_QUEUE: a row a queue
 * @MTB_REPORT_BY_AGENT: a row an agent
 * @MTB_REPORT_BY_TYPE: a row a type of call, from the records
 * @MTB_REPORT_BY_SLOT: a row a half-hour
 */
typedef enum
{
  MTB_REPORT_BY_QUEUE,
  MTB_REPORT_BY_AGENT,
  MTB_REPORT_BY_TYPE,
  MTB_REPORT_BY_SLOT,
} MtbReportBy;

/**
 * MtbCallsReport:
 * @from: the beginning of a day in the organisation's zone
 * @to: the end of one
 * @by: a #MtbReportBy; absent for a row a queue
 * @queue: (nullable): only this queue, where the report is by queue or half-hour
 *
 * Asks for the calls report.
 */
typedef struct
{
  gint64 from;
  gint64 to;
  gint64 by;
  char *queue;
} MtbCallsReport;

/**
 * MtbCallsReportRow:
 * @id: the row's: the queue, the agent's or the type's id, or the half-hour's beginning
 * @name: the queue, the agent's name or the type's name in Arabic
 * @name_en: the type's name in English
 * @group_name: the type's first level in Arabic; @group_name_en in English
 * @slot_at: when the half-hour began
 * @offered: calls that entered the queue
 * @answered: that an agent took
 * @abandoned: that the caller left by hanging up
 * @timed_out: that the queue sent away
 * @other: that ended otherwise; @offered is the sum of these four and of those that still wait
 * @short_abandons: not answered and gone before the threshold
 * @left_after: not answered and gone after it: the first part of what is unanswered (R2)
 * @answered_late: answered after it: the second part
 * @answered_wait_s: how long the answered ones waited; the average speed of answer is
 *   @answered_wait_s / @answered
 * @talk_s: talk
 * @wrap_up_s: after-call work; the average handle time is (@talk_s + @wrap_up_s) / @answered, by type
 *   / @records
 * @not_written_up: calls that ended and that nobody wrote up, by agent
 * @records: records, by type
 * @solved: of these, solved
 * @suited: records with a handle time that suits their type; @suits_s: the sum of those
 *
 * A row of the calls report; what a kind of report has not is absent.
 */
typedef struct
{
  char *id;
  char *name;
  char *name_en;
  char *group_name;
  char *group_name_en;
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
  gint64 not_written_up;
  gint64 records;
  gint64 solved;
  gint64 suited;
  gint64 suits_s;
} MtbCallsReportRow;

/**
 * MtbCallPart:
 * @MTB_CALL_PART_OFFERED: all
 * @MTB_CALL_PART_ANSWERED: that an agent took
 * @MTB_CALL_PART_UNANSWERED: both parts of what is unanswered (R2)
 * @MTB_CALL_PART_LEFT_AFTER: its first part
 * @MTB_CALL_PART_ANSWERED_LATE: its second part
 * @MTB_CALL_PART_SHORT: short abandons
 * @MTB_CALL_PART_WAITING: that wait now
 * @MTB_CALL_PART_NOT_WRITTEN_UP: that ended and that nobody wrote up
 */
typedef enum
{
  MTB_CALL_PART_OFFERED,
  MTB_CALL_PART_ANSWERED,
  MTB_CALL_PART_UNANSWERED,
  MTB_CALL_PART_LEFT_AFTER,
  MTB_CALL_PART_ANSWERED_LATE,
  MTB_CALL_PART_SHORT,
  MTB_CALL_PART_WAITING,
  MTB_CALL_PART_NOT_WRITTEN_UP,
} MtbCallPart;

/**
 * MtbPbxCallSearch:
 * @from: entered the queue from this moment on; absent for any
 * @until: and before this one; absent for any
 * @queue: (nullable): only of this queue
 * @person_id: (nullable): only taken by this person
 * @part: only this #MtbCallPart; absent for all
 * @limit: the most rows wanted
 *
 * Asks for the calls behind a figure, as far as the viewer may see them.
 */
typedef struct
{
  gint64 from;
  gint64 until;
  char *queue;
  char *person_id;
  gint64 part;
  gint64 limit;
} MtbPbxCallSearch;

/**
 * MtbPbxCallRow:
 * @customer_name: (nullable): of the only customer with that number, if there is just one
 * @call_id: (nullable): the record that it is joined with
 *
 * A call of the PBX with the names of what it points to; see #MtbPbxCall.
 */
typedef struct
{
  char *id;
  char *queue;
  char *number;
  char *person_id;
  char *person_name;
  char *customer_id;
  gint64 customer_kind;
  char *customer_name;
  gint64 entered_at;
  gint64 connected_at;
  gint64 ended_at;
  gint64 wait_s;
  gint64 talk_s;
  gint64 outcome;
  gint64 threshold_s;
  char *call_id;
} MtbPbxCallRow;

extern const char *const mtb_report_by_words[];
extern const char *const mtb_call_part_words[];

/* #MtbCallsReport to #MtbCallsReportRow: queues and agents by name, types by their order, half-hours
 * by time */
extern const MtbQuery mtb_calls_report_query;
/* #MtbPbxCallSearch to #MtbPbxCallRow, the earliest first */
extern const MtbQuery mtb_pbx_calls_query;

void mtb_calls_report_add (MtbCallsReportRow *sum, const MtbCallsReportRow *row);
gint64 mtb_calls_report_get_service_level (const MtbCallsReportRow *row);
gint64 mtb_calls_report_get_strict_service_level (const MtbCallsReportRow *row);
gint64 mtb_calls_report_get_answer_speed (const MtbCallsReportRow *row);
gint64 mtb_calls_report_get_handle_time (const MtbCallsReportRow *row);
gint64 mtb_calls_report_get_suiting_time (const MtbCallsReportRow *row);

MTB_DEFINE_RECORD_AUTOPTR (MtbCallsReport)
MTB_DEFINE_RECORD_AUTOPTR (MtbCallsReportRow)
MTB_DEFINE_RECORD_AUTOPTR (MtbPbxCallSearch)
MTB_DEFINE_RECORD_AUTOPTR (MtbPbxCallRow)

G_END_DECLS
