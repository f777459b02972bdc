/* A whole queue log: each line is taken or refused, and a second reading adds nothing. */

#include "mtb-fuzz.h"

#include "mtb-fuzz-file.h"
#include "mtb-queue-log-file.h"

static MtbBatch *
read_log (MtbAuthority *authority, const char *path)
{
  g_autoptr (MtbQueueLogFile) file = mtb_queue_log_file_new (path, "pbx");
  g_autoptr (GError) error = NULL;
  MtbBatch *batch = mtb_batch_new (authority);

  mtb_queue_log_file_read (file, batch, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (batch->n_applied + batch->n_known + batch->rejections->len, ==, batch->n_lines);
  return batch;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *path = mtb_fuzz_file (data, size);
  MtbAuthority *authority = mtb_fuzz_get_authority ();
  g_autoptr (MtbBatch) first = read_log (authority, path);
  g_autoptr (MtbBatch) second = read_log (authority, path);

  mtb_fuzz_check_rows (authority);
  g_assert_cmpuint (second->n_applied, ==, 0);
  g_assert_cmpuint (second->n_lines, ==, first->n_lines);
  return 0;
}
