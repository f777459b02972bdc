#pragma once

#include "mtb-query.h"

G_BEGIN_DECLS

/**
 * MtbEverything:
 * @active: 1 for only what is in use; absent for all
 *
 * Asks for a whole short list.
 */
typedef struct
{
  gint64 active;
} MtbEverything;

/**
 * MtbPersonRow:
 * @roles: a set of #MtbRole
 *
 * A person with the name of the team.
 */
typedef struct
{
  char *id;
  char *username;
  char *display_name;
  gint64 roles;
  char *team_id;
  char *team_name;
  char *pbx_name;
  gint64 active;
} MtbPersonRow;

/**
 * MtbPersonSearch:
 * @text: what was typed: beginnings of words of the name and the user name
 * @limit: the most rows wanted
 *
 * Asks for people who work here.
 */
typedef struct
{
  char *text;
  gint64 limit;
} MtbPersonSearch;

/**
 * MtbThresholdRow:
 * @wait_s: a call that waited longer is unanswered (R2)
 * @in_force_from: from which queue entry on
 * @in_force_until: until which; absent for the one that is in force
 */
typedef struct
{
  char *id;
  gint64 wait_s;
  gint64 in_force_from;
  gint64 in_force_until;
} MtbThresholdRow;

/* #MtbEverything to #MtbThresholdRow, the latest first */
extern const MtbQuery mtb_thresholds_query;
/* #MtbEverything to #MtbTeam, by name */
extern const MtbQuery mtb_teams_query;
/* #MtbEverything to #MtbPersonRow, by name; built-in people are left out */
extern const MtbQuery mtb_people_query;
/* #MtbPersonSearch to #MtbPersonRow, by name; the active ones */
extern const MtbQuery mtb_person_search_query;
/* #MtbEverything to #MtbCallType: each first level followed by its second */
extern const MtbQuery mtb_call_types_query;

MTB_DEFINE_RECORD_AUTOPTR (MtbEverything)
MTB_DEFINE_RECORD_AUTOPTR (MtbPersonRow)
MTB_DEFINE_RECORD_AUTOPTR (MtbPersonSearch)
MTB_DEFINE_RECORD_AUTOPTR (MtbThresholdRow)

G_END_DECLS
