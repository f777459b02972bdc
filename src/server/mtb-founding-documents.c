/* The controlled documents that every department begins with: the procedure QP-14 as it was issued,
 * word for word, and the work instruction that it names, whose text is not known. */

#include "mtb-founding-documents.h"

#include "mtb-command.h"
#include "mtb-founding-resources.h"
#include "mtb-id.h"

#include <gio/gio.h>

static const struct
{
  const char *number;
  const char *title;
  const char *title_en;
} documents[] = {
  { "QP-14", "إجراء خدمة الزبائن", "Customer service procedure" },
  { "WI-14-01", "تعليمة العمل", "Work instruction" },
};

/* What stands on the front page of QP-14. */
#define ISSUE 5
#define VERSION 1
#define DATED "2019-01-01"
#define PREPARED_BY "مدير خدمة الزبائن"
#define REVIEWED_BY "قسم الجودة و التدقيق"
#define APPROVED_BY "المدير العام\nلمجموعة فرعون محدودة المسؤولية\nم. محمد نبيل فرعون"

static char *
dup_id (guint i)
{
  return mtb_id_derive ("document", documents[i].number, NULL);
}

static MtbDocumentAdd *
build_document (guint i)
{
  MtbDocumentAdd *document = mtb_record_new (&mtb_document_add.shape);

  document->id = dup_id (i);
  document->number = g_strdup (documents[i].number);
  document->title = g_strdup (documents[i].title);
  document->title_en = g_strdup (documents[i].title_en);
  return document;
}

static MtbDocumentIssue *
build_issue (void)
{
  MtbDocumentIssue *issue = mtb_record_new (&mtb_document_issue.shape);
  g_autoptr (GBytes) text =
    g_resource_lookup_data (mtb_founding_get_resource (), "/org/mutabaa/founding/QP-14", 0, NULL);

  issue->id = mtb_founding_documents_dup_version_id ();
  issue->document_id = dup_id (0);
  issue->issue = ISSUE;
  issue->version = VERSION;
  issue->dated = g_strdup (DATED);
  issue->prepared_by = g_strdup (PREPARED_BY);
  issue->reviewed_by = g_strdup (REVIEWED_BY);
  issue->approved_by = g_strdup (APPROVED_BY);
  issue->text = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
  return issue;
}

/**
 * mtb_founding_documents_list:
 *
 * Returns: (transfer full) (element-type gpointer): the arguments of the commands that enter them
 */
GPtrArray *
mtb_founding_documents_list (void)
{
  GPtrArray *orders = g_ptr_array_new_with_free_func (mtb_record_unref);

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    g_ptr_array_add (orders, build_document (i));
  g_ptr_array_add (orders, build_issue ());
  return orders;
}

/**
 * mtb_founding_documents_dup_version_id:
 *
 * Returns: (transfer full): the id of the issued procedure, which is the same everywhere
 */
char *
mtb_founding_documents_dup_version_id (void)
{
  return mtb_id_derive ("document_version", documents[0].number, NULL);
}
