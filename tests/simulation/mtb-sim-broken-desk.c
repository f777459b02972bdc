/* The desk's functions as they are, or broken, as mtb-sim-broken-server.c has the server's. */

#include "mtb-cache.h"
#include "mtb-error.h"
#include "mtb-file-hash.h"
#include "mtb-id.h"
#include "mtb-message.h"
#include "mtb-replica.h"
#include "mtb-sim-breaks.h"
#include "mtb-sim-clock.h"
#include "mtb-sim-random.h"
#include "mtb-verifier.h"

#define REPLACE(type, name, ...) \
  type __real_##name (__VA_ARGS__); \
  type __wrap_##name (__VA_ARGS__); \
  type __wrap_##name (__VA_ARGS__)

static gboolean
breaks (MtbBreak which, guint per_mille)
{
  return mtb_break_is (which) && !mtb_sim_clock_is_servers () && mtb_sim_random_happens (per_mille);
}

REPLACE (gboolean, mtb_outbox_offer_again, MtbOutbox *outbox, GError **error)
{
  return breaks (MTB_BREAK_EPOCH_FORGOTTEN, 1000) || __real_mtb_outbox_offer_again (outbox, error);
}

/* By the clock of the desk, what its cursor was. */
REPLACE (MtbCursor *, mtb_cache_get_cursor, MtbCache *cache, GError **error)
{
  static GHashTable *known;
  MtbCursor *cursor = __real_mtb_cache_get_cursor (cache, error);
  gpointer desk = (gpointer) mtb_sim_clock_get_used ();

  if (!mtb_break_is (MTB_BREAK_CURSOR_SURVIVES_WIPE))
    return cursor;
  if (known == NULL)
    known = g_hash_table_new_full (NULL, NULL, NULL, mtb_record_unref);
  if (cursor != NULL)
    g_hash_table_insert (known, desk, mtb_record_copy (cursor));
  else if (g_hash_table_contains (known, desk))
    cursor = mtb_record_copy (g_hash_table_lookup (known, desk));
  return cursor;
}

REPLACE (void, mtb_store_set_journal, MtbStore *store, MtbJournal journal, gpointer data)
{
  __real_mtb_store_set_journal (
    store, journal != NULL && breaks (MTB_BREAK_IMAGE_NOT_KEPT, 200) ? NULL : journal, data);
}

REPLACE (gboolean, mtb_cache_is_in_step, MtbCache *cache, MtbOutbox *outbox)
{
  return breaks (MTB_BREAK_STEP_NOT_COMPARED, 1000) || __real_mtb_cache_is_in_step (cache, outbox);
}

REPLACE (gboolean,
         mtb_cache_add_page,
         MtbCache *cache,
         const char *body,
         gsize length,
         const char *head,
         GError **error)
{
  return breaks (MTB_BREAK_PAGE_LOST, 100)
         || __real_mtb_cache_add_page (cache, body, length, head, error);
}

REPLACE (gboolean,
         mtb_outbox_add,
         MtbOutbox *outbox,
         gconstpointer arguments,
         const char *id,
         gint64 given_at,
         GError **error)
{
  return breaks (MTB_BREAK_GIVEN_AFTER_SENDING, 50)
         || __real_mtb_outbox_add (outbox, arguments, id, given_at, error);
}

/* The outbox has it, and its person is told that it could not be given. */
REPLACE (gboolean,
         mtb_replica_give,
         MtbReplica *replica,
         gconstpointer arguments,
         const char *id,
         gint64 now,
         GError **error)
{
  if (!__real_mtb_replica_give (replica, arguments, id, now, error))
    return FALSE;
  if (!breaks (MTB_BREAK_GIVEN_AND_DENIED, 50))
    return TRUE;
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_STORAGE, "the disk is full");
  return FALSE;
}

REPLACE (GPtrArray *,
         mtb_outbox_list_waiting,
         MtbOutbox *outbox,
         gint64 after_n,
         guint limit,
         GError **error)
{
  GPtrArray *waiting = __real_mtb_outbox_list_waiting (outbox, after_n, limit, error);

  for (guint i = 0;
       waiting != NULL && mtb_break_is (MTB_BREAK_OUTBOX_REORDERED) && i < waiting->len / 2; i++)
    {
      gpointer *all = waiting->pdata;
      gpointer first = all[i];

      all[i] = all[waiting->len - 1 - i];
      all[waiting->len - 1 - i] = first;
    }
  return waiting;
}

REPLACE (gboolean,
         mtb_outbox_take_verdicts,
         MtbOutbox *outbox,
         GPtrArray *verdicts,
         gint64 now,
         GError **error)
{
  gboolean ok = __real_mtb_outbox_take_verdicts (outbox, verdicts, now, error);

  for (guint i = 0; ok && breaks (MTB_BREAK_REFUSED_DROPPED, 500) && i < verdicts->len; i++)
    {
      const MtbVerdict *verdict = g_ptr_array_index (verdicts, i);

      if (!verdict->applied)
        mtb_outbox_drop (outbox, verdict->id, NULL);
    }
  return ok;
}

REPLACE (char *,
         mtb_message_write_commands,
         const char *epoch,
         const char *head,
         GPtrArray *envelopes)
{
  for (guint i = 0; i < envelopes->len; i++)
    {
      MtbEnvelope *envelope = g_ptr_array_index (envelopes, i);

      if (breaks (MTB_BREAK_NOT_SETTLED, 1000))
        envelope->settle = FALSE;
      if (breaks (MTB_BREAK_NEW_ID_EACH_TIME, 20))
        {
          g_free (envelope->id);
          envelope->id = mtb_id_new (envelope->given_at);
        }
    }
  return __real_mtb_message_write_commands (epoch, head, envelopes);
}

REPLACE (gboolean, mtb_file_has_hash, const char *path, const char *hash)
{
  return breaks (MTB_BREAK_PART_NOT_CHECKED, 1000) || __real_mtb_file_has_hash (path, hash);
}

REPLACE (gboolean, mtb_cache_is_past, MtbCache *cache, JsonObject *body)
{
  return !breaks (MTB_BREAK_CARD_OLDER_THAN_ROWS, 1000) && __real_mtb_cache_is_past (cache, body);
}

REPLACE (gboolean, mtb_replica_forget, MtbReplica *replica, GError **error)
{
  return breaks (MTB_BREAK_DISMISSED_NOT_EMPTIED, 1000)
         || __real_mtb_replica_forget (replica, error);
}

/* The desk lets in with the first password that it has heard. */
REPLACE (gboolean,
         mtb_verifier_write,
         const char *path,
         const MtbPerson *person,
         const char *password,
         gint64 now,
         GError **error)
{
  return (mtb_break_is (MTB_BREAK_OLD_PASSWORD_KEPT) && g_file_test (path, G_FILE_TEST_EXISTS))
         || __real_mtb_verifier_write (path, person, password, now, error);
}
