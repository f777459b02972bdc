#pragma once

#include "mtb-authority.h"
#include "mtb-command.h"
#include "mtb-verify.h"

G_BEGIN_DECLS

/**
 * MtbTool:
 * @database: the department's database
 * @json: whether data is wanted as JSON
 * @exit_status: what the program will end with where nothing failed
 *
 * One run of the administrator's command line.
 */
typedef struct
{
  char *database;
  gboolean json;
  int exit_status;
} MtbTool;

/* Something was done, but not all that was asked for. */
#define MTB_EXIT_PARTLY 2

/* Of one kind so many findings are told, and how many more there are. */
#define MTB_FINDINGS_MAX 20

/**
 * MtbWord:
 * @name: what one types, one word or two
 * @arguments: (nullable): what comes after it
 * @summary: what it does, in English, to be translated
 * @description: (nullable): more about it, in English, to be translated
 * @options: (nullable): its own options
 * @n_min: how many arguments there are at least
 * @n_max: how many there are at most
 * @run: does it; gets the arguments
 * @has_addresses: whether the databases are among the arguments, and `--database` says nothing
 *
 * A word of the command line.
 */
typedef struct
{
  const char *name;
  const char *arguments;
  const char *summary;
  const char *description;
  const GOptionEntry *options;
  guint n_min;
  guint n_max;
  gboolean (*run) (MtbTool *tool, char **arguments, GError **error);
  gboolean has_addresses;
} MtbWord;

extern const MtbWord mtb_administration_words[];
extern const MtbWord mtb_copy_words[];
extern const MtbWord mtb_department_words[];
extern const MtbWord mtb_document_words[];
extern const MtbWord mtb_import_words[];
extern const MtbWord mtb_totals_words[];
extern const MtbWord mtb_user_words[];
extern const MtbWord mtb_verify_words[];

gboolean mtb_tool_need_department (const char *database, MtbStore *store, GError **error);
MtbStore *mtb_tool_open_store (MtbTool *tool, GError **error);
MtbAuthority *mtb_tool_open (MtbTool *tool, GError **error);
gboolean
mtb_tool_give_epoch (MtbTool *tool, const MtbCommand *command, const char *epoch, GError **error);
void mtb_tool_print_json (GString *json);
char *mtb_tool_dup_finding (const MtbFinding *finding);
char *mtb_tool_describe_error (const GError *error);
void mtb_tool_add_order (GPtrArray *orders,
                         MtbAuthority *authority,
                         gpointer arguments,
                         gconstpointer attachment);

G_END_DECLS
