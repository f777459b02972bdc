/* mutabaactl: the administrator's command line. */

#include "mtb-configuration.h"
#include "mtb-error.h"
#include "mtb-start.h"
#include "mtb-tool.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <stdio.h>

static MtbTool tool;
static char *configuration;

static const GOptionEntry general_options[] = {
  { "database", 0, 0, G_OPTION_ARG_STRING, &tool.database, N_ ("The department's database"),
    "sqlite:PATH" },
  { "configuration", 0, 0, G_OPTION_ARG_FILENAME, &configuration,
    N_ ("The server's configuration, which says what the database is"), "FILE" },
  { "json", 0, 0, G_OPTION_ARG_NONE, &tool.json, N_ ("Print data as JSON"), NULL },
  { NULL },
};

static const MtbWord *const groups[] = { mtb_department_words,     mtb_user_words,
                                         mtb_administration_words, mtb_import_words,
                                         mtb_document_words,       mtb_totals_words,
                                         mtb_verify_words,         mtb_copy_words };

static char *
list_words (void)
{
  GString *list = g_string_new (_ ("Words:"));

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    for (const MtbWord *word = groups[i]; word->name != NULL; word++)
      {
        g_autofree char *usage =
          g_strdup_printf ("%s %s", word->name, word->arguments != NULL ? word->arguments : "");

        g_string_append_printf (list, "\n  %-32s %s", usage, _ (word->summary));
      }
  g_string_append_printf (list, "\n\n%s",
                          _ ("“mutabaactl WORD --help” tells more about one of them."));
  return g_string_free (list, FALSE);
}

static const MtbWord *
find_word (const char *first, const char *second)
{
  g_autofree char *both = g_strdup_printf ("%s %s", first, second != NULL ? second : "");

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    for (const MtbWord *word = groups[i]; word->name != NULL; word++)
      if (g_str_equal (word->name, first) || g_str_equal (word->name, both))
        return word;
  return NULL;
}

static int
fail (const char *message)
{
  g_printerr ("mutabaactl: %s\n", message);
  return 1;
}

/* Parses what stands before the word, or at its options too once the word is known. */
static gboolean
parse (const MtbWord *word, int *argc, char ***argv, GError **error)
{
  g_autofree char *usage =
    word == NULL ? g_strdup (_ ("WORD…"))
                 : g_strdup_printf ("%s %s", word->name, word->arguments ? word->arguments : "");
  g_autofree char *words = word == NULL ? list_words () : NULL;
  g_autoptr (GOptionContext) context = g_option_context_new (g_strchomp (usage));

  g_option_context_add_main_entries (context, general_options, GETTEXT_PACKAGE);
  g_option_context_set_strict_posix (context, word == NULL);
  if (word == NULL)
    g_option_context_set_description (context, words);
  else
    {
      if (word->options != NULL)
        g_option_context_add_main_entries (context, word->options, GETTEXT_PACKAGE);
      g_option_context_set_summary (context, _ (word->summary));
      if (word->description != NULL)
        g_option_context_set_description (context, _ (word->description));
    }
  return g_option_context_parse (context, argc, argv, error);
}

/* What the server is told is enough for the tool. */
static gboolean
find_database (GError **error)
{
  g_autoptr (MtbConfiguration) found = mtb_configuration_new ();

  if (tool.database != NULL)
    return TRUE;
  if (configuration != NULL && !mtb_configuration_load (found, configuration, error))
    return FALSE;
  tool.database = g_strdup (found->database);
  if (tool.database == NULL)
    g_set_error_literal (error, MTB_ERROR, MTB_ERROR_INVALID,
                         _ ("say which database, as --database sqlite:PATH"));
  return tool.database != NULL;
}

static int
run_word (const MtbWord *word, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (!parse (word, &argc, &argv, &error))
    return fail (error->message);
  if (argc - 1 < (int) word->n_min || argc - 1 > (int) word->n_max)
    message =
      g_strdup_printf (_ ("%s takes %s; see “mutabaactl %s --help”"), word->name,
                       word->arguments != NULL ? word->arguments : _ ("nothing more"), word->name);
  else if (!word->has_addresses && !find_database (&error))
    message = g_strdup (error->message);
  else if (!word->run (&tool, argv + 1, &error))
    message = mtb_tool_describe_error (error);
  return message != NULL ? fail (message) : tool.exit_status;
}

/* Names are UTF-8 in every locale. */
static void
write_out (const char *text)
{
  fputs (text, stdout);
  fflush (stdout);
}

static void
write_error (const char *text)
{
  fputs (text, stderr);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  const MtbWord *word;
  int n_words;

  mtb_start_set_up_language ();
  g_set_print_handler (write_out);
  g_set_printerr_handler (write_error);
  g_set_prgname ("mutabaactl");
  if (sodium_init () < 0)
    return fail (_ ("libsodium cannot start"));
  if (!parse (NULL, &argc, &argv, &error))
    return fail (error->message);
  if (argc < 2)
    return fail (_ ("say what to do; “mutabaactl --help” lists the words"));
  word = find_word (argv[1], argc > 2 ? argv[2] : NULL);
  if (word == NULL)
    return fail (_ ("there is no such word; “mutabaactl --help” lists them"));
  n_words = strchr (word->name, ' ') != NULL ? 2 : 1;
  return run_word (word, argc - n_words, argv + n_words);
}
