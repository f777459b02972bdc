/* Who sees what by itself: the tables of authorisation.txt, cell by cell, in the feed and in a first sync;
 * and who is told that somebody is connected. */

#include "mtb-test-desk.h"
#include "mtb-test-rights.h"
#include "mtb-test-scene.h"

#include "mtb-connected.h"
#include "mtb-presence.h"

static void
test_table_of_rows (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; mtb_tables[i] != NULL; i++)
    g_ptr_array_add (names, (char *) mtb_tables[i]->shape.name);
  mtb_test_check_section ("tables", names, FALSE);
}

/* Every row of the scene is there, or is not, as the table says. */
static void
check_rows (MtbTestScene *scene, const MtbPerson *viewer, const char *way, GHashTable *there)
{
  for (guint i = 0; i < scene->rows->len; i++)
    {
      const MtbTestRow *row = g_ptr_array_index (scene->rows, i);
      const char *table = row->table->shape.name;
      const char *relation = mtb_test_scene_relate (scene, viewer, row);
      g_autofree char *key = g_strdup_printf ("%s %s", table, row->id);
      gboolean expected = mtb_test_may ("tables", table, viewer->username, relation);

      if (g_hash_table_contains (there, key) != expected)
        mtb_test_complain ("%s %s a row of %s (%s) in %s", viewer->username,
                           expected ? "lacks" : "gets", table, relation, way);
    }
}

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static gboolean
take_change (const char *table, const char *id, gconstpointer row, gpointer data, GError **error)
{
  if (row != NULL)
    g_hash_table_add (data, g_strdup_printf ("%s %s", table, id));
  return TRUE;
}

static GHashTable *
read_feed (MtbTestScene *scene, const MtbPerson *viewer)
{
  g_autofree char *token = mtb_test_scene_sign_in (scene, viewer->id, NULL);
  g_autoptr (MtbHead) head = mtb_ledger_read_head (scene->store, NULL);
  GHashTable *there = new_set ();
  gint64 after = 0;

  while (after < head->seq)
    {
      g_autofree char *path = g_strdup_printf (
        "/v1/changes?after=%" G_GINT64_FORMAT "&limit=50&epoch=%s", after, head->epoch);
      g_autoptr (MtbResponse) response = mtb_test_scene_ask (scene, "GET", path, token, NULL);
      g_autoptr (JsonObject) answer = mtb_test_read_answer (response);
      g_autoptr (GError) error = NULL;

      mtb_message_read_changes (answer, take_change, there, &error);
      g_assert_no_error (error);
      after = mtb_json_get_number (answer, "next");
    }
  return there;
}

static gboolean
take_key (gpointer record, gpointer data, GError **error)
{
  g_hash_table_add (data, g_strdup_printf ("%s %s", mtb_record_get_shape (record)->name,
                                           mtb_record_get_id (record)));
  return TRUE;
}

/* What a desk has in its cache after its first sync. */
static GHashTable *
read_cache (MtbTestScene *scene, const MtbPerson *viewer)
{
  g_autoptr (MtbTestDesk) desk = mtb_test_desk_new (scene->server, viewer->username);
  guint generation;
  g_autofree char *uri = mtb_client_dup_cache_uri (desk->client, &generation);
  g_autoptr (MtbStore) cache = mtb_store_open (uri, MTB_STORE_READ_ONLY, NULL);
  GHashTable *there = new_set ();

  for (guint i = 0; mtb_tables[i] != NULL; i++)
    {
      g_autofree char *sql =
        g_strdup_printf ("SELECT $columns(t) FROM %s t", mtb_tables[i]->shape.name);
      g_autoptr (GError) error = NULL;

      mtb_store_each (cache, &mtb_tables[i]->shape, sql, NULL, take_key, there, &error);
      g_assert_no_error (error);
    }
  return there;
}

static void
test_rows (void)
{
  g_autoptr (MtbTestScene) scene = mtb_test_scene_new ();

  for (guint i = 0; i < scene->people->len; i++)
    {
      const MtbPerson *viewer = g_ptr_array_index (scene->people, i);
      g_autoptr (GHashTable) feed = NULL;
      g_autoptr (GHashTable) cache = NULL;

      if (!mtb_test_person_has_column (viewer))
        continue;
      feed = read_feed (scene, viewer);
      check_rows (scene, viewer, "the feed", feed);
      cache = read_cache (scene, viewer);
      check_rows (scene, viewer, "a first sync", cache);
    }
}

/* Who is told that somebody is there */

static void
test_live (void)
{
  g_autoptr (MtbTestScene) scene = mtb_test_scene_new ();

  for (guint i = 0; i < scene->people->len; i++)
    {
      const MtbPerson *person = g_ptr_array_index (scene->people, i);
      g_autoptr (MtbViewer) viewer = NULL;

      if (!mtb_test_person_has_column (person))
        continue;
      viewer = mtb_viewer_load (scene->store, person->id, NULL);
      for (guint j = 0; j < scene->rows->len; j++)
        {
          const MtbTestRow *row = g_ptr_array_index (scene->rows, j);
          const char *relation = mtb_test_scene_relate (scene, person, row);

          if (row->table == &mtb_presence_table
              && mtb_connected_is_seen_by (viewer, row->owner_id)
                   != mtb_test_may ("live", "connected", person->username, relation))
            mtb_test_complain ("%s is told wrongly of who is connected (%s)", person->username,
                               relation);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/authorisation/rows/table", test_table_of_rows);
  g_test_add_func ("/authorisation/rows/people", test_rows);
  g_test_add_func ("/authorisation/rows/live", test_live);
  return mtb_test_rights_run ();
}
