#pragma once

#include "mtb-query.h"

G_BEGIN_DECLS

/* Who may open a subscriber's card sees the calls of so many days on it, whoever had them. */
#define MTB_CARD_CALLS_DAYS 90

/**
 * MtbCallSearch:
 * @person_id: (nullable): only this person's records
 * @customer_id: (nullable): only about this subscriber or prospect
 * @from: from this moment on
 * @until: before this moment
 * @text: (nullable): beginnings of words of the customer's name, the number or the notes
 * @solved: 0 or 1 for only such; absent for both
 * @direction: a #MtbDirection for only such; absent for both
 * @limit: the most rows wanted
 *
 * Asks for records of calls, the latest first.
 */
typedef struct
{
  char *person_id;
  char *customer_id;
  gint64 from;
  gint64 until;
  char *text;
  gint64 solved;
  gint64 direction;
  gint64 limit;
} MtbCallSearch;

/**
 * MtbCallRow:
 * @customer_id: (nullable): the subscriber or prospect
 * @customer_kind: a #MtbCustomerKind
 * @type_name: the second level, in Arabic; @type_name_en in English
 * @group_name: the first level, in Arabic; @group_name_en in English
 * @pbx_call_id: (nullable): the call of the PBX that it is joined with
 * @received_at: absent until the server has it
 * @unread_notes: how many notes on it its person has not read
 *
 * A record of a call with the names of what it points to.
 */
typedef struct
{
  char *id;
  char *person_id;
  char *person_name;
  char *customer_id;
  gint64 customer_kind;
  char *customer_name;
  char *number;
  gint64 direction;
  char *type_id;
  char *type_name;
  char *type_name_en;
  char *group_name;
  char *group_name_en;
  gint64 resolution;
  gint64 solved;
  char *notes;
  gint64 started_at;
  gint64 ended_at;
  gint64 wrap_up_s;
  gint64 logged_at;
  gint64 received_at;
  gint64 version;
  char *pbx_call_id;
  gint64 unread_notes;
} MtbCallRow;

/**
 * MtbWriteUpSearch:
 * @person_id: whose calls
 * @limit: the most rows wanted
 */
typedef struct
{
  char *person_id;
  gint64 limit;
} MtbWriteUpSearch;

/**
 * MtbWriteUpRow:
 * @id: the call of the PBX
 * @customer_id: (nullable): the only customer with that number, if there is just one
 *
 * A call that the PBX saw this agent answer and that nobody wrote up (R1).
 */
typedef struct
{
  char *id;
  char *queue;
  char *number;
  gint64 entered_at;
  gint64 connected_at;
  gint64 ended_at;
  gint64 wait_s;
  gint64 talk_s;
  gint64 outcome;
  char *customer_id;
  gint64 customer_kind;
  char *customer_name;
} MtbWriteUpRow;

/**
 * MtbCallRef:
 *
 * Asks about one record.
 */
typedef struct
{
  char *id;
} MtbCallRef;

extern const MtbShape mtb_call_row_shape;

/* #MtbCallSearch to #MtbCallRow, the latest first */
extern const MtbQuery mtb_call_search_query;
/* #MtbCallRef to one #MtbCallRow, or none */
extern const MtbQuery mtb_call_query;
/* #MtbCallRef to its #MtbCallVersion, the latest first: what it said before */
extern const MtbQuery mtb_call_history_query;
/* #MtbWriteUpSearch to #MtbWriteUpRow, the oldest first */
extern const MtbQuery mtb_write_up_query;

MTB_DEFINE_RECORD_AUTOPTR (MtbCallSearch)
MTB_DEFINE_RECORD_AUTOPTR (MtbCallRow)
MTB_DEFINE_RECORD_AUTOPTR (MtbCallRef)
MTB_DEFINE_RECORD_AUTOPTR (MtbWriteUpSearch)
MTB_DEFINE_RECORD_AUTOPTR (MtbWriteUpRow)

G_END_DECLS
