#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Everything that can go wrong here. */
typedef enum
{
  MTB_FAULT_REQUEST_LOST,
  MTB_FAULT_REQUEST_CUT,
  MTB_FAULT_REQUEST_REPEATED,
  MTB_FAULT_REQUEST_LATE,
  MTB_FAULT_ANSWER_LOST,
  MTB_FAULT_ANSWER_CUT,
  MTB_FAULT_ANSWER_SLOW,
  MTB_FAULT_GATEWAY,
  MTB_FAULT_BODY_LIMIT,
  MTB_FAULT_SMALL_PAGES,
  MTB_FAULT_PARTITION,
  MTB_FAULT_SERVER_DOWN,
  MTB_FAULT_SERVER_KILLED,
  MTB_FAULT_SERVER_KILLED_WRITING,
  MTB_FAULT_SERVER_POWER,
  MTB_FAULT_SERVER_FULL,
  MTB_FAULT_SERVER_RESTORED,
  MTB_FAULT_DESK_KILLED,
  MTB_FAULT_DESK_KILLED_WRITING,
  MTB_FAULT_DESK_POWER,
  MTB_FAULT_DESK_FULL,
  MTB_FAULT_WRITE_TORN,
  MTB_FAULT_WRITE_FORGOTTEN,
  MTB_FAULT_CACHE_DELETED,
  MTB_FAULT_CACHE_EMPTIED,
  MTB_FAULT_CLOCK_WRONG,
  MTB_FAULT_SERVER_CLOCK_WRONG,
  MTB_FAULT_DAYS_PASS,
  MTB_FAULT_SIGHT_CHANGED,
  MTB_FAULT_MISMATCH_SEEN,
  MTB_FAULT_SNAPSHOT_AGAIN,
  MTB_FAULT_SIGN_IN_ENDED,
  MTB_FAULT_COMMAND_REFUSED,
  MTB_FAULT_COMMAND_SETTLED,
  MTB_N_FAULTS,
} MtbFault;

void mtb_fault_hit (MtbFault fault);
gboolean mtb_fault_were_all_hit (void);
void mtb_fault_report (void);

void mtb_sim_begin (guint64 seed);
const char *mtb_sim_end (void);
void mtb_sim_set_talkative (gboolean talkative);
void mtb_sim_set_replay (const char *option, const char *value);
void mtb_sim_trace (const char *format, ...) G_GNUC_PRINTF (1, 2);
void mtb_sim_fail (const char *format, ...) G_GNUC_PRINTF (1, 2) G_GNUC_NORETURN;

G_END_DECLS
