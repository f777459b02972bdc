#include "mtb-test-server.h"

#include "mtb-error.h"
#include "mtb-id.h"
#include "mtb-setting.h"
#include "mtb-subscriber.h"
#include "mtb-test-database.h"
#include "mtb-test-record.h"
#include "mtb-time.h"

#include <glib/gstdio.h>

gint64
mtb_test_server_read_clock (gpointer data)
{
  const MtbTestServer *self = data;

  return (self->still_at != 0 ? self->still_at : mtb_time_now ()) + self->ahead_ms;
}

static gboolean
add_change (MtbStore *store,
            const MtbTable *table,
            gconstpointer before,
            gconstpointer after,
            gpointer head,
            GError **error)
{
  return mtb_ledger_add_change (store, head, table, before, after, error);
}

/* Writes rows as a command would, feed and all. */
static void
put_rows (MtbStore *store, gpointer *records, guint n_records)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbHead) head = NULL;

  g_assert_true (mtb_store_begin (store, &error));
  head = mtb_ledger_take_head (store, &error);
  g_assert_no_error (error);
  mtb_store_set_journal (store, add_change, head);
  for (guint i = 0; i < n_records && error == NULL; i++)
    mtb_store_put (store, records[i], &error);
  mtb_store_set_journal (store, NULL, NULL);
  g_assert_no_error (error);
  g_assert_true (mtb_ledger_write_head (store, head, &error));
  g_assert_true (mtb_store_commit (store, &error));
}

static void
put_row (MtbStore *store, gpointer record)
{
  put_rows (store, &record, 1);
}

static void
add_person (MtbStore *store, const char *name, gint64 roles, const char *team, const char *verifier)
{
  g_autoptr (MtbPerson) person = mtb_record_new (&mtb_person_table.shape);
  g_autoptr (MtbCredential) credential = mtb_record_new (&mtb_credential_shape);

  person->id = g_strdup (mtb_test_id (name));
  person->username = g_strdup (name);
  person->display_name = g_strdup (name);
  person->roles = roles;
  person->team_id = g_strdup (team != NULL ? mtb_test_id (team) : NULL);
  person->pbx_name = g_strdup (name);
  person->active = 1;
  put_row (store, person);
  credential->person_id = g_strdup (person->id);
  credential->verifier = g_strdup (verifier);
  credential->changed_at = 0;
  g_assert_true (mtb_store_put (store, credential, NULL));
}

static void
add_team (MtbStore *store, const char *name)
{
  g_autoptr (MtbTeam) team = mtb_record_new (&mtb_team_table.shape);

  team->id = g_strdup (mtb_test_id (name));
  team->name = g_strdup (name);
  put_row (store, team);
}

static void
add_type (MtbStore *store, const char *name, const char *parent)
{
  g_autoptr (MtbCallType) type = mtb_record_new (&mtb_call_type_table.shape);

  type->id = g_strdup (mtb_test_id (name));
  type->parent_id = g_strdup (parent != NULL ? mtb_test_id (parent) : NULL);
  type->name = g_strdup (name);
  type->name_en = g_strdup (name);
  type->position = 1;
  type->active = 1;
  put_row (store, type);
}

static void
add_subscriber (MtbStore *store)
{
  g_autoptr (MtbSubscriber) subscriber = mtb_record_new (&mtb_subscriber_table.shape);
  g_autoptr (MtbCard) card = mtb_record_new (&mtb_card_table.shape);

  subscriber->id = g_strdup (mtb_test_id ("omar"));
  subscriber->account_number = g_strdup ("100200");
  subscriber->username = g_strdup ("omar100200");
  subscriber->name = g_strdup ("عمر الأحمد");
  subscriber->name_folded = g_strdup ("عمر الاحمد");
  subscriber->telephone = g_strdup ("0112345678");
  subscriber->status = MTB_SUBSCRIBER_ACTIVE;
  put_row (store, subscriber);
  card->id = g_strdup (subscriber->id);
  card->volume_allowed = 100;
  card->volume_up = 61;
  card->measured_at = mtb_time_now ();
  put_row (store, card);
}

static void
fill (MtbStore *store)
{
  g_autofree char *verifier = mtb_password_make_verifier (MTB_TEST_PASSWORD, NULL);

  add_team (store, "north");
  add_team (store, "south");
  add_person (store, "rima", MTB_ROLE_AGENT, "north", verifier);
  add_person (store, "samer", MTB_ROLE_AGENT, "north", verifier);
  add_person (store, "hadi", MTB_ROLE_SUPERVISOR, "north", verifier);
  add_person (store, "lina", MTB_ROLE_AGENT, "south", verifier);
  add_person (store, "nadia", MTB_ROLE_MANAGER, NULL, verifier);
  add_person (store, "majd", MTB_ROLE_ADMIN, NULL, verifier);
  add_person (store, "operator", MTB_ROLE_OPERATOR, NULL, verifier);
  add_type (store, "technical", NULL);
  add_type (store, "fault", "technical");
  add_subscriber (store);
}

void
mtb_test_server_start (MtbTestServer *self)
{
  g_autoptr (GError) error = NULL;

  self->service = mtb_service_new (self->database, NULL, NULL, &error);
  g_assert_no_error (error);
  mtb_service_set_clock (self->service, mtb_test_server_read_clock, self);
  mtb_service_set_snapshots (self->service, self->snapshots);
}

void
mtb_test_server_stop (MtbTestServer *self)
{
  g_rw_lock_writer_lock (&self->lock);
  g_clear_pointer (&self->service, mtb_service_free);
  g_rw_lock_writer_unlock (&self->lock);
}

MtbTestServer *
mtb_test_server_new (void)
{
  MtbTestServer *self = g_new0 (MtbTestServer, 1);
  g_autofree char *path = NULL;
  g_autoptr (MtbAuthority) authority = NULL;
  g_autoptr (GError) error = NULL;

  g_rw_lock_init (&self->lock);
  self->folder = g_dir_make_tmp ("mutabaa-sync-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (self->folder, "department.db", NULL);
  self->database = mtb_test_database_new (path);
  self->snapshots = g_build_filename (self->folder, "snapshots", NULL);
  authority = mtb_authority_open (self->database, &error);
  g_assert_no_error (error);
  fill (mtb_authority_get_store (authority));
  mtb_test_server_start (self);
  return self;
}

/* Another server of the same database. */
MtbTestServer *
mtb_test_server_new_beside (MtbTestServer *other)
{
  MtbTestServer *self = g_new0 (MtbTestServer, 1);

  g_rw_lock_init (&self->lock);
  self->folder = g_strdup (other->folder);
  self->database = g_strdup (other->database);
  self->snapshots = g_strdup (other->snapshots);
  self->is_guest = TRUE;
  mtb_test_server_start (self);
  return self;
}

void
mtb_test_remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        mtb_test_remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

void
mtb_test_server_free (MtbTestServer *self)
{
  mtb_test_server_stop (self);
  if (!self->is_guest)
    mtb_test_remove_folder (self->folder);
  g_rw_lock_clear (&self->lock);
  g_free (self->folder);
  g_free (self->database);
  g_free (self->snapshots);
  g_free (self);
}

void
mtb_test_server_command (MtbTestServer *self, const char *who, gpointer arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbAuthority) authority = mtb_authority_open (self->database, &error);

  g_assert_no_error (error);
  mtb_authority_command (authority, mtb_test_id (who), arguments, NULL, NULL, &error);
  g_assert_no_error (error);
}

void
mtb_test_server_put (MtbTestServer *self, gpointer record)
{
  g_autoptr (MtbStore) store = mtb_store_open (self->database, MTB_STORE_AUTHORITY, NULL);

  put_row (store, record);
}

/* Many rows at once, through a connection that stays. */
void
mtb_test_server_put_all (MtbStore *store, GPtrArray *records)
{
  put_rows (store, records->pdata, records->len);
}

gint64
mtb_test_server_count (MtbTestServer *self, const char *sql)
{
  g_autoptr (MtbStore) store = mtb_store_open (self->database, MTB_STORE_READ_ONLY, NULL);
  g_autoptr (GError) error = NULL;
  gint64 n;

  mtb_store_select_number (store, sql, NULL, &n, &error);
  g_assert_no_error (error);
  return n;
}

struct _MtbTestTransport
{
  GObject parent_instance;
  MtbTestServer *server;
  GHashTable *n_sent;
  gboolean cut;
  char *lost_method;
  guint n_lost;
  char *damaged_path;
  guint n_damaged;
  gint64 cut_after;
  gint64 n_fetched;
  void (*meanwhile) (gpointer data);
  gpointer meanwhile_data;
};

static void mtb_test_transport_iface_init (MtbTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MtbTestTransport,
                               mtb_test_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MTB_TYPE_TRANSPORT,
                                                      mtb_test_transport_iface_init))

static MtbAnswer *
fail_unreachable (GError **error)
{
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_UNREACHABLE, "the line is cut");
  return NULL;
}

/* All of a file's bytes, or as many as come before the line is cut; one is wrong where the answer is to
 * be damaged. */
static void
read_file (MtbTestTransport *self,
           const char *path,
           const MtbResponse *response,
           GInputStream **stream)
{
  gsize length = (gsize) response->length;
  g_autofree guint8 *bytes = g_malloc (length);

  g_assert_true (g_input_stream_read_all (response->stream, bytes, length, &length, NULL, NULL));
  g_assert_cmpint ((gint64) length, ==, response->length);
  if (self->n_damaged > 0 && g_str_has_prefix (path, self->damaged_path))
    {
      self->n_damaged--;
      bytes[length / 2] ^= 1;
    }
  if (self->cut_after >= 0)
    length = MIN (length, (gsize) self->cut_after);
  if (self->cut_after >= 0)
    self->cut_after = length < (gsize) response->length ? -1 : self->cut_after - (gint64) length;
  self->n_fetched += (gint64) length;
  *stream = g_memory_input_stream_new_from_data (g_steal_pointer (&bytes), (gssize) length, g_free);
}

static MtbAnswer *
make_answer (MtbTestTransport *self, const char *path, const MtbResponse *response)
{
  MtbAnswer *answer = g_new0 (MtbAnswer, 1);

  answer->status = response->status;
  answer->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (response->body != NULL)
    answer->body = g_bytes_ref (response->body);
  if (response->stream != NULL)
    {
      read_file (self, path, response, &answer->stream);
      return answer;
    }
  if (self->n_damaged > 0 && g_str_has_prefix (path, self->damaged_path))
    {
      self->n_damaged--;
      g_bytes_unref (answer->body);
      answer->body =
        g_bytes_new_from_bytes (response->body, 0, g_bytes_get_size (response->body) / 2);
    }
  return answer;
}

static MtbAnswer *
carry (MtbTestTransport *self, const char *path, const MtbRequest *request, GError **error)
{
  const char *method = request->method;
  g_autoptr (MtbResponse) response = NULL;
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->n_sent, method));

  if (self->cut)
    return fail_unreachable (error);
  g_rw_lock_reader_lock (&self->server->lock);
  if (self->server->service != NULL)
    response = mtb_service_handle (self->server->service, request);
  g_rw_lock_reader_unlock (&self->server->lock);
  if (response == NULL)
    return fail_unreachable (error);
  g_hash_table_insert (self->n_sent, g_strdup (method), GUINT_TO_POINTER (n + 1));
  if (self->n_lost > 0 && g_str_equal (method, self->lost_method))
    {
      self->n_lost--;
      return fail_unreachable (error);
    }
  return make_answer (self, path, response);
}

static MtbAnswer *
send_request (MtbTransport *transport,
              const char *method,
              const char *path,
              const char *token,
              GBytes *body,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (MtbRequest) request = mtb_request_new (method, path, token, "test", NULL, body);
  MtbTestTransport *self = MTB_TEST_TRANSPORT (transport);
  MtbAnswer *answer = carry (self, path, request, error);

  if (self->meanwhile != NULL)
    self->meanwhile (self->meanwhile_data);
  return answer;
}

static MtbAnswer *
fetch_file (MtbTransport *transport,
            const char *path,
            const char *token,
            gint64 from,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (MtbRequest) request = mtb_request_new ("GET", path, token, "test", NULL, NULL);

  if (from > 0)
    request->range = g_strdup_printf ("bytes=%" G_GINT64_FORMAT "-", from);
  return carry (MTB_TEST_TRANSPORT (transport), path, request, error);
}

static gboolean
listen_never (MtbTransport *transport,
              const char *token,
              MtbTransportFunc func,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  fail_unreachable (error);
  return FALSE;
}

static const char *
get_name (MtbTransport *transport)
{
  return "test";
}

static void
mtb_test_transport_iface_init (MtbTransportInterface *iface)
{
  iface->send = send_request;
  iface->fetch = fetch_file;
  iface->listen = listen_never;
  iface->get_name = get_name;
}

static void
mtb_test_transport_finalize (GObject *object)
{
  MtbTestTransport *self = MTB_TEST_TRANSPORT (object);

  g_hash_table_unref (self->n_sent);
  g_free (self->lost_method);
  g_free (self->damaged_path);
  G_OBJECT_CLASS (mtb_test_transport_parent_class)->finalize (object);
}

static void
mtb_test_transport_class_init (MtbTestTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mtb_test_transport_finalize;
}

static void
mtb_test_transport_init (MtbTestTransport *self)
{
  self->cut_after = -1;
  self->n_sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

MtbTestTransport *
mtb_test_transport_new (MtbTestServer *server)
{
  MtbTestTransport *self = g_object_new (MTB_TYPE_TEST_TRANSPORT, NULL);

  self->server = server;
  return self;
}

void
mtb_test_transport_set_server (MtbTestTransport *self, MtbTestServer *server)
{
  self->server = server;
}

void
mtb_test_transport_set_cut (MtbTestTransport *self, gboolean cut)
{
  self->cut = cut;
}

/* The server gets the next @n requests and its answers are lost. */
void
mtb_test_transport_lose_answers (MtbTestTransport *self, const char *method, guint n)
{
  g_free (self->lost_method);
  self->lost_method = g_strdup (method);
  self->n_lost = n;
}

/* The next @n answers on @path come cut in half; a file comes with a wrong byte in it. */
void
mtb_test_transport_damage (MtbTestTransport *self, const char *path, guint n)
{
  g_free (self->damaged_path);
  self->damaged_path = g_strdup (path);
  self->n_damaged = n;
}

/* The line is cut once, after so many bytes of files. */
void
mtb_test_transport_cut_after (MtbTestTransport *self, gint64 n_bytes)
{
  self->cut_after = n_bytes;
}

/* What happens at the desk while a request is under way. */
void
mtb_test_transport_set_meanwhile (MtbTestTransport *self,
                                  void (*func) (gpointer data),
                                  gpointer data)
{
  self->meanwhile = func;
  self->meanwhile_data = data;
}

/* How many bytes of files have come. */
gint64
mtb_test_transport_get_n_fetched (MtbTestTransport *self)
{
  return self->n_fetched;
}

guint
mtb_test_transport_get_n_sent (MtbTestTransport *self, const char *method)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->n_sent, method));
}
