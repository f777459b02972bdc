/* Records in addresses and in tables for spreadsheets. */

#include "mtb-csv-writer.h"
#include "mtb-error.h"
#include "mtb-uri-query.h"

typedef struct
{
  char *name;
  gint64 when;
  gint64 kind;
  gint64 marks;
  gint64 number;
  gint64 wait_s;
} Row;

static const char *const kinds[] = { "inner", "outer", NULL };
static const char *const marks[] = { "red", "green", "blue", NULL };

static const MtbField fields[] = {
  MTB_FIELD (Row, name, TEXT, .max = 20),
  MTB_FIELD (Row, when, TIME),
  MTB_FIELD (Row, kind, ENUM, .required = TRUE, .choices = kinds),
  MTB_FIELD (Row, marks, SET, .choices = marks),
  MTB_FIELD (Row, number, INTEGER, .min = -10, .max = 10),
  MTB_FIELD (Row, wait_s, DURATION),
};

static const MtbShape shape = MTB_SHAPE ("row", Row, fields);

MTB_DEFINE_RECORD_AUTOPTR (Row)

static Row *
new_row (const char *name)
{
  Row *row = mtb_record_new (&shape);

  row->name = g_strdup (name);
  row->when = 1500;
  row->kind = 1;
  row->marks = 5;
  row->number = -3;
  return row;
}

static Row *
read_query (const char *query, GError **error)
{
  g_autoptr (GHashTable) values = g_uri_parse_params (query, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);

  g_assert_nonnull (values);
  return mtb_uri_query_read (values, &shape, error);
}

static void
test_there_and_back (void)
{
  const char *const names[] = { "a b&c=d+e%", "عمر الأحمد", "?/#", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (Row) row = new_row (names[i]);
      g_autofree char *query = mtb_uri_query_write (row);
      g_autoptr (Row) again = read_query (query, &error);

      g_assert_no_error (error);
      g_assert_true (mtb_record_equal (row, again));
    }
}

static void
test_what_a_query_says (void)
{
  g_autoptr (Row) row = new_row ("a b");
  g_autofree char *query = mtb_uri_query_write (row);

  g_assert_cmpstr (query, ==,
                   "name=a%20b&when=1970-01-01T00%3A00%3A01.500Z&kind=outer&marks=red%2Cblue"
                   "&number=-3");
}

static void
check_refused (const char *query, const char *field)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Row) row = read_query (query, &error);

  g_assert_null (row);
  g_assert_error (error, MTB_ERROR, MTB_ERROR_INVALID);
  g_assert_cmpstr (mtb_error_get_field (error), ==, field);
}

static void
test_what_is_wrong_in_a_query (void)
{
  check_refused ("kind=inner&colour=red", "colour");
  check_refused ("kind=middle", "kind");
  check_refused ("kind=", "kind");
  check_refused ("", "kind");
  check_refused ("kind=inner&when=yesterday", "when");
  check_refused ("kind=inner&when=2026-03-01T00:00:00", "when");
  check_refused ("kind=inner&marks=red,pink", "marks");
  check_refused ("kind=inner&number=3x", "number");
  check_refused ("kind=inner&number=11", "number");
  check_refused ("kind=inner&number=99999999999999999999", "number");
  check_refused ("kind=inner&wait_s=-1", "wait_s");
  check_refused ("kind=inner&name=123456789012345678901", "name");
}

static void
check_cell (const char *text, const char *expected)
{
  g_autoptr (GString) csv = mtb_csv_new ();
  g_autofree char *whole = g_strdup_printf ("\xEF\xBB\xBF%s\r\n", expected);

  mtb_csv_append_text (csv, text);
  mtb_csv_end_row (csv);
  g_assert_cmpstr (csv->str, ==, whole);
}

static void
test_cells (void)
{
  check_cell (NULL, "");
  check_cell ("", "");
  check_cell ("plain", "plain");
  check_cell ("عمر، الأحمد", "عمر، الأحمد");
  check_cell ("a,b", "\"a,b\"");
  check_cell ("say \"hello\"", "\"say \"\"hello\"\"\"");
  check_cell ("two\nlines", "\"two\nlines\"");
  check_cell ("two\rlines", "\"two\rlines\"");
}

/* What a spreadsheet would carry out is a text to it. */
static void
test_no_formula_comes_through (void)
{
  check_cell ("=1+1", "'=1+1");
  check_cell ("+963", "'+963");
  check_cell ("-5", "'-5");
  check_cell ("@sum", "'@sum");
  check_cell ("\tx", "'\tx");
  check_cell ("\rx", "\"'\rx\"");
  check_cell ("=\"a\",b", "\"'=\"\"a\"\",b\"");
  check_cell ("a=1", "a=1");
}

static void
test_a_table (void)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (mtb_record_unref);
  const char *const headings[] = { "الاسم", "متى", "النوع", "العلامات", "العدد", "الانتظار", NULL };
  g_autoptr (GString) plain = NULL;
  g_autoptr (GString) translated = NULL;

  g_ptr_array_add (rows, new_row ("=x"));
  g_ptr_array_add (rows, mtb_record_new (&shape));
  plain = mtb_csv_write (&shape, NULL, rows);
  g_assert_cmpstr (plain->str, ==,
                   "\xEF\xBB\xBFname,when,kind,marks,number,wait_s\r\n"
                   "'=x,1970-01-01T00:00:01.500Z,outer,\"red,blue\",-3,\r\n,,,,,\r\n");
  g_ptr_array_set_size (rows, 0);
  translated = mtb_csv_write (&shape, headings, rows);
  g_assert_cmpstr (translated->str, ==, "\xEF\xBB\xBFالاسم,متى,النوع,العلامات,العدد,الانتظار\r\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/plain/there-and-back", test_there_and_back);
  g_test_add_func ("/wire/plain/query", test_what_a_query_says);
  g_test_add_func ("/wire/plain/wrong", test_what_is_wrong_in_a_query);
  g_test_add_func ("/wire/plain/cells", test_cells);
  g_test_add_func ("/wire/plain/formulas", test_no_formula_comes_through);
  g_test_add_func ("/wire/plain/table", test_a_table);
  return g_test_run ();
}
