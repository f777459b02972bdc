/* What live connections are to be told. Everything that is the same for all is read once; a person is
 * loaded only where there is something that might concern them. */

#include "mtb-look.h"

#include "mtb-feed.h"
#include "mtb-lease.h"
#include "mtb-service-private.h"

/* What cannot be read now is looked for again. */
#define LATER -1

static void
free_person (gpointer data)
{
  MtbLookPerson *person = data;

  g_free (person->list);
  g_clear_pointer (&person->news, g_ptr_array_unref);
  g_free (person);
}

/**
 * mtb_look_new:
 * @after: the feed number at the last look
 * @before: (nullable) (transfer none): who was connected then
 *
 * Returns: (transfer full): a look that is still to be taken
 */
MtbLook *
mtb_look_new (gint64 after, MtbConnected *before)
{
  MtbLook *self = g_new0 (MtbLook, 1);

  self->after = after;
  self->before = before != NULL ? mtb_connected_ref (before) : NULL;
  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_person);
  self->seq = LATER;
  return self;
}

/**
 * mtb_look_free:
 * @self: (nullable) (transfer full): a look
 */
void
mtb_look_free (MtbLook *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->before, mtb_connected_unref);
  g_clear_pointer (&self->now, mtb_connected_unref);
  g_hash_table_unref (self->people);
  g_free (self);
}

/**
 * mtb_look_add:
 * @self: a look
 * @person_id: for whom to look too
 *
 * Returns: (transfer none): what is looked for
 */
MtbLookPerson *
mtb_look_add (MtbLook *self, const char *person_id)
{
  MtbLookPerson *person = g_hash_table_lookup (self->people, person_id);

  if (person == NULL)
    {
      person = g_new0 (MtbLookPerson, 1);
      g_hash_table_insert (self->people, g_strdup (person_id), person);
    }
  return person;
}

static void
add_news (MtbLook *self, MtbLookPerson *person, const MtbViewer *viewer, GPtrArray *changed)
{
  for (guint i = 0; i < changed->len; i++)
    {
      const char *person_id = g_ptr_array_index (changed, i);

      if (!mtb_connected_is_seen_by (viewer, person_id))
        continue;
      if (person->news == NULL)
        person->news = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (person->news, mtb_connected_write_person (self->now, person_id));
    }
}

static void
look_for_person (MtbLook *self,
                 MtbLookPerson *person,
                 const MtbViewer *viewer,
                 const MtbFeedNews *news,
                 GPtrArray *changed)
{
  if (news != NULL)
    {
      person->is_concerned = mtb_feed_news_concern (news, viewer);
      person->has_other_sight = mtb_feed_news_change_sight (news, viewer);
    }
  if (self->now == NULL)
    return;
  add_news (self, person, viewer, changed);
  if (person->wants_list || person->has_other_sight)
    person->list = mtb_connected_write_list (self->now, viewer);
}

static void
look_for_people (MtbLook *self, MtbStore *store, const MtbFeedNews *news, GPtrArray *changed)
{
  GHashTableIter iter;
  gpointer person_id;
  gpointer data;

  g_hash_table_iter_init (&iter, self->people);
  while (g_hash_table_iter_next (&iter, &person_id, &data))
    {
      MtbLookPerson *person = data;
      g_autoptr (MtbViewer) viewer = NULL;

      if (news == NULL && changed->len == 0 && !person->wants_list)
        continue;
      viewer = mtb_viewer_load (store, person_id, NULL);
      if (viewer != NULL)
        look_for_person (self, person, viewer, news, changed);
      else
        self->seq = LATER;
    }
}

static gboolean
have_sign_ins_ended (MtbStore *store, gint64 after)
{
  gint64 n = 0;

  mtb_store_select_number (
    store,
    "SELECT COUNT(*) FROM (SELECT 1 FROM command WHERE seq > :after AND type IN"
    " ('account.password', 'account.change', 'session.revoke', 'person.set') LIMIT 1) c",
    MTB_PARAMETERS (MTB_NUMBER ("after", after)), &n, NULL);
  return n > 0;
}

/**
 * mtb_look_run:
 * @self: a look
 * @service: the service
 *
 * Looks, on any thread.
 */
void
mtb_look_run (MtbLook *self, MtbService *service)
{
  MtbExchange exchange = { .service = service };
  gint64 lease_ms = MTB_BEATS_MISSED * mtb_service_get_beat_ms (service);
  g_autoptr (MtbFeedNews) news = NULL;
  g_autoptr (GPtrArray) changed = NULL;

  if (mtb_exchange_take (&exchange, NULL))
    {
      self->seq = exchange.head->seq;
      /* Of a history that is shorter than it was, all may be news. */
      if (self->seq < self->after)
        self->after = -1;
      self->now =
        mtb_connected_read (exchange.store, mtb_service_get_now (service), lease_ms, NULL);
      if (self->seq > self->after)
        {
          news = mtb_feed_news_read (exchange.store, self->after, NULL);
          self->sign_ins_ended = have_sign_ins_ended (exchange.store, self->after);
        }
      if (self->seq > self->after && news == NULL)
        self->seq = LATER;
      changed = self->now != NULL && self->before != NULL
                  ? mtb_connected_compare (self->now, self->before)
                  : g_ptr_array_new ();
      look_for_people (self, exchange.store, news, changed);
    }
  mtb_exchange_release (&exchange);
}
