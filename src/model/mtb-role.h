#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MtbRole:
 * @MTB_ROLE_AGENT: answers every customer call and follows it up
 * @MTB_ROLE_SUPERVISOR: follows the agents of a team
 * @MTB_ROLE_QUALITY: scores the quality of incoming calls
 * @MTB_ROLE_MANAGER: oversees the service
 * @MTB_ROLE_FOLLOWUP: tells the customer
 * @MTB_ROLE_FIELD: visits and installs
 * @MTB_ROLE_FINANCE: posts compensations
 * @MTB_ROLE_DEPARTMENT: another competent department
 * @MTB_ROLE_ADMIN: accounts, departments, connections
 * @MTB_ROLE_CONNECTOR: a built-in person that brings in what another system knows; cannot sign in
 * @MTB_ROLE_OPERATOR: the built-in person of the administrator's command line; cannot sign in
 *
 * The roles of the procedure, then those of built-in people.
 */
typedef enum
{
  MTB_ROLE_AGENT = 1 << 0,
  MTB_ROLE_SUPERVISOR = 1 << 1,
  MTB_ROLE_QUALITY = 1 << 2,
  MTB_ROLE_MANAGER = 1 << 3,
  MTB_ROLE_FOLLOWUP = 1 << 4,
  MTB_ROLE_FIELD = 1 << 5,
  MTB_ROLE_FINANCE = 1 << 6,
  MTB_ROLE_DEPARTMENT = 1 << 7,
  MTB_ROLE_ADMIN = 1 << 8,
  MTB_ROLE_CONNECTOR = 1 << 9,
  MTB_ROLE_OPERATOR = 1 << 10,
} MtbRole;

#define MTB_ROLES_BUILT_IN (MTB_ROLE_CONNECTOR | MTB_ROLE_OPERATOR)
#define MTB_ROLES_HUMAN (MTB_ROLE_CONNECTOR - 1)

/**
 * MtbArea:
 * @MTB_AREA_NOBODY: the server's own
 * @MTB_AREA_PEOPLE: name, roles, team
 * @MTB_AREA_SETTINGS: call types, threshold, controlled documents
 * @MTB_AREA_DESKS: how desks go about what they keep, by which every desk has to go
 * @MTB_AREA_DIRECTORY: subscribers and prospects
 * @MTB_AREA_CARD: volume used, balance, technical data
 * @MTB_AREA_CALLS: PBX calls, call records and their notes
 * @MTB_AREA_TOTALS: totals of all queues
 * @MTB_AREA_PRESENCE: presence and Auxiliary
 * @MTB_AREA_RECEIPTS: who has read which version of a controlled document
 * @MTB_AREA_AUDIT: the audit trail
 * @MTB_AREA_SIGN_INS: who is signed in, and where
 * @MTB_AREA_CONNECTIONS: how the connections to other systems stand
 *
 * The rows of the procedure's table *Who sees what*.
 */
typedef enum
{
  MTB_AREA_NOBODY,
  MTB_AREA_PEOPLE,
  MTB_AREA_SETTINGS,
  MTB_AREA_DESKS,
  MTB_AREA_DIRECTORY,
  MTB_AREA_CARD,
  MTB_AREA_CALLS,
  MTB_AREA_TOTALS,
  MTB_AREA_PRESENCE,
  MTB_AREA_RECEIPTS,
  MTB_AREA_AUDIT,
  MTB_AREA_SIGN_INS,
  MTB_AREA_CONNECTIONS,
  MTB_N_AREAS,
} MtbArea;

/**
 * MtbSight:
 * @MTB_SIGHT_NONE: nothing
 * @MTB_SIGHT_OWN: what this person did or is assigned
 * @MTB_SIGHT_TEAM: of the people in their team, and what nobody took
 * @MTB_SIGHT_ALL: everything
 *
 * How much of an area somebody sees; a greater value includes the lesser.
 */
typedef enum
{
  MTB_SIGHT_NONE,
  MTB_SIGHT_OWN,
  MTB_SIGHT_TEAM,
  MTB_SIGHT_ALL,
} MtbSight;

extern const char *const mtb_role_words[];

MtbSight mtb_roles_get_sight (gint64 roles, MtbArea area);
gboolean mtb_roles_open_cards (gint64 roles);
gint64 mtb_roles_parse (const char *const *words, GError **error);
const char *mtb_role_get_title (MtbRole role);

G_END_DECLS
