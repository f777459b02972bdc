#pragma once

#include "mtb-table.h"

G_BEGIN_DECLS

/**
 * MtbDirection:
 * @MTB_DIRECTION_IN: the customer called
 * @MTB_DIRECTION_OUT: the customer was called
 */
typedef enum
{
  MTB_DIRECTION_IN,
  MTB_DIRECTION_OUT,
} MtbDirection;

/**
 * MtbResolution:
 * @MTB_RESOLUTION_INFORMED: the customer was told what was asked
 * @MTB_RESOLUTION_FIXED: something was put right during the call
 * @MTB_RESOLUTION_PASSED_ON: somebody else has to act
 * @MTB_RESOLUTION_CALL_BACK: the customer will be called again
 * @MTB_RESOLUTION_CUT_OFF: the line was lost, or nobody was reached
 */
typedef enum
{
  MTB_RESOLUTION_INFORMED,
  MTB_RESOLUTION_FIXED,
  MTB_RESOLUTION_PASSED_ON,
  MTB_RESOLUTION_CALL_BACK,
  MTB_RESOLUTION_CUT_OFF,
} MtbResolution;

/**
 * MtbCall:
 * @person_id: who had the call and wrote it down
 * @subscriber_id: (nullable): the customer, if a subscriber
 * @prospect_id: (nullable): the customer, if a prospect
 * @number: (nullable): the other side's telephone number
 * @direction: a #MtbDirection
 * @type_id: a call type of the second level
 * @resolution: a #MtbResolution
 * @solved: whether the customer need not call again
 * @started_at: when the talk began
 * @ended_at: when it ended
 * @wrap_up_s: after-call work
 * @logged_at: when it was written down, by the desk's corrected clock
 * @received_at: when the server received it; absent on a desk until then
 * @version: 1, and 1 more with each amendment
 * @suits_s: the handle time that suited its type when it was written; absent where none does
 *
 * The record of a call, in writing (R1).
 */
typedef struct
{
  char *id;
  char *person_id;
  char *subscriber_id;
  char *prospect_id;
  char *number;
  gint64 direction;
  char *type_id;
  gint64 resolution;
  gint64 solved;
  char *notes;
  gint64 started_at;
  gint64 ended_at;
  gint64 wrap_up_s;
  gint64 logged_at;
  gint64 received_at;
  gint64 version;
  gint64 suits_s;
} MtbCall;

/**
 * MtbCallVersion:
 * @call_id: the record
 * @version: which version this was
 * @replaced_at: when the next one took its place
 * @replaced_by: who amended it
 *
 * What a record said before it was amended.
 */
typedef struct
{
  char *id;
  char *call_id;
  char *person_id;
  gint64 version;
  char *subscriber_id;
  char *prospect_id;
  char *number;
  gint64 direction;
  char *type_id;
  gint64 resolution;
  gint64 solved;
  char *notes;
  gint64 started_at;
  gint64 replaced_at;
  char *replaced_by;
} MtbCallVersion;

/**
 * MtbCallLink:
 * @id: derived from both
 * @call_id: the record
 * @pbx_call_id: what the PBX saw
 * @person_id: whose record it is
 * @joined: 1; 0 where a person has taken them apart, which no rule undoes
 * @joined_by: (nullable): the person; %NULL where they were joined by themselves
 * @started_at: the record's, by which the link leaves a desk with it
 *
 * A record and a call of the PBX are the same call.
 */
typedef struct
{
  char *id;
  char *call_id;
  char *pbx_call_id;
  char *person_id;
  gint64 joined;
  char *joined_by;
  gint64 started_at;
} MtbCallLink;

/* A record that came this much later than it was written is marked. */
#define MTB_CALL_LAG_S 600

extern const char *const mtb_direction_words[];
extern const char *const mtb_resolution_words[];
extern const MtbTable mtb_call_table;
extern const MtbTable mtb_call_version_table;
extern const MtbTable mtb_call_link_table;

MTB_DEFINE_RECORD_AUTOPTR (MtbCall)
MTB_DEFINE_RECORD_AUTOPTR (MtbCallVersion)
MTB_DEFINE_RECORD_AUTOPTR (MtbCallLink)

char *mtb_call_link_dup_id (const char *call_id, const char *pbx_call_id);

G_END_DECLS
