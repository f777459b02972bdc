#include "mtb-test-scene.h"

#include "mtb-call.h"
#include "mtb-document.h"
#include "mtb-ledger.h"
#include "mtb-note.h"
#include "mtb-pbx.h"
#include "mtb-presence.h"
#include "mtb-setting.h"
#include "mtb-subscriber.h"
#include "mtb-time.h"

#include <string.h>

/* Beside one person a role. */
static const char *const together[] = {
  "agent+supervisor",
  "quality+finance",
  "manager+admin",
  "followup+field+department",
};

static void
free_row (gpointer data)
{
  MtbTestRow *row = data;

  g_free (row->id);
  g_free (row);
}

static void
add_person (MtbTestScene *self, const char *name, const char *roles, const char *team)
{
  MtbPerson *person = mtb_record_new (&mtb_person_table.shape);
  g_auto (GStrv) words = g_strsplit (roles, "+", -1);

  person->id = g_strdup (mtb_test_id (name));
  person->username = g_strdup (name);
  person->display_name = g_strdup (name);
  person->roles = 0;
  for (guint i = 0; mtb_role_words[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) words, mtb_role_words[i]))
      person->roles |= G_GINT64_CONSTANT (1) << i;
  person->team_id = g_strdup (team != NULL ? mtb_test_id (team) : NULL);
  person->pbx_name = g_strdup (name);
  person->active = 1;
  g_ptr_array_add (self->people, person);
}

static void
add_people (MtbTestScene *self)
{
  for (guint i = 0; mtb_role_words[i] != NULL; i++)
    {
      gboolean is_built_in = ((1 << i) & MTB_ROLES_BUILT_IN) != 0;

      add_person (self, mtb_role_words[i], mtb_role_words[i], is_built_in ? NULL : "north");
    }
  for (guint i = 0; i < G_N_ELEMENTS (together); i++)
    add_person (self, together[i], together[i], "north");
  add_person (self, "mate", "agent", "north");
  add_person (self, "stranger", "agent", "south");
}

static MtbTestRow *
add_row (MtbTestScene *self,
         const MtbTable *table,
         const char *id,
         gboolean owned,
         const char *owner)
{
  MtbTestRow *row = g_new0 (MtbTestRow, 1);

  row->table = table;
  row->id = g_strdup (id);
  row->is_owned = owned;
  row->owner_id = owner;
  g_ptr_array_add (self->rows, row);
  return row;
}

static const char *
get_key (const MtbTable *table, const char *owner_id)
{
  g_autofree char *name =
    g_strdup_printf ("%s of %s", table->shape.name, owner_id != NULL ? owner_id : "nobody");

  return mtb_test_id (name);
}

static void
set_text (gpointer record, const char *name, const char *value)
{
  const MtbField *field = mtb_shape_find (mtb_record_get_shape (record), name);

  if (field != NULL)
    mtb_field_set_text (field, record, value);
}

static void
set_number (gpointer record, const char *name, gint64 value)
{
  const MtbField *field = mtb_shape_find (mtb_record_get_shape (record), name);

  if (field != NULL)
    mtb_field_set_number (field, record, value);
}

/* What hangs together hangs together in the scene too; all else of a row is left to chance. */
static void
adjust (MtbTestScene *self, const MtbTable *table, gpointer record, const char *owner_id)
{
  gint64 now = mtb_time_now ();

  if (table->window != NULL)
    set_number (record, table->window, now);
  set_number (record, "connected_at", now);
  set_number (record, "ended_at", now);
  set_number (record, "minutes", 15);
  set_text (record, "call_id", get_key (&mtb_call_table, owner_id));
  if (table == &mtb_call_table)
    {
      set_text (record, "subscriber_id", NULL);
      set_text (record, "prospect_id", get_key (&mtb_prospect_table, NULL));
    }
  if (table == &mtb_pbx_call_table)
    set_number (record, "outcome", MTB_OUTCOME_COMPLETED);
  if (table == &mtb_auxiliary_table)
    set_number (record, "status", MTB_AUXILIARY_ENDED);
  if (table == &mtb_card_table)
    set_text (record, "id", get_key (&mtb_subscriber_table, NULL));
  set_text (record, "document_id", get_key (&mtb_document_table, NULL));
  if (mtb_shape_find (&table->shape, "name_folded") != NULL)
    set_text (record, "name", "wanted");
  set_text (record, "name_folded", "wanted");
}

static void
make_row (MtbTestScene *self,
          const MtbTable *table,
          gboolean owned,
          const char *owner_id,
          GRand *rand,
          GPtrArray *records)
{
  gpointer record = mtb_test_make_record (&table->shape, rand);

  set_text (record, "id", get_key (table, owner_id));
  if (owned)
    set_text (record, table->scope, owner_id);
  adjust (self, table, record, owner_id);
  g_ptr_array_add (records, record);
  add_row (self, table, mtb_record_get_id (record), owned, owner_id);
}

/* A second record of each person's, of a subscriber's call. */
static void
make_card_call (MtbTestScene *self, const char *owner_id, GRand *rand, GPtrArray *records)
{
  g_autofree char *name = g_strdup_printf ("card call of %s", owner_id);
  MtbCall *call = mtb_test_make_record (&mtb_call_table.shape, rand);

  adjust (self, &mtb_call_table, call, owner_id);
  set_text (call, "id", mtb_test_id (name));
  set_text (call, "person_id", owner_id);
  set_text (call, "prospect_id", NULL);
  set_text (call, "subscriber_id", get_key (&mtb_subscriber_table, NULL));
  g_ptr_array_add (records, call);
  add_row (self, &mtb_call_table, call->id, TRUE, owner_id)->is_on_card = TRUE;
}

static void
make_rows (MtbTestScene *self, const MtbTable *table, GRand *rand, GPtrArray *records)
{
  if (table->scope == NULL)
    {
      make_row (self, table, FALSE, NULL, rand, records);
      return;
    }
  for (guint i = 0; i < self->people->len; i++)
    if (!mtb_test_person_is_built_in (g_ptr_array_index (self->people, i)))
      make_row (self, table, TRUE, mtb_record_get_id (g_ptr_array_index (self->people, i)), rand,
                records);
  if (!mtb_shape_find (&table->shape, table->scope)->required)
    make_row (self, table, TRUE, NULL, rand, records);
}

static void
add_credential (MtbTestScene *self, const MtbPerson *person, const char *verifier)
{
  g_autoptr (MtbCredential) credential = mtb_record_new (&mtb_credential_shape);

  credential->person_id = g_strdup (person->id);
  credential->verifier = g_strdup (verifier);
  credential->changed_at = 0;
  g_assert_true (mtb_store_put (self->store, credential, NULL));
}

static void
fill (MtbTestScene *self)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (mtb_record_unref);
  g_autofree char *verifier = mtb_password_make_verifier (MTB_TEST_PASSWORD, NULL);

  add_people (self);
  mtb_test_server_put_all (self->store, self->people);
  for (guint i = 0; i < self->people->len; i++)
    add_credential (self, g_ptr_array_index (self->people, i), verifier);
  add_row (self, &mtb_person_table, mtb_test_id ("mate"), FALSE, NULL);
  add_row (self, &mtb_team_table, mtb_test_id ("north"), FALSE, NULL);
  for (guint i = 0; mtb_tables[i] != NULL; i++)
    if (mtb_tables[i] != &mtb_person_table && mtb_tables[i] != &mtb_team_table)
      make_rows (self, mtb_tables[i], rand, records);
  for (guint i = 0; i < self->people->len; i++)
    if (!mtb_test_person_is_built_in (g_ptr_array_index (self->people, i)))
      make_card_call (self, mtb_record_get_id (g_ptr_array_index (self->people, i)), rand, records);
  mtb_test_server_put_all (self->store, records);
}

/* The first who writes on a day moves the window, and that is no trace of what they wrote. */
static void
move_window (MtbTestScene *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbAuthority) authority = mtb_authority_open (self->server->database, &error);

  g_assert_no_error (error);
  mtb_authority_move_window (authority, &error);
  g_assert_no_error (error);
}

MtbTestScene *
mtb_test_scene_new (void)
{
  MtbTestScene *self = g_new0 (MtbTestScene, 1);
  g_autoptr (GError) error = NULL;

  self->server = mtb_test_server_new ();
  self->store = mtb_store_open (self->server->database, MTB_STORE_AUTHORITY, &error);
  g_assert_no_error (error);
  self->people = g_ptr_array_new_with_free_func (mtb_record_unref);
  self->rows = g_ptr_array_new_with_free_func (free_row);
  fill (self);
  move_window (self);
  return self;
}

void
mtb_test_scene_free (MtbTestScene *self)
{
  g_ptr_array_unref (self->people);
  g_ptr_array_unref (self->rows);
  mtb_store_close (self->store);
  mtb_test_server_free (self->server);
  g_free (self);
}

const MtbPerson *
mtb_test_scene_get_person (MtbTestScene *self, const char *name)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      const MtbPerson *person = g_ptr_array_index (self->people, i);

      if (g_str_equal (person->username, name))
        return person;
    }
  g_error ("nobody here is called %s", name);
}

gboolean
mtb_test_person_is_built_in (const MtbPerson *person)
{
  return (person->roles & MTB_ROLES_BUILT_IN) != 0;
}

gboolean
mtb_test_person_has_column (const MtbPerson *person)
{
  return !mtb_test_person_is_built_in (person) && !g_str_equal (person->username, "mate")
         && !g_str_equal (person->username, "stranger");
}

static const MtbPerson *
find_owner (MtbTestScene *self, const char *id)
{
  for (guint i = 0; i < self->people->len; i++)
    if (g_str_equal (mtb_record_get_id (g_ptr_array_index (self->people, i)), id))
      return g_ptr_array_index (self->people, i);
  g_error ("nobody here is %s", id);
}

const char *
mtb_test_scene_relate (MtbTestScene *self, const MtbPerson *viewer, const MtbTestRow *row)
{
  if (!row->is_owned)
    return "yes";
  if (row->owner_id == NULL)
    return "nobody";
  if (g_str_equal (row->owner_id, viewer->id))
    return "own";
  return g_strcmp0 (find_owner (self, row->owner_id)->team_id, viewer->team_id) == 0 ? "team"
                                                                                     : "other";
}

const char *
mtb_test_scene_find (MtbTestScene *self, const char *table, const char *owner_id)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const MtbTestRow *row = g_ptr_array_index (self->rows, i);

      if (g_str_equal (row->table->shape.name, table) && g_strcmp0 (row->owner_id, owner_id) == 0)
        return row->id;
    }
  g_error ("there is no such row of %s", table);
}

char *
mtb_test_scene_dup_id (MtbTestScene *self)
{
  g_autofree char *name = g_strdup_printf ("made %u", self->n_made++);

  return g_strdup (mtb_test_id (name));
}

void
mtb_test_scene_put (MtbTestScene *self, gpointer record)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (mtb_record_unref);

  g_ptr_array_add (records, record);
  mtb_test_server_put_all (self->store, records);
}

void
mtb_test_scene_run (MtbTestScene *self, const char *sql, const char *id)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (mtb_store_begin (self->store, &error));
  mtb_store_run (self->store, sql, MTB_PARAMETERS (MTB_TEXT ("id", id)), &error);
  g_assert_no_error (error);
  g_assert_true (mtb_store_commit (self->store, &error));
}

char *
mtb_test_scene_sign_in (MtbTestScene *self, const char *person_id, char **session_id)
{
  char *token = NULL;
  g_autoptr (MtbSession) session = mtb_accounts_make_session (
    person_id, NULL, NULL, mtb_time_now (), mtb_time_now () + MTB_HOUR, &token);
  g_autoptr (GError) error = NULL;

  mtb_store_put (self->store, session, &error);
  g_assert_no_error (error);
  if (session_id != NULL)
    *session_id = g_strdup (session->id);
  return token;
}

MtbResponse *
mtb_test_scene_ask (MtbTestScene *self,
                    const char *method,
                    const char *path,
                    const char *token,
                    const char *body)
{
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_autoptr (MtbRequest) request = mtb_request_new (method, path, token, "127.0.0.1", NULL, bytes);

  return mtb_service_handle (self->server->service, request);
}

JsonObject *
mtb_test_read_answer (const MtbResponse *response)
{
  gsize length;
  const char *text = g_bytes_get_data (response->body, &length);
  g_autoptr (GError) error = NULL;
  JsonObject *object = mtb_json_read (text, length, &error);

  g_assert_no_error (error);
  return object;
}

static gboolean
append_record (gpointer record, gpointer data, GError **error)
{
  mtb_json_append_record (data, record);
  g_string_append_c (data, '\n');
  return TRUE;
}

static void
append_table (MtbTestScene *self, GString *state, const MtbShape *shape)
{
  g_autofree char *sql = g_strdup_printf ("SELECT $columns(t) FROM %s t ORDER BY t.%s", shape->name,
                                          shape->fields[0].name);
  g_autoptr (GError) error = NULL;

  mtb_store_each (self->store, shape, sql, NULL, append_record, state, &error);
  g_assert_no_error (error);
}

char *
mtb_test_scene_dup_state (MtbTestScene *self)
{
  GString *state = g_string_new (NULL);
  const MtbShape *const others[] = {
    &mtb_session_shape,
    &mtb_credential_shape,
    &mtb_sight_change_shape,
    &mtb_change_shape,
  };

  for (guint i = 0; mtb_tables[i] != NULL; i++)
    append_table (self, state, &mtb_tables[i]->shape);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    append_table (self, state, others[i]);
  return g_string_free (state, FALSE);
}
