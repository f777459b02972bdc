#include "mtb-call.h"
#include "mtb-command.h"
#include "mtb-document.h"
#include "mtb-pbx.h"
#include "mtb-person.h"
#include "mtb-setting.h"
#include "mtb-subscriber.h"
#include "mtb-transition.h"

#include <string.h>

static void
check_shape (const MtbShape *shape)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < shape->n_fields; i++)
    {
      const MtbField *field = &shape->fields[i];
      gsize size = mtb_field_is_text (field) ? sizeof (char *) : sizeof (gint64);

      g_assert_true (g_hash_table_add (names, (gpointer) field->name));
      g_assert_true (mtb_shape_find (shape, field->name) == field);
      g_assert_cmpuint (field->offset + size, <=, shape->size);
      g_assert_cmpint (field->choices != NULL, ==,
                       field->type == MTB_TYPE_ENUM || field->type == MTB_TYPE_SET);
      g_assert_cmpint (field->min, <=, field->max > 0 ? field->max : G_MAXINT64);
    }
  g_assert_cmpuint (shape->n_fields * sizeof (gint64), ==, shape->size);
}

/* Every member of a struct is described, or a value would be lost without a word. */
static void
test_every_member_is_described (void)
{
  for (guint i = 0; mtb_tables[i] != NULL; i++)
    check_shape (&mtb_tables[i]->shape);
  for (guint i = 0; mtb_commands[i] != NULL; i++)
    check_shape (&mtb_commands[i]->shape);
}

static void
test_named_columns_are_there (void)
{
  for (guint i = 0; mtb_tables[i] != NULL; i++)
    {
      const MtbTable *table = mtb_tables[i];

      g_assert_cmpint (table->shape.fields[0].type, ==, MTB_TYPE_ID);
      g_assert_true (table->shape.fields[0].required);
      if (table->scope != NULL)
        g_assert_cmpint (mtb_shape_find (&table->shape, table->scope)->type, ==, MTB_TYPE_ID);
      if (table->window != NULL)
        g_assert_cmpint (mtb_shape_find (&table->shape, table->window)->type, ==, MTB_TYPE_TIME);
      for (guint j = 0; table->words != NULL && table->words[j] != NULL; j++)
        g_assert_cmpint (mtb_shape_find (&table->shape, table->words[j])->type, ==, MTB_TYPE_TEXT);
      for (guint j = 0; table->indexes != NULL && table->indexes[j] != NULL; j++)
        {
          g_auto (GStrv) columns = g_strsplit (table->indexes[j], ", ", -1);

          for (guint k = 0; columns[k] != NULL; k++)
            g_assert_nonnull (mtb_shape_find (&table->shape, columns[k]));
        }
    }
}

/* Rows that are somebody's alone leave a desk some day, and are found by whose they are. That somebody
 * has read a document stays as long as the document does. */
static void
test_scoped_tables_have_a_window (void)
{
  for (guint i = 0; mtb_tables[i] != NULL; i++)
    if (mtb_tables[i]->scope != NULL && mtb_tables[i] != &mtb_document_receipt_table)
      g_assert_nonnull (mtb_tables[i]->window);
}

/* What is called after a row, or after who did something, says where that row is. */
static void
test_references (void)
{
  for (guint i = 0; mtb_tables[i] != NULL; i++)
    for (guint j = 0; j < mtb_tables[i]->shape.n_fields; j++)
      {
        const MtbField *field = &mtb_tables[i]->shape.fields[j];

        if (field->references != NULL)
          g_assert_nonnull (mtb_table_find (field->references));
        g_assert_true (field->references != NULL || j == 0 || field->type != MTB_TYPE_ID);
      }
}

static void
test_found_by_name (void)
{
  for (guint i = 0; mtb_tables[i] != NULL; i++)
    {
      gpointer record = mtb_record_new (&mtb_tables[i]->shape);

      g_assert_true (mtb_table_find (mtb_tables[i]->shape.name) == mtb_tables[i]);
      g_assert_true (mtb_table_of (record) == mtb_tables[i]);
      mtb_record_unref (record);
    }
  for (guint i = 0; mtb_commands[i] != NULL; i++)
    g_assert_true (mtb_command_find (mtb_commands[i]->shape.name) == mtb_commands[i]);
  g_assert_null (mtb_table_find ("nothing"));
  g_assert_null (mtb_command_find ("nothing"));
}

static void
test_what_is_fed (void)
{
  g_assert_true (mtb_table_is_fed (&mtb_call_table));
  g_assert_true (mtb_table_is_fed (&mtb_subscriber_table));
  g_assert_false (mtb_table_is_fed (&mtb_card_table));
  g_assert_false (mtb_table_is_fed (&mtb_pbx_source_table));
  g_assert_false (mtb_table_is_fed (&mtb_pbx_pause_table));
  g_assert_false (mtb_table_is_fed (&mtb_pbx_event_table));
}

static void
test_scope_is_a_persons (void)
{
  g_autoptr (MtbPbxCall) call = mtb_record_new (&mtb_pbx_call_table.shape);
  g_autoptr (MtbTeam) team = mtb_record_new (&mtb_team_table.shape);

  g_assert_null (mtb_table_get_scope (&mtb_pbx_call_table, call));
  call->person_id = g_strdup ("somebody");
  g_assert_cmpstr (mtb_table_get_scope (&mtb_pbx_call_table, call), ==, "somebody");
  g_assert_null (mtb_table_get_scope (&mtb_team_table, team));
}

/* Money, accounts and what dates from receipt need the authority's word; writing does not. */
static void
test_what_needs_the_server (void)
{
  static const char *const offline[] = {
    "call.log",
    "call.amend",
    "call.join",
    "call.unjoin",
    "note.add",
    "note.see",
    "presence.move",
    "auxiliary.ask",
    "auxiliary.withdraw",
    "prospect.add",
    "document.read",
    "list.export",
    NULL,
  };
  static const char *const internal[] = {
    "account.password",  "account.change", "session.begin", "session.end", "presence.lapse",
    "connection.report", "epoch.begin",    "epoch.end",     NULL,
  };

  for (guint i = 0; mtb_commands[i] != NULL; i++)
    {
      const char *name = mtb_commands[i]->shape.name;

      g_assert_cmpint (mtb_command_is_online_only (mtb_commands[i]), !=,
                       g_strv_contains (offline, name));
      g_assert_cmpint ((mtb_commands[i]->flags & MTB_COMMAND_INTERNAL) != 0, ==,
                       g_strv_contains (internal, name));
      g_assert_cmpstr (mtb_commands[i]->title, !=, "");
    }
}

static void
test_outcomes (void)
{
  for (gint64 outcome = 0; mtb_outcome_words[outcome] != NULL; outcome++)
    {
      gboolean answered = outcome == MTB_OUTCOME_TALKING || outcome == MTB_OUTCOME_COMPLETED
                          || outcome == MTB_OUTCOME_TRANSFERRED;

      g_assert_cmpint (mtb_outcome_is_answered (outcome), ==, answered);
      g_assert_cmpint (mtb_outcome_is_open (outcome), ==, outcome <= MTB_OUTCOME_TALKING);
    }
}

static void
test_transitions (void)
{
  static const MtbTransition table[] = { { NULL, "begin", "open" },
                                         { "open", "end", "closed" },
                                         { NULL, NULL, NULL } };

  g_assert_cmpstr (mtb_transition_find (table, NULL, "begin")->to, ==, "open");
  g_assert_cmpstr (mtb_transition_find (table, "open", "end")->to, ==, "closed");
  g_assert_null (mtb_transition_find (table, NULL, "end"));
  g_assert_null (mtb_transition_find (table, "closed", "end"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/table/every-member", test_every_member_is_described);
  g_test_add_func ("/model/table/named-columns", test_named_columns_are_there);
  g_test_add_func ("/model/table/window", test_scoped_tables_have_a_window);
  g_test_add_func ("/model/table/references", test_references);
  g_test_add_func ("/model/table/found-by-name", test_found_by_name);
  g_test_add_func ("/model/table/fed", test_what_is_fed);
  g_test_add_func ("/model/table/scope", test_scope_is_a_persons);
  g_test_add_func ("/model/command/needs-the-server", test_what_needs_the_server);
  g_test_add_func ("/model/pbx/outcomes", test_outcomes);
  g_test_add_func ("/model/transition/find", test_transitions);
  return g_test_run ();
}
