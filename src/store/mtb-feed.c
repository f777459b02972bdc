/* What a viewer is owed: the changes after a cursor, or everything at once for a first sync. Both go
 * by the same rule of sight. Call these inside one read transaction together with the head. */

#include "mtb-feed.h"

#include "mtb-directory.h"
#include "mtb-error.h"
#include "mtb-subscriber.h"

#include <string.h>

/* So many entries are looked at for one page, whoever they concern. */
#define SCAN_MAX 20000

/**
 * mtb_feed_is_in_window:
 * @table: a table
 * @record: a row of it
 * @window_from: where the window begins
 *
 * Returns: whether desks keep such a row
 */
gboolean
mtb_feed_is_in_window (const MtbTable *table, gconstpointer record, gint64 window_from)
{
  if (table->window == NULL)
    return TRUE;
  return mtb_field_get_number (mtb_shape_find (&table->shape, table->window), record)
         >= window_from;
}

static gboolean
is_kept (const MtbTable *table, gboolean directory)
{
  return mtb_table_is_fed (table)
         && (directory || !g_str_equal (table->shape.name, MTB_DIRECTORY_TABLE));
}

/* Whether the directory is kept is asked only where it matters: most news is none of its. */
static gboolean
has_directory (MtbStore *store, GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    if (g_str_equal (((const MtbChange *) changes->pdata[i])->tbl, MTB_DIRECTORY_TABLE))
      return mtb_directory_is_kept (store);
  return FALSE;
}

static gboolean
concerns (const MtbViewer *viewer, const MtbTable *table, const MtbChange *change)
{
  return (change->before_scope != NULL
          && mtb_viewer_sees_scope (viewer, table, change->before_scope))
         || (change->after_scope != NULL
             && mtb_viewer_sees_scope (viewer, table, change->after_scope));
}

static gpointer
read_visible (MtbStore *store,
              const MtbViewer *viewer,
              const MtbHead *head,
              const MtbTable *table,
              const char *id,
              GError **error)
{
  gpointer row = mtb_store_get (store, &table->shape, id, error);

  if (row == NULL
      || (mtb_viewer_sees_scope (viewer, table, mtb_table_get_scope (table, row))
          && mtb_feed_is_in_window (table, row, head->window_from)))
    return row;
  mtb_record_unref (row);
  return NULL;
}

static GPtrArray *
read_changes (MtbStore *store, gint64 after, guint limit, GError **error)
{
  return mtb_store_select (
    store, &mtb_change_shape,
    "SELECT $columns(t) FROM change t WHERE t.seq > :after ORDER BY t.seq LIMIT :limit",
    MTB_PARAMETERS (MTB_NUMBER ("after", after), MTB_NUMBER ("limit", limit)), error);
}

static gboolean
send_change (MtbStore *store,
             const MtbViewer *viewer,
             const MtbHead *head,
             const MtbTable *table,
             const MtbChange *change,
             MtbFeedFunc func,
             gpointer data,
             gboolean *room,
             GError **error)
{
  g_autoptr (GError) failure = NULL;
  gpointer row =
    table != NULL ? read_visible (store, viewer, head, table, change->row_id, &failure) : NULL;
  gboolean ok = failure == NULL;

  if (ok)
    *room = func (change->seq, table, change->row_id, row, data);
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  mtb_record_unref (row);
  return ok;
}

/* Tables may have rows with one id. */
static guint
hash_row (gconstpointer data)
{
  const MtbChange *change = data;

  return g_str_hash (change->row_id) ^ g_str_hash (change->tbl);
}

static gboolean
is_same_row (gconstpointer a, gconstpointer b)
{
  const MtbChange *one = a;
  const MtbChange *other = b;

  return g_str_equal (one->row_id, other->row_id) && g_str_equal (one->tbl, other->tbl);
}

/**
 * mtb_feed_read:
 * @store: an authority's store in a read transaction
 * @viewer: who asks
 * @head: the head, read in the same transaction
 * @after: the cursor
 * @limit: the most changes for one page
 * @func: gets each change, a row only once
 * @data: handed to @func
 * @next: (out): where the next page begins; the head's number where this was the last
 * @error: return location
 *
 * Returns: whether the page is whole
 */
gboolean
mtb_feed_read (MtbStore *store,
               const MtbViewer *viewer,
               const MtbHead *head,
               gint64 after,
               guint limit,
               MtbFeedFunc func,
               gpointer data,
               gint64 *next,
               GError **error)
{
  g_autoptr (GPtrArray) changes = read_changes (store, after, SCAN_MAX, error);
  g_autoptr (GHashTable) seen = g_hash_table_new (hash_row, is_same_row);
  gboolean directory;
  guint n_sent = 0;
  gboolean room = TRUE;

  if (changes == NULL)
    return FALSE;
  directory = has_directory (store, changes);
  *next = changes->len < SCAN_MAX ? head->seq : after;
  for (guint i = 0; i < changes->len; i++)
    {
      const MtbChange *change = g_ptr_array_index (changes, i);
      const MtbTable *table = mtb_table_find (change->tbl);
      gboolean wanted = table == NULL
                          ? g_str_equal (change->tbl, MTB_CHANGE_WINDOW)
                          : is_kept (table, directory) && concerns (viewer, table, change);

      if (wanted && g_hash_table_add (seen, (gpointer) change))
        {
          if (n_sent++ == limit)
            {
              *next = change->seq - 1;
              break;
            }
          if (!send_change (store, viewer, head, table, change, func, data, &room, error))
            return FALSE;
        }
      if (changes->len == SCAN_MAX || !room)
        *next = change->seq;
      if (!room)
        break;
    }
  return TRUE;
}

struct _MtbFeedNews
{
  GPtrArray *changes;
  GHashTable *sights;
  gboolean everybody;
};

/* Of many changes of the same people's rows one tells enough. */
static void
keep_different (MtbFeedNews *self, GPtrArray *changes)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      MtbChange *change = g_ptr_array_index (changes, i);
      const MtbTable *table = mtb_table_find (change->tbl);
      char *key = g_strjoin ("/", change->tbl, change->before_scope != NULL ? "" : "-",
                             change->before_scope != NULL ? change->before_scope : "",
                             change->after_scope != NULL ? "" : "-",
                             change->after_scope != NULL ? change->after_scope : "", NULL);

      if (g_hash_table_add (seen, key) && table != NULL && mtb_table_is_fed (table))
        g_ptr_array_add (self->changes, mtb_record_ref (change));
      self->everybody = self->everybody || table == NULL;
    }
}

static gboolean
read_sights (MtbFeedNews *self, MtbStore *store, gint64 after, GError **error)
{
  g_autoptr (GPtrArray) sights = mtb_store_select (
    store, &mtb_sight_change_shape, "SELECT $columns(t) FROM sight_change t WHERE t.seq > :after",
    MTB_PARAMETERS (MTB_NUMBER ("after", after)), error);

  for (guint i = 0; sights != NULL && i < sights->len; i++)
    {
      const MtbSightChange *sight = g_ptr_array_index (sights, i);

      g_hash_table_add (self->sights, g_strdup (sight->person_id));
    }
  return sights != NULL;
}

/**
 * mtb_feed_news_read:
 * @store: an authority's store in a read transaction
 * @after: a feed number
 * @error: return location
 *
 * Returns: (transfer full): what has happened since, to be asked whom it concerns
 */
MtbFeedNews *
mtb_feed_news_read (MtbStore *store, gint64 after, GError **error)
{
  g_autoptr (MtbFeedNews) self = g_new0 (MtbFeedNews, 1);
  g_autoptr (GPtrArray) changes = read_changes (store, after, SCAN_MAX, error);

  self->changes = g_ptr_array_new_with_free_func (mtb_record_unref);
  self->sights = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (changes == NULL || !read_sights (self, store, after, error))
    return NULL;
  /* Of what is not looked at, nothing is known. */
  self->everybody = changes->len == SCAN_MAX;
  keep_different (self, changes);
  return g_steal_pointer (&self);
}

/**
 * mtb_feed_news_free:
 * @news: (nullable) (transfer full): news
 */
void
mtb_feed_news_free (MtbFeedNews *news)
{
  if (news == NULL)
    return;
  g_ptr_array_unref (news->changes);
  g_hash_table_unref (news->sights);
  g_free (news);
}

/**
 * mtb_feed_news_change_sight:
 * @news: news
 * @viewer: somebody
 *
 * Returns: whether @viewer sees something else since
 */
gboolean
mtb_feed_news_change_sight (const MtbFeedNews *news, const MtbViewer *viewer)
{
  return g_hash_table_contains (news->sights, mtb_viewer_get_person (viewer)->id);
}

/**
 * mtb_feed_news_concern:
 * @news: news
 * @viewer: somebody
 *
 * Returns: whether there is something for @viewer to fetch: rows, or another sight
 */
gboolean
mtb_feed_news_concern (const MtbFeedNews *news, const MtbViewer *viewer)
{
  gboolean concerned = news->everybody || mtb_feed_news_change_sight (news, viewer);

  for (guint i = 0; i < news->changes->len && !concerned; i++)
    {
      const MtbChange *change = g_ptr_array_index (news->changes, i);

      concerned = concerns (viewer, mtb_table_find (change->tbl), change);
    }
  return concerned;
}

static gboolean
copy_row (gpointer record, gpointer data, GError **error)
{
  return mtb_store_insert (data, record, error);
}

static char *
build_select (const MtbViewer *viewer, const MtbTable *table)
{
  GString *sql = g_string_new (NULL);
  MtbSight sight = mtb_viewer_get_sight (viewer, table->area);

  g_string_printf (sql, "SELECT $columns(t) FROM %s t WHERE 1 = 1", table->shape.name);
  if (table->window != NULL)
    g_string_append_printf (sql, " AND t.%s >= :window", table->window);
  if (table->scope != NULL && sight == MTB_SIGHT_OWN)
    g_string_append_printf (sql, " AND t.%s = :person", table->scope);
  if (table->scope != NULL && sight == MTB_SIGHT_TEAM)
    g_string_append_printf (sql,
                            " AND (t.%s IS NULL OR t.%s = :person OR t.%s IN"
                            " (SELECT p.id FROM person p WHERE p.team_id = :team))",
                            table->scope, table->scope, table->scope);
  return g_string_free (sql, FALSE);
}

/**
 * mtb_feed_keeps_directory:
 * @store: an authority's store
 * @viewer: who asks
 *
 * Returns: whether the directory is among what @viewer is owed
 */
gboolean
mtb_feed_keeps_directory (MtbStore *store, const MtbViewer *viewer)
{
  return mtb_viewer_get_sight (viewer, mtb_subscriber_table.area) == MTB_SIGHT_ALL
         && mtb_directory_is_kept (store);
}

static gboolean
copy_table (MtbStore *store,
            const MtbViewer *viewer,
            const MtbHead *head,
            const MtbTable *table,
            MtbStore *target,
            GError **error)
{
  const MtbPerson *person = mtb_viewer_get_person (viewer);
  gboolean supervises = (person->roles & MTB_ROLE_SUPERVISOR) != 0;
  g_autofree char *sql = build_select (viewer, table);

  return mtb_store_each (store, &table->shape, sql,
                         MTB_PARAMETERS (MTB_TEXT ("person", person->id),
                                         MTB_TEXT ("team", supervises ? person->team_id : NULL),
                                         MTB_NUMBER ("window", head->window_from)),
                         copy_row, target, error);
}

/**
 * mtb_feed_copy:
 * @store: an authority's store in a read transaction
 * @viewer: who asks
 * @head: the head, read in the same transaction
 * @directory_seq: the feed number of the directory that the viewer has besides, for
 *   mtb_directory_complete(); %MTB_ABSENT where there is none
 * @target: an empty store with the tables in it
 * @error: return location
 *
 * Copies every row that the viewer is owed.
 *
 * Returns: whether all is copied
 */
gboolean
mtb_feed_copy (MtbStore *store,
               const MtbViewer *viewer,
               const MtbHead *head,
               gint64 directory_seq,
               MtbStore *target,
               GError **error)
{
  gboolean has_directory = directory_seq != MTB_ABSENT;
  gboolean directory = !has_directory && mtb_directory_is_kept (store);

  for (guint i = 0; mtb_tables[i] != NULL; i++)
    if (is_kept (mtb_tables[i], directory)
        && mtb_viewer_get_sight (viewer, mtb_tables[i]->area) != MTB_SIGHT_NONE
        && !copy_table (store, viewer, head, mtb_tables[i], target, error))
      return FALSE;
  return !has_directory || mtb_directory_copy_changes (store, directory_seq, target, error);
}
