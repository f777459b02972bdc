/* The department of the simulation: two teams, people of most roles, types of call, subscribers, a
 * document. Each seed begins with a copy of it. */

#include "mtb-sim-people.h"

#include "mtb-accounts.h"
#include "mtb-document.h"
#include "mtb-id.h"
#include "mtb-setting.h"
#include "mtb-sim-server.h"
#include "mtb-subscriber.h"

#include <glib/gstdio.h>

const char *const mtb_sim_teams[MTB_SIM_N_TEAMS] = { "north", "south" };

const char *const mtb_sim_people[MTB_SIM_N_PEOPLE] = { "rima",  "samer", "lina", "hadi",
                                                       "nadia", "majd",  "sana", "omar" };

static const struct
{
  gint64 roles;
  const char *team;
} places[MTB_SIM_N_PEOPLE] = {
  { MTB_ROLE_AGENT, "north" }, { MTB_ROLE_AGENT, "north" },
  { MTB_ROLE_AGENT, "south" }, { MTB_ROLE_SUPERVISOR, "north" },
  { MTB_ROLE_MANAGER, NULL },  { MTB_ROLE_ADMIN, NULL },
  { MTB_ROLE_QUALITY, NULL },  { MTB_ROLE_AGENT | MTB_ROLE_SUPERVISOR, "south" },
};

/* The same name always gives the same id, and nobody has to free it. */
const char *
mtb_sim_id (const char *name)
{
  static GHashTable *ids;

  if (ids == NULL)
    ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!g_hash_table_contains (ids, name))
    g_hash_table_insert (ids, g_strdup (name), mtb_id_derive ("simulation", name, NULL));
  return g_hash_table_lookup (ids, name);
}

const char *
mtb_sim_subscriber_id (guint n)
{
  g_autofree char *name = g_strdup_printf ("subscriber %u", n);

  return mtb_sim_id (name);
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

static void
put_row (MtbStore *store, gpointer record)
{
  if (!mtb_store_put (store, record, NULL))
    g_error ("the department of the simulation cannot be made");
  mtb_record_unref (record);
}

static void
add_person (MtbStore *store, const char *id, const char *name, gint64 roles, const char *team)
{
  MtbPerson *person = mtb_record_new (&mtb_person_table.shape);

  person->id = g_strdup (id);
  person->username = g_strdup (name);
  person->display_name = g_strdup (name);
  person->roles = roles;
  person->team_id = g_strdup (team != NULL ? mtb_sim_id (team) : NULL);
  person->pbx_name = g_strdup (name);
  person->active = 1;
  put_row (store, person);
}

static void
add_password (MtbStore *store, const char *name)
{
  MtbCredential *credential = mtb_record_new (&mtb_credential_shape);

  credential->person_id = g_strdup (mtb_sim_id (name));
  credential->verifier = mtb_password_make_verifier (MTB_SIM_PASSWORD, NULL);
  credential->changed_at = 0;
  put_row (store, credential);
}

static void
add_people (MtbStore *store)
{
  for (guint i = 0; i < MTB_SIM_N_TEAMS; i++)
    {
      MtbTeam *team = mtb_record_new (&mtb_team_table.shape);

      team->id = g_strdup (mtb_sim_id (mtb_sim_teams[i]));
      team->name = g_strdup (mtb_sim_teams[i]);
      put_row (store, team);
    }
  for (guint i = 0; i < MTB_SIM_N_PEOPLE; i++)
    {
      add_person (store, mtb_sim_id (mtb_sim_people[i]), mtb_sim_people[i], places[i].roles,
                  places[i].team);
      add_password (store, mtb_sim_people[i]);
    }
  add_person (store, MTB_PERSON_OPERATOR, "operator", MTB_ROLE_OPERATOR, NULL);
  add_person (store, MTB_PERSON_PBX, "pbx", MTB_ROLE_CONNECTOR, NULL);
  add_person (store, MTB_PERSON_SUBSCRIBERS, "subscribers", MTB_ROLE_CONNECTOR, NULL);
}

static void
add_type (MtbStore *store, const char *name, const char *parent)
{
  MtbCallType *type = mtb_record_new (&mtb_call_type_table.shape);

  type->id = g_strdup (mtb_sim_id (name));
  type->parent_id = g_strdup (parent != NULL ? mtb_sim_id (parent) : NULL);
  type->name = g_strdup (name);
  type->name_en = g_strdup (name);
  type->position = 1;
  type->active = 1;
  put_row (store, type);
}

static void
add_subscriber (MtbStore *store, guint n)
{
  MtbSubscriber *subscriber = mtb_record_new (&mtb_subscriber_table.shape);

  subscriber->id = g_strdup (mtb_sim_subscriber_id (n));
  subscriber->account_number = g_strdup_printf ("1002%02u", n);
  subscriber->username = g_strdup_printf ("s%02u", n);
  subscriber->name = g_strdup_printf ("subscriber %u", n);
  subscriber->name_folded = g_strdup (subscriber->name);
  subscriber->telephone = g_strdup_printf ("01123456%02u", n);
  subscriber->status = MTB_SUBSCRIBER_ACTIVE;
  put_row (store, subscriber);
}

static void
add_document (MtbStore *store)
{
  MtbDocument *document = mtb_record_new (&mtb_document_table.shape);

  document->id = g_strdup (mtb_sim_id ("procedure"));
  document->number = g_strdup ("QP-14");
  document->title = g_strdup ("procedure");
  document->title_en = g_strdup ("procedure");
  document->active = 1;
  put_row (store, document);
}

/* Sooner than a department may want it: a seed lasts for weeks, not for months. */
static void
add_retention (MtbStore *store)
{
  MtbSetting *setting = mtb_record_new (&mtb_setting_table.shape);

  setting->id = mtb_setting_derive_id (MTB_SETTING_RETENTION_DAYS);
  setting->name = g_strdup (MTB_SETTING_RETENTION_DAYS);
  setting->value = g_strdup ("3");
  put_row (store, setting);
}

static void
fill (MtbStore *store)
{
  add_people (store);
  add_type (store, "technical", NULL);
  add_type (store, "fault", "technical");
  add_type (store, "slow", "technical");
  for (guint i = 0; i < MTB_SIM_N_SUBSCRIBERS; i++)
    add_subscriber (store, i);
  add_document (store);
  add_retention (store);
}

static void
make_department (const char *path)
{
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (MtbAuthority) authority = mtb_authority_open (uri, NULL);
  MtbStore *store = mtb_authority_get_store (authority);
  g_autoptr (MtbHead) head = NULL;

  mtb_store_begin (store, NULL);
  head = mtb_ledger_take_head (store, NULL);
  mtb_store_set_journal (store, add_change, head);
  fill (store);
  mtb_store_set_journal (store, NULL, NULL);
  mtb_ledger_write_head (store, head, NULL);
  if (!mtb_store_commit (store, NULL))
    g_error ("the department of the simulation cannot be made");
}

static GBytes *made;

/* Makes the department once, at @path; before any seed, so that each begins the same. */
void
mtb_sim_people_prepare (const char *path)
{
  char *data;
  gsize length;

  make_department (path);
  if (!g_file_get_contents (path, &data, &length, NULL))
    g_error ("the department of the simulation cannot be read");
  made = g_bytes_new_take (data, length);
  g_unlink (path);
}

/* Puts a department's database at @path. */
void
mtb_sim_people_found (const char *path)
{
  g_file_set_contents (path, g_bytes_get_data (made, NULL), (gssize) g_bytes_get_size (made), NULL);
}
