/* People, teams, and what the department sets. */

#include "mtb-workflow-private.h"

#include "mtb-id.h"
#include "mtb-number.h"
#include "mtb-setting.h"

#include <glib/gi18n.h>
#include <string.h>

#define RETENTION_DAYS_MAX 36500

static gboolean
is_taken (const MtbOccasion *occasion,
          const char *sql,
          const char *value,
          const char *id,
          gboolean *taken,
          GError **error)
{
  gint64 n;
  gboolean ok = mtb_store_select_number (
    occasion->store, sql, MTB_PARAMETERS (MTB_TEXT ("value", value), MTB_TEXT ("id", id)), &n,
    error);

  *taken = ok && n > 0;
  return ok;
}

static gboolean
check_team (const MtbOccasion *occasion, const char *team_id, GError **error)
{
  gpointer team = NULL;

  if (team_id == NULL)
    return TRUE;
  team = mtb_need (occasion, &mtb_team_table.shape, team_id, "team_id",
                   N_ ("There is no such team"), error);
  mtb_record_unref (team);
  return team != NULL;
}

static gboolean
check_person (const MtbOccasion *occasion, const MtbPersonPut *arguments, GError **error)
{
  gboolean taken = FALSE;

  if ((arguments->roles & MTB_ROLES_BUILT_IN) != 0)
    return mtb_refuse (error, MTB_ERROR_INVALID, "roles", N_ ("No person can have this role"));
  for (const char *p = arguments->username; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isspace (g_utf8_get_char (p)))
      return mtb_refuse (error, MTB_ERROR_INVALID, "username", N_ ("A user name has no blanks"));
  if (!is_taken (occasion, "SELECT COUNT(*) FROM person WHERE username = :value AND id <> :id",
                 arguments->username, arguments->id, &taken, error))
    return FALSE;
  if (taken)
    return mtb_refuse (error, MTB_ERROR_CONFLICT, "username", N_ ("This user name is taken"));
  if (!is_taken (occasion,
                 "SELECT COUNT(*) FROM person WHERE pbx_name = :value AND active = 1 AND id <> :id",
                 arguments->pbx_name, arguments->id, &taken, error))
    return FALSE;
  if (taken)
    return mtb_refuse (error, MTB_ERROR_CONFLICT, "pbx_name",
                       N_ ("Somebody else has this name at the PBX"));
  return check_team (occasion, arguments->team_id, error);
}

gboolean
mtb_workflow_person_add (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbPersonPut *arguments = data;
  g_autoptr (MtbPerson) person = mtb_record_new (&mtb_person_table.shape);

  if (!mtb_need_new (occasion, &mtb_person_table.shape, arguments->id, error)
      || !check_person (occasion, arguments, error))
    return FALSE;
  mtb_record_assign (person, arguments);
  return mtb_store_insert (occasion->store, person, error)
         && mtb_ledger_change_sight (occasion->store, occasion->head, person->id, error);
}

/* Who follows a team sees the rows of its people, so they see others when somebody joins or goes. */
static gboolean
change_supervisors_sight (const MtbOccasion *occasion, const char *team_id, GError **error)
{
  g_autoptr (GPtrArray) people = NULL;

  if (team_id == NULL)
    return TRUE;
  people = mtb_store_select (occasion->store, &mtb_person_table.shape,
                             "SELECT $columns(p) FROM person p WHERE p.team_id = :team",
                             MTB_PARAMETERS (MTB_TEXT ("team", team_id)), error);
  for (guint i = 0; people != NULL && i < people->len; i++)
    {
      const MtbPerson *person = g_ptr_array_index (people, i);

      if ((person->roles & MTB_ROLE_SUPERVISOR) != 0
          && !mtb_ledger_change_sight (occasion->store, occasion->head, person->id, error))
        return FALSE;
    }
  return people != NULL;
}

static MtbPerson *
need_person (const MtbOccasion *occasion, const char *id, const char *field, GError **error)
{
  g_autoptr (MtbPerson) person =
    mtb_need (occasion, &mtb_person_table.shape, id, field, N_ ("There is no such person"), error);

  if (person == NULL)
    return NULL;
  if ((person->roles & MTB_ROLES_BUILT_IN) == 0)
    return g_steal_pointer (&person);
  mtb_refuse (error, MTB_ERROR_FORBIDDEN, field, N_ ("Built-in people cannot be changed"));
  return NULL;
}

/* Writes somebody down as they are now, with what changes in who sees what. */
static gboolean
change_person (const MtbOccasion *occasion,
               const MtbPerson *before,
               const MtbPerson *after,
               GError **error)
{
  gboolean moved = g_strcmp0 (before->team_id, after->team_id) != 0;

  if (!mtb_store_put (occasion->store, after, error))
    return FALSE;
  if (moved
      && (!change_supervisors_sight (occasion, before->team_id, error)
          || !change_supervisors_sight (occasion, after->team_id, error)))
    return FALSE;
  /* Sign-ins go on, so that the desk hears of it at once and keeps nothing that was lost. */
  return (!moved && before->roles == after->roles && before->active == after->active)
         || mtb_ledger_change_sight (occasion->store, occasion->head, after->id, error);
}

static gboolean
is_administrator (const MtbPerson *person)
{
  return person->active == 1 && (person->roles & MTB_ROLE_ADMIN) != 0;
}

/* Without an administrator nobody could be let in any more, but at the server's machine. */
static gboolean
check_last_administrator (const MtbOccasion *occasion, const MtbPerson *after, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *only_id = mtb_store_select_text (
    occasion->store,
    "SELECT MIN (p.id) FROM person p JOIN credential c ON c.person_id = p.id"
    " WHERE p.active = 1 AND (p.roles & CAST (:admin AS BIGINT)) <> 0 HAVING COUNT(*) = 1",
    MTB_PARAMETERS (MTB_NUMBER ("admin", MTB_ROLE_ADMIN)), &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return g_strcmp0 (only_id, after->id) != 0
         || mtb_refuse (
           error, MTB_ERROR_CONFLICT, after->active == 1 ? "roles" : "active",
           N_ (
             "This is the last administrator who can sign in; give somebody else the role first"));
}

gboolean
mtb_workflow_person_set (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbPersonPut *arguments = data;
  g_autoptr (MtbPerson) before = need_person (occasion, arguments->id, "id", error);
  g_autoptr (MtbPerson) after = NULL;

  if (before == NULL || !check_person (occasion, arguments, error))
    return FALSE;
  after = mtb_record_copy (before);
  mtb_record_assign (after, arguments);
  if (is_administrator (before) && !is_administrator (after)
      && !check_last_administrator (occasion, after, error))
    return FALSE;
  return change_person (occasion, before, after, error)
         && (after->active == 1 || before->active != 1
             || mtb_account_dismiss (occasion, after->id, error));
}

static gboolean
put_team (const MtbOccasion *occasion, const MtbTeamPut *arguments, GError **error)
{
  g_autoptr (MtbTeam) team = mtb_record_new (&mtb_team_table.shape);
  gboolean taken;

  if (!is_taken (occasion, "SELECT COUNT(*) FROM team WHERE name = :value AND id <> :id",
                 arguments->name, arguments->id, &taken, error))
    return FALSE;
  if (taken)
    return mtb_refuse (error, MTB_ERROR_CONFLICT, "name", N_ ("There is a team of this name"));
  mtb_record_assign (team, arguments);
  return mtb_store_put (occasion->store, team, error);
}

gboolean
mtb_workflow_team_add (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbTeamPut *arguments = data;

  return mtb_need_new (occasion, &mtb_team_table.shape, arguments->id, error)
         && put_team (occasion, arguments, error);
}

/* A type is of the first level, or a kind of one that is. */
static gboolean
check_levels (const MtbOccasion *occasion, const MtbCallTypePut *arguments, GError **error)
{
  g_autoptr (MtbCallType) parent = NULL;
  gint64 n_kinds;

  if (arguments->parent_id == NULL)
    return TRUE;
  parent = mtb_need (occasion, &mtb_call_type_table.shape, arguments->parent_id, "parent_id",
                     N_ ("There is no such type of call"), error);
  if (parent == NULL)
    return FALSE;
  if (parent->parent_id != NULL || g_str_equal (parent->id, arguments->id))
    return mtb_refuse (error, MTB_ERROR_INVALID, "parent_id", N_ ("Types of call have two levels"));
  if (!mtb_store_select_number (occasion->store,
                                "SELECT COUNT(*) FROM call_type WHERE parent_id = :id",
                                MTB_PARAMETERS (MTB_TEXT ("id", arguments->id)), &n_kinds, error))
    return FALSE;
  return n_kinds == 0
         || mtb_refuse (error, MTB_ERROR_CONFLICT, "parent_id",
                        N_ ("This type of call has kinds of its own"));
}

gboolean
mtb_workflow_call_type_put (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  g_autoptr (MtbCallType) type = mtb_record_new (&mtb_call_type_table.shape);

  if (!check_levels (occasion, data, error))
    return FALSE;
  mtb_record_assign (type, data);
  return mtb_store_put (occasion->store, type, error);
}

gboolean
mtb_workflow_threshold_set (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbThresholdSet *arguments = data;
  g_autoptr (MtbThreshold) threshold = mtb_record_new (&mtb_threshold_table.shape);

  if (!mtb_need_new (occasion, &mtb_threshold_table.shape, arguments->id, error))
    return FALSE;
  mtb_record_assign (threshold, arguments);
  threshold->in_force_from = occasion->received_at;
  return mtb_store_insert (occasion->store, threshold, error);
}

/* What desks keep of the directory is part of what they see. */
static gboolean
change_everybodys_sight (const MtbOccasion *occasion, GError **error)
{
  g_autoptr (GPtrArray) people = mtb_store_select (occasion->store, &mtb_person_table.shape,
                                                   "SELECT $columns(p) FROM person p", NULL, error);

  for (guint i = 0; people != NULL && i < people->len; i++)
    if (!mtb_ledger_change_sight (occasion->store, occasion->head,
                                  mtb_record_get_id (g_ptr_array_index (people, i)), error))
      return FALSE;
  return people != NULL;
}

static gboolean
is_directory_keep (const char *value)
{
  return g_str_equal (value, "all") || g_str_equal (value, "dealt_with");
}

static gboolean
is_offline_days (const char *value)
{
  return mtb_number_parse (value, 0, MTB_DISMISSED_DAYS, NULL);
}

static gboolean
is_retention_days (const char *value)
{
  return g_str_equal (value, "0")
         || mtb_number_parse (value, MTB_RETENTION_DAYS_MIN, RETENTION_DAYS_MAX, NULL);
}

static gboolean
is_flag (const char *value)
{
  return g_str_equal (value, "0") || g_str_equal (value, "1");
}

static gboolean
is_organisation (const char *value)
{
  return g_utf8_strlen (value, -1) <= MTB_ORGANISATION_MAX && strpbrk (value, "\n\r") == NULL;
}

static const struct
{
  const char *name;
  gboolean (*fits) (const char *value);
  const char *advice;
} settings[] = {
  { MTB_SETTING_DIRECTORY_KEEP, is_directory_keep, N_ ("Give all or dealt_with") },
  { MTB_SETTING_OFFLINE_DAYS, is_offline_days, N_ ("Give a number of days up to 90") },
  { MTB_SETTING_RETENTION_DAYS, is_retention_days,
    N_ ("Give a number of days from 30 to 36500, or 0 to erase nothing") },
  { MTB_SETTING_WIPE_AT_SIGN_OUT, is_flag, N_ ("Give 0 or 1") },
  { MTB_SETTING_ORGANISATION, is_organisation, N_ ("Give a name of up to 80 letters, in a line") },
};

static gboolean
check_setting (const MtbSettingSet *arguments, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (g_str_equal (settings[i].name, arguments->name))
      return settings[i].fits (arguments->value)
             || mtb_refuse (error, MTB_ERROR_INVALID, "value", settings[i].advice);
  return mtb_refuse (error, MTB_ERROR_INVALID, "name", N_ ("There is no such setting"));
}

gboolean
mtb_workflow_setting_set (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbSettingSet *arguments = data;
  g_autoptr (MtbSetting) setting = mtb_record_new (&mtb_setting_table.shape);

  if (!check_setting (arguments, error))
    return FALSE;
  mtb_record_assign (setting, arguments);
  setting->id = mtb_setting_derive_id (arguments->name);
  return mtb_store_put (occasion->store, setting, error)
         && (!g_str_equal (setting->name, MTB_SETTING_DIRECTORY_KEEP)
             || change_everybodys_sight (occasion, error));
}

gboolean
mtb_workflow_epoch_begin (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbEpochBegin *arguments = data;

  /* Desks tell by the id which of two epochs is the later one. */
  if (strcmp (arguments->epoch, occasion->head->epoch) <= 0)
    return mtb_refuse (error, MTB_ERROR_CONFLICT, "epoch",
                       N_ ("This clock is behind the last epoch; set it right first"));
  g_free (occasion->head->epoch);
  occasion->head->epoch = g_strdup (arguments->epoch);
  occasion->head->recovering = 1;
  return TRUE;
}

gboolean
mtb_workflow_epoch_end (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbEpochBegin *arguments = data;

  if (occasion->head->recovering != 1 || !g_str_equal (occasion->head->epoch, arguments->epoch))
    return mtb_refuse (error, MTB_ERROR_CONFLICT, "epoch", N_ ("No recovery is going on"));
  occasion->head->recovering = 0;
  return TRUE;
}

gboolean
mtb_workflow_person_move (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbPersonMove *arguments = data;
  g_autoptr (MtbPerson) before = need_person (occasion, arguments->person_id, "person_id", error);
  g_autoptr (MtbPerson) after = NULL;

  if (before == NULL)
    return FALSE;
  if (before->active != 1)
    return mtb_refuse (error, MTB_ERROR_CONFLICT, "person_id",
                       N_ ("This person has left; choose somebody who is here"));
  if (!check_team (occasion, arguments->team_id, error))
    return FALSE;
  after = mtb_record_copy (before);
  g_free (after->team_id);
  after->team_id = g_strdup (arguments->team_id);
  return change_person (occasion, before, after, error);
}

gboolean
mtb_workflow_team_set (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbTeamPut *arguments = data;
  g_autoptr (MtbTeam) team = mtb_need (occasion, &mtb_team_table.shape, arguments->id, "id",
                                       N_ ("There is no such team"), error);

  return team != NULL && put_team (occasion, arguments, error);
}
