/* One seed: a department at work while everything goes wrong that can, then everything works again,
 * all are brought in step, and the promises are looked at. */

#include "mtb-sim-world.h"

#include "mtb-sim-check.h"
#include "mtb-sim-faults.h"
#include "mtb-sim-people.h"
#include "mtb-sim-random.h"
#include "mtb-sim-work.h"
#include "mtb-time.h"

#define N_COMMANDS 200
#define N_STEPS_MAX 2000
#define N_ROUNDS 30
/* Outboxes offer again what is 30 days old at most. */
#define BACKUP_MAX_MS (15 * MTB_DAY)
/* Monday, 5 January 2026, 08:00 */
#define BEGINNING G_GINT64_CONSTANT (1767600000000)

typedef struct
{
  MtbSimServer *server;
  MtbSimDesk *desks[MTB_SIM_N_PEOPLE];
  guint n_given;
  gboolean calm; /* nothing goes wrong any more */
  gboolean recovering;
  gboolean recovered[MTB_SIM_N_PEOPLE]; /* in step since the epoch began */
} World;

static void
keep_server_up (World *self)
{
  if (mtb_sim_server_is_up (self->server) || !mtb_sim_server_start (self->server))
    return;
  if (mtb_sim_server_is_rewound (self->server))
    return;
  mtb_sim_work_observe_again (self->server);
}

/* What a program finds when it starts, of what it wrote when it was killed, has to last. */
static gboolean
loses_power_again (World *self, MtbSimDesk *desk)
{
  if (self->calm || !mtb_sim_random_happens (40))
    return FALSE;
  mtb_fault_hit (MTB_FAULT_DESK_POWER_AGAIN);
  mtb_sim_desk_kill (desk, TRUE);
  return TRUE;
}

/* Whether the desk runs, after it was tried. */
static gboolean
keep_desk_up (World *self, guint n)
{
  MtbSimDesk *desk = self->desks[n];

  if (mtb_sim_desk_is_up (desk))
    return TRUE;
  if (!mtb_sim_desk_start (desk))
    {
      if (mtb_sim_disk_has_failed (mtb_sim_desk_get_disk (desk)))
        mtb_sim_desk_survives (desk);
      return FALSE;
    }
  if (!mtb_sim_desk_survives (desk))
    return FALSE;
  mtb_sim_desk_look (desk, TRUE);
  mtb_sim_check_files (desk);
  mtb_sim_check_step (desk);
  return !loses_power_again (self, desk);
}

static gboolean
sync_desk (World *self, guint n)
{
  MtbSimDesk *desk = self->desks[n];
  gboolean ok = mtb_sim_desk_sync (desk);

  if (!mtb_sim_desk_survives (desk))
    return FALSE;
  mtb_sim_desk_look (desk, FALSE);
  if (!ok || !mtb_sim_server_is_up (self->server))
    return FALSE;
  mtb_sim_check_step (desk);
  if (mtb_sim_random_happens (250))
    mtb_sim_check_rows (self->server, desk);
  if (mtb_sim_random_happens (100))
    mtb_sim_check_files (desk);
  self->recovered[n] = TRUE;
  return TRUE;
}

static void
give (World *self, guint n)
{
  MtbSimDesk *desk = self->desks[n];
  gpointer arguments = mtb_sim_work_make (desk);
  gboolean online;

  if (arguments == NULL)
    return;
  online = mtb_command_is_online_only (mtb_command_of (arguments));
  if (mtb_sim_desk_give (desk, arguments))
    self->n_given++;
  if (mtb_sim_desk_survives (desk) && online)
    sync_desk (self, n);
}

static void
work (World *self, guint n)
{
  guint n_times = 1 + mtb_sim_random_below (4);

  for (guint i = 0; i < n_times && keep_desk_up (self, n); i++)
    {
      give (self, n);
      mtb_sim_time_pass (mtb_sim_random_between (0, MTB_MINUTE));
    }
}

static void
sync_step (World *self, guint n)
{
  if (keep_desk_up (self, n))
    sync_desk (self, n);
}

static void
deal_with_refusal (World *self, guint n)
{
  if (!keep_desk_up (self, n))
    return;
  mtb_sim_desk_deal_with_refusal (self->desks[n]);
  mtb_sim_desk_survives (self->desks[n]);
}

static void
observe (World *self, guint n)
{
  if (mtb_sim_server_is_up (self->server) && !mtb_sim_server_is_rewound (self->server))
    mtb_sim_work_observe (self->server);
}

static void
import_subscriber (World *self, guint n)
{
  if (mtb_sim_server_is_up (self->server) && !mtb_sim_server_is_rewound (self->server))
    mtb_sim_work_import_subscriber (self->server);
}

typedef struct
{
  World *world;
  guint n;
  guint subscriber;
  gboolean was_overtaken;
} Opening;

/* Another thread of the desk brings the rows up to date while the card is on its way. */
static void
overtake_card (gpointer data)
{
  Opening *opening = data;
  World *self = opening->world;

  if (!mtb_sim_server_is_up (self->server) || mtb_sim_server_is_rewound (self->server))
    return;
  mtb_sim_work_name_subscriber (self->server, opening->subscriber);
  opening->was_overtaken = mtb_sim_desk_sync (self->desks[opening->n]);
}

/* The figures change; somebody opens the card. */
static void
open_card (World *self, guint n)
{
  Opening opening = { .world = self, .n = n };
  MtbSimLine *line = mtb_sim_desk_get_line (self->desks[n]);
  gboolean ok;

  opening.subscriber = mtb_sim_random_below (MTB_SIM_N_SUBSCRIBERS);
  if (mtb_sim_server_is_up (self->server) && !mtb_sim_server_is_rewound (self->server))
    mtb_sim_work_measure_card (self->server, opening.subscriber);
  if (!keep_desk_up (self, n))
    return;
  if (mtb_sim_random_happens (300))
    mtb_sim_line_set_meanwhile (line, overtake_card, &opening);
  ok = mtb_sim_desk_fetch_card (self->desks[n], mtb_sim_subscriber_id (opening.subscriber));
  mtb_sim_line_set_meanwhile (line, NULL, NULL);
  if (!mtb_sim_desk_survives (self->desks[n]))
    return;
  mtb_sim_desk_look (self->desks[n], FALSE);
  /* What a desk has of a lost history stays until it comes in step. */
  if (!ok || !mtb_sim_server_is_up (self->server) || mtb_sim_server_is_rewound (self->server))
    return;
  mtb_fault_hit (opening.was_overtaken ? MTB_FAULT_CARD_OVERTAKEN : MTB_FAULT_CARD_KEPT);
  mtb_sim_check_card (self->server, self->desks[n], mtb_sim_subscriber_id (opening.subscriber));
}

static void
lose_parts (World *self, guint n)
{
  mtb_sim_server_lose_parts (self->server);
}

static void
deliver_late (World *self, guint n)
{
  mtb_sim_line_deliver_late (mtb_sim_desk_get_line (self->desks[n]));
}

static void
cut_off (World *self, guint n)
{
  mtb_sim_line_cut (mtb_sim_desk_get_line (self->desks[n]),
                    mtb_sim_time_now () + mtb_sim_random_between (0, 2 * MTB_HOUR));
}

static void
kill_desk (World *self, guint n)
{
  gboolean power_lost = mtb_sim_random_happens (500);

  if (!mtb_sim_desk_is_up (self->desks[n]))
    return;
  mtb_fault_hit (power_lost ? MTB_FAULT_DESK_POWER : MTB_FAULT_DESK_KILLED);
  mtb_sim_desk_kill (self->desks[n], power_lost);
}

static void
arm_desk (World *self, guint n)
{
  mtb_sim_disk_fail_at (mtb_sim_desk_get_disk (self->desks[n]), 1 + mtb_sim_random_below (80));
}

static void
fill_desk_up (World *self, guint n)
{
  MtbSimDisk *disk = mtb_sim_desk_get_disk (self->desks[n]);

  if (!keep_desk_up (self, n))
    return;
  mtb_sim_disk_fill_up (disk, mtb_sim_random_below (12), 1 + mtb_sim_random_below (3));
  if (mtb_sim_random_happens (500))
    give (self, n);
  else
    sync_desk (self, n);
  if (mtb_sim_disk_get_n_full (disk) > 0)
    mtb_fault_hit (MTB_FAULT_DESK_FULL);
  mtb_sim_disk_fill_up (disk, 0, 0);
}

static void
restart_desk (World *self, guint n)
{
  mtb_sim_desk_stop (self->desks[n]);
}

static void
sign_out (World *self, guint n)
{
  if (!keep_desk_up (self, n))
    return;
  mtb_sim_desk_sign_out (self->desks[n]);
  mtb_sim_desk_survives (self->desks[n]);
}

static void
change_password (World *self, guint n)
{
  if (!keep_desk_up (self, n))
    return;
  mtb_sim_desk_change_password (self->desks[n]);
  mtb_sim_desk_survives (self->desks[n]);
}

static void
delete_cache (World *self, guint n)
{
  if (!keep_desk_up (self, n))
    return;
  if (mtb_sim_random_happens (500))
    {
      mtb_fault_hit (MTB_FAULT_CACHE_DELETED);
      mtb_sim_desk_delete_cache (self->desks[n]);
      return;
    }
  mtb_fault_hit (MTB_FAULT_CACHE_EMPTIED);
  mtb_sim_desk_empty_cache (self->desks[n]);
  mtb_sim_desk_survives (self->desks[n]);
}

static void
kill_server (World *self, guint n)
{
  gboolean power_lost = mtb_sim_random_happens (500);

  if (!mtb_sim_server_is_up (self->server))
    return;
  mtb_fault_hit (power_lost ? MTB_FAULT_SERVER_POWER : MTB_FAULT_SERVER_KILLED);
  mtb_sim_server_kill (self->server, power_lost);
}

static void
start_server (World *self, guint n)
{
  keep_server_up (self);
}

static void
set_clock (World *self, guint n)
{
  static const gint64 sizes[] = { MTB_MINUTE, MTB_HOUR, MTB_DAY, 40 * MTB_DAY };
  gint64 size = sizes[mtb_sim_random_below (G_N_ELEMENTS (sizes))];

  mtb_fault_hit (MTB_FAULT_CLOCK_WRONG);
  mtb_sim_desk_get_clock (self->desks[n])->ahead_ms = mtb_sim_random_between (-size, size);
}

static void
set_servers_clock (World *self, guint n)
{
  mtb_fault_hit (MTB_FAULT_SERVER_CLOCK_WRONG);
  mtb_sim_server_get_clock (self->server)->ahead_ms =
    mtb_sim_random_between (-10 * MTB_MINUTE, 10 * MTB_MINUTE);
}

static void
let_days_pass (World *self, guint n)
{
  if (mtb_sim_time_now () > BEGINNING + 25 * MTB_DAY)
    return;
  mtb_fault_hit (MTB_FAULT_DAYS_PASS);
  mtb_sim_time_pass (mtb_sim_random_between (MTB_HOUR, 6 * MTB_DAY));
}

static void
narrow_line (World *self, guint n)
{
  MtbSimLine *line = mtb_sim_desk_get_line (self->desks[n]);

  mtb_sim_line_limit_bodies (line, mtb_sim_random_happens (500) ? 3000 : 0);
  mtb_sim_line_limit_pages (line, mtb_sim_random_happens (500) ? 1 + mtb_sim_random_below (20) : 0);
}

static void
back_up (World *self, guint n)
{
  if (mtb_sim_server_is_up (self->server) && !self->recovering
      && !mtb_sim_server_is_rewound (self->server))
    mtb_sim_server_back_up (self->server);
}

static void
restore (World *self, guint n)
{
  if (self->recovering || !mtb_sim_server_has_backup (self->server, BACKUP_MAX_MS))
    return;
  mtb_fault_hit (MTB_FAULT_SERVER_RESTORED);
  mtb_sim_trace ("server restored");
  mtb_sim_server_restore (self->server);
}

/* The operator sees that the server was restored, and says so. */
static void
begin_epoch (World *self, guint n)
{
  if (!mtb_sim_server_is_rewound (self->server) || !mtb_sim_server_is_up (self->server)
      || !mtb_sim_server_begin_epoch (self->server))
    return;
  mtb_sim_trace ("an epoch begins");
  self->recovering = TRUE;
  for (guint i = 0; i < MTB_SIM_N_PEOPLE; i++)
    self->recovered[i] = FALSE;
  mtb_sim_work_observe_again (self->server);
}

static void
end_epoch (World *self, guint n)
{
  for (guint i = 0; i < MTB_SIM_N_PEOPLE; i++)
    if (!self->recovered[i])
      return;
  if (!self->recovering || !mtb_sim_server_is_up (self->server)
      || !mtb_sim_server_end_epoch (self->server))
    return;
  mtb_sim_trace ("the recovery ends");
  self->recovering = FALSE;
}

typedef struct
{
  guint weight;
  void (*act) (World *self, guint desk);
} Step;

static const Step steps[] = {
  { 300, work },        { 300, sync_step },        { 40, observe },          { 40, start_server },
  { 30, deliver_late }, { 20, deal_with_refusal }, { 20, narrow_line },      { 20, begin_epoch },
  { 20, end_epoch },    { 15, kill_desk },         { 15, arm_desk },         { 15, restart_desk },
  { 10, cut_off },      { 10, fill_desk_up },      { 10, kill_server },      { 8, back_up },
  { 8, set_clock },     { 5, delete_cache },       { 4, set_servers_clock }, { 8, let_days_pass },
  { 3, restore },       { 20, import_subscriber }, { 12, lose_parts },       { 25, open_card },
  { 10, sign_out },     { 8, change_password },
};

static void
take_step (World *self)
{
  guint total = 0;
  guint chosen;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    total += steps[i].weight;
  chosen = mtb_sim_random_below (total);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (chosen < steps[i].weight)
        {
          steps[i].act (self, mtb_sim_random_below (MTB_SIM_N_PEOPLE));
          break;
        }
      chosen -= steps[i].weight;
    }
  mtb_sim_time_pass (mtb_sim_random_between (0, MTB_MINUTE));
}

static void
set_faults (World *self, guint per_mille)
{
  for (guint i = 0; i < MTB_SIM_N_PEOPLE; i++)
    mtb_sim_line_set_faults (mtb_sim_desk_get_line (self->desks[i]), per_mille);
}

/* Nothing goes wrong any more; what was under way still comes. */
static void
calm_down (World *self)
{
  mtb_sim_trace ("calm");
  self->calm = TRUE;
  set_faults (self, 0);
  mtb_sim_disk_fail_at (mtb_sim_server_get_disk (self->server), 0);
  keep_server_up (self);
  if (mtb_sim_server_is_rewound (self->server))
    begin_epoch (self, 0);
  mtb_sim_work_observe_again (self->server);
  for (guint i = 0; i < MTB_SIM_N_PEOPLE; i++)
    {
      MtbSimLine *line = mtb_sim_desk_get_line (self->desks[i]);

      mtb_sim_disk_fail_at (mtb_sim_desk_get_disk (self->desks[i]), 0);
      mtb_sim_line_cut (line, 0);
      mtb_sim_line_limit_bodies (line, 0);
      while (mtb_sim_line_deliver_late (line))
        continue;
    }
}

/* Brings everybody in step once more; FALSE where somebody is not, or still waits for something. */
static gboolean
sync_all (World *self)
{
  gboolean quiet = TRUE;

  for (guint i = 0; i < MTB_SIM_N_PEOPLE; i++)
    {
      mtb_sim_time_pass (MTB_SECOND);
      quiet = keep_desk_up (self, i) && sync_desk (self, i)
              && mtb_sim_desk_count_waiting (self->desks[i]) == 0 && quiet;
    }
  return quiet;
}

static gint64
get_seq (World *self)
{
  g_autoptr (MtbHead) head = mtb_ledger_read_head (mtb_sim_server_get_store (self->server), NULL);

  return head->seq;
}

static gboolean
was_anybody_kept_out (World *self)
{
  for (guint i = 0; i < MTB_SIM_N_PEOPLE; i++)
    if (mtb_sim_desk_was_kept_out (self->desks[i]))
      return TRUE;
  return FALSE;
}

static void
come_to_rest (World *self)
{
  guint n_rounds = 0;
  gint64 seq;
  gboolean quiet = FALSE;

  while (!quiet)
    {
      if (n_rounds++ == N_ROUNDS)
        mtb_sim_fail ("the desks do not come to rest");
      /* Also whom a command sends away that had waited. By then nobody waits any more who has tried
       * too often while they had no right to. */
      if (mtb_sim_work_bring_back (self->server) || was_anybody_kept_out (self))
        mtb_sim_time_pass (MTB_HOUR);
      seq = get_seq (self);
      quiet = sync_all (self) && !self->recovering && seq == get_seq (self);
      end_epoch (self, 0);
    }
}

static void
check (World *self)
{
  mtb_sim_check_server (self->server);
  for (guint i = 0; i < MTB_SIM_N_PEOPLE; i++)
    {
      mtb_sim_check_files (self->desks[i]);
      mtb_sim_check_rows (self->server, self->desks[i]);
      mtb_sim_check_quiet (self->desks[i]);
      mtb_sim_check_commands (self->server, self->desks[i]);
      if (mtb_sim_server_get_n_restores (self->server) > 0)
        continue;
      mtb_sim_check_order (self->server, self->desks[i]);
      mtb_sim_check_password (self->server, self->desks[i]);
    }
}

static void
set_up (World *self, guint64 seed, const char *folder)
{
  mtb_sim_begin (seed);
  mtb_sim_random_seed (seed);
  self->calm = TRUE;
  mtb_sim_time_set (BEGINNING);
  mtb_sim_work_begin ();
  self->server = mtb_sim_server_new (folder);
  mtb_sim_server_start (self->server);
  for (guint i = 0; i < MTB_SIM_N_PEOPLE; i++)
    {
      self->desks[i] = mtb_sim_desk_new (self->server, folder, mtb_sim_people[i]);
      if (!keep_desk_up (self, i) || !sync_desk (self, i))
        mtb_sim_fail ("a desk does not start, and nothing has gone wrong yet");
    }
}

static void
tear_down (World *self)
{
  for (guint i = 0; i < MTB_SIM_N_PEOPLE; i++)
    mtb_sim_desk_free (self->desks[i]);
  mtb_sim_server_free (self->server);
}

/* Runs a seed in @folder, which is empty; gives the hash of all that happened. Ends the program where a
 * promise is broken. */
char *
mtb_sim_world_run (guint64 seed, const char *folder)
{
  static const guint rates[] = { 0, 50, 150, 400 };
  World world = { 0 };

  set_up (&world, seed, folder);
  world.calm = FALSE;
  set_faults (&world, rates[mtb_sim_random_below (G_N_ELEMENTS (rates))]);
  for (guint i = 0; i < N_STEPS_MAX && world.n_given < N_COMMANDS; i++)
    take_step (&world);
  calm_down (&world);
  come_to_rest (&world);
  check (&world);
  tear_down (&world);
  return g_strdup (mtb_sim_end ());
}
