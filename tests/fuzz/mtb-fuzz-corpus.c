/* Runs every input of a folder once: the fuzzers as plain tests. */

#include "mtb-fuzz.h"

static void
run_input (gconstpointer data)
{
  g_autofree char *bytes = NULL;
  g_autofree uint8_t *exact = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (data, &bytes, &length, &error);
  g_assert_no_error (error);
  /* Without the NUL that GLib adds, so that a sanitizer sees who reads on. */
  exact = g_memdup2 (bytes, length);
  LLVMFuzzerTestOneInput (exact, length);
}

int
main (int argc, char **argv)
{
  g_autoptr (GDir) folder = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_open (argv[1], 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *title = g_strconcat ("/fuzz/", name, NULL);

      g_test_add_data_func_full (title, g_build_filename (argv[1], name, NULL), run_input, g_free);
    }
  return g_test_run ();
}
