#include "mtb-role.h"

#include "mtb-error.h"

#include <glib/gi18n.h>

const char *const mtb_role_words[] = {
  "agent",   "supervisor", "quality", "manager",   "followup", "field",
  "finance", "department", "admin",   "connector", "operator", NULL,
};

static const char *const titles[] = {
  N_ ("Customer service agent"),
  N_ ("Customer service supervisor"),
  N_ ("Quality officer"),
  N_ ("Customer service manager"),
  N_ ("Follow-up officer"),
  N_ ("After-sales officer"),
  N_ ("Finance"),
  N_ ("Competent department"),
  N_ ("Administrator"),
  N_ ("Connection to another system"),
  N_ ("Command line"),
};

#define NONE MTB_SIGHT_NONE
#define OWN MTB_SIGHT_OWN
#define TEAM MTB_SIGHT_TEAM
#define ALL MTB_SIGHT_ALL

/* "Who sees what": a row an area, a column a role, in the order of MtbRole. What a role sees only
 * of its own visits, matters or compensations is NONE until those exist; what comes with a
 * subscriber's card is in mtb_roles_open_cards(). */
static const guint8 who_sees_what[MTB_N_AREAS][G_N_ELEMENTS (titles)] = {
  /*                      agent supervisor quality manager followup field finance department admin */
  [MTB_AREA_PEOPLE] = { ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, NONE, NONE },
  [MTB_AREA_SETTINGS] = { ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, NONE, NONE, NONE },
  [MTB_AREA_DESKS] = { ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, NONE, NONE },
  [MTB_AREA_DIRECTORY] = { ALL, ALL, ALL, ALL, ALL, NONE, NONE, NONE, NONE, NONE, NONE },
  [MTB_AREA_CALLS] = { OWN, TEAM, ALL, ALL, OWN, OWN, OWN, OWN, OWN, NONE, NONE },
  [MTB_AREA_TOTALS] = { NONE, ALL, ALL, ALL, NONE, NONE, NONE, NONE, NONE, NONE, NONE },
  [MTB_AREA_PRESENCE] = { OWN, TEAM, OWN, ALL, OWN, OWN, OWN, OWN, OWN, NONE, NONE },
  [MTB_AREA_SIGN_INS] = { NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, ALL, NONE, NONE },
  [MTB_AREA_CONNECTIONS] = { NONE, NONE, NONE, ALL, NONE, NONE, NONE, NONE, ALL, NONE, NONE },
  [MTB_AREA_RECEIPTS] = { OWN, OWN, OWN, ALL, OWN, OWN, OWN, OWN, OWN, NONE, NONE },
};

/**
 * mtb_roles_get_sight:
 * @roles: a set of #MtbRole
 * @area: an area
 *
 * Returns: the most that one of @roles sees of @area
 */
MtbSight
mtb_roles_get_sight (gint64 roles, MtbArea area)
{
  guint most = MTB_SIGHT_NONE;

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if ((roles & (G_GINT64_CONSTANT (1) << i)) != 0)
      most = MAX (most, who_sees_what[area][i]);
  return most;
}

/**
 * mtb_roles_open_cards:
 * @roles: a set of #MtbRole
 *
 * Returns: whether one of @roles may open any subscriber's card, with the last 90 days' calls
 */
gboolean
mtb_roles_open_cards (gint64 roles)
{
  return (roles
          & (MTB_ROLE_AGENT | MTB_ROLE_SUPERVISOR | MTB_ROLE_QUALITY | MTB_ROLE_MANAGER
             | MTB_ROLE_FOLLOWUP))
         != 0;
}

/**
 * mtb_roles_parse:
 * @words: (array zero-terminated=1): roles by their words
 * @error: return location, %MTB_ERROR_INVALID
 *
 * Returns: the set, or 0 with @error where a word is no role that a person can have
 */
gint64
mtb_roles_parse (const char *const *words, GError **error)
{
  gint64 roles = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      gint64 role = 0;

      for (guint j = 0; mtb_role_words[j] != NULL; j++)
        if (g_str_equal (words[i], mtb_role_words[j]))
          role = G_GINT64_CONSTANT (1) << j;
      if ((role & MTB_ROLES_HUMAN) == 0)
        {
          mtb_error_set_invalid (error, "roles", N_ ("There is no such role"));
          return 0;
        }
      roles |= role;
    }
  return roles;
}

/**
 * mtb_role_get_title:
 * @role: one role
 *
 * Returns: its name in English, to be translated
 */
const char *
mtb_role_get_title (MtbRole role)
{
  return titles[g_bit_nth_lsf (role, -1)];
}
