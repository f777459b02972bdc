#include "mtb-error.h"
#include "mtb-role.h"

#define NONE MTB_SIGHT_NONE
#define OWN MTB_SIGHT_OWN
#define TEAM MTB_SIGHT_TEAM
#define ALL MTB_SIGHT_ALL

/* Written by hand from the procedure's table "Who sees what", a line a role. "Of own visits", "of
 * its matters" and "of compensations" are nothing as long as there are none of those; everyone sees
 * their own call records and presence, whatever the cell says. Who has read a document is its own
 * reader's and the manager's. */
static const struct
{
  const char *role;
  MtbSight people, settings, directory, calls, totals, presence, sign_ins, connections, receipts;
  gboolean cards;
} who_sees_what[] = {
  { "agent", ALL, ALL, ALL, OWN, NONE, OWN, NONE, NONE, OWN, TRUE },
  { "supervisor", ALL, ALL, ALL, TEAM, ALL, TEAM, NONE, NONE, OWN, TRUE },
  { "quality", ALL, ALL, ALL, ALL, ALL, OWN, NONE, NONE, OWN, TRUE },
  { "manager", ALL, ALL, ALL, ALL, ALL, ALL, NONE, ALL, ALL, TRUE },
  { "followup", ALL, ALL, ALL, OWN, NONE, OWN, NONE, NONE, OWN, TRUE },
  { "field", ALL, ALL, NONE, OWN, NONE, OWN, NONE, NONE, OWN, FALSE },
  { "finance", ALL, ALL, NONE, OWN, NONE, OWN, NONE, NONE, OWN, FALSE },
  { "department", ALL, ALL, NONE, OWN, NONE, OWN, NONE, NONE, OWN, FALSE },
  { "admin", ALL, NONE, NONE, OWN, NONE, OWN, ALL, ALL, OWN, FALSE },
  { "connector", NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, FALSE },
  { "operator", NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, FALSE },
};

static void
test_who_sees_what (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (who_sees_what); i++)
    {
      gint64 role = G_GINT64_CONSTANT (1) << i;

      g_assert_cmpstr (who_sees_what[i].role, ==, mtb_role_words[i]);
      g_assert_cmpint (mtb_roles_get_sight (role, MTB_AREA_PEOPLE), ==, who_sees_what[i].people);
      g_assert_cmpint (mtb_roles_get_sight (role, MTB_AREA_SETTINGS), ==,
                       who_sees_what[i].settings);
      g_assert_cmpint (mtb_roles_get_sight (role, MTB_AREA_DIRECTORY), ==,
                       who_sees_what[i].directory);
      g_assert_cmpint (mtb_roles_get_sight (role, MTB_AREA_CALLS), ==, who_sees_what[i].calls);
      g_assert_cmpint (mtb_roles_get_sight (role, MTB_AREA_TOTALS), ==, who_sees_what[i].totals);
      g_assert_cmpint (mtb_roles_get_sight (role, MTB_AREA_PRESENCE), ==,
                       who_sees_what[i].presence);
      g_assert_cmpint (mtb_roles_get_sight (role, MTB_AREA_SIGN_INS), ==,
                       who_sees_what[i].sign_ins);
      g_assert_cmpint (mtb_roles_get_sight (role, MTB_AREA_CONNECTIONS), ==,
                       who_sees_what[i].connections);
      g_assert_cmpint (mtb_roles_get_sight (role, MTB_AREA_RECEIPTS), ==,
                       who_sees_what[i].receipts);
      g_assert_cmpint (mtb_roles_open_cards (role), ==, who_sees_what[i].cards);
    }
  g_assert_null (mtb_role_words[G_N_ELEMENTS (who_sees_what)]);
}

/* What goes with a card or stays at the server is nobody's by the feed. */
static void
test_nobody_is_fed_cards (void)
{
  gint64 everything = MTB_ROLES_HUMAN | MTB_ROLES_BUILT_IN;

  g_assert_cmpint (mtb_roles_get_sight (everything, MTB_AREA_CARD), ==, NONE);
  g_assert_cmpint (mtb_roles_get_sight (everything, MTB_AREA_NOBODY), ==, NONE);
}

static void
test_several_roles_see_the_union (void)
{
  gint64 roles = MTB_ROLE_ADMIN | MTB_ROLE_SUPERVISOR;

  g_assert_cmpint (mtb_roles_get_sight (roles, MTB_AREA_CALLS), ==, TEAM);
  g_assert_cmpint (mtb_roles_get_sight (roles, MTB_AREA_PRESENCE), ==, TEAM);
  g_assert_cmpint (mtb_roles_get_sight (roles, MTB_AREA_DIRECTORY), ==, ALL);
  g_assert_true (mtb_roles_open_cards (roles));
  g_assert_cmpint (mtb_roles_get_sight (0, MTB_AREA_CALLS), ==, NONE);
}

static void
test_parse (void)
{
  g_autoptr (GError) error = NULL;
  const char *const words[] = { "agent", "manager", NULL };
  const char *const strangers[] = { "agent", "king", NULL };
  const char *const built_in[] = { "operator", NULL };

  g_assert_cmpint (mtb_roles_parse (words, &error), ==, MTB_ROLE_AGENT | MTB_ROLE_MANAGER);
  g_assert_no_error (error);
  g_assert_cmpint (mtb_roles_parse (strangers, &error), ==, 0);
  g_assert_error (error, MTB_ERROR, MTB_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpint (mtb_roles_parse (built_in, &error), ==, 0);
  g_assert_error (error, MTB_ERROR, MTB_ERROR_INVALID);
}

static void
test_each_has_a_title (void)
{
  for (guint i = 0; mtb_role_words[i] != NULL; i++)
    g_assert_cmpstr (mtb_role_get_title ((MtbRole) (1u << i)), !=, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/role/who-sees-what", test_who_sees_what);
  g_test_add_func ("/model/role/nobody-is-fed-cards", test_nobody_is_fed_cards);
  g_test_add_func ("/model/role/several", test_several_roles_see_the_union);
  g_test_add_func ("/model/role/parse", test_parse);
  g_test_add_func ("/model/role/title", test_each_has_a_title);
  return g_test_run ();
}
