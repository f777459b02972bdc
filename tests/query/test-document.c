#include "mtb-department-query.h"
#include "mtb-document-query.h"
#include "mtb-test-department.h"

typedef struct
{
  MtbTestDepartment *department;
} Fixture;

static void
add (Fixture *self, const char *number)
{
  MtbDocumentAdd *document = mtb_record_new (&mtb_document_add.shape);

  document->id = g_strdup (mtb_test_id (number));
  document->number = g_strdup (number);
  document->title = g_strdup ("إجراء");
  document->title_en = g_strdup ("Procedure");
  mtb_test_accept (self->department, "manager", document);
}

static void
issue (Fixture *self, const char *key, const char *number, gint64 issue_number, gint64 version)
{
  MtbDocumentIssue *arguments = mtb_record_new (&mtb_document_issue.shape);

  arguments->id = g_strdup (mtb_test_id (key));
  arguments->document_id = g_strdup (mtb_test_id (number));
  arguments->issue = issue_number;
  arguments->version = version;
  arguments->dated = g_strdup ("2019-01-01");
  arguments->prepared_by = g_strdup ("one");
  arguments->reviewed_by = g_strdup ("two");
  arguments->approved_by = g_strdup ("three");
  arguments->text = g_strdup (key);
  mtb_test_accept (self->department, "manager", arguments);
}

static void
read_version (Fixture *self, const char *who, const char *key)
{
  MtbDocumentRead *arguments = mtb_record_new (&mtb_document_read.shape);

  self->department->now += MTB_SECOND;
  arguments->version_id = g_strdup (mtb_test_id (key));
  mtb_test_accept (self->department, who, arguments);
}

/* QP-14 has issue 9 version 2 and issue 10 version 1, WI-14-01 has none. */
static void
setup (Fixture *self, gconstpointer data)
{
  self->department = mtb_test_department_new ();
  add (self, "WI-14-01");
  add (self, "QP-14");
  issue (self, "older", "QP-14", 9, 2);
  read_version (self, "agent", "older");
  issue (self, "newer", "QP-14", 10, 1);
}

static void
teardown (Fixture *self, gconstpointer data)
{
  mtb_test_department_free (self->department);
}

static GPtrArray *
ask (Fixture *self, const char *who, const MtbQuery *query, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbViewer) viewer =
    mtb_viewer_load (self->department->store, mtb_test_id (who), &error);
  gpointer arguments = mtb_record_new (query->arguments);
  GPtrArray *rows;

  if (id != NULL)
    ((MtbDocumentRef *) arguments)->id = g_strdup (mtb_test_id (id));
  rows = query->run (self->department->store, viewer, arguments, &error);
  g_assert_no_error (error);
  mtb_record_unref (arguments);
  return rows;
}

static void
test_documents (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) before = ask (self, "agent", &mtb_documents_query, NULL);
  g_autoptr (GPtrArray) after = NULL;
  const MtbDocumentRow *procedure = g_ptr_array_index (before, 0);
  const MtbDocumentRow *instruction = g_ptr_array_index (before, 1);

  g_assert_cmpuint (before->len, ==, 2);
  g_assert_cmpstr (procedure->number, ==, "QP-14");
  g_assert_cmpstr (procedure->version_id, ==, mtb_test_id ("newer"));
  g_assert_cmpint (procedure->issue, ==, 10);
  g_assert_cmpint (procedure->version, ==, 1);
  g_assert_cmpint (procedure->read_at, ==, MTB_ABSENT);
  g_assert_cmpstr (instruction->number, ==, "WI-14-01");
  g_assert_null (instruction->version_id);
  g_assert_cmpint (instruction->issue, ==, MTB_ABSENT);
  read_version (self, "agent", "newer");
  after = ask (self, "agent", &mtb_documents_query, NULL);
  procedure = g_ptr_array_index (after, 0);
  g_assert_cmpint (procedure->read_at, ==, self->department->now);
}

static void
test_versions (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) own = ask (self, "agent", &mtb_document_versions_query, "QP-14");
  g_autoptr (GPtrArray) others = ask (self, "quality", &mtb_document_versions_query, "QP-14");
  g_autoptr (GPtrArray) all = ask (self, "manager", &mtb_document_versions_query, "QP-14");
  g_autoptr (GPtrArray) none = ask (self, "agent", &mtb_document_versions_query, "WI-14-01");
  const MtbDocumentVersionRow *newer = g_ptr_array_index (own, 0);
  const MtbDocumentVersionRow *older = g_ptr_array_index (own, 1);

  g_assert_cmpuint (own->len, ==, 2);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpstr (newer->id, ==, mtb_test_id ("newer"));
  g_assert_cmpint (newer->in_force, ==, 1);
  g_assert_cmpint (newer->read_at, ==, MTB_ABSENT);
  g_assert_cmpint (older->in_force, ==, 0);
  g_assert_cmpint (older->read_at, ==, self->department->now);
  g_assert_cmpint (older->n_read, ==, 1);
  g_assert_cmpint (((MtbDocumentVersionRow *) g_ptr_array_index (others, 1))->n_read, ==, 0);
  older = g_ptr_array_index (all, 1);
  g_assert_cmpint (older->n_read, ==, 1);
  g_assert_cmpint (older->read_at, ==, MTB_ABSENT);
}

static void
test_text (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = ask (self, "finance", &mtb_document_text_query, "older");
  const MtbDocumentVersion *version = g_ptr_array_index (rows, 0);

  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (version->text, ==, "older");
  g_assert_cmpstr (version->approved_by, ==, "three");
}

static char *
say_readers (Fixture *self, const char *who, const char *key)
{
  g_autoptr (GPtrArray) rows = ask (self, who, &mtb_document_readers_query, key);
  GString *readers = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const MtbDocumentReaderRow *row = g_ptr_array_index (rows, i);

      g_string_append_printf (readers, "%s%s%s", i > 0 ? " " : "", row->display_name,
                              row->read_at != MTB_ABSENT ? "+" : "");
    }
  return g_string_free (readers, FALSE);
}

/* Who has left is not waited for, but did read what they read. */
static void
test_readers (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbPerson) stranger = mtb_test_get_person (self->department, "stranger");
  g_autoptr (MtbPerson) agent = mtb_test_get_person (self->department, "agent");
  g_autofree char *newer = NULL;
  g_autofree char *older = NULL;
  g_autofree char *nothing = NULL;

  read_version (self, "quality", "newer");
  read_version (self, "colleague", "newer");
  stranger->active = 0;
  agent->active = 0;
  g_assert_true (mtb_store_put (self->department->store, stranger, NULL));
  g_assert_true (mtb_store_put (self->department->store, agent, NULL));
  newer = say_readers (self, "manager", "newer");
  older = say_readers (self, "manager", "older");
  nothing = say_readers (self, "supervisor", "newer");
  g_assert_cmpstr (newer, ==,
                   "department field finance followup manager supervisor quality+ colleague+");
  g_assert_cmpstr (older, ==,
                   "colleague department field finance followup manager quality supervisor agent+");
  g_assert_cmpstr (nothing, ==, "");
}

static void
test_who_sees_none (Fixture *self, gconstpointer data)
{
  static const char *const strangers[] = { "admin", "connector", "operator" };

  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autoptr (GPtrArray) documents = ask (self, strangers[i], &mtb_documents_query, NULL);
      g_autoptr (GPtrArray) versions =
        ask (self, strangers[i], &mtb_document_versions_query, "QP-14");
      g_autoptr (GPtrArray) texts = ask (self, strangers[i], &mtb_document_text_query, "newer");
      g_autoptr (GPtrArray) readers =
        ask (self, strangers[i], &mtb_document_readers_query, "older");

      g_assert_cmpuint (documents->len + versions->len + texts->len + readers->len, ==, 0);
    }
}

#define ADD(path, func) g_test_add ("/query/documents/" path, Fixture, NULL, setup, func, teardown)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("list", test_documents);
  ADD ("versions", test_versions);
  ADD ("text", test_text);
  ADD ("readers", test_readers);
  ADD ("nobody", test_who_sees_none);
  return g_test_run ();
}
