#include "mtb-demo.h"

#include "mtb-demo-private.h"

#include "mtb-accounts.h"
#include "mtb-json.h"
#include "mtb-person.h"

#include <glib/gi18n.h>

static const char *const teams[] = { "الفريق الأول", "الفريق الثاني" };

static const struct
{
  const char *username;
  const char *display_name;
  MtbRole role;
  int team;
} people[] = {
  { "rima", "ريما الحلبي", MTB_ROLE_AGENT, 0 },
  { "samer", "سامر درويش", MTB_ROLE_AGENT, 0 },
  { "lina", "لينا القباني", MTB_ROLE_AGENT, 0 },
  { "yousef", "يوسف حداد", MTB_ROLE_AGENT, 1 },
  { "hala", "هالة النجار", MTB_ROLE_AGENT, 1 },
  { "nour", "نور الخطيب", MTB_ROLE_AGENT, 0 },
  { "wael", "وائل شاهين", MTB_ROLE_AGENT, 0 },
  { "dana", "دانا العلي", MTB_ROLE_AGENT, 0 },
  { "fadi", "فادي منصور", MTB_ROLE_AGENT, 1 },
  { "maya", "مايا سليمان", MTB_ROLE_AGENT, 1 },
  { "bassel", "باسل عثمان", MTB_ROLE_AGENT, 1 },
  { "rana", "رنا يازجي", MTB_ROLE_AGENT, 1 },
  { "hadi", "هادي الشامي", MTB_ROLE_SUPERVISOR, 0 },
  { "muna", "منى العبد الله", MTB_ROLE_SUPERVISOR, 1 },
  { "salma", "سلمى الأتاسي", MTB_ROLE_QUALITY, -1 },
  { "nadia", "نادية الحسن", MTB_ROLE_MANAGER, -1 },
  { "karim", "كريم صباغ", MTB_ROLE_FOLLOWUP, -1 },
  { "omar", "عمر الجابي", MTB_ROLE_FIELD, -1 },
  { "dima", "ديمة العطار", MTB_ROLE_FINANCE, -1 },
  { "tarek", "طارق الأسعد", MTB_ROLE_DEPARTMENT, -1 },
  { "majd", "مجد نصر", MTB_ROLE_ADMIN, -1 },
};

static const char *
get_role_word (MtbRole role)
{
  return mtb_role_words[g_bit_nth_lsf (role, -1)];
}

static MtbPersonPut *
build_person (MtbDemo *demo, guint i, char *const *team_ids)
{
  MtbPersonPut *person = mtb_record_new (&mtb_person_add.shape);

  person->id = mtb_demo_dup_id (demo);
  person->username = g_strdup (people[i].username);
  person->display_name = g_strdup (people[i].display_name);
  person->roles = people[i].role;
  person->team_id = g_strdup (people[i].team >= 0 ? team_ids[people[i].team] : NULL);
  person->pbx_name = g_strdup (people[i].role == MTB_ROLE_AGENT ? people[i].username : NULL);
  person->active = 1;
  return person;
}

static void
add_order (MtbDemo *demo, GPtrArray *orders, gpointer arguments, gpointer attachment)
{
  g_autofree char *id = mtb_demo_dup_id (demo);
  MtbOrder *order = mtb_order_new (mtb_envelope_new (arguments, id, 0, demo->clock),
                                   MTB_PERSON_OPERATOR, NULL, NULL);

  order->attachment = attachment;
  g_ptr_array_add (orders, order);
}

static void
add_password (MtbDemo *demo, GPtrArray *orders, const char *person_id, const char *verifier)
{
  MtbPersonRef *reference = mtb_record_new (&mtb_account_password.shape);
  MtbCredential *credential = mtb_record_new (&mtb_credential_shape);

  reference->person_id = g_strdup (person_id);
  credential->person_id = g_strdup (person_id);
  credential->verifier = g_strdup (verifier);
  credential->changed_at = demo->clock;
  add_order (demo, orders, reference, credential);
}

static void
add_teams (MtbDemo *demo, GPtrArray *orders, char **team_ids)
{
  for (guint i = 0; i < G_N_ELEMENTS (teams); i++)
    {
      MtbTeamPut *team = mtb_record_new (&mtb_team_add.shape);

      team->id = mtb_demo_dup_id (demo);
      team->name = g_strdup (teams[i]);
      team_ids[i] = g_strdup (team->id);
      add_order (demo, orders, team, NULL);
    }
}

gboolean
mtb_demo_add_people (MtbDemo *demo, GError **error)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mtb_order_free);
  g_auto (GStrv) team_ids = g_new0 (char *, G_N_ELEMENTS (teams) + 1);
  /* All have the same password, so one slow hash is enough. */
  g_autofree char *verifier = mtb_password_make_verifier (MTB_DEMO_PASSWORD, error);

  if (verifier == NULL)
    return FALSE;
  demo->agents = g_ptr_array_new_with_free_func (mtb_record_unref);
  demo->supervisors = g_ptr_array_new_with_free_func (mtb_record_unref);
  add_teams (demo, orders, team_ids);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (MtbPersonPut) person = build_person (demo, i, team_ids);

      add_order (demo, orders, mtb_record_ref (person), NULL);
      add_password (demo, orders, person->id, verifier);
      if (people[i].role == MTB_ROLE_AGENT)
        g_ptr_array_add (demo->agents, g_steal_pointer (&person));
      else if (people[i].role == MTB_ROLE_SUPERVISOR)
        g_ptr_array_add (demo->supervisors, g_steal_pointer (&person));
    }
  return mtb_authority_apply (demo->authority, orders, error);
}

static void
print_json (const char *database)
{
  GString *json = g_string_new ("{");

  mtb_json_append_text_member (json, "database", database);
  mtb_json_append_text_member (json, "password", MTB_DEMO_PASSWORD);
  mtb_json_append_member (json, "people");
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_string_append (json, i == 0 ? "[{" : ",{");
      mtb_json_append_text_member (json, "username", people[i].username);
      mtb_json_append_text_member (json, "role", get_role_word (people[i].role));
      mtb_json_append_text_member (json, "display_name", people[i].display_name);
      g_string_append_c (json, '}');
    }
  g_print ("%s]}\n", json->str);
  g_string_free (json, TRUE);
}

/**
 * mtb_demo_print:
 * @database: where the department is
 * @json: whether as JSON
 *
 * Prints who is in the department and how they sign in.
 */
void
mtb_demo_print (const char *database, gboolean json)
{
  if (json)
    {
      print_json (database);
      return;
    }
  g_print (_ ("The demonstration department is in %s\n"), database);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    g_print ("  %-8s %-12s %s\n", people[i].username, get_role_word (people[i].role),
             people[i].display_name);
  g_print (_ ("Everybody's password: %s\n"), MTB_DEMO_PASSWORD);
}
