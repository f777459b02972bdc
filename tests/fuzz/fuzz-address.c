/* Path and query of a request: whatever comes, each question's arguments or an error with the name; and
 * what was read, written again, is the same. */

#include "mtb-fuzz.h"

#include "mtb-error.h"
#include "mtb-exchange.h"
#include "mtb-query.h"
#include "mtb-uri-query.h"

static void
check_again (gconstpointer arguments)
{
  g_autofree char *query = mtb_uri_query_write (arguments);
  g_autofree char *target = g_strconcat ("/?", query, NULL);
  g_autoptr (MtbRequest) request = mtb_request_new ("GET", target, NULL, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  gpointer again = mtb_uri_query_read (request->query, mtb_record_get_shape (arguments), &error);

  g_assert_no_error (error);
  g_assert_true (mtb_record_equal (arguments, again));
  mtb_record_unref (again);
}

static void
check_question (const MtbRequest *request, const MtbQuery *query)
{
  g_autoptr (GError) error = NULL;
  gpointer arguments = mtb_uri_query_read (request->query, query->arguments, &error);

  g_assert_true ((arguments == NULL) == (error != NULL));
  if (arguments == NULL)
    {
      g_assert_error (error, MTB_ERROR, MTB_ERROR_INVALID);
      g_assert_nonnull (mtb_error_get_field (error));
      return;
    }
  check_again (arguments);
  mtb_record_unref (arguments);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *target = g_strndup ((const char *) data, size);
  g_autoptr (MtbRequest) request = mtb_request_new ("GET", target, NULL, NULL, NULL, NULL);

  mtb_query_find_resource (request->path);
  g_assert_cmpint (mtb_request_get_number (request, "after", 7), >=, 0);
  for (guint i = 0; mtb_queries[i] != NULL; i++)
    check_question (request, mtb_queries[i]);
  return 0;
}
