/* A whole list of subscribers: each line is taken or refused, and a second import adds nothing. */

#include "mtb-fuzz.h"

#include "mtb-error.h"
#include "mtb-fuzz-file.h"
#include "mtb-subscriber-list.h"

static MtbBatch *
import (MtbAuthority *authority, const char *path)
{
  g_autoptr (GPtrArray) unknown = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  MtbBatch *batch = mtb_batch_new (authority);
  gboolean ok = mtb_subscriber_list_import (path, batch, unknown, &error);

  g_assert_true (ok == (error == NULL));
  if (!ok)
    g_assert_error (error, MTB_ERROR, MTB_ERROR_INVALID);
  g_assert_cmpuint (batch->n_applied + batch->n_known + batch->rejections->len, ==, batch->n_lines);
  return batch;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *path = mtb_fuzz_file (data, size);
  MtbAuthority *authority = mtb_fuzz_get_authority ();
  g_autoptr (MtbBatch) first = import (authority, path);
  g_autoptr (MtbBatch) second = import (authority, path);

  mtb_fuzz_check_rows (authority);
  g_assert_cmpuint (second->n_applied, ==, 0);
  g_assert_cmpuint (second->n_lines, ==, first->n_lines);
  return 0;
}
