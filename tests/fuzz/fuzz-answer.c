/* What a desk reads, from a server that may be anybody: pages of changes, verdicts, problems. */

#include "mtb-fuzz.h"

#include "mtb-error.h"
#include "mtb-message.h"
#include "mtb-status.h"

static gboolean
check_change (const char *table, const char *id, gconstpointer row, gpointer data, GError **error)
{
  g_autofree char *text = NULL;
  gpointer again;

  g_assert_nonnull (table);
  g_assert_nonnull (id);
  if (row == NULL)
    return TRUE;
  g_assert_cmpstr (mtb_record_get_shape (row)->name, ==, table);
  text = mtb_json_write_record (row);
  again = mtb_json_parse_record (text, mtb_record_get_shape (row), error);
  g_assert_nonnull (again);
  g_assert_true (mtb_record_equal (row, again));
  mtb_record_unref (again);
  return TRUE;
}

static void
check_verdicts (JsonObject *object)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) verdicts = mtb_message_read_verdicts (object, &error);

  g_assert_true ((verdicts == NULL) == (error != NULL));
  for (guint i = 0; verdicts != NULL && i < verdicts->len; i++)
    {
      const MtbVerdict *verdict = g_ptr_array_index (verdicts, i);

      g_assert_nonnull (verdict->id);
      g_assert_true (verdict->applied == (verdict->error == NULL));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *body = (const char *) data;
  g_autoptr (JsonObject) object = mtb_json_read (body, size, NULL);
  g_autoptr (GError) problem = mtb_status_read_problem (500, body, size);
  g_autoptr (GError) error = NULL;
  g_auto (MtbServerInfo) info = { 0 };
  gboolean ok;

  g_assert_nonnull (problem);
  if (object == NULL)
    return 0;
  ok = mtb_message_read_changes (object, check_change, NULL, &error);
  g_assert_true (ok == (error == NULL));
  check_verdicts (object);
  if (mtb_message_read_server (object, &info))
    {
      g_assert_nonnull (info.epoch);
      g_assert_nonnull (info.head);
      g_assert_cmpint (info.seq, !=, MTB_ABSENT);
    }
  return 0;
}
