#include "mtb-document.h"
#include "mtb-test-department.h"

typedef struct
{
  MtbTestDepartment *department;
} Fixture;

static MtbDocumentAdd *
document (const char *key, const char *number)
{
  MtbDocumentAdd *arguments = mtb_record_new (&mtb_document_add.shape);

  arguments->id = g_strdup (mtb_test_id (key));
  arguments->number = g_strdup (number);
  arguments->title = g_strdup ("تعليمة العمل");
  arguments->title_en = g_strdup ("Work instruction");
  return arguments;
}

static MtbDocumentIssue *
version (const char *key, gint64 issue, gint64 number)
{
  MtbDocumentIssue *arguments = mtb_record_new (&mtb_document_issue.shape);

  arguments->id = g_strdup (mtb_test_id (key));
  arguments->document_id = g_strdup (mtb_test_id ("instruction"));
  arguments->issue = issue;
  arguments->version = number;
  arguments->dated = g_strdup ("2026-03-01");
  arguments->prepared_by = g_strdup ("manager");
  arguments->reviewed_by = g_strdup ("quality");
  arguments->approved_by = g_strdup ("general manager");
  arguments->text = g_strdup_printf ("text of %s", key);
  return arguments;
}

static MtbDocumentRead *
reading (const char *key)
{
  MtbDocumentRead *arguments = mtb_record_new (&mtb_document_read.shape);

  arguments->version_id = g_strdup (mtb_test_id (key));
  return arguments;
}

static void
setup (Fixture *self, gconstpointer data)
{
  self->department = mtb_test_department_new ();
  mtb_test_accept (self->department, "manager", document ("instruction", "WI-14-01"));
}

static void
teardown (Fixture *self, gconstpointer data)
{
  mtb_test_department_free (self->department);
}

static void
test_add (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbDocument) added =
    mtb_test_get (self->department, &mtb_document_table, mtb_test_id ("instruction"));

  g_assert_cmpstr (added->number, ==, "WI-14-01");
  g_assert_cmpint (added->active, ==, 1);
  mtb_test_refuse (self->department, "manager", document ("other", "WI-14-01"), MTB_ERROR_CONFLICT,
                   "number");
  mtb_test_refuse (self->department, "manager", document ("instruction", "WI-14-02"),
                   MTB_ERROR_CONFLICT, "id");
  mtb_test_refuse (self->department, "supervisor", document ("other", "WI-14-02"),
                   MTB_ERROR_FORBIDDEN, NULL);
}

static void
test_issue (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbDocumentVersion) issued = NULL;

  self->department->lag = MTB_MINUTE;
  mtb_test_accept (self->department, "manager", version ("first", 1, 0));
  issued = mtb_test_get (self->department, &mtb_document_version_table, mtb_test_id ("first"));
  g_assert_cmpint (issued->issue, ==, 1);
  g_assert_cmpint (issued->version, ==, 0);
  g_assert_cmpstr (issued->approved_by, ==, "general manager");
  g_assert_cmpstr (issued->text, ==, "text of first");
  g_assert_cmpint (issued->issued_at, ==, self->department->now);
}

/* What was issued stays, and nothing goes back behind it. */
static void
test_newer_only (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbDocumentVersion) first = NULL;

  mtb_test_accept (self->department, "manager", version ("first", 2, 3));
  mtb_test_refuse (self->department, "manager", version ("same", 2, 3), MTB_ERROR_CONFLICT,
                   "version");
  mtb_test_refuse (self->department, "manager", version ("older", 2, 2), MTB_ERROR_CONFLICT,
                   "version");
  mtb_test_refuse (self->department, "manager", version ("issue", 1, 9), MTB_ERROR_CONFLICT,
                   "issue");
  mtb_test_accept (self->department, "manager", version ("second", 2, 4));
  mtb_test_accept (self->department, "manager", version ("third", 3, 0));
  mtb_test_refuse (self->department, "manager", version ("back", 2, 5), MTB_ERROR_CONFLICT,
                   "issue");
  first = mtb_test_get (self->department, &mtb_document_version_table, mtb_test_id ("first"));
  g_assert_cmpstr (first->text, ==, "text of first");
  g_assert_cmpint (mtb_test_count (self->department, "SELECT COUNT(*) FROM document_version"), ==,
                   3);
}

static void
test_what_cannot_be_issued (Fixture *self, gconstpointer data)
{
  MtbDocumentIssue *strange = version ("strange", 1, 0);
  MtbDocumentIssue *undated = version ("undated", 1, 0);
  MtbDocumentIssue *unapproved = version ("unapproved", 1, 0);
  MtbDocumentIssue *empty = version ("empty", 1, 0);

  MTB_TEST_SET (strange, document_id, mtb_test_id ("nothing"));
  mtb_test_refuse (self->department, "manager", strange, MTB_ERROR_NOT_FOUND, "document_id");
  MTB_TEST_SET (undated, dated, "01/03/2026");
  mtb_test_refuse (self->department, "manager", undated, MTB_ERROR_INVALID, "dated");
  MTB_TEST_SET (unapproved, approved_by, " ");
  mtb_test_refuse (self->department, "manager", unapproved, MTB_ERROR_INVALID, "approved_by");
  MTB_TEST_SET (empty, text, "\n");
  mtb_test_refuse (self->department, "manager", empty, MTB_ERROR_INVALID, "text");
  mtb_test_refuse (self->department, "quality", version ("first", 1, 0), MTB_ERROR_FORBIDDEN, NULL);
  mtb_test_accept (self->department, "manager", version ("first", 1, 0));
  mtb_test_refuse (self->department, "manager", version ("first", 2, 0), MTB_ERROR_CONFLICT, "id");
}

static void
test_long_texts (Fixture *self, gconstpointer data)
{
  MtbDocumentIssue *longest = version ("longest", 1, 0);
  MtbDocumentIssue *longer = version ("longer", 2, 0);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MTB_DOCUMENT_TEXT_MAX; i++)
    g_string_append (text, "ن");
  MTB_TEST_SET (longest, text, text->str);
  mtb_test_accept (self->department, "manager", longest);
  g_string_append (text, "ن");
  MTB_TEST_SET (longer, text, text->str);
  mtb_test_refuse (self->department, "manager", longer, MTB_ERROR_INVALID, "text");
}

static void
test_needs_the_servers_word (Fixture *self, gconstpointer data)
{
  self->department->is_desk = TRUE;
  mtb_test_refuse (self->department, "manager", version ("first", 1, 0), MTB_ERROR_ONLINE_ONLY,
                   NULL);
  mtb_test_refuse (self->department, "manager", document ("other", "WI-14-02"),
                   MTB_ERROR_ONLINE_ONLY, NULL);
}

static MtbDocumentReceipt *
get_receipt (Fixture *self, const char *person)
{
  g_autoptr (GError) error = NULL;
  MtbDocumentReceipt *receipt =
    mtb_store_select_one (self->department->store, &mtb_document_receipt_table.shape,
                          "SELECT $columns(r) FROM document_receipt r WHERE r.person_id = :person",
                          MTB_PARAMETERS (MTB_TEXT ("person", mtb_test_id (person))), &error);

  g_assert_no_error (error);
  return receipt;
}

/* When they first said so counts; a desk may say it without the server. */
static void
test_read_once (Fixture *self, gconstpointer data)
{
  g_autoptr (MtbDocumentReceipt) receipt = NULL;
  gint64 first_at;

  mtb_test_accept (self->department, "manager", version ("first", 1, 0));
  self->department->is_desk = TRUE;
  self->department->lag = MTB_MINUTE;
  first_at = self->department->now - MTB_MINUTE;
  mtb_test_accept (self->department, "agent", reading ("first"));
  self->department->now += MTB_HOUR;
  mtb_test_accept (self->department, "agent", reading ("first"));
  mtb_test_accept (self->department, "colleague", reading ("first"));
  g_assert_cmpint (mtb_test_count (self->department, "SELECT COUNT(*) FROM document_receipt"), ==,
                   2);
  receipt = get_receipt (self, "agent");
  g_assert_cmpint (receipt->read_at, ==, first_at);
  g_assert_cmpstr (receipt->version_id, ==, mtb_test_id ("first"));
}

static void
test_each_version_is_read (Fixture *self, gconstpointer data)
{
  mtb_test_accept (self->department, "manager", version ("first", 1, 0));
  mtb_test_accept (self->department, "agent", reading ("first"));
  mtb_test_accept (self->department, "manager", version ("second", 1, 1));
  mtb_test_accept (self->department, "agent", reading ("second"));
  g_assert_cmpint (mtb_test_count (self->department, "SELECT COUNT(*) FROM document_receipt"), ==,
                   2);
  mtb_test_refuse (self->department, "agent", reading ("nothing"), MTB_ERROR_NOT_FOUND,
                   "version_id");
  mtb_test_refuse (self->department, "admin", reading ("first"), MTB_ERROR_FORBIDDEN, NULL);
}

#define ADD(path, func) \
  g_test_add ("/workflow/document/" path, Fixture, NULL, setup, func, teardown)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("add", test_add);
  ADD ("issue", test_issue);
  ADD ("newer", test_newer_only);
  ADD ("refused", test_what_cannot_be_issued);
  ADD ("long", test_long_texts);
  ADD ("online", test_needs_the_servers_word);
  ADD ("read/once", test_read_once);
  ADD ("read/each", test_each_version_is_read);
  return g_test_run ();
}
