#include "mtb-test-rights.h"

#include "mtb-role.h"

#include <string.h>

static const char *const words[] = {
  "own", "team", "other", "nobody", "all", "yes", "unknown", "-", NULL,
};

/* Cells by "section name column", columns and names by section. */
typedef struct
{
  GHashTable *cells;
  GHashTable *columns;
  GHashTable *names;
} Rights;

static Rights *rights;

void
mtb_test_complain (const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_test_message ("%s", message);
  g_test_fail ();
}

static char **
split_line (const char *line)
{
  g_autofree char *stripped = g_strstrip (g_strdup (line));

  return g_regex_split_simple ("\\s+", stripped, 0, 0);
}

static void
check_cell (const char *name, const char *cell)
{
  g_auto (GStrv) parts = g_strsplit (cell, "+", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (!g_strv_contains (words, parts[i]))
      g_error ("authorisation.txt: no such word in the line %s: %s", name, parts[i]);
}

static void
take_line (Rights *self, const char *section, char **parts)
{
  char **columns = g_hash_table_lookup (self->columns, section);
  GPtrArray *names = g_hash_table_lookup (self->names, section);

  if (g_strv_length (parts) != g_strv_length (columns) + 1)
    g_error ("authorisation.txt: the line %s has not a cell for each column", parts[0]);
  if (g_ptr_array_find_with_equal_func (names, parts[0], g_str_equal, NULL))
    g_error ("authorisation.txt: the line %s stands twice", parts[0]);
  g_ptr_array_add (names, g_strdup (parts[0]));
  for (guint i = 0; columns[i] != NULL; i++)
    {
      check_cell (parts[0], parts[i + 1]);
      g_hash_table_insert (self->cells, g_strjoin (" ", section, parts[0], columns[i], NULL),
                           g_strdup (parts[i + 1]));
    }
}

static char *
take_section (Rights *self, char **parts)
{
  char *section = g_strndup (parts[0] + 1, strlen (parts[0]) - 2);

  g_hash_table_insert (self->columns, g_strdup (section), g_strdupv (parts + 1));
  g_hash_table_insert (self->names, g_strdup (section), g_ptr_array_new_with_free_func (g_free));
  return section;
}

static Rights *
read_rights (const char *path)
{
  Rights *self = g_new0 (Rights, 1);
  g_autofree char *text = NULL;
  g_autofree char *section = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  self->cells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->columns =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  self->names =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = split_line (lines[i]);

      if (parts[0] == NULL || *parts[0] == '\0' || *parts[0] == '#')
        continue;
      if (*parts[0] == '[')
        {
          g_free (section);
          section = take_section (self, parts);
        }
      else
        take_line (self, section, parts);
    }
  return self;
}

static void
free_rights (Rights *self)
{
  g_hash_table_unref (self->cells);
  g_hash_table_unref (self->columns);
  g_hash_table_unref (self->names);
  g_free (self);
}

static Rights *
get_rights (void)
{
  if (rights == NULL)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "authorisation.txt", NULL);

      rights = read_rights (path);
    }
  return rights;
}

static gboolean
is_owner (const char *word)
{
  return !g_str_equal (word, "yes") && !g_str_equal (word, "unknown");
}

gboolean
mtb_test_may (const char *section, const char *name, const char *columns, const char *word)
{
  g_auto (GStrv) parts = g_strsplit (columns, "+", -1);
  gboolean have = FALSE;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *key = g_strjoin (" ", section, name, parts[i], NULL);
      const char *cell = g_hash_table_lookup (get_rights ()->cells, key);
      g_auto (GStrv) said = NULL;

      if (cell == NULL)
        g_error ("authorisation.txt: there is no cell %s", key);
      said = g_strsplit (cell, "+", -1);
      have = have || g_strv_contains ((const char *const *) said, word)
             || (is_owner (word) && g_str_equal (cell, "all"));
    }
  return have;
}

void
mtb_test_rights_check_names (const char *section, GPtrArray *names)
{
  GPtrArray *there = g_hash_table_lookup (get_rights ()->names, section);

  for (guint i = 0; i < names->len; i++)
    if (!g_ptr_array_find_with_equal_func (there, g_ptr_array_index (names, i), g_str_equal, NULL))
      mtb_test_complain ("authorisation.txt: nobody has said who may: [%s] %s", section,
                         (const char *) g_ptr_array_index (names, i));
  for (guint i = 0; i < there->len; i++)
    if (!g_ptr_array_find_with_equal_func (names, g_ptr_array_index (there, i), g_str_equal, NULL))
      mtb_test_complain ("authorisation.txt: there is no such thing: [%s] %s", section,
                         (const char *) g_ptr_array_index (there, i));
}

static char **
list_roles (gboolean built_in)
{
  g_autoptr (GStrvBuilder) roles = g_strv_builder_new ();

  for (guint i = 0; mtb_role_words[i] != NULL; i++)
    if (built_in || ((1 << i) & MTB_ROLES_HUMAN) != 0)
      g_strv_builder_add (roles, mtb_role_words[i]);
  return g_strv_builder_end (roles);
}

void
mtb_test_check_section (const char *section, GPtrArray *names, gboolean built_in)
{
  g_auto (GStrv) roles = list_roles (built_in);
  const char *const *columns = g_hash_table_lookup (get_rights ()->columns, section);

  mtb_test_rights_check_names (section, names);
  if (!g_strv_equal (columns, (const char *const *) roles))
    mtb_test_complain ("authorisation.txt: [%s] has not a column for each role", section);
}

int
mtb_test_rights_run (void)
{
  int result = g_test_run ();

  g_clear_pointer (&rights, free_rights);
  return result;
}
