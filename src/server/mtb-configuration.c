/* What can be said to a server: in a file, or as options, which count for more. Each setting is
 * described once, in the table below; file, options, help and what is said of mistakes come of it. */

#include "mtb-configuration.h"

#include "mtb-error.h"
#include "mtb-lease.h"
#include "mtb-limits.h"
#include "mtb-number.h"

#include <glib/gstdio.h>
#include <string.h>

typedef enum
{
  TEXT,
  FLAG,
  NUMBER,
} Kind;

/* @text, @number: where nothing is said; @is_needed: whether something has to be said */
typedef struct
{
  const char *group;
  const char *name;
  Kind kind;
  gsize offset;
  const char *text;
  int number;
  int min;
  int max;
  const char *argument;
  const char *help;
  gboolean is_needed;
} Setting;

#define AT(member) G_STRUCT_OFFSET (MtbConfiguration, member)

static const Setting settings[] = {
  { "server", "database", TEXT, AT (database), .argument = "sqlite:PATH",
    .help = "The department's database", .is_needed = TRUE },
  { "server", "listen", TEXT, AT (listen), .argument = "ADDRESS:PORT|unix:PATH",
    .help = "Where to listen, on loopback", .is_needed = TRUE },
  { "server", "the-network-is-trusted", FLAG, AT (network_is_trusted),
    .help = "Allow an address beyond loopback, without TLS" },
  { "server", "behind-proxy", FLAG, AT (is_behind_proxy),
    .help = "Believe what a proxy on this machine says in its headers" },
  { "server", "log-requests", FLAG, AT (logs_requests), .help = "Write a line for each request" },
  { "server", "snapshots", TEXT, AT (snapshots), .argument = "FOLDER",
    .help = "Where files for new desks are kept for a while" },
  { "server", "beat-seconds", NUMBER, AT (beat_s), NULL, MTB_BEAT_S, 1, 60, "SECONDS",
    "How often desks are told that the connection stands" },
  { "server", "patience-seconds", NUMBER, AT (patience_s), NULL, 30, 1, 600, "SECONDS",
    "How long a request may take to come in" },
  { "server", "drain-seconds", NUMBER, AT (drain_s), NULL, 0, 0, 20, "SECONDS",
    "How long to answer on, but to /readyz, when told to end" },
  { "limits", "body-bytes", NUMBER, AT (limits.body_bytes), NULL, MTB_BODY_MAX, 65536, MTB_BODY_MAX,
    "BYTES", "How large a request's body may be" },
  { "limits", "batch-commands", NUMBER, AT (limits.batch_commands), NULL, MTB_BATCH_MAX, 1,
    MTB_BATCH_MAX, "NUMBER", "How many commands one request may bring" },
  { "limits", "page-rows", NUMBER, AT (limits.page_rows), NULL, MTB_PAGE_MAX, 1, MTB_PAGE_MAX,
    "NUMBER", "How many changes one answer brings at most" },
  { "limits", "connections", NUMBER, AT (limits.connections), NULL, 1000, 10, 10000, "NUMBER",
    "How many connections are open at once" },
  { "limits", "threads", NUMBER, AT (limits.threads), NULL, 64, 1, 1024, "NUMBER",
    "How many requests are answered at once" },
  { "limits", "readers", NUMBER, AT (limits.readers), NULL, 4, 1, 64, "NUMBER",
    "How many of them read the database at once" },
  { "limits", "requests-waiting", NUMBER, AT (limits.requests_waiting), NULL, 1000, 1, 100000,
    "NUMBER", "How many requests may wait until they are answered" },
  { "limits", "live-connections", NUMBER, AT (limits.live_connections), NULL, 1000, 1, 10000,
    "NUMBER", "How many desks may be told of changes as they come" },
  { "limits", "session-hours", NUMBER, AT (limits.session_hours), NULL, 12, 1, 168, "HOURS",
    "How long a sign-in is good" },
};

static const Setting *
find_setting (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (g_str_equal (settings[i].name, name))
      return &settings[i];
  return NULL;
}

static gboolean
fail (GError **error, const char *where, const char *what)
{
  g_set_error (error, MTB_ERROR, MTB_ERROR_INVALID, "%s: %s", where, what);
  return FALSE;
}

static gboolean
read_flag (const char *text, gboolean *flag)
{
  *flag = g_str_equal (text, "true");
  return *flag || g_str_equal (text, "false");
}

/* @where: what the value stands in, to be told of a mistake */
static gboolean
set_value (MtbConfiguration *self,
           const Setting *setting,
           const char *text,
           const char *where,
           GError **error)
{
  gpointer member = G_STRUCT_MEMBER_P (self, setting->offset);
  g_autofree char *range =
    g_strdup_printf ("give a number from %d to %d", setting->min, setting->max);
  gint64 number;

  switch (setting->kind)
    {
    case FLAG:
      return read_flag (text, member) || fail (error, where, "give true or false");
    case NUMBER:
      if (!mtb_number_parse (text, setting->min, setting->max, &number))
        return fail (error, where, range);
      *(int *) member = (int) number;
      return TRUE;
    default:
      if (*text == '\0')
        return fail (error, where, "nothing is said");
      g_free (*(char **) member);
      *(char **) member = g_strdup (text);
      return TRUE;
    }
}

static gboolean
holds_password (const char *database)
{
  g_autoptr (GUri) uri =
    g_uri_parse (database, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED, NULL);
  const char *query = strchr (database, '?');

  return (uri != NULL && g_uri_get_password (uri) != NULL)
         || (query != NULL && strstr (query, "password=") != NULL);
}

/**
 * mtb_configuration_new:
 *
 * Returns: (transfer full): what is so where nothing is said; database and address are missing
 */
MtbConfiguration *
mtb_configuration_new (void)
{
  MtbConfiguration *self = g_new0 (MtbConfiguration, 1);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (settings[i].kind == NUMBER)
      G_STRUCT_MEMBER (int, self, settings[i].offset) = settings[i].number;
  return self;
}

/**
 * mtb_configuration_free:
 * @configuration: (nullable) (transfer full): a configuration
 */
void
mtb_configuration_free (MtbConfiguration *configuration)
{
  if (configuration == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (settings[i].kind == TEXT)
      g_free (G_STRUCT_MEMBER (char *, configuration, settings[i].offset));
  g_free (configuration);
}

static gboolean
load_key (MtbConfiguration *self,
          GKeyFile *file,
          const char *path,
          const char *group,
          const char *key,
          GError **error)
{
  const Setting *setting = find_setting (key);
  g_autofree char *where = g_strdup_printf ("%s: [%s] %s", path, group, key);
  g_autofree char *text = g_key_file_get_string (file, group, key, NULL);

  if (setting == NULL || !g_str_equal (setting->group, group))
    return fail (error, where, "there is no such key");
  if (text == NULL)
    return fail (error, where, "this is no text in UTF-8");
  return set_value (self, setting, g_strstrip (text), where, error);
}

static gboolean
load_keys (MtbConfiguration *self, GKeyFile *file, const char *path, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_auto (GStrv) keys = g_key_file_get_keys (file, groups[i], NULL, NULL);

      for (guint j = 0; keys != NULL && keys[j] != NULL; j++)
        if (!load_key (self, file, path, groups[i], keys[j], error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
is_everybodys (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) < 0 || (status.st_mode & 0007) != 0;
}

/**
 * mtb_configuration_load:
 * @configuration: a configuration
 * @path: a file of groups and keys
 * @error: return location; tells file, group and key
 *
 * A file that holds the database's password must not be readable by everybody.
 *
 * Returns: whether all that stands in the file is known and right
 */
gboolean
mtb_configuration_load (MtbConfiguration *configuration, const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) failure = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &failure))
    return fail (error, path, failure->message);
  if (!load_keys (configuration, file, path, error))
    return FALSE;
  if (configuration->database != NULL && holds_password (configuration->database)
      && is_everybodys (path))
    return fail (error, path, "it holds a password and everybody may read it; chmod o= it");
  return TRUE;
}

static gboolean
take_option (const char *option, const char *value, gpointer given, GError **error)
{
  g_hash_table_insert (given, g_strdup (option + strlen ("--")),
                       g_strdup (value != NULL ? value : "true"));
  return TRUE;
}

static char *
describe_setting (const Setting *setting)
{
  return setting->kind == NUMBER ? g_strdup_printf ("%s (%d)", setting->help, setting->number)
                                 : g_strdup (setting->help);
}

/* Options are noted down only, since those of the file come before them. */
static gboolean
parse_options (GHashTable *given, int *argc, char ***argv, const char *about, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (about);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  GOptionEntry entries[G_N_ELEMENTS (settings) + 2] = {
    { "configuration", 0, 0, G_OPTION_ARG_CALLBACK, (gpointer) take_option,
      "What else is said here; an option counts for more", "FILE" }
  };
  GOptionGroup *group = g_option_group_new (NULL, NULL, NULL, given, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      char *described = describe_setting (&settings[i]);

      g_ptr_array_add (texts, described);
      entries[i + 1] = (GOptionEntry){ settings[i].name,
                                       0,
                                       settings[i].kind == FLAG ? G_OPTION_FLAG_NO_ARG : 0,
                                       G_OPTION_ARG_CALLBACK,
                                       (gpointer) take_option,
                                       described,
                                       settings[i].argument };
    }
  g_option_group_add_entries (group, entries);
  g_option_context_set_main_group (context, group);
  return g_option_context_parse (context, argc, argv, error);
}

static gboolean
apply_options (MtbConfiguration *self, GHashTable *given, GError **error)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, given);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      g_autofree char *where = g_strconcat ("--", name, NULL);

      if (g_str_equal (name, "configuration"))
        continue;
      if (g_str_equal (name, "database") && holds_password (value))
        return fail (error, where, "a password is no argument; say it in a file");
      if (!set_value (self, find_setting (name), value, where, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_complete (const MtbConfiguration *self, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (settings[i].is_needed && G_STRUCT_MEMBER (char *, self, settings[i].offset) == NULL)
      {
        g_set_error (error, MTB_ERROR, MTB_ERROR_INVALID, "give --%s; see --help",
                     settings[i].name);
        return FALSE;
      }
  return TRUE;
}

/**
 * mtb_configuration_parse:
 * @configuration: a configuration
 * @argc: (inout): how many arguments there are
 * @argv: (inout): the program's arguments
 * @about: what the program is, for its help
 * @error: return location
 *
 * Takes the options and the file that they may name.
 *
 * Returns: whether all is known and right, and nothing is missing
 */
gboolean
mtb_configuration_parse (MtbConfiguration *configuration,
                         int *argc,
                         char ***argv,
                         const char *about,
                         GError **error)
{
  g_autoptr (GHashTable) given = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char *path;

  if (!parse_options (given, argc, argv, about, error))
    return FALSE;
  if (*argc > 1)
    return fail (error, (*argv)[1], "there is nothing to be said but options; see --help");
  path = g_hash_table_lookup (given, "configuration");
  return (path == NULL || mtb_configuration_load (configuration, path, error))
         && apply_options (configuration, given, error) && check_complete (configuration, error);
}
