#include "mtb-subscriber-list.h"
#include "mtb-test-connector.h"

#define HEADER "account_number,username,name,telephone,package,tier,status"
#define ROW(name, status) "1001,omar," name ",011 4018827,منزلي,80,", status
#define OMAR(name, status) "1001,omar," name ",011 4018827,home,80 GB," status "\n"
#define SEQ "SELECT seq FROM head"
#define N_SUBSCRIBERS "SELECT COUNT(*) FROM subscriber"

static GPtrArray *
import (MtbTestConnector *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *unknown = g_ptr_array_new_with_free_func (g_free);

  mtb_test_write (self->path, text);
  g_assert_true (mtb_subscriber_list_import (self->path, self->batch, unknown, &error));
  g_assert_no_error (error);
  return unknown;
}

static void
take (MtbTestConnector *self, const char *text)
{
  g_autoptr (GPtrArray) unknown = import (self, text);

  g_assert_cmpuint (unknown->len, ==, 0);
}

static void
check_text (MtbTestConnector *self, const char *sql, const char *expected)
{
  g_autofree char *text = mtb_test_text (self, sql);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_everything (MtbTestConnector *self, gconstpointer data)
{
  g_autofree char *id = mtb_subscriber_dup_id ("1001");

  take (self, "\xef\xbb\xbf" HEADER
              ",volume_allowed,volume_up,volume_down,volume_browsing,balance,currency,"
              "static_ip,bridge_mode,router,filter,measured_at\r\n"
              "1001,omar,\"الأحمد, عمر\",011 4018827,home,80 GB,active,80000000000,1,2,3,-1500,SYP,"
              "203.0.113.7,1,ZTE,0,2026-11-22T10:00:00Z\r\n");
  mtb_test_check_counts (self, 1, 0, 0);
  check_text (self, "SELECT id FROM subscriber", id);
  check_text (self, "SELECT name FROM subscriber", "الأحمد, عمر");
  check_text (self, "SELECT name_folded FROM subscriber", "الاحمد عمر");
  check_text (self, "SELECT status FROM subscriber", "active");
  check_text (self, "SELECT id FROM card", id);
  check_text (self, "SELECT static_ip FROM card", "203.0.113.7");
  g_assert_cmpint (mtb_test_number (self, "SELECT volume_allowed FROM card"), ==, 80000000000);
  g_assert_cmpint (mtb_test_number (self, "SELECT balance FROM card"), ==, -1500);
  g_assert_cmpint (mtb_test_number (self, "SELECT bridge_mode FROM card"), ==, 1);
  g_assert_cmpint (mtb_test_number (self, "SELECT filter FROM card"), ==, 0);
  g_assert_cmpint (mtb_test_number (self, "SELECT measured_at FROM card"), ==, 1795341600000);
}

static void
test_second_import_adds_nothing (MtbTestConnector *self, gconstpointer data)
{
  const char *list = HEADER ",volume_up\n" OMAR ("عمر", "active,5") "1002,huda,هدى,,,,pending,\n";
  gint64 seq;

  take (self, HEADER ",volume_up\n1001,omar,عمر,,,,active,5\n1002,huda,هدى,,,,pending,\n");
  mtb_test_check_counts (self, 2, 0, 0);
  g_assert_cmpint (mtb_test_number (self, "SELECT COUNT(*) FROM card"), ==, 1);
  seq = mtb_test_number (self, SEQ);
  take (self, HEADER ",volume_up\n1001,omar,عمر,,,,active,5\n1002,huda,هدى,,,,pending,\n");
  mtb_test_check_counts (self, 0, 2, 0);
  g_assert_cmpint (mtb_test_number (self, SEQ), ==, seq);
  take (self, list);
  mtb_test_check_counts (self, 1, 1, 0);
}

/* Blanks around a value say nothing, least of all who it is. */
static void
test_padded_export (MtbTestConnector *self, gconstpointer data)
{
  gint64 seq;

  take (self, HEADER ",volume_up\n1001,omar,عمر,,,,active,5\n");
  mtb_test_check_counts (self, 1, 0, 0);
  seq = mtb_test_number (self, SEQ);
  take (self, HEADER ",volume_up\n 1001 ,omar ,\tعمر, ,,, active,5 \n");
  mtb_test_check_counts (self, 0, 1, 0);
  g_assert_cmpint (mtb_test_number (self, SEQ), ==, seq);
  take (self,
        HEADER "\n1001,omar,عمر,,,,active\n1001 ,omar,عمر,,,,active\n ,nobody,لا أحد,,,,active\n");
  mtb_test_check_rejection (self, 0, 3, "account_number");
  mtb_test_check_rejection (self, 1, 4, "account_number");
  mtb_test_check_counts (self, 0, 1, 2);
  g_assert_cmpint (mtb_test_number (self, N_SUBSCRIBERS), ==, 1);
}

/* A state that comes back, and goes again, is news each time. */
static void
test_back_and_forth (MtbTestConnector *self, gconstpointer data)
{
  static const char *const states[] = { "active", "suspended" };

  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *list = g_strdup_printf (HEADER "\n1001,omar,عمر,,,,%s\n", states[i % 2]);

      take (self, list);
      mtb_test_check_counts (self, 1, 0, 0);
      check_text (self, "SELECT status FROM subscriber", states[i % 2]);
      take (self, list);
      mtb_test_check_counts (self, 0, 1, 0);
    }
  g_assert_cmpint (mtb_test_number (self, N_SUBSCRIBERS), ==, 1);
}

static void
test_only_what_differs (MtbTestConnector *self, gconstpointer data)
{
#define N_PUTS "SELECT COUNT(*) FROM command WHERE type = 'subscriber.put'"
#define N_MEASURES "SELECT COUNT(*) FROM command WHERE type = 'card.measure'"
  take (self, HEADER ",volume_up\n1001,omar,عمر,,,,active,5\n");
  take (self, HEADER ",volume_up\n1001,omar,عمر,,,,active,6\n");
  g_assert_cmpint (mtb_test_number (self, N_PUTS), ==, 1);
  g_assert_cmpint (mtb_test_number (self, N_MEASURES), ==, 2);
  take (self, HEADER ",volume_up\n1001,omar,عمر,011,,,active,6\n");
  g_assert_cmpint (mtb_test_number (self, N_PUTS), ==, 2);
  g_assert_cmpint (mtb_test_number (self, N_MEASURES), ==, 2);
  mtb_test_check_counts (self, 3, 0, 0);
}

/* What has no column stays; what has one and no value is gone. */
static void
test_missing_columns (MtbTestConnector *self, gconstpointer data)
{
  take (self, HEADER ",volume_up,router\n"
                     "1001,omar,عمر,011 4018827,home,,active,5,ZTE\n");
  take (self, "status,account_number,router\nsuspended,1001,\n");
  mtb_test_check_counts (self, 2, 0, 0);
  check_text (self, "SELECT telephone FROM subscriber", "011 4018827");
  check_text (self, "SELECT status FROM subscriber", "suspended");
  check_text (self, "SELECT router FROM card", NULL);
  g_assert_cmpint (mtb_test_number (self, "SELECT volume_up FROM card"), ==, 5);
}

static void
test_unknown_columns (MtbTestConnector *self, gconstpointer data)
{
  g_autoptr (GPtrArray) unknown =
    import (self, "account_number,colour,username,name,status,id\n1001,red,omar,عمر,active,7\n");

  g_assert_cmpuint (unknown->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (unknown, 0), ==, "colour");
  g_assert_cmpstr (g_ptr_array_index (unknown, 1), ==, "id");
  mtb_test_check_counts (self, 1, 0, 0);
}

/* Without a time in the list, figures are of now; the time alone is no news. */
static void
test_measured_now (MtbTestConnector *self, gconstpointer data)
{
  gint64 first;

  take (self, HEADER ",volume_up\n1001,omar,عمر,,,,active,5\n");
  first = mtb_test_number (self, "SELECT measured_at FROM card");
  g_assert_cmpint (first, >, 1500000000000);
  take (self, HEADER ",volume_up,measured_at\n1001,omar,عمر,,,,active,5,\n");
  g_assert_cmpint (mtb_test_number (self, "SELECT measured_at FROM card"), ==, first);
  mtb_test_check_counts (self, 1, 1, 0);
  take (self, HEADER ",volume_up,measured_at\n1001,omar,عمر,,,,active,5,2030-01-01T00:00:00Z\n");
  mtb_test_check_counts (self, 1, 0, 0);
  take (self, HEADER ",volume_up\n1001,omar,عمر,,,,active,6\n");
  mtb_test_check_counts (self, 1, 0, 0);
  g_assert_cmpint (mtb_test_number (self, "SELECT measured_at FROM card"), <, 1893456000000);
}

static void
test_bad_lines (MtbTestConnector *self, gconstpointer data)
{
  take (self, HEADER ",volume_up,bridge_mode\n"
                     "1001,omar,عمر,,,,active,5,1\n"
                     "1002,huda,هدى,,,,asleep,5,1\n"
                     "1003,layla,,,,,active,5,1\n"
                     ",nobody,لا أحد,,,,active,5,1\n"
                     "1004,sami,سامي,,,,active,many,1\n"
                     "1005,rim,ريم,,,,active,-5,1\n"
                     "1006,ziad,\"زياد,,,,active,5,1\n"
                     "1007,few,قليل\n"
                     "1001,omar,عمر,,,,active,5,1\n"
                     "1008,fadi,فادي,,,,active,5,perhaps\n"
                     "1009,hala,هالة,,,,pending,,yes\n");
  mtb_test_check_rejection (self, 0, 3, "status");
  mtb_test_check_rejection (self, 1, 4, "name");
  mtb_test_check_rejection (self, 2, 5, "account_number");
  mtb_test_check_rejection (self, 3, 6, "volume_up");
  mtb_test_check_rejection (self, 4, 7, "volume_up");
  mtb_test_check_rejection (self, 5, 8, NULL);
  mtb_test_check_rejection (self, 6, 9, NULL);
  mtb_test_check_rejection (self, 7, 10, "account_number");
  mtb_test_check_rejection (self, 8, 11, "bridge_mode");
  mtb_test_check_counts (self, 2, 0, 9);
  g_assert_cmpint (mtb_test_number (self, N_SUBSCRIBERS), ==, 2);
  g_assert_cmpint (mtb_test_number (self, "SELECT COUNT(*) FROM command WHERE status = 'rejected'"),
                   ==, 0);
}

static void
test_no_list_at_all (MtbTestConnector *self, gconstpointer data)
{
  static const char *const texts[] = { "", "username,name\nomar,عمر\n",
                                       "account_number;username\n1001;omar\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GPtrArray) unknown = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GError) error = NULL;

      mtb_test_write (self->path, texts[i]);
      g_assert_false (mtb_subscriber_list_import (self->path, self->batch, unknown, &error));
      g_assert_error (error, MTB_ERROR, MTB_ERROR_INVALID);
    }
  g_assert_cmpint (mtb_test_number (self, N_SUBSCRIBERS), ==, 0);
}

#define MANY 2500

static void
test_many (MtbTestConnector *self, gconstpointer data)
{
  GString *list = g_string_new (HEADER ",volume_up\n");

  for (guint i = 0; i < MANY; i++)
    g_string_append_printf (list, "%u,user%u,اسم %u,,,,active,%u\n", i, i, i, i);
  take (self, list->str);
  mtb_test_check_counts (self, MANY, 0, 0);
  g_string_append (list, "x,x,x,,,,active,1\n");
  take (self, list->str);
  mtb_test_check_counts (self, 1, MANY, 0);
  g_string_free (list, TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  MTB_TEST_ADD ("/connectors/subscriber-list/everything", test_everything);
  MTB_TEST_ADD ("/connectors/subscriber-list/second-import", test_second_import_adds_nothing);
  MTB_TEST_ADD ("/connectors/subscriber-list/padded", test_padded_export);
  MTB_TEST_ADD ("/connectors/subscriber-list/back-and-forth", test_back_and_forth);
  MTB_TEST_ADD ("/connectors/subscriber-list/only-differences", test_only_what_differs);
  MTB_TEST_ADD ("/connectors/subscriber-list/missing-columns", test_missing_columns);
  MTB_TEST_ADD ("/connectors/subscriber-list/unknown-columns", test_unknown_columns);
  MTB_TEST_ADD ("/connectors/subscriber-list/measured-now", test_measured_now);
  MTB_TEST_ADD ("/connectors/subscriber-list/bad-lines", test_bad_lines);
  MTB_TEST_ADD ("/connectors/subscriber-list/no-list", test_no_list_at_all);
  MTB_TEST_ADD ("/connectors/subscriber-list/many", test_many);
  return g_test_run ();
}
