/* The promises, looked at from outside: what a desk holds against what its person is owed, worked out
 * row by row from *Who sees what*; what was given against the trail; the trail and the totals against
 * themselves. */

#include "mtb-sim-check.h"

#include "mtb-audit.h"
#include "mtb-cache-private.h"
#include "mtb-cursor.h"
#include "mtb-error.h"
#include "mtb-outbox-private.h"
#include "mtb-setting.h"
#include "mtb-sim-faults.h"
#include "mtb-subscriber.h"
#include "mtb-totals.h"

#include <string.h>

/* Somebody who is owed rows, and what decides about it. */
typedef struct
{
  const MtbPerson *person;
  GHashTable *team;
  gint64 window_from;
  gboolean directory;
  gboolean rewound;
} Owed;

static GPtrArray *
select_all (MtbStore *store, const MtbShape *shape)
{
  g_autofree char *sql = g_strdup_printf ("SELECT $columns(t) FROM %s t", shape->name);
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = mtb_store_select (store, shape, sql, NULL, &error);

  if (rows == NULL)
    mtb_sim_fail ("%s cannot be read: %s", shape->name, error->message);
  return rows;
}

static gboolean
is_in_scope (const Owed *owed, const MtbTable *table, gconstpointer row)
{
  const char *scope = mtb_table_get_scope (table, row);
  gboolean nobody = scope == NULL || *scope == '\0';

  switch (mtb_roles_get_sight (owed->person->roles, table->area))
    {
    case MTB_SIGHT_ALL:
      return TRUE;
    case MTB_SIGHT_TEAM:
      return nobody || g_str_equal (scope, owed->person->id)
             || g_hash_table_contains (owed->team, scope);
    case MTB_SIGHT_OWN:
      return !nobody && g_str_equal (scope, owed->person->id);
    case MTB_SIGHT_NONE:
    default:
      return FALSE;
    }
}

static gboolean
is_owed (const Owed *owed, const MtbTable *table, gconstpointer row)
{
  if (table->area == MTB_AREA_NOBODY || table->area == MTB_AREA_CARD
      || (!owed->directory && g_str_equal (table->shape.name, "subscriber")))
    return FALSE;
  if (table->window != NULL
      && mtb_field_get_number (mtb_shape_find (&table->shape, table->window), row)
           < owed->window_from)
    return FALSE;
  return is_in_scope (owed, table, row);
}

static GHashTable *
list_team (MtbStore *store, const MtbPerson *person)
{
  GHashTable *team = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) people = select_all (store, &mtb_person_table.shape);

  for (guint i = 0; i < people->len; i++)
    {
      const MtbPerson *other = g_ptr_array_index (people, i);

      if ((person->roles & MTB_ROLE_SUPERVISOR) != 0 && person->team_id != NULL
          && g_strcmp0 (other->team_id, person->team_id) == 0)
        g_hash_table_add (team, g_strdup (other->id));
    }
  return team;
}

static gboolean
desks_keep_directory (MtbStore *store)
{
  g_autofree char *value =
    mtb_store_select_text (store, "SELECT value FROM setting WHERE name = :name",
                           MTB_PARAMETERS (MTB_TEXT ("name", MTB_SETTING_DIRECTORY_KEEP)), NULL);

  return g_strcmp0 (value, "dealt_with") != 0;
}

/* The rows that the server has given a desk, without what pending commands did to them. */
static GHashTable *
list_given_rows (MtbStore *cache, const MtbTable *table)
{
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, mtb_record_unref);
  g_autoptr (GPtrArray) held = select_all (cache, &table->shape);
  g_autoptr (GPtrArray) images = select_all (cache, &mtb_cache_image_shape);

  for (guint i = 0; i < held->len; i++)
    {
      gpointer row = mtb_record_ref (g_ptr_array_index (held, i));

      g_hash_table_replace (rows, (gpointer) mtb_record_get_id (row), row);
    }
  for (guint i = 0; i < images->len; i++)
    {
      const MtbCacheImage *image = g_ptr_array_index (images, i);
      gpointer row;

      if (!g_str_equal (image->tbl, table->shape.name))
        continue;
      row = image->row != NULL ? mtb_json_parse_record (image->row, &table->shape, NULL) : NULL;
      if (row != NULL)
        g_hash_table_replace (rows, (gpointer) mtb_record_get_id (row), row);
      else
        g_hash_table_remove (rows, image->row_id);
    }
  return rows;
}

/* Whether a card was fetched for it, which brings rows that the feed may not. */
static gboolean
is_kept (const Owed *owed, MtbStore *cache, const MtbTable *table, const char *id)
{
  gint64 n = 0;

  if ((table != &mtb_card_table && table != &mtb_subscriber_table)
      || !mtb_roles_open_cards (owed->person->roles))
    return FALSE;
  mtb_store_select_number (cache, "SELECT COUNT(*) FROM kept_card WHERE id = :id",
                           MTB_PARAMETERS (MTB_TEXT ("id", id)), &n, NULL);
  return n == 1;
}

/* What a card tells may be of the history that was lost; it goes with the rows when an epoch begins. */
static gboolean
may_differ (const Owed *owed, MtbStore *cache, const MtbTable *table, const char *id)
{
  return owed->rewound && is_kept (owed, cache, table, id);
}

static void
check_table (MtbSimDesk *desk,
             MtbStore *store,
             MtbStore *cache,
             const Owed *owed,
             const MtbTable *table)
{
  g_autoptr (GHashTable) held = list_given_rows (cache, table);
  g_autoptr (GPtrArray) rows = select_all (store, &table->shape);
  const char *name = mtb_sim_desk_get_username (desk);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < rows->len; i++)
    {
      gpointer row = g_ptr_array_index (rows, i);
      gpointer here = g_hash_table_lookup (held, mtb_record_get_id (row));

      if (!is_owed (owed, table, row))
        continue;
      if (here == NULL)
        mtb_sim_fail ("%s lacks the %s %s", name, table->shape.name, mtb_record_get_id (row));
      if (!mtb_record_equal (here, row)
          && !may_differ (owed, cache, table, mtb_record_get_id (row)))
        {
          g_autofree char *is = mtb_json_write_record (here);
          g_autofree char *should = mtb_json_write_record (row);

          mtb_sim_fail ("%s has %s for the %s %s", name, is, table->shape.name, should);
        }
      g_hash_table_remove (held, mtb_record_get_id (row));
    }
  g_hash_table_iter_init (&iter, held);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!is_kept (owed, cache, table, id))
      mtb_sim_fail ("%s has the %s %s, which is not for them or not there", name, table->shape.name,
                    (const char *) id);
}

/* A card that has just been fetched: it says what the server knows. */
void
mtb_sim_check_card (MtbSimServer *server, MtbSimDesk *desk, const char *subscriber_id)
{
  g_autoptr (MtbCard) card =
    mtb_store_get (mtb_sim_server_get_store (server), &mtb_card_table.shape, subscriber_id, NULL);
  g_autoptr (MtbCard) here =
    mtb_store_get (mtb_sim_desk_get_cache (desk), &mtb_card_table.shape, subscriber_id, NULL);

  if ((card == NULL) != (here == NULL) || (card != NULL && !mtb_record_equal (card, here)))
    mtb_sim_fail ("%s has another card of %s than the server", mtb_sim_desk_get_username (desk),
                  subscriber_id);
}

static void
check_cursor (MtbSimDesk *desk, MtbStore *cache, const MtbHead *head)
{
  g_autoptr (MtbCursor) cursor = mtb_cursor_read (cache, NULL);

  if (cursor == NULL || cursor->seq != head->seq || !g_str_equal (cursor->epoch, head->epoch))
    mtb_sim_fail ("%s is in step at %" G_GINT64_FORMAT ", and the server at %" G_GINT64_FORMAT,
                  mtb_sim_desk_get_username (desk), cursor != NULL ? cursor->seq : -1, head->seq);
}

/* A desk that is in step, and no one has written since: it holds what its person is owed, row by row. */
void
mtb_sim_check_rows (MtbSimServer *server, MtbSimDesk *desk)
{
  MtbStore *store = mtb_sim_server_get_store (server);
  MtbStore *cache = mtb_sim_desk_get_cache (desk);
  g_autoptr (MtbHead) head = mtb_ledger_read_head (store, NULL);
  g_autoptr (MtbPerson) person =
    mtb_store_get (store, &mtb_person_table.shape, mtb_sim_desk_get_person_id (desk), NULL);
  g_autoptr (GHashTable) team = list_team (store, person);
  Owed owed = { person, team, head->window_from, desks_keep_directory (store),
                mtb_sim_server_is_rewound (server) };

  check_cursor (desk, cache, head);
  for (guint i = 0; mtb_tables[i] != NULL; i++)
    check_table (desk, store, cache, &owed, mtb_tables[i]);
}

static gint64
count (MtbStore *store, const char *sql)
{
  gint64 n = 0;

  mtb_store_select_number (store, sql, NULL, &n, NULL);
  return n;
}

static gboolean
runs_on_cache (const MtbGiven *given)
{
  const MtbCommand *command = mtb_command_find (given->type);

  return command != NULL && !mtb_command_is_online_only (command);
}

static void
check_file (MtbSimDesk *desk, const char *name, MtbStore *store)
{
  g_autofree char *integrity = mtb_store_select_text (store, "PRAGMA integrity_check", NULL, NULL);

  if (g_strcmp0 (integrity, "ok") != 0)
    mtb_sim_fail ("the %s of %s is damaged: %s", name, mtb_sim_desk_get_username (desk), integrity);
}

/* The desk's files are whole. What they went through shows when a program opens them. */
void
mtb_sim_check_files (MtbSimDesk *desk)
{
  check_file (desk, "cache", mtb_sim_desk_get_cache (desk));
  check_file (desk, "outbox", mtb_sim_desk_get_outbox (desk));
}

/* What is pending has been run on the rows, and nothing else has. */
void
mtb_sim_check_step (MtbSimDesk *desk)
{
  MtbStore *cache = mtb_sim_desk_get_cache (desk);
  MtbStore *outbox = mtb_sim_desk_get_outbox (desk);
  g_autoptr (MtbCursor) cursor = mtb_cursor_read (cache, NULL);
  g_autoptr (GPtrArray) given = select_all (outbox, &mtb_given_shape);
  guint n_pending = 0;

  for (guint i = 0; i < given->len; i++)
    {
      const MtbGiven *one = g_ptr_array_index (given, i);
      gint64 n = 0;

      if (!runs_on_cache (one)
          || (one->state != MTB_GIVEN_WAITING
              && (one->state != MTB_GIVEN_APPLIED
                  || one->seq <= (cursor != NULL ? cursor->seq : 0))))
        continue;
      n_pending++;
      mtb_store_select_number (cache, "SELECT COUNT(*) FROM applied WHERE id = :id",
                               MTB_PARAMETERS (MTB_TEXT ("id", one->id)), &n, NULL);
      if (n != 1)
        mtb_sim_fail ("%s was given %s %s, and their rows do not show it",
                      mtb_sim_desk_get_username (desk), one->type, one->id);
    }
  if (count (cache, "SELECT COUNT(*) FROM applied") != n_pending)
    mtb_sim_fail ("the rows of %s show what is not pending", mtb_sim_desk_get_username (desk));
}

/* Nothing waits, and nothing is left of what was pending. */
void
mtb_sim_check_quiet (MtbSimDesk *desk)
{
  MtbStore *cache = mtb_sim_desk_get_cache (desk);

  if (count (cache, "SELECT COUNT(*) FROM image") + count (cache, "SELECT COUNT(*) FROM applied")
        + count (cache, "SELECT COUNT(*) FROM page")
      > 0)
    mtb_sim_fail ("%s has images or pages and nothing is pending",
                  mtb_sim_desk_get_username (desk));
}

static void
check_head (MtbStore *store)
{
  g_autoptr (MtbHead) head = mtb_ledger_read_head (store, NULL);

  if (head->seq < count (store, "SELECT MAX(seq) FROM change")
      || head->seq < count (store, "SELECT MAX(seq) FROM command"))
    mtb_sim_fail ("the feed has numbers beyond its head");
}

void
mtb_sim_check_server (MtbSimServer *server)
{
  MtbStore *store = mtb_sim_server_get_store (server);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (MtbTotals) totals = mtb_totals_new (zone);
  g_auto (MtbTotalsFault) fault = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 n_entries;

  check_head (store);
  if (!mtb_audit_verify (store, &n_entries, &error))
    mtb_sim_fail ("%s", error->message);
  if (!mtb_totals_verify (totals, store, mtb_totals_fault_note, &fault, &error))
    mtb_sim_fail ("the totals cannot be recounted: %s", error->message);
  if (fault.n_wrong > 0)
    mtb_sim_fail ("%" G_GINT64_FORMAT " totals are not what the rows say, %s %s first",
                  fault.n_wrong, fault.table->shape.name, fault.id);
}

static void
check_given (MtbStore *store, const char *name, const MtbSimGiven *given)
{
  g_autoptr (MtbEntry) entry = mtb_ledger_find_entry (store, given->id, NULL);
  const char *word = entry != NULL ? entry->status : "unknown";
  gboolean ok = TRUE;

  switch (given->state)
    {
    case MTB_GIVEN_WAITING:
      ok = FALSE;
      break;
    case MTB_GIVEN_APPLIED:
      ok = g_str_equal (word, "applied") && entry->seq == given->seq;
      break;
    case MTB_GIVEN_REFUSED:
    case MTB_GIVEN_HELD:
      ok = !g_str_equal (word, "applied");
      break;
    case MTB_GIVEN_CLOSED:
    default:
      ok = !g_str_equal (word, "applied") && given->dropped;
      break;
    }
  if (!ok)
    mtb_sim_fail ("%s: %s is %d in the outbox and %s at the server", name, given->id,
                  (int) given->state, word);
}

/* Each command has one verdict, the same here and there. */
void
mtb_sim_check_commands (MtbSimServer *server, MtbSimDesk *desk)
{
  MtbStore *store = mtb_sim_server_get_store (server);
  GPtrArray *all = mtb_sim_desk_get_given (desk);

  for (guint i = 0; i < all->len; i++)
    {
      const MtbSimGiven *given = g_ptr_array_index (all, i);

      if (given->state == MTB_GIVEN_WAITING
          || !mtb_sim_line_outlived_verdict (mtb_sim_desk_get_line (desk), given->id))
        check_given (store, mtb_sim_desk_get_username (desk), given);
    }
}

/* The server has judged a person's commands in the order in which they were given; not after a restore,
 * when what was put off comes later. */
void
mtb_sim_check_order (MtbSimServer *server, MtbSimDesk *desk)
{
  MtbStore *outbox = mtb_sim_desk_get_outbox (desk);
  g_autoptr (GPtrArray) given = mtb_store_select (
    outbox, &mtb_given_shape, "SELECT $columns(g) FROM given g ORDER BY g.n", NULL, NULL);
  gint64 last = 0;

  for (guint i = 0; given != NULL && i < given->len; i++)
    {
      const MtbGiven *one = g_ptr_array_index (given, i);
      g_autoptr (MtbEntry) entry =
        mtb_ledger_find_entry (mtb_sim_server_get_store (server), one->id, NULL);

      if (entry == NULL)
        continue;
      if (entry->seq < last)
        mtb_sim_fail ("%s: %s %s was judged before what was given before it",
                      mtb_sim_desk_get_username (desk), one->type, one->id);
      last = entry->seq;
    }
}

/* A change of password that was acknowledged is there; nothing is made of it here, so it can be read. */
void
mtb_sim_check_password (MtbSimServer *server, MtbSimDesk *desk)
{
  const char *password = mtb_sim_desk_get_password (desk);
  g_autofree char *kept = mtb_store_select_text (
    mtb_sim_server_get_store (server), "SELECT verifier FROM credential WHERE person_id = :id",
    MTB_PARAMETERS (MTB_TEXT ("id", mtb_sim_desk_get_person_id (desk))), NULL);

  if (password != NULL && g_strcmp0 (password, kept) != 0)
    mtb_sim_fail ("%s has changed the password, and the server has another one",
                  mtb_sim_desk_get_username (desk));
}
