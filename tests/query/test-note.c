#include "mtb-note-query.h"
#include "mtb-test-department.h"

typedef struct
{
  MtbTestDepartment *department;
} Fixture;

static void
leave_note (Fixture *self, const char *author, const char *call)
{
  MtbNoteAdd *arguments = mtb_record_new (&mtb_note_add.shape);
  g_autofree char *key = g_strdup_printf ("%s on %s", author, call);

  self->department->now += MTB_SECOND;
  arguments->id = g_strdup (mtb_test_id (key));
  arguments->call_id = g_strdup (mtb_test_id (call));
  arguments->text = g_steal_pointer (&key);
  mtb_test_accept (self->department, author, arguments);
}

static void
setup (Fixture *self, gconstpointer data)
{
  self->department = mtb_test_department_new ();
  mtb_test_accept (self->department, "agent", mtb_test_call (self->department, "first"));
  mtb_test_accept (self->department, "agent", mtb_test_call (self->department, "second"));
  mtb_test_accept (self->department, "stranger", mtb_test_call (self->department, "southern"));
  leave_note (self, "supervisor", "first");
  leave_note (self, "quality", "second");
  leave_note (self, "manager", "southern");
  leave_note (self, "manager", "first");
}

static void
teardown (Fixture *self, gconstpointer data)
{
  mtb_test_department_free (self->department);
}

static MtbNoteSearch *
search (const char *call, const char *person)
{
  MtbNoteSearch *arguments = mtb_record_new (mtb_notes_query.arguments);

  arguments->call_id = call != NULL ? g_strdup (mtb_test_id (call)) : NULL;
  arguments->person_id = person != NULL ? g_strdup (mtb_test_id (person)) : NULL;
  return arguments;
}

static GPtrArray *
ask (Fixture *self, const char *who, MtbNoteSearch *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbViewer) viewer =
    mtb_viewer_load (self->department->store, mtb_test_id (who), &error);
  GPtrArray *rows = mtb_notes_query.run (self->department->store, viewer, arguments, &error);

  g_assert_no_error (error);
  mtb_record_unref (arguments);
  return rows;
}

static void
check (Fixture *self, const char *who, MtbNoteSearch *arguments, const char *expected)
{
  g_autoptr (GPtrArray) rows = ask (self, who, arguments);
  g_autoptr (GString) texts = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const MtbNoteRow *row = g_ptr_array_index (rows, i);

      g_string_append_printf (texts, "%s%s", i > 0 ? ", " : "", row->text);
    }
  g_assert_cmpstr (texts->str, ==, expected);
}

/* As the records: own, of the team, all. */
static void
test_whose (Fixture *self, gconstpointer data)
{
  static const char *const others[] = { "colleague",  "followup", "field",     "finance",
                                        "department", "admin",    "connector", NULL };

  check (self, "agent", search (NULL, NULL),
         "supervisor on first, quality on second, manager on first");
  check (self, "supervisor", search (NULL, NULL),
         "supervisor on first, quality on second, manager on first");
  check (self, "stranger", search (NULL, NULL), "manager on southern");
  check (self, "quality", search (NULL, NULL),
         "supervisor on first, quality on second, manager on southern, manager on first");
  check (self, "manager", search (NULL, "stranger"), "manager on southern");
  check (self, "agent", search (NULL, "stranger"), "");
  check (self, "agent", search ("southern", NULL), "");
  for (guint i = 0; others[i] != NULL; i++)
    check (self, others[i], search (NULL, NULL), "");
}

static void
test_of_a_record (Fixture *self, gconstpointer data)
{
  MtbNoteSearch *one = search ("first", NULL);

  one->limit = 1;
  check (self, "agent", search ("first", NULL), "supervisor on first, manager on first");
  check (self, "agent", search ("second", NULL), "quality on second");
  check (self, "agent", one, "supervisor on first");
}

static void
test_unseen (Fixture *self, gconstpointer data)
{
  MtbNoteSee *see = mtb_record_new (&mtb_note_see.shape);
  MtbNoteSearch *unseen = search (NULL, "agent");
  MtbNoteSearch *all = search (NULL, "agent");

  see->id = g_strdup (mtb_test_id ("supervisor on first"));
  mtb_test_accept (self->department, "agent", see);
  unseen->unseen = 1;
  all->unseen = 0;
  check (self, "agent", unseen, "quality on second, manager on first");
  check (self, "agent", all, "supervisor on first, quality on second, manager on first");
}

static void
test_row (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = ask (self, "agent", search ("second", NULL));
  const MtbNoteRow *row = g_ptr_array_index (rows, 0);

  g_assert_cmpstr (row->id, ==, mtb_test_id ("quality on second"));
  g_assert_cmpstr (row->call_id, ==, mtb_test_id ("second"));
  g_assert_cmpstr (row->person_id, ==, mtb_test_id ("agent"));
  g_assert_cmpstr (row->author_id, ==, mtb_test_id ("quality"));
  g_assert_cmpstr (row->author_name, ==, "quality");
  g_assert_cmpint (row->started_at, ==, self->department->log_from);
  g_assert_cmpint (row->seen_at, ==, MTB_ABSENT);
}

#define ADD(path, func) g_test_add ("/query/notes/" path, Fixture, NULL, setup, func, teardown)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("whose", test_whose);
  ADD ("record", test_of_a_record);
  ADD ("unseen", test_unseen);
  ADD ("row", test_row);
  return g_test_run ();
}
