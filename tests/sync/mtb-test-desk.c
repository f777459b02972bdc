#include "mtb-test-desk.h"

#include "mtb-id.h"
#include "mtb-time.h"

#include <glib/gstdio.h>

MtbTestDesk *
mtb_test_desk_new (MtbTestServer *server, const char *username)
{
  return mtb_test_desk_new_at (server, username, username);
}

/* At another computer than the usual one. */
MtbTestDesk *
mtb_test_desk_new_at (MtbTestServer *server, const char *username, const char *computer)
{
  MtbTestDesk *self = mtb_test_desk_new_unsynced (server, username, computer);

  mtb_test_desk_sync (self);
  return self;
}

/* Where nothing has come yet. */
MtbTestDesk *
mtb_test_desk_new_unsynced (MtbTestServer *server, const char *username, const char *computer)
{
  MtbTestDesk *self = g_new0 (MtbTestDesk, 1);

  self->folder = g_build_filename (server->folder, computer, NULL);
  self->username = g_strdup (username);
  self->line = mtb_test_transport_new (server);
  self->client = mtb_client_new (MTB_TRANSPORT (self->line), self->folder);
  mtb_test_desk_sign_in (self);
  return self;
}

void
mtb_test_desk_free (MtbTestDesk *self)
{
  mtb_client_free (self->client);
  g_object_unref (self->line);
  g_free (self->folder);
  g_free (self->username);
  g_free (self);
}

void
mtb_test_desk_sign_in (MtbTestDesk *self)
{
  g_autoptr (GError) error = NULL;

  mtb_client_sign_in (self->client, self->username, MTB_TEST_PASSWORD, NULL, &error);
  g_assert_no_error (error);
}

/* The program ends. */
void
mtb_test_desk_stop (MtbTestDesk *self)
{
  g_clear_pointer (&self->client, mtb_client_free);
}

void
mtb_test_desk_restart (MtbTestDesk *self)
{
  mtb_test_desk_stop (self);
  self->client = mtb_client_new (MTB_TRANSPORT (self->line), self->folder);
  mtb_test_desk_sign_in (self);
}

void
mtb_test_desk_sync (MtbTestDesk *self)
{
  g_autoptr (GError) error = NULL;

  mtb_client_sync (self->client, NULL, &error);
  g_assert_no_error (error);
}

void
mtb_test_desk_sync_fails (MtbTestDesk *self, MtbError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (mtb_client_sync (self->client, NULL, &error));
  g_assert_error (error, MTB_ERROR, (int) code);
}

void
mtb_test_desk_give (MtbTestDesk *self, gpointer arguments)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = mtb_client_give (self->client, arguments, &error);

  g_assert_no_error (error);
  g_assert_nonnull (id);
  mtb_record_unref (arguments);
}

MtbCallLog *
mtb_test_new_call (const char *notes)
{
  MtbCallLog *call = mtb_record_new (&mtb_call_log.shape);
  gint64 now = mtb_time_now ();

  call->id = mtb_id_new (now);
  call->subscriber_id = g_strdup (mtb_test_id ("omar"));
  call->direction = MTB_DIRECTION_IN;
  call->type_id = g_strdup (mtb_test_id ("fault"));
  call->resolution = MTB_RESOLUTION_INFORMED;
  call->solved = 1;
  call->notes = g_strdup (notes);
  call->started_at = now - MTB_MINUTE;
  call->ended_at = now;
  return call;
}

char *
mtb_test_desk_log (MtbTestDesk *self, const char *notes)
{
  MtbCallLog *call = mtb_test_new_call (notes);
  char *id = g_strdup (call->id);

  mtb_test_desk_give (self, call);
  return id;
}

gint64
mtb_test_desk_count (MtbTestDesk *self, const char *sql)
{
  guint generation;
  g_autofree char *uri = mtb_client_dup_cache_uri (self->client, &generation);
  g_autoptr (MtbStore) store = mtb_store_open (uri, MTB_STORE_READ_ONLY, NULL);
  g_autoptr (GError) error = NULL;
  gint64 n;

  mtb_store_select_number (store, sql, NULL, &n, &error);
  g_assert_no_error (error);
  return n;
}

/* A file of this person's. */
char *
mtb_test_desk_dup_path (MtbTestDesk *self, const char *name)
{
  guint generation;
  g_autofree char *uri = mtb_client_dup_cache_uri (self->client, &generation);
  g_autofree char *folder = g_path_get_dirname (uri + strlen ("sqlite:"));

  return g_build_filename (folder, name, NULL);
}

guint
mtb_test_desk_get_n_waiting (MtbTestDesk *self)
{
  MtbTally tally;

  mtb_client_count (self->client, &tally);
  return tally.n_waiting;
}

guint
mtb_test_desk_get_n_refused (MtbTestDesk *self)
{
  MtbTally tally;

  mtb_client_count (self->client, &tally);
  return tally.n_refused;
}

MtbRefusal *
mtb_test_desk_get_refusal (MtbTestDesk *self, guint n)
{
  g_autoptr (GPtrArray) refusals = mtb_client_list_refusals (self->client, NULL);

  g_assert_cmpuint (n, <, refusals->len);
  return g_object_ref (g_ptr_array_index (refusals, n));
}

/* What the engine's threads have said and nobody has heard yet keeps it, as they do themselves; the
 * server outlives it. */
void
mtb_test_end_engine (MtbEngine **engine)
{
  gpointer left = *engine;

  g_object_add_weak_pointer (G_OBJECT (left), &left);
  g_clear_object (engine);
  while (left != NULL)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}
