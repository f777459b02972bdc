/* What people do all day: commands as their roles give them, about rows that their desks have, most of
 * them sensible. */

#include "mtb-sim-work.h"

#include "mtb-call.h"
#include "mtb-document.h"
#include "mtb-export.h"
#include "mtb-id.h"
#include "mtb-note.h"
#include "mtb-pbx.h"
#include "mtb-presence.h"
#include "mtb-setting.h"
#include "mtb-sim-faults.h"
#include "mtb-sim-people.h"
#include "mtb-sim-random.h"
#include "mtb-subscriber.h"
#include "mtb-time.h"

/* Somebody at work: who they are, what they see, what time it is to them. */
typedef struct
{
  const MtbPerson *person;
  MtbStore *rows;
  gint64 now;
  MtbSimServer *server;
} Scene;

/* One of the rows that @sql finds, or NULL. */
static gpointer
pick (const Scene *scene, const MtbTable *table, const char *sql)
{
  g_autoptr (GPtrArray) found = mtb_store_select (
    scene->rows, &table->shape, sql, MTB_PARAMETERS (MTB_TEXT ("me", scene->person->id)), NULL);

  if (found == NULL || found->len == 0)
    return NULL;
  return mtb_record_ref (g_ptr_array_index (found, mtb_sim_random_below (found->len)));
}

static char *
dup_picked_id (const Scene *scene, const MtbTable *table, const char *sql)
{
  gpointer row = pick (scene, table, sql);
  char *id = row != NULL ? g_strdup (mtb_record_get_id (row)) : NULL;

  mtb_record_unref (row);
  return id;
}

static char *
make_word (void)
{
  return g_strdup_printf ("كلمة %u", mtb_sim_random_below (100000));
}

static gpointer
log_call (const Scene *scene)
{
  MtbCallLog *call = mtb_record_new (&mtb_call_log.shape);
  gint64 ago = mtb_sim_random_happens (100) ? mtb_sim_random_between (20 * MTB_DAY, 37 * MTB_DAY)
                                            : mtb_sim_random_between (0, MTB_HOUR);

  call->id = mtb_id_new (scene->now);
  if (mtb_sim_random_happens (600))
    call->subscriber_id =
      g_strdup (mtb_sim_subscriber_id (mtb_sim_random_below (MTB_SIM_N_SUBSCRIBERS)));
  else if (mtb_sim_random_happens (600))
    call->prospect_id = dup_picked_id (scene, &mtb_prospect_table,
                                       "SELECT $columns(p) FROM prospect p ORDER BY p.id");
  call->number = g_strdup_printf ("0112345%03u", mtb_sim_random_below (20));
  call->direction = mtb_sim_random_happens (800) ? MTB_DIRECTION_IN : MTB_DIRECTION_OUT;
  call->type_id = dup_picked_id (
    scene, &mtb_call_type_table,
    "SELECT $columns(t) FROM call_type t WHERE t.parent_id IS NOT NULL ORDER BY t.id");
  if (call->type_id == NULL)
    call->type_id = g_strdup (mtb_sim_id ("fault"));
  call->resolution = mtb_sim_random_below (MTB_RESOLUTION_CUT_OFF + 1);
  call->solved = mtb_sim_random_below (2);
  call->notes = make_word ();
  call->started_at = scene->now - ago - mtb_sim_random_between (1000, 10 * MTB_MINUTE);
  call->ended_at = call->started_at + mtb_sim_random_between (0, 10 * MTB_MINUTE);
  if (mtb_sim_random_happens (200))
    call->pbx_call_id =
      dup_picked_id (scene, &mtb_pbx_call_table,
                     "SELECT $columns(p) FROM pbx_call p WHERE p.person_id = :me ORDER BY p.id");
  return call;
}

static gpointer
amend_call (const Scene *scene)
{
  g_autoptr (MtbCall) call = pick (
    scene, &mtb_call_table, "SELECT $columns(c) FROM call c WHERE c.person_id = :me ORDER BY c.id");
  MtbCallAmend *amend;

  if (call == NULL)
    return NULL;
  amend = mtb_record_new (&mtb_call_amend.shape);
  mtb_record_assign (amend, call);
  amend->version_id = mtb_id_new (scene->now);
  g_free (amend->notes);
  amend->notes = make_word ();
  return amend;
}

static gpointer
join_call (const Scene *scene)
{
  g_autofree char *call_id = dup_picked_id (
    scene, &mtb_call_table, "SELECT $columns(c) FROM call c WHERE c.person_id = :me ORDER BY c.id");
  g_autofree char *pbx_call_id =
    dup_picked_id (scene, &mtb_pbx_call_table,
                   "SELECT $columns(p) FROM pbx_call p WHERE p.person_id = :me ORDER BY p.id");
  MtbCallJoin *join;

  if (call_id == NULL || pbx_call_id == NULL)
    return NULL;
  join = mtb_record_new (&mtb_call_join.shape);
  join->call_id = g_steal_pointer (&call_id);
  join->pbx_call_id = g_steal_pointer (&pbx_call_id);
  return join;
}

static gpointer
unjoin_call (const Scene *scene)
{
  g_autoptr (MtbCallLink) link = pick (
    scene, &mtb_call_link_table,
    "SELECT $columns(l) FROM call_link l WHERE l.person_id = :me AND l.joined = 1 ORDER BY l.id");
  MtbCallJoin *join = NULL;

  if (link == NULL)
    return NULL;
  join = mtb_record_new (&mtb_call_unjoin.shape);
  join->call_id = g_strdup (link->call_id);
  join->pbx_call_id = g_strdup (link->pbx_call_id);
  return join;
}

static gpointer
add_note (const Scene *scene)
{
  g_autofree char *call_id =
    dup_picked_id (scene, &mtb_call_table, "SELECT $columns(c) FROM call c ORDER BY c.id");
  MtbNoteAdd *note;

  if (call_id == NULL)
    return NULL;
  note = mtb_record_new (&mtb_note_add.shape);
  note->id = mtb_id_new (scene->now);
  note->call_id = g_steal_pointer (&call_id);
  note->text = make_word ();
  return note;
}

static gpointer
see_note (const Scene *scene)
{
  g_autofree char *id = dup_picked_id (
    scene, &mtb_note_table, "SELECT $columns(n) FROM note n WHERE n.person_id = :me ORDER BY n.id");
  MtbNoteSee *see;

  if (id == NULL)
    return NULL;
  see = mtb_record_new (&mtb_note_see.shape);
  see->id = g_steal_pointer (&id);
  return see;
}

static gpointer
move_presence (const Scene *scene)
{
  MtbPresenceMove *move = mtb_record_new (&mtb_presence_move.shape);

  move->id = mtb_id_new (scene->now);
  move->act = mtb_sim_random_happens (400) ? MTB_PRESENCE_ACT_BEGIN
                                           : mtb_sim_random_below (MTB_PRESENCE_ACT_RESUME);
  return move;
}

static gpointer
ask_auxiliary (const Scene *scene)
{
  MtbAuxiliaryAsk *ask = mtb_record_new (&mtb_auxiliary_ask.shape);

  ask->id = mtb_id_new (scene->now);
  ask->reason = mtb_sim_random_below (MTB_AUXILIARY_OTHER);
  ask->minutes = mtb_sim_random_between (1, 60);
  ask->note = make_word ();
  return ask;
}

static gpointer
decide_auxiliary (const Scene *scene)
{
  g_autofree char *id = dup_picked_id (
    scene, &mtb_auxiliary_table,
    "SELECT $columns(a) FROM auxiliary a WHERE a.status = 'asked' AND a.person_id <> :me ORDER BY a.id");
  MtbAuxiliaryDecide *decide;

  if (id == NULL)
    return NULL;
  decide = mtb_record_new (mtb_sim_random_happens (700) ? &mtb_auxiliary_approve.shape
                                                        : &mtb_auxiliary_refuse.shape);
  decide->id = g_steal_pointer (&id);
  decide->presence_id = mtb_id_new (scene->now);
  return decide;
}

static gpointer
withdraw_auxiliary (const Scene *scene)
{
  g_autofree char *id =
    dup_picked_id (scene, &mtb_auxiliary_table,
                   "SELECT $columns(a) FROM auxiliary a WHERE a.person_id = :me ORDER BY a.id");
  MtbAuxiliaryWithdraw *withdraw;

  if (id == NULL)
    return NULL;
  withdraw = mtb_record_new (&mtb_auxiliary_withdraw.shape);
  withdraw->id = g_steal_pointer (&id);
  return withdraw;
}

static gpointer
add_prospect (const Scene *scene)
{
  MtbProspectAdd *prospect = mtb_record_new (&mtb_prospect_add.shape);

  prospect->id = mtb_id_new (scene->now);
  prospect->name = make_word ();
  return prospect;
}

static gpointer
read_document (const Scene *scene)
{
  g_autofree char *id = dup_picked_id (scene, &mtb_document_version_table,
                                       "SELECT $columns(v) FROM document_version v ORDER BY v.id");
  MtbDocumentRead *reading;

  if (id == NULL)
    return NULL;
  reading = mtb_record_new (&mtb_document_read.shape);
  reading->version_id = g_steal_pointer (&id);
  return reading;
}

static gpointer
issue_document (const Scene *scene)
{
  MtbDocumentIssue *issue = mtb_record_new (&mtb_document_issue.shape);

  issue->id = mtb_id_new (scene->now);
  issue->document_id = g_strdup (mtb_sim_id ("procedure"));
  issue->issue = mtb_sim_random_between (1, 50);
  issue->version = mtb_sim_random_between (0, 9);
  issue->dated = g_strdup ("2026-01-05");
  issue->prepared_by = make_word ();
  issue->reviewed_by = make_word ();
  issue->approved_by = make_word ();
  issue->text = make_word ();
  return issue;
}

static gpointer
export_list (const Scene *scene)
{
  MtbListExport *export = mtb_record_new (&mtb_list_export.shape);

  export->id = mtb_id_new (scene->now);
  export->list = g_strdup ("records");
  export->format = 0;
  export->n_rows = mtb_sim_random_below (1000);
  return export;
}

static const char *
pick_team (void)
{
  guint n = mtb_sim_random_below (MTB_SIM_N_TEAMS + 1);

  return n < MTB_SIM_N_TEAMS ? mtb_sim_id (mtb_sim_teams[n]) : NULL;
}

static const char *
pick_person (void)
{
  return mtb_sim_id (mtb_sim_people[mtb_sim_random_below (MTB_SIM_N_PEOPLE)]);
}

static gpointer
move_person (const Scene *scene)
{
  MtbPersonMove *move = mtb_record_new (&mtb_person_move.shape);

  move->person_id = g_strdup (pick_person ());
  move->team_id = g_strdup (pick_team ());
  return move;
}

/* Some leave, and come back. */
static void
come_or_go (MtbPersonPut *put)
{
  if (put->active == 0)
    {
      put->active = 1;
      mtb_fault_hit (MTB_FAULT_PERSON_BACK);
    }
  else if ((put->roles & (MTB_ROLE_MANAGER | MTB_ROLE_ADMIN)) == 0 && mtb_sim_random_happens (250))
    {
      put->active = 0;
      mtb_fault_hit (MTB_FAULT_PERSON_LEFT);
    }
}

/* Other roles, another team; nobody loses the last role by which the simulation goes on. */
static gpointer
set_person (const Scene *scene)
{
  static const gint64 roles[] = {
    MTB_ROLE_AGENT,   MTB_ROLE_SUPERVISOR, MTB_ROLE_AGENT | MTB_ROLE_SUPERVISOR,
    MTB_ROLE_QUALITY, MTB_ROLE_FOLLOWUP,   MTB_ROLE_AGENT,
  };
  g_autoptr (MtbPerson) person =
    mtb_store_get (scene->rows, &mtb_person_table.shape, pick_person (), NULL);
  MtbPersonPut *put;

  if (person == NULL)
    return NULL;
  put = mtb_record_new (&mtb_person_set.shape);
  mtb_record_assign (put, person);
  if ((put->roles & (MTB_ROLE_MANAGER | MTB_ROLE_ADMIN)) == 0)
    put->roles = roles[mtb_sim_random_below (G_N_ELEMENTS (roles))];
  g_free (put->team_id);
  put->team_id = g_strdup (pick_team ());
  come_or_go (put);
  return put;
}

/* An administrator ends one of the sign-ins, and may want the desk emptied. */
static gpointer
revoke_session (const Scene *scene)
{
  g_autoptr (GPtrArray) sessions = NULL;
  const MtbSession *session;
  MtbSessionRevoke *revoke;

  if (!mtb_sim_server_is_up (scene->server))
    return NULL;
  sessions = mtb_store_select (mtb_sim_server_get_store (scene->server), &mtb_session_shape,
                               "SELECT $columns(s) FROM session s ORDER BY s.id", NULL, NULL);
  if (sessions == NULL || sessions->len == 0)
    return NULL;
  revoke = mtb_record_new (&mtb_session_revoke.shape);
  session = g_ptr_array_index (sessions, mtb_sim_random_below (sessions->len));
  revoke->session_id = g_strdup (session->id);
  revoke->wipe = mtb_sim_random_happens (400);
  mtb_fault_hit (MTB_FAULT_SIGN_IN_REVOKED);
  return revoke;
}

static gpointer
put_type (const Scene *scene)
{
  MtbCallTypePut *put = mtb_record_new (&mtb_call_type_put.shape);

  put->id = mtb_sim_random_happens (300) ? mtb_id_new (scene->now) : g_strdup (mtb_sim_id ("slow"));
  put->parent_id = g_strdup (mtb_sim_id ("technical"));
  put->name = make_word ();
  put->name_en = g_strdup (put->name);
  put->suits_s = mtb_sim_random_between (1, 900);
  put->position = 2;
  put->active = mtb_sim_random_happens (900);
  return put;
}

static gpointer
set_threshold (const Scene *scene)
{
  MtbThresholdSet *set = mtb_record_new (&mtb_threshold_set.shape);

  set->id = mtb_id_new (scene->now);
  set->wait_s = mtb_sim_random_between (1, 120);
  return set;
}

static gpointer
set_setting (const Scene *scene)
{
  MtbSettingSet *set = mtb_record_new (&mtb_setting_set.shape);

  if (mtb_sim_random_happens (200))
    {
      set->name = g_strdup (MTB_SETTING_DIRECTORY_KEEP);
      set->value = g_strdup (mtb_sim_random_happens (500) ? "all" : "dealt_with");
    }
  else if (mtb_sim_random_happens (400))
    {
      set->name = g_strdup (MTB_SETTING_WIPE_AT_SIGN_OUT);
      set->value = g_strdup (mtb_sim_random_happens (700) ? "1" : "0");
    }
  else
    {
      set->name = g_strdup (MTB_SETTING_ORGANISATION);
      set->value = make_word ();
    }
  return set;
}

static gpointer
rename_team (const Scene *scene)
{
  MtbTeamPut *put = mtb_record_new (&mtb_team_set.shape);

  put->id = g_strdup (mtb_sim_id (mtb_sim_teams[mtb_sim_random_below (MTB_SIM_N_TEAMS)]));
  put->name = make_word ();
  return put;
}

#define TELEPHONE (MTB_ROLE_AGENT | MTB_ROLE_SUPERVISOR | MTB_ROLE_FOLLOWUP)
#define LEADERS (MTB_ROLE_SUPERVISOR | MTB_ROLE_MANAGER)

/* Who does what, and how often beside what else they do. */
static const struct
{
  gint64 roles;
  guint weight;
  gpointer (*make) (const Scene *scene);
} acts[] = {
  { TELEPHONE, 10, log_call },
  { TELEPHONE, 6, amend_call },
  { TELEPHONE, 3, join_call },
  { TELEPHONE, 2, unjoin_call },
  { LEADERS | MTB_ROLE_QUALITY, 6, add_note },
  { MTB_ROLES_HUMAN, 3, see_note },
  { MTB_ROLES_HUMAN & ~MTB_ROLE_ADMIN, 8, move_presence },
  { TELEPHONE, 4, ask_auxiliary },
  { LEADERS, 4, decide_auxiliary },
  { TELEPHONE, 2, withdraw_auxiliary },
  { TELEPHONE | MTB_ROLE_MANAGER, 2, add_prospect },
  { MTB_ROLES_HUMAN & ~MTB_ROLE_ADMIN, 1, read_document },
  { MTB_ROLE_MANAGER, 1, issue_document },
  { MTB_ROLES_HUMAN, 2, export_list },
  { MTB_ROLE_MANAGER | MTB_ROLE_ADMIN, 1, move_person },
  { MTB_ROLE_ADMIN, 2, set_person },
  { MTB_ROLE_ADMIN, 2, revoke_session },
  { MTB_ROLE_MANAGER, 2, put_type },
  { MTB_ROLE_MANAGER, 1, set_threshold },
  { MTB_ROLE_ADMIN, 2, set_setting },
  { MTB_ROLE_MANAGER | MTB_ROLE_ADMIN, 1, rename_team },
};

/* Now and then somebody does what their role does not allow. */
static gboolean
may_do (const Scene *scene, guint act)
{
  return (acts[act].roles & scene->person->roles) != 0;
}

static guint
choose_act (const Scene *scene)
{
  guint total = 0;
  guint chosen;

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    total += may_do (scene, i) ? acts[i].weight : 0;
  chosen = mtb_sim_random_below (MAX (total, 1));
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      guint weight = may_do (scene, i) ? acts[i].weight : 0;

      if (chosen < weight)
        return i;
      chosen -= weight;
    }
  return 0;
}

/* The arguments of what the desk's person does next; NULL where there is nothing to do it with. */
gpointer
mtb_sim_work_make (MtbSimDesk *desk)
{
  g_autoptr (MtbPerson) person = mtb_sim_desk_dup_person (desk);
  MtbStore *rows = mtb_sim_desk_get_cache (desk);
  Scene scene = { person, rows, mtb_sim_desk_get_now (desk), mtb_sim_desk_get_server (desk) };
  gpointer arguments = acts[choose_act (&scene)].make (&scene);

  if (arguments != NULL
      && (mtb_command_of (arguments) == &mtb_person_set
          || mtb_command_of (arguments) == &mtb_person_move))
    mtb_fault_hit (MTB_FAULT_SIGHT_CHANGED);
  return arguments;
}

/* The log of the PBX, which nothing takes back; an importer reads it, and again from the beginning
 * after a restore. */
static GPtrArray *lines;

void
mtb_sim_work_begin (void)
{
  g_clear_pointer (&lines, g_ptr_array_unref);
  lines = g_ptr_array_new_with_free_func (mtb_record_unref);
}

static void
write_line (const char *reference,
            const char *agent,
            const char *event,
            gint64 at,
            const char *data1,
            const char *data2,
            const char *data3)
{
  MtbPbxObserve *line = mtb_record_new (&mtb_pbx_observe.shape);
  g_autofree char *n = g_strdup_printf ("%u", lines->len);

  line->id = mtb_id_derive ("line", n, reference, event, NULL);
  line->happened_at = at;
  line->reference = g_strdup (reference);
  line->queue = g_strdup ("support");
  line->agent_name = g_strdup (agent);
  line->event = g_strdup (event);
  line->data1 = g_strdup (data1);
  line->data2 = g_strdup (data2);
  line->data3 = g_strdup (data3);
  g_ptr_array_add (lines, line);
}

static void
write_call (void)
{
  const char *agent = mtb_sim_people[mtb_sim_random_below (4)];
  g_autofree char *reference = g_strdup_printf ("call-%u", lines->len);
  g_autofree char *number = g_strdup_printf ("0112345%03u", mtb_sim_random_below (20));
  gint64 at = mtb_sim_time_now () - mtb_sim_random_between (0, 20 * MTB_MINUTE);

  write_line (reference, NULL, "ENTERQUEUE", at, NULL, number, NULL);
  if (mtb_sim_random_happens (200))
    {
      write_line (reference, NULL, "ABANDON", at + 30000, "1", "1", "30");
      return;
    }
  write_line (reference, agent, "CONNECT", at + 20000, "20", "x", "5");
  write_line (reference, agent, "COMPLETECALLER", at + 80000, "20", "60", "1");
}

static gboolean
import_from (MtbSimServer *server, guint first)
{
  for (guint i = first; i < lines->len; i++)
    {
      const MtbPbxObserve *line = g_ptr_array_index (lines, i);
      g_autofree char *id = mtb_id_derive ("import", line->id, NULL);

      if (!mtb_sim_server_command (server, MTB_PERSON_PBX, mtb_record_ref ((gpointer) line), id))
        return FALSE;
    }
  return TRUE;
}

/* A call is in the log, and the importer reads it, and what it has read before once more. */
void
mtb_sim_work_observe (MtbSimServer *server)
{
  guint before = lines->len;

  write_call ();
  mtb_sim_trace ("the PBX has written %u lines", lines->len);
  import_from (server, before > 4 ? before - 4 : 0);
}

void
mtb_sim_work_observe_again (MtbSimServer *server)
{
  import_from (server, 0);
}

/* The provider's database says something else of the subscriber @n. */
void
mtb_sim_work_name_subscriber (MtbSimServer *server, guint n)
{
  MtbSubscriberPut *put = mtb_record_new (&mtb_subscriber_put.shape);

  put->id = g_strdup (mtb_sim_subscriber_id (n));
  put->account_number = g_strdup_printf ("1002%02u", n);
  put->username = g_strdup_printf ("s%02u", n);
  put->name = make_word ();
  put->status = MTB_SUBSCRIBER_ACTIVE;
  mtb_sim_trace ("%s is called %s", put->username, put->name);
  mtb_sim_server_command (server, MTB_PERSON_SUBSCRIBERS, put, NULL);
}

void
mtb_sim_work_import_subscriber (MtbSimServer *server)
{
  mtb_sim_work_name_subscriber (server, mtb_sim_random_below (MTB_SIM_N_SUBSCRIBERS));
}

/* What the provider's database counts of the subscriber @n, which no desk is told of its own accord. */
void
mtb_sim_work_measure_card (MtbSimServer *server, guint n)
{
  MtbCardMeasure *measure = mtb_record_new (&mtb_card_measure.shape);

  measure->id = g_strdup (mtb_sim_subscriber_id (n));
  measure->volume_down = mtb_sim_random_between (0, 1000000);
  measure->measured_at = mtb_sim_time_now ();
  mtb_sim_server_command (server, MTB_PERSON_SUBSCRIBERS, measure, NULL);
}

/* Everybody who has left comes back; FALSE where nobody had. */
gboolean
mtb_sim_work_bring_back (MtbSimServer *server)
{
  g_autoptr (GPtrArray) people = mtb_store_select (
    mtb_sim_server_get_store (server), &mtb_person_table.shape,
    "SELECT $columns(p) FROM person p WHERE p.active = 0 ORDER BY p.id", NULL, NULL);

  for (guint i = 0; people != NULL && i < people->len; i++)
    {
      MtbPersonPut *put = mtb_record_new (&mtb_person_set.shape);

      mtb_record_assign (put, g_ptr_array_index (people, i));
      put->active = 1;
      mtb_sim_trace ("%s is back", put->username);
      mtb_sim_server_command (server, MTB_PERSON_OPERATOR, put, NULL);
    }
  return people != NULL && people->len > 0;
}
