#include "mtb-test-connector.h"

#include "mtb-id.h"
#include "mtb-person.h"
#include "mtb-time.h"

static MtbEnvelope *
make_envelope (guint number, const char *event)
{
  MtbPbxObserve *observed = mtb_record_new (&mtb_pbx_observe.shape);
  g_autofree char *key = g_strdup_printf ("%u", number);

  observed->id = mtb_id_derive ("test", key, NULL);
  observed->happened_at = 1795385910000 + number;
  observed->event = g_strdup (event);
  return mtb_envelope_new (observed, observed->id, 0, mtb_time_now ());
}

static void
add_line (MtbTestConnector *self, guint line, const char *event, const char *person_id)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (mtb_batch_begin_line (self->batch, line, &error));
  g_assert_no_error (error);
  mtb_batch_add (self->batch, make_envelope (line, event), person_id);
}

static void
flush (MtbTestConnector *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (mtb_batch_flush (self->batch, &error));
  g_assert_no_error (error);
}

static void
test_verdicts (MtbTestConnector *self, gconstpointer data)
{
  add_line (self, 1, "ONE", MTB_PERSON_PBX);
  add_line (self, 2, "", MTB_PERSON_PBX);
  add_line (self, 3, "THREE", MTB_PERSON_OPERATOR);
  g_assert_true (mtb_batch_begin_line (self->batch, 4, NULL));
  flush (self);
  mtb_test_check_rejection (self, 0, 2, "event");
  mtb_test_check_rejection (self, 1, 3, NULL);
  mtb_test_check_counts (self, 1, 1, 2);
  add_line (self, 1, "ONE", MTB_PERSON_PBX);
  add_line (self, 2, "ANOTHER", MTB_PERSON_PBX);
  flush (self);
  mtb_test_check_counts (self, 0, 1, 1);
}

static void
test_received_at (MtbTestConnector *self, gconstpointer data)
{
  MtbOrder *order;

  g_assert_true (mtb_batch_begin_line (self->batch, 1, NULL));
  order = mtb_batch_add (self->batch, make_envelope (1, "ONE"), MTB_PERSON_PBX);
  order->received_at = 1795385999000;
  flush (self);
  g_assert_cmpint (
    mtb_test_number (self, "SELECT received_at FROM command WHERE type = 'pbx.observe'"), ==,
    1795385999000);
}

/* Where the database fails, what was gathered stays, in its order, for the next time. */
static void
test_failure_keeps_the_group (MtbTestConnector *self, gconstpointer data)
{
  MtbStore *store = mtb_authority_get_store (self->authority);
  g_autoptr (GError) error = NULL;

  add_line (self, 1, "ONE", MTB_PERSON_PBX);
  add_line (self, 2, "TWO", MTB_PERSON_PBX);
  g_assert_true (mtb_store_execute (store, "ALTER TABLE command RENAME TO gone", &error));
  g_assert_false (mtb_batch_flush (self->batch, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_STORAGE);
  g_assert_cmpint (mtb_test_number (self, "SELECT COUNT(*) FROM pbx_event"), ==, 0);
  g_assert_true (mtb_store_execute (store, "ALTER TABLE gone RENAME TO command", NULL));
  add_line (self, 3, "THREE", MTB_PERSON_PBX);
  flush (self);
  g_assert_cmpint (mtb_test_number (self, "SELECT COUNT(*) FROM pbx_event"), ==, 3);
  mtb_test_check_counts (self, 3, 0, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  MTB_TEST_ADD ("/connectors/batch/verdicts", test_verdicts);
  MTB_TEST_ADD ("/connectors/batch/received-at", test_received_at);
  MTB_TEST_ADD ("/connectors/batch/failure", test_failure_keeps_the_group);
  return g_test_run ();
}
