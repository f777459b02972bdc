/* `document list`, `document issue`. */

#include "mtb-document.h"
#include "mtb-error.h"
#include "mtb-id.h"
#include "mtb-json.h"
#include "mtb-person.h"
#include "mtb-tool.h"

#include <glib/gi18n.h>
#include <string.h>

static gint64 issue_number = MTB_ABSENT;
static gint64 version_number = MTB_ABSENT;
static char *date;
static char *prepared_by;
static char *reviewed_by;
static char *approved_by;

static const GOptionEntry issue_options[] = {
  { "issue", 0, 0, G_OPTION_ARG_INT64, &issue_number, N_ ("The number of the issue"), "N" },
  { "version", 0, 0, G_OPTION_ARG_INT64, &version_number, N_ ("The number within the issue"), "N" },
  { "date", 0, 0, G_OPTION_ARG_STRING, &date, N_ ("The day that stands on it"), "YYYY-MM-DD" },
  { "prepared-by", 0, 0, G_OPTION_ARG_STRING, &prepared_by, N_ ("Who prepared it"), N_ ("TEXT") },
  { "reviewed-by", 0, 0, G_OPTION_ARG_STRING, &reviewed_by, N_ ("Who reviewed it"), N_ ("TEXT") },
  { "approved-by", 0, 0, G_OPTION_ARG_STRING, &approved_by, N_ ("Who approved it"), N_ ("TEXT") },
  { NULL },
};

static GPtrArray *
select_documents (MtbStore *store, GError **error)
{
  return mtb_store_select (store, &mtb_document_table.shape,
                           "SELECT $columns(d) FROM document d ORDER BY d.number, d.id", NULL,
                           error);
}

static MtbDocumentVersion *
find_version_in_force (MtbStore *store, const MtbDocument *document)
{
  return mtb_store_select_one (
    store, &mtb_document_version_table.shape,
    "SELECT $columns(v) FROM document_version v WHERE v.document_id = :id"
    " ORDER BY v.issue DESC NULLS LAST, v.version DESC NULLS LAST, v.id LIMIT 1",
    MTB_PARAMETERS (MTB_TEXT ("id", document->id)), NULL);
}

static void
print_document (const MtbDocument *document, const MtbDocumentVersion *version)
{
  g_autofree char *state =
    version != NULL ? g_strdup_printf (_ ("issue %d, version %d, %s"), (int) version->issue,
                                       (int) version->version, version->dated)
                    : g_strdup (_ ("no version yet"));

  g_print ("%-12s %-36s %s\n", document->number, state, document->title);
}

static void
append_document (GString *json, const MtbDocument *document, const MtbDocumentVersion *version)
{
  if (json->str[json->len - 1] == '}')
    g_string_append_c (json, ',');
  mtb_json_append_record (json, document);
  g_string_truncate (json, json->len - 1);
  if (version != NULL)
    {
      mtb_json_append_number_member (json, "issue", version->issue);
      mtb_json_append_number_member (json, "version", version->version);
      mtb_json_append_text_member (json, "dated", version->dated);
    }
  g_string_append_c (json, '}');
}

static gboolean
run_list (MtbTool *tool, char **arguments, GError **error)
{
  g_autoptr (MtbStore) store = mtb_tool_open_store (tool, error);
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GString) json = g_string_new ("{\"documents\":[");

  if (store == NULL)
    return FALSE;
  documents = select_documents (store, error);
  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      const MtbDocument *document = g_ptr_array_index (documents, i);
      g_autoptr (MtbDocumentVersion) version = find_version_in_force (store, document);

      if (tool->json)
        append_document (json, document, version);
      else
        print_document (document, version);
    }
  g_string_append_c (json, ']');
  if (tool->json && documents != NULL)
    mtb_tool_print_json (g_steal_pointer (&json));
  return documents != NULL;
}

static MtbDocument *
find_document (MtbStore *store, const char *number, GError **error)
{
  g_autoptr (GError) failure = NULL;
  MtbDocument *document = mtb_store_select_one (
    store, &mtb_document_table.shape, "SELECT $columns(d) FROM document d WHERE d.number = :number",
    MTB_PARAMETERS (MTB_TEXT ("number", number)), &failure);

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (document == NULL)
    g_set_error (error, MTB_ERROR, MTB_ERROR_NOT_FOUND,
                 _ ("%s: there is no such document; “document list” shows them"), number);
  return document;
}

static char *
read_text (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  if (strlen (text) == length)
    return g_steal_pointer (&text);
  mtb_error_set_invalid (error, "text", N_ ("This is not valid text"));
  return NULL;
}

static gboolean
run_issue (MtbTool *tool, char **arguments, GError **error)
{
  g_autoptr (MtbAuthority) authority = mtb_tool_open (tool, error);
  g_autoptr (MtbDocumentIssue) issue = mtb_record_new (&mtb_document_issue.shape);
  g_autoptr (MtbDocument) document = NULL;

  if (authority == NULL)
    return FALSE;
  document = find_document (mtb_authority_get_store (authority), arguments[0], error);
  if (document == NULL)
    return FALSE;
  issue->text = read_text (arguments[1], error);
  if (issue->text == NULL)
    return FALSE;
  issue->id = mtb_id_new (mtb_authority_get_now (authority));
  issue->document_id = g_strdup (document->id);
  issue->issue = issue_number;
  issue->version = version_number;
  issue->dated = g_strdup (date);
  issue->prepared_by = g_strdup (prepared_by);
  issue->reviewed_by = g_strdup (reviewed_by);
  issue->approved_by = g_strdup (approved_by);
  return mtb_authority_command (authority, MTB_PERSON_OPERATOR, g_steal_pointer (&issue), NULL,
                                NULL, error);
}

const MtbWord mtb_document_words[] = {
  { "document list", NULL, N_ ("List the controlled documents"), NULL, NULL, 0, 0, run_list },
  { "document issue", "NUMBER FILE", N_ ("Issue a new version of a controlled document"),
    N_ ("The text is read from FILE: UTF-8, a line a paragraph, up to 100,000 characters. All\n"
        "options are needed. What was issued before stays."),
    issue_options, 2, 2, run_issue },
  { NULL },
};
