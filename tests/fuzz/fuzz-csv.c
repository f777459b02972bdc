/* Comma-separated values: reading comes to the end, line by line, and gives texts. */

#include "mtb-fuzz.h"

#include "mtb-csv.h"
#include "mtb-fuzz-file.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *path = mtb_fuzz_file (data, size);
  g_autoptr (MtbCsv) csv = mtb_csv_open (path, NULL);
  guint line = 0;

  g_assert_nonnull (csv);
  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) row = mtb_csv_read (csv, &error);

      g_assert_true (row == NULL || error == NULL);
      if (row == NULL && error == NULL)
        return 0;
      g_assert_cmpuint (mtb_csv_get_line (csv), >, line);
      line = mtb_csv_get_line (csv);
      for (guint i = 0; row != NULL && i < row->len; i++)
        g_assert_true (g_utf8_validate (g_ptr_array_index (row, i), -1, NULL));
    }
}
