#include "mtb-damage.h"

#include "mtb-error.h"

#include <glib/gstdio.h>

/* A database's log belongs to it: beside another one it would be taken for that one's. */
static const char *const endings[] = { "", "-wal", "-shm" };

static char *
find_free_name (const char *path, gboolean is_precious)
{
  char *name = g_strconcat (path, ".damaged", NULL);

  for (guint i = 2; is_precious && g_file_test (name, G_FILE_TEST_EXISTS); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s.damaged-%u", path, i);
    }
  return name;
}

/**
 * mtb_damage_put_aside:
 * @path: a database's file, which nobody has open
 * @is_precious: whether to keep those that were put aside before
 * @error: return location
 *
 * Keeps a damaged database for whoever wants to look at it.
 *
 * Returns: (transfer full): where it is now
 */
char *
mtb_damage_put_aside (const char *path, gboolean is_precious, GError **error)
{
  g_autofree char *aside = find_free_name (path, is_precious);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *from = g_strconcat (path, endings[i], NULL);
      g_autofree char *to = g_strconcat (aside, endings[i], NULL);

      if (!g_file_test (from, G_FILE_TEST_EXISTS))
        g_unlink (to);
      else if (g_rename (from, to) != 0)
        {
          g_set_error (error, MTB_ERROR, MTB_ERROR_STORAGE, "%s cannot be put aside", from);
          return NULL;
        }
    }
  return g_steal_pointer (&aside);
}
