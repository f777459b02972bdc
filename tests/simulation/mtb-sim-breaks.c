#include "mtb-sim-breaks.h"

static const char *const names[MTB_N_BREAKS] = {
  [MTB_BREAK_NONE] = "none",
  [MTB_BREAK_ACKNOWLEDGED_UNCOMMITTED] = "acknowledged-uncommitted",
  [MTB_BREAK_SERVER_NOT_SYNCED] = "server-not-synced",
  [MTB_BREAK_OUTBOX_NOT_SYNCED] = "outbox-not-synced",
  [MTB_BREAK_LOWER_NUMBER_LATER] = "lower-number-later",
  [MTB_BREAK_CHANGE_SKIPPED] = "change-skipped",
  [MTB_BREAK_PAGE_END_TOO_HIGH] = "page-end-too-high",
  [MTB_BREAK_SNAPSHOT_END_TOO_HIGH] = "snapshot-end-too-high",
  [MTB_BREAK_OUT_OF_SIGHT] = "out-of-sight",
  [MTB_BREAK_REMOVAL_FORGOTTEN] = "removal-forgotten",
  [MTB_BREAK_WINDOW_NOT_TOLD] = "window-not-told",
  [MTB_BREAK_WINDOW_NOT_IN_SNAPSHOT] = "window-not-in-snapshot",
  [MTB_BREAK_SIGHT_CHANGE_NOT_NOTED] = "sight-change-not-noted",
  [MTB_BREAK_VERDICT_FORGOTTEN] = "verdict-forgotten",
  [MTB_BREAK_VERDICT_ANOTHER] = "verdict-another",
  [MTB_BREAK_VERDICT_NOT_STORED] = "verdict-not-stored",
  [MTB_BREAK_TOTALS_NOT_KEPT_UP] = "totals-not-kept-up",
  [MTB_BREAK_JUDGED_PAST_A_FAILURE] = "judged-past-a-failure",
  [MTB_BREAK_HISTORY_NOT_CHECKED] = "history-not-checked",
  [MTB_BREAK_EPOCH_FORGOTTEN] = "epoch-forgotten",
  [MTB_BREAK_CURSOR_SURVIVES_WIPE] = "cursor-survives-wipe",
  [MTB_BREAK_IMAGE_NOT_KEPT] = "image-not-kept",
  [MTB_BREAK_STEP_NOT_COMPARED] = "step-not-compared",
  [MTB_BREAK_PAGE_LOST] = "page-lost",
  [MTB_BREAK_GIVEN_AFTER_SENDING] = "given-after-sending",
  [MTB_BREAK_GIVEN_AND_DENIED] = "given-and-denied",
  [MTB_BREAK_OUTBOX_REORDERED] = "outbox-reordered",
  [MTB_BREAK_REFUSED_DROPPED] = "refused-dropped",
  [MTB_BREAK_NOT_SETTLED] = "not-settled",
  [MTB_BREAK_NEW_ID_EACH_TIME] = "new-id-each-time",
  [MTB_BREAK_LATE_ANSWER_TAKEN] = "late-answer-taken",
  [MTB_BREAK_PART_NOT_CHECKED] = "part-not-checked",
  [MTB_BREAK_DIRECTORY_NOT_COMPLETED] = "directory-not-completed",
  [MTB_BREAK_CARD_OLDER_THAN_ROWS] = "card-older-than-rows",
  [MTB_BREAK_DISMISSED_NOT_EMPTIED] = "dismissed-not-emptied",
  [MTB_BREAK_OLD_PASSWORD_KEPT] = "old-password-kept",
};

static MtbBreak now;

const char *
mtb_break_get_name (MtbBreak self)
{
  return names[self];
}

/* The one called @name; MTB_N_BREAKS where there is none. */
MtbBreak
mtb_break_find (const char *name)
{
  MtbBreak found = MTB_BREAK_NONE;

  while (found < MTB_N_BREAKS && !g_str_equal (names[found], name))
    found++;
  return found;
}

/* From now on this promise is broken. */
void
mtb_break_choose (MtbBreak chosen)
{
  now = chosen;
}

gboolean
mtb_break_is (MtbBreak which)
{
  return now == which;
}
