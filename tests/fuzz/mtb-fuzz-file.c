#define _GNU_SOURCE

#include "mtb-fuzz-file.h"

#include "mtb-founding.h"
#include "mtb-verify.h"

#include <sys/mman.h>
#include <unistd.h>

const char *
mtb_fuzz_file (const uint8_t *data, size_t size)
{
  static int file = -1;
  static char path[40];

  if (file < 0)
    file = memfd_create ("input", 0);
  g_assert_cmpint (file, >=, 0);
  g_assert_cmpint (ftruncate (file, 0), ==, 0);
  g_assert_cmpint (pwrite (file, data, size, 0), ==, (gssize) size);
  g_snprintf (path, sizeof path, "/proc/self/fd/%d", file);
  return path;
}

/* Making a department takes longer than an input does. */
static MtbAuthority *
make_authority (void)
{
  g_autoptr (GError) error = NULL;
  MtbAuthority *authority = mtb_authority_open ("sqlite::memory:", &error);
  gboolean was_there;

  g_assert_no_error (error);
  g_assert_true (mtb_department_found (authority, &was_there, &error));
  g_assert_no_error (error);
  return authority;
}

MtbAuthority *
mtb_fuzz_get_authority (void)
{
  static MtbAuthority *authority;
  g_autoptr (GError) error = NULL;

  if (authority == NULL)
    authority = make_authority ();
  mtb_store_execute (mtb_authority_get_store (authority),
                     "DELETE FROM pbx_call; DELETE FROM pbx_pause; DELETE FROM pbx_event;"
                     " DELETE FROM queue_total; DELETE FROM agent_total; DELETE FROM command;"
                     " DELETE FROM change; DELETE FROM subscriber; DELETE FROM subscriber_word;"
                     " DELETE FROM card",
                     &error);
  g_assert_no_error (error);
  return authority;
}

static void
on_finding (const MtbFinding *finding, gpointer data)
{
  g_error ("%s %s: %s: %s", finding->table, finding->id, finding->field, finding->reason);
}

void
mtb_fuzz_check_rows (MtbAuthority *authority)
{
  g_autoptr (GError) error = NULL;
  gint64 n_seen;

  mtb_verify (mtb_authority_get_store (authority), MTB_CHECK_ROWS, on_finding, NULL, &n_seen,
              &error);
  g_assert_no_error (error);
}
