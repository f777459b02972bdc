#pragma once

#include "mtb-table.h"

G_BEGIN_DECLS

/**
 * MtbPerson:
 * @username: what one signs in with
 * @roles: a set of #MtbRole
 * @team_id: the team that an agent works in, or that a supervisor follows
 * @pbx_name: the name that the PBX's log gives the agent
 * @active: whether the person may sign in
 */
typedef struct
{
  char *id;
  char *username;
  char *display_name;
  gint64 roles;
  char *team_id;
  char *pbx_name;
  gint64 active;
} MtbPerson;

/**
 * MtbTeam:
 *
 * Agents and the supervisors who follow them.
 */
typedef struct
{
  char *id;
  char *name;
} MtbTeam;

extern const MtbTable mtb_person_table;
extern const MtbTable mtb_team_table;

MTB_DEFINE_RECORD_AUTOPTR (MtbPerson)
MTB_DEFINE_RECORD_AUTOPTR (MtbTeam)

/* The built-in people; their ids never change. */
#define MTB_PERSON_OPERATOR "00000000-0000-8000-8000-000000000001"
#define MTB_PERSON_PBX "00000000-0000-8000-8000-000000000002"
#define MTB_PERSON_SUBSCRIBERS "00000000-0000-8000-8000-000000000003"

G_END_DECLS
