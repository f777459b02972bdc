/* Peers that run in node, as `./run bench` has installed them beside the build. */

#include "bench-peer.h"

#include "bench-check.h"

#include <gio/gio.h>
#include <stdarg.h>

char *
bench_peer_find (const char *script)
{
  char *path = g_build_filename (MTB_PEERS, script, NULL);
  g_autofree char *modules = g_build_filename (MTB_PEERS, "node_modules", NULL);

  if (!g_file_test (modules, G_FILE_TEST_IS_DIR))
    g_error ("%s: the peers are not installed; ./run bench does it", MTB_PEERS);
  return path;
}

/* What a script says at its end, given words up to %NULL. */
JsonObject *
bench_peer_run (const char *script, const char *first, ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autofree char *path = bench_peer_find (script);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  g_autoptr (JsonNode) answer = NULL;
  va_list more;

  g_ptr_array_add (words, "node");
  g_ptr_array_add (words, path);
  va_start (more, first);
  for (const char *word = first; word != NULL; word = va_arg (more, const char *))
    g_ptr_array_add (words, (gpointer) word);
  va_end (more);
  g_ptr_array_add (words, NULL);
  process =
    g_subprocess_newv ((const char *const *) words->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  check (process != NULL
           && g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error),
         error);
  answer = json_from_string (output, NULL);
  if (answer == NULL || !g_subprocess_get_successful (process))
    g_error ("%s failed", script);
  return json_node_dup_object (answer);
}
