#include "mtb-csv.h"
#include "mtb-test-connector.h"

#include <string.h>

/* Reads all rows, as "LINE:value|value…" each; a row that is not well-formed is "LINE!". */
static char *
read_all (MtbTestConnector *self, const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbCsv) csv = NULL;
  GString *rows = g_string_new (NULL);

  g_file_set_contents (self->path, text, (gssize) length, &error);
  g_assert_no_error (error);
  csv = mtb_csv_open (self->path, &error);
  g_assert_no_error (error);
  for (;;)
    {
      g_autoptr (GError) broken = NULL;
      g_autoptr (GPtrArray) row = mtb_csv_read (csv, &broken);

      if (row == NULL && broken == NULL)
        return g_string_free (rows, FALSE);
      g_string_append_printf (rows, "%s%u%s", rows->len > 0 ? " " : "", mtb_csv_get_line (csv),
                              row != NULL ? ":" : "!");
      for (guint i = 0; row != NULL && i < row->len; i++)
        g_string_append_printf (rows, "%s%s", i > 0 ? "|" : "",
                                (const char *) g_ptr_array_index (row, i));
    }
}

static const struct
{
  const char *text;
  const char *rows;
} cases[] = {
  { "", "" },
  { "\n\r\n\n", "" },
  { "a,b\n", "1:a|b" },
  { "a,b", "1:a|b" },
  { "a,b\r\nc,d\r\n", "1:a|b 2:c|d" },
  { "\xef\xbb\xbf"
    "a,ب\n",
    "1:a|ب" },
  { "a,,\n,\n", "1:a|| 2:|" },
  { "a\n\n\nb\n", "1:a 4:b" },
  { "\"a\",\"b,c\"\n", "1:a|b,c" },
  { "\"a \"\"b\"\"\",\"\"\n", "1:a \"b\"|" },
  { "\"a\nb\",c\nd,e\n", "1:a\nb|c 3:d|e" },
  { "\"a\"\r\n\"b\"", "1:a 2:b" },
  { "5\"6,b\n", "1:5\"6|b" },
  { " a , b \n", "1: a | b " },
  /* A quotation mark too many costs its line, not those after it. */
  { "a,\"b\nc,d\ne,f\n", "1! 2:c|d 3:e|f" },
  { "a,\"b\nc,\"d\"\n", "1! 2:c|d" },
  { "a,\"b\"x\nc,d\n", "1! 2:c|d" },
  { "\"", "1!" },
  { "a,\xe9\nb,c\n", "1! 2:b|c" },
};

static void
test_rows (MtbTestConnector *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *rows = read_all (self, cases[i].text, strlen (cases[i].text));

      g_assert_cmpstr (rows, ==, cases[i].rows);
    }
}

static void
test_nul (MtbTestConnector *self, gconstpointer data)
{
  g_autofree char *rows = read_all (self, "a\0b,c\nd,e\n", 10);

  g_assert_cmpstr (rows, ==, "1! 2:d|e");
}

static void
test_missing_file (MtbTestConnector *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mtb_csv_open ("/nowhere/at/all.csv", &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "/nowhere/at/all.csv"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  MTB_TEST_ADD ("/connectors/csv/rows", test_rows);
  MTB_TEST_ADD ("/connectors/csv/nul", test_nul);
  MTB_TEST_ADD ("/connectors/csv/missing-file", test_missing_file);
  return g_test_run ();
}
