/* What a run tells: which faults it has met and how often, what happened, and how to see it again. */

#include "mtb-sim-faults.h"

#include <stdlib.h>

static const char *const words[MTB_N_FAULTS] = {
  [MTB_FAULT_REQUEST_LOST] = "request lost",
  [MTB_FAULT_REQUEST_CUT] = "request cut in its middle",
  [MTB_FAULT_REQUEST_REPEATED] = "request repeated",
  [MTB_FAULT_REQUEST_LATE] = "request delivered late, after newer ones",
  [MTB_FAULT_ANSWER_LOST] = "answer lost after the commit",
  [MTB_FAULT_ANSWER_CUT] = "answer cut in its middle",
  [MTB_FAULT_ANSWER_SLOW] = "answer delayed",
  [MTB_FAULT_GATEWAY] = "answer of a gateway",
  [MTB_FAULT_PART_CUT] = "part of a snapshot cut in its middle",
  [MTB_FAULT_PART_GONE_ON_WITH] = "part of a snapshot gone on with (206)",
  [MTB_FAULT_PART_DAMAGED] = "part of a snapshot damaged on the way",
  [MTB_FAULT_PART_MISTAKEN] = "part of a snapshot mistaken for another",
  [MTB_FAULT_PART_GONE] = "part of a snapshot gone meanwhile",
  [MTB_FAULT_PART_FORGOTTEN] = "part of a snapshot forgotten that was not synced",
  [MTB_FAULT_BODY_LIMIT] = "body larger than a limit on the way",
  [MTB_FAULT_SMALL_PAGES] = "news in small pages",
  [MTB_FAULT_PARTITION] = "desk cut off for a while",
  [MTB_FAULT_SERVER_DOWN] = "server not there",
  [MTB_FAULT_SERVER_KILLED] = "server killed between requests",
  [MTB_FAULT_SERVER_KILLED_WRITING] = "server killed at a write",
  [MTB_FAULT_SERVER_KILLED_SENDING] = "server killed while it sent a part",
  [MTB_FAULT_SERVER_POWER] = "server without power",
  [MTB_FAULT_SERVER_FULL] = "server's disk full",
  [MTB_FAULT_SERVER_RESTORED] = "server restored from an older backup",
  [MTB_FAULT_DESK_KILLED] = "desk killed between acts",
  [MTB_FAULT_DESK_KILLED_WRITING] = "desk killed at a write",
  [MTB_FAULT_DESK_POWER] = "desk without power",
  [MTB_FAULT_DESK_POWER_AGAIN] = "desk without power when it has just started",
  [MTB_FAULT_DESK_FULL] = "desk's disk full",
  [MTB_FAULT_WRITE_TORN] = "write torn",
  [MTB_FAULT_WRITE_FORGOTTEN] = "write forgotten that was not synced",
  [MTB_FAULT_CACHE_DELETED] = "cache deleted",
  [MTB_FAULT_CACHE_EMPTIED] = "cache emptied by its person",
  [MTB_FAULT_CLOCK_WRONG] = "desk's clock wrong",
  [MTB_FAULT_SERVER_CLOCK_WRONG] = "server's clock wrong",
  [MTB_FAULT_DAYS_PASS] = "days pass",
  [MTB_FAULT_SIGHT_CHANGED] = "somebody's sight changed",
  [MTB_FAULT_MISMATCH_SEEN] = "lost history seen by a desk (409)",
  [MTB_FAULT_SNAPSHOT_AGAIN] = "rows fetched anew (410)",
  [MTB_FAULT_SIGN_IN_ENDED] = "sign-in ended",
  [MTB_FAULT_SIGN_IN_REVOKED] = "sign-in ended by an administrator",
  [MTB_FAULT_PASSWORD_CHANGED] = "password changed",
  [MTB_FAULT_PASSWORD_UNSURE] = "password changed, or perhaps not",
  [MTB_FAULT_PASSWORD_OLD] = "old password refused",
  [MTB_FAULT_SIGNED_OUT] = "somebody signed out",
  [MTB_FAULT_EMPTIED_AT_SIGN_OUT] = "desk emptied at sign-out",
  [MTB_FAULT_DISMISSED] = "desk emptied that was dismissed (403)",
  [MTB_FAULT_PERSON_LEFT] = "somebody left the department",
  [MTB_FAULT_PERSON_BACK] = "somebody came back",
  [MTB_FAULT_LEAVER_KEPT_OUT] = "somebody who had left not let in",
  [MTB_FAULT_ARGUMENTS_ERASED] = "old arguments erased from the trail",
  [MTB_FAULT_COMMAND_REFUSED] = "command refused",
  [MTB_FAULT_COMMAND_SETTLED] = "online-only command asked about",
  [MTB_FAULT_CARD_KEPT] = "card fetched and kept",
  [MTB_FAULT_CARD_OVERTAKEN] = "card overtaken by newer rows on its way",
};

static guint64 hits[MTB_N_FAULTS];
static guint64 seed_now;
static const char *replay_option = "";
static const char *replay_value = "";
static gboolean talks;
static GChecksum *trace;

void
mtb_fault_hit (MtbFault fault)
{
  hits[fault]++;
  mtb_sim_trace ("  fault: %s", words[fault]);
}

gboolean
mtb_fault_were_all_hit (void)
{
  guint n_hit = 0;

  for (guint i = 0; i < MTB_N_FAULTS; i++)
    n_hit += hits[i] > 0;
  return n_hit == MTB_N_FAULTS;
}

/* Prints how often each fault was hit. */
void
mtb_fault_report (void)
{
  for (guint i = 0; i < MTB_N_FAULTS; i++)
    g_print ("%10" G_GUINT64_FORMAT "  %s\n", hits[i], words[i]);
}

void
mtb_sim_set_talkative (gboolean talkative)
{
  talks = talkative;
}

void
mtb_sim_set_replay (const char *option, const char *value)
{
  replay_option = option;
  replay_value = value;
}

void
mtb_sim_begin (guint64 seed)
{
  seed_now = seed;
  g_clear_pointer (&trace, g_checksum_free);
  trace = g_checksum_new (G_CHECKSUM_SHA256);
}

/* The hash of all that has happened; the same for the same seed. */
const char *
mtb_sim_end (void)
{
  return g_checksum_get_string (trace);
}

void
mtb_sim_trace (const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list values;

  va_start (values, format);
  line = g_strdup_vprintf (format, values);
  va_end (values);
  g_checksum_update (trace, (const guchar *) line, -1);
  if (talks)
    g_print ("%s\n", line);
}

/* A promise is broken: says which, and how to see it again, and ends. */
void
mtb_sim_fail (const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list values;

  va_start (values, format);
  line = g_strdup_vprintf (format, values);
  va_end (values);
  g_print ("seed %" G_GUINT64_FORMAT " FAILED: %s\n"
           "replay: mutabaa-simulation%s%s --verbose --seed %" G_GUINT64_FORMAT "\n",
           seed_now, line, replay_option, replay_value, seed_now);
  exit (1);
}
