#include "mtb-note.h"
#include "mtb-test-department.h"

#include <string.h>

typedef struct
{
  MtbTestDepartment *department;
} Fixture;

static void
setup (Fixture *self, gconstpointer data)
{
  self->department = mtb_test_department_new ();
  mtb_test_accept (self->department, "agent", mtb_test_call (self->department, "call"));
}

static void
teardown (Fixture *self, gconstpointer data)
{
  mtb_test_department_free (self->department);
}

static MtbNoteAdd *
note (const char *name, const char *call, const char *text)
{
  MtbNoteAdd *arguments = mtb_record_new (&mtb_note_add.shape);

  arguments->id = g_strdup (mtb_test_id (name));
  arguments->call_id = g_strdup (mtb_test_id (call));
  arguments->text = g_strdup (text);
  return arguments;
}

static MtbNoteSee *
see (const char *name)
{
  MtbNoteSee *arguments = mtb_record_new (&mtb_note_see.shape);

  arguments->id = g_strdup (mtb_test_id (name));
  return arguments;
}

static MtbNote *
get_note (Fixture *self, const char *name)
{
  return mtb_test_get (self->department, &mtb_note_table, mtb_test_id (name));
}

static void
test_add (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbNote) added = NULL;

  self->department->lag = MTB_MINUTE;
  mtb_test_accept (self->department, "supervisor", note ("note", "call", " ask for the number\n"));
  added = get_note (self, "note");
  g_assert_cmpstr (added->text, ==, "ask for the number");
  g_assert_cmpstr (added->call_id, ==, mtb_test_id ("call"));
  g_assert_cmpstr (added->person_id, ==, mtb_test_id ("agent"));
  g_assert_cmpstr (added->author_id, ==, mtb_test_id ("supervisor"));
  g_assert_cmpint (added->written_at, ==, self->department->now - MTB_MINUTE);
  g_assert_cmpint (added->received_at, ==, self->department->now);
  g_assert_cmpint (added->started_at, ==, self->department->log_from);
  g_assert_cmpint (added->seen_at, ==, MTB_ABSENT);
  mtb_test_refuse (self->department, "supervisor", note ("note", "call", "again"),
                   MTB_ERROR_CONFLICT, "id");
}

static void
test_what_it_says (Fixture *self, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (2001, 'x');

  mtb_test_refuse (self->department, "supervisor", note ("note", "call", " \n "), MTB_ERROR_INVALID,
                   "text");
  mtb_test_refuse (self->department, "supervisor", note ("note", "call", NULL), MTB_ERROR_INVALID,
                   "text");
  mtb_test_refuse (self->department, "supervisor", note ("note", "call", long_text),
                   MTB_ERROR_INVALID, "text");
}

/* Who sees the record, but for whom it is of: of the team for a supervisor, all for the quality
 * officer and the manager; for others the record is not there. */
static void
test_who_leaves_one (Fixture *self, gconstpointer data)
{
  static const char *const others[] = { "agent",   "colleague",  "stranger", "followup", "field",
                                        "finance", "department", "admin",    NULL };
  static const char *const authors[] = { "supervisor", "quality", "manager", NULL };

  for (guint i = 0; others[i] != NULL; i++)
    mtb_test_refuse (self->department, others[i], note ("note", "call", "text"),
                     MTB_ERROR_FORBIDDEN, NULL);
  for (guint i = 0; authors[i] != NULL; i++)
    mtb_test_accept (self->department, authors[i], note (authors[i], "call", "text"));
  mtb_test_accept (self->department, "stranger", mtb_test_call (self->department, "southern"));
  mtb_test_refuse (self->department, "supervisor", note ("note", "southern", "text"),
                   MTB_ERROR_NOT_FOUND, "call_id");
  mtb_test_refuse (self->department, "supervisor", note ("note", "nothing", "text"),
                   MTB_ERROR_NOT_FOUND, "call_id");
  mtb_test_accept (self->department, "manager", note ("note", "southern", "text"));
}

static void
test_not_on_ones_own (Fixture *self, gconstpointer data)
{
  mtb_test_accept (self->department, "supervisor", mtb_test_call (self->department, "own"));
  mtb_test_refuse (self->department, "supervisor", note ("note", "own", "text"),
                   MTB_ERROR_FORBIDDEN, "call_id");
}

static void
test_see (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbNote) seen = NULL;
  gint64 when = self->department->now;

  mtb_test_accept (self->department, "quality", note ("note", "call", "text"));
  mtb_test_refuse (self->department, "agent", see ("nothing"), MTB_ERROR_NOT_FOUND, "id");
  mtb_test_refuse (self->department, "quality", see ("note"), MTB_ERROR_FORBIDDEN, "id");
  mtb_test_refuse (self->department, "supervisor", see ("note"), MTB_ERROR_FORBIDDEN, "id");
  mtb_test_accept (self->department, "agent", see ("note"));
  self->department->now += MTB_HOUR;
  mtb_test_accept (self->department, "agent", see ("note"));
  seen = get_note (self, "note");
  g_assert_cmpint (seen->seen_at, ==, when);
}

static void
test_on_a_desk (Fixture *self, gconstpointer data)
{
  self->department->is_desk = TRUE;
  mtb_test_accept (self->department, "supervisor", note ("note", "call", "text"));
  mtb_test_accept (self->department, "agent", see ("note"));
  mtb_test_refuse (self->department, "supervisor", note ("other", "nothing", "text"),
                   MTB_ERROR_NOT_FOUND, "call_id");
}

#define ADD(path, func) g_test_add ("/workflow/" path, Fixture, NULL, setup, func, teardown)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("note.add", test_add);
  ADD ("note.add/text", test_what_it_says);
  ADD ("note.add/who", test_who_leaves_one);
  ADD ("note.add/own", test_not_on_ones_own);
  ADD ("note.see", test_see);
  ADD ("note/desk", test_on_a_desk);
  return g_test_run ();
}
