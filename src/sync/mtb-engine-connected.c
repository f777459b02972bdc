/* Who is connected, as far as this person may know it: kept on the main thread, and only as long as
 * the live connection stands. */

#include "mtb-engine-private.h"

#include "mtb-json.h"

/* A message on its way to the main thread. */
typedef struct
{
  GWeakRef engine;
  JsonObject *message;
} Told;

static void
free_told (gpointer data)
{
  Told *told = data;

  g_weak_ref_clear (&told->engine);
  g_clear_pointer (&told->message, json_object_unref);
  g_free (told);
}

void
mtb_engine_connected_clear (MtbEngine *self)
{
  g_clear_pointer (&self->connected, g_hash_table_unref);
  g_clear_pointer (&self->gone, g_hash_table_unref);
}

static void
take_standing (MtbEngine *self, JsonObject *object)
{
  const char *person_id = mtb_json_get_text (object, "person_id");
  gint64 seen_at = mtb_json_get_time (object, "seen_at");

  if (person_id == NULL)
    return;
  g_hash_table_remove (self->connected, person_id);
  g_hash_table_remove (self->gone, person_id);
  if (seen_at == MTB_ABSENT)
    g_hash_table_add (self->connected, g_strdup (person_id));
  else
    g_hash_table_insert (self->gone, g_strdup (person_id), g_memdup2 (&seen_at, sizeof seen_at));
}

static void
take_list (MtbEngine *self, JsonArray *people)
{
  mtb_engine_connected_clear (self);
  self->connected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < json_array_get_length (people); i++)
    {
      JsonNode *node = json_array_get_element (people, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        take_standing (self, json_node_get_object (node));
    }
}

static gboolean
on_told (gpointer data)
{
  Told *told = data;
  g_autoptr (MtbEngine) self = g_weak_ref_get (&told->engine);
  JsonArray *people = told->message != NULL ? mtb_json_get_array (told->message, "people") : NULL;

  if (self == NULL)
    return G_SOURCE_REMOVE;
  if (told->message == NULL)
    mtb_engine_connected_clear (self);
  else if (people != NULL)
    take_list (self, people);
  else if (self->connected != NULL)
    take_standing (self, told->message);
  mtb_engine_emit_connected (self);
  return G_SOURCE_REMOVE;
}

/* From the listener's thread; NULL where the connection has ended. */
void
mtb_engine_tell_connected (MtbEngine *self, JsonObject *message)
{
  const char *type = message != NULL ? mtb_json_get_text (message, "type") : NULL;
  Told *told;

  if (message != NULL && g_strcmp0 (type, "connected") != 0 && g_strcmp0 (type, "gone") != 0)
    return;
  told = g_new0 (Told, 1);
  g_weak_ref_init (&told->engine, self);
  told->message = message != NULL ? json_object_ref (message) : NULL;
  g_idle_add_full (G_PRIORITY_DEFAULT, on_told, told, free_told);
}

/**
 * mtb_engine_knows_connected:
 * @self: an engine
 *
 * Returns: whether it is known who is connected, which it is while the live connection stands
 */
gboolean
mtb_engine_knows_connected (MtbEngine *self)
{
  return self->connected != NULL;
}

/**
 * mtb_engine_is_connected:
 * @self: an engine
 * @person_id: somebody whose presence this person sees
 *
 * Returns: whether a desk of theirs is connected to a server, as far as is known
 */
gboolean
mtb_engine_is_connected (MtbEngine *self, const char *person_id)
{
  return self->connected != NULL && g_hash_table_contains (self->connected, person_id);
}

/**
 * mtb_engine_get_gone_since:
 * @self: an engine
 * @person_id: somebody whose presence this person sees
 *
 * Returns: when the last desk of theirs was last heard of, or %MTB_ABSENT where they are connected,
 *   were not seen in the last hours, or it is not known
 */
gint64
mtb_engine_get_gone_since (MtbEngine *self, const char *person_id)
{
  const gint64 *seen_at = self->gone != NULL ? g_hash_table_lookup (self->gone, person_id) : NULL;

  return seen_at != NULL ? *seen_at : MTB_ABSENT;
}
