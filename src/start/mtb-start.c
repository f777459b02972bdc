/* What a program that people see does before anything else. */

#include "mtb-start.h"

#include <glib/gi18n.h>
#include <locale.h>

/* The folders that Meson was given are below the program's prefix, or stand by themselves. */
static char *
dup_installed (const char *folder)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *programs = g_path_get_dirname (program != NULL ? program : "/usr/bin/mutabaa");
  g_autofree char *prefix = g_path_get_dirname (programs);

  return g_canonicalize_filename (folder, prefix);
}

/**
 * mtb_start_find_data:
 *
 * Lets a program find what was installed with it, its settings' schema and icons, wherever its
 * prefix is now. To be called first: GLib looks at `XDG_DATA_DIRS` once.
 */
void
mtb_start_find_data (void)
{
  g_autofree char *own = dup_installed (MTB_DATADIR);
  const char *given = g_getenv ("XDG_DATA_DIRS");
  g_autofree char *folders =
    g_strdup (given != NULL && *given != '\0' ? given : "/usr/local/share:/usr/share");
  g_auto (GStrv) list = g_strsplit (folders, ":", -1);
  g_autofree char *more = g_strdup_printf ("%s:%s", own, folders);

  if (!g_strv_contains ((const char *const *) list, own))
    g_setenv ("XDG_DATA_DIRS", more, TRUE);
}

/**
 * mtb_start_set_up_language:
 *
 * Speaks the environment's language. `MUTABAA_LOCALEDIR` names the translations of a program that
 * was not installed.
 */
void
mtb_start_set_up_language (void)
{
  const char *given = g_getenv ("MUTABAA_LOCALEDIR");
  g_autofree char *folder = given != NULL ? g_strdup (given) : dup_installed (MTB_LOCALEDIR);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
