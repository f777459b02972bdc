/* Who gets what that they ask for: the queries of authorisation.txt, cell by cell, of the server's whole
 * database. */

#include "mtb-test-rights.h"
#include "mtb-test-scene.h"

#include "mtb-query.h"
#include "mtb-report-query.h"
#include "mtb-time.h"

static void
test_table_of_questions (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; mtb_queries[i] != NULL; i++)
    g_ptr_array_add (names, (char *) mtb_queries[i]->name);
  g_ptr_array_add (names, (char *) "card_calls");
  mtb_test_check_section ("queries", names, FALSE);
}

/* How a question is asked: which rows' keys stand in its answers (any answer where %NULL), and which
 * argument names the row, or its owner, or something else, where it has to be asked for each. */
typedef struct
{
  const char *name;
  const char *table;
  const char *by_row;
  const char *by_owner;
  const char *by_other;
  const char *other;
} Question;

static const Question questions[] = {
  { "customer_search", .table = "subscriber" },
  { "customer", .table = "subscriber", .by_row = "id" },
  { "card", .table = "card", .by_row = "id" },
  { "call_search", .table = "call" },
  { "call", .table = "call", .by_row = "id" },
  { "call_history", .table = "call_version", .by_other = "id", .other = "call" },
  { "write_up", .table = "pbx_call", .by_owner = "person_id" },
  { "people", .table = "person" },
  { "call_types", .table = "call_type" },
  { "teams", .table = "team" },
  { "thresholds", .table = "threshold" },
  { "floor", .table = "presence", .by_owner = "person_id" },
  { "presence", .table = "presence", .by_owner = "person_id" },
  { "auxiliary", .table = "auxiliary" },
  { "notes", .table = "note" },
  { "calls", .table = "agent_total" },
  { "pbx_calls", .table = "pbx_call" },
  { "sessions" },
  { "connections", .table = "connection" },
  { "settings", .table = "setting" },
  { "documents", .table = "document" },
  { "document_versions", .table = "document_version", .by_other = "id", .other = "document" },
  { "document_text", .table = "document_version", .by_row = "id" },
  { "document_readers", .by_other = "id", .other = "document_version" },
  { "person_search", .table = "person" },
  /* The same question as `call_search`, of one subscriber. */
  { "card_calls", .table = "call", .by_other = "customer_id", .other = "subscriber" },
};

/* Rows of these tell of a person, by whose key they are known. */
static gboolean
is_by_person (const Question *question)
{
  return g_str_equal (question->name, "floor") || g_str_equal (question->name, "calls");
}

static const MtbQuery *
find_query (const Question *question)
{
  const MtbQuery *query = mtb_query_find (question->name);

  return query != NULL ? query : mtb_query_find ("call_search");
}

static void
set_argument (gpointer arguments, const char *name, const char *text, gint64 number)
{
  const MtbField *field = mtb_shape_find (mtb_record_get_shape (arguments), name);

  if (field == NULL)
    return;
  if (mtb_field_is_text (field))
    mtb_field_set_text (field, arguments, text);
  else
    mtb_field_set_number (field, arguments, number);
}

static const char *
find_other (MtbTestScene *scene, const Question *question, const MtbTestRow *row)
{
  gboolean owned = mtb_table_find (question->other)->scope != NULL;

  return mtb_test_scene_find (scene, question->other, owned && row != NULL ? row->owner_id : NULL);
}

static gpointer
make_question (MtbTestScene *scene, const Question *question, const MtbTestRow *row)
{
  gpointer arguments = mtb_record_new (find_query (question)->arguments);
  gint64 now = mtb_time_now ();

  set_argument (arguments, "from", NULL, now - MTB_DAY);
  set_argument (arguments, "to", NULL, now + MTB_DAY);
  set_argument (arguments, "q", "wanted", 0);
  set_argument (arguments, "by", NULL, MTB_REPORT_BY_AGENT);
  if (question->by_row != NULL)
    set_argument (arguments, question->by_row, row->id, 0);
  if (question->by_owner != NULL)
    set_argument (arguments, question->by_owner, row->owner_id, 0);
  if (question->by_other != NULL)
    set_argument (arguments, question->by_other, find_other (scene, question, row), 0);
  return arguments;
}

/* Whether what is asked comes with the answer. */
static gboolean
is_answered (MtbTestScene *scene,
             const Question *question,
             const MtbPerson *person,
             const MtbTestRow *row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbViewer) viewer = mtb_viewer_load (scene->store, person->id, &error);
  gpointer arguments = make_question (scene, question, row);
  g_autoptr (GPtrArray) rows = find_query (question)->run (scene->store, viewer, arguments, &error);
  const char *key = row == NULL ? NULL : is_by_person (question) ? row->owner_id : row->id;

  g_assert_no_error (error);
  mtb_record_unref (arguments);
  for (guint i = 0; i < rows->len; i++)
    if (key == NULL || g_str_equal (mtb_record_get_id (g_ptr_array_index (rows, i)), key))
      return TRUE;
  return FALSE;
}

static void
check_answer (MtbTestScene *scene,
              const Question *question,
              const MtbPerson *viewer,
              const MtbTestRow *row)
{
  const char *relation = row != NULL ? mtb_test_scene_relate (scene, viewer, row) : "yes";
  gboolean expected = mtb_test_may ("queries", question->name, viewer->username, relation);

  if (is_answered (scene, question, viewer, row) != expected)
    mtb_test_complain ("%s %s %s (%s)", viewer->username, expected ? "lacks" : "gets",
                       question->name, relation);
}

/* What nobody has taken cannot be asked for by whose it is, and what comes with a card is asked for by
 * that alone. */
static gboolean
is_asked (const Question *question, const MtbTestRow *row)
{
  return g_str_equal (row->table->shape.name, question->table)
         && (question->by_owner == NULL || row->owner_id != NULL)
         && (question->by_row == NULL || !row->is_on_card)
         && (!g_str_equal (question->name, "card_calls") || row->is_on_card);
}

static void
check_answers (MtbTestScene *scene, const Question *question, const MtbPerson *viewer)
{
  if (question->table == NULL)
    check_answer (scene, question, viewer, NULL);
  for (guint i = 0; question->table != NULL && i < scene->rows->len; i++)
    if (is_asked (question, g_ptr_array_index (scene->rows, i)))
      check_answer (scene, question, viewer, g_ptr_array_index (scene->rows, i));
}

static void
test_questions (void)
{
  g_autoptr (MtbTestScene) scene = mtb_test_scene_new ();

  for (guint i = 0; mtb_queries[i] != NULL; i++)
    {
      gboolean asked = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (questions); j++)
        asked = asked || g_str_equal (questions[j].name, mtb_queries[i]->name);
      if (!asked)
        mtb_test_complain ("nobody has said how %s is tried", mtb_queries[i]->name);
    }
  g_free (mtb_test_scene_sign_in (scene, mtb_test_id ("mate"), NULL));
  for (guint i = 0; i < scene->people->len; i++)
    {
      const MtbPerson *viewer = g_ptr_array_index (scene->people, i);

      for (guint j = 0; j < G_N_ELEMENTS (questions); j++)
        if (mtb_test_person_has_column (viewer))
          check_answers (scene, &questions[j], viewer);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/authorisation/questions/table", test_table_of_questions);
  g_test_add_func ("/authorisation/questions/people", test_questions);
  return mtb_test_rights_run ();
}
