/* `backup`, `restore`, `copy`: a department into another database, by the one way of copying it. */

#include "mtb-tool.h"

#include "mtb-copy.h"
#include "mtb-error.h"
#include "mtb-id.h"
#include "mtb-time.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

static gboolean wants_replacement;

static const GOptionEntry restore_options[] = {
  { "replace", 0, 0, G_OPTION_ARG_NONE, &wants_replacement,
    N_ ("Keep the department that is there aside, under another name"), NULL },
  { NULL },
};

/**
 * Copying:
 * @tool: the run
 * @from: the source, in a read transaction
 * @head: its head in that
 * @to: the target's address
 * @n_rows: how many rows are the same in both
 * @n_wrong: how many things are not
 *
 * A department on its way.
 */
typedef struct
{
  const MtbTool *tool;
  MtbStore *from;
  MtbHead *head;
  const char *to;
  gint64 n_rows;
  gint64 n_wrong;
} Copying;

static void
copying_clear (Copying *self)
{
  if (self->from != NULL)
    mtb_store_rollback (self->from);
  g_clear_pointer (&self->from, mtb_store_close);
  g_clear_pointer (&self->head, mtb_record_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Copying, copying_clear)

/* All of it is of one moment, whatever is written meanwhile. */
static gboolean
open_source (Copying *self, const char *from, GError **error)
{
  self->from = mtb_store_open (from, MTB_STORE_CHECK, error);
  if (!mtb_tool_need_department (from, self->from, error)
      || !mtb_store_begin_read (self->from, error))
    return FALSE;
  self->head = mtb_ledger_read_head (self->from, error);
  return self->head != NULL;
}

static void
on_table_copied (const char *table, gint64 n_rows, gpointer data)
{
  const Copying *self = data;

  if (!self->tool->json)
    g_print ("%-20s %" G_GINT64_FORMAT "\n", table, n_rows);
}

static gboolean
write_copy (Copying *self, MtbStoreMode mode, GError **error)
{
  g_autoptr (MtbStore) to = mtb_store_open (self->to, mode, error);

  return to != NULL && mtb_copy_write (self->from, to, on_table_copied, self, error);
}

static void
on_difference (const MtbFinding *finding, gpointer data)
{
  Copying *self = data;

  g_autofree char *line = mtb_tool_dup_finding (finding);

  if (self->n_wrong++ < MTB_FINDINGS_MAX)
    g_printerr ("%s", line);
}

/* Read again from where it was written, through another connection. */
static gboolean
read_back (Copying *self, GError **error)
{
  g_autoptr (MtbStore) to = mtb_store_open (self->to, MTB_STORE_CHECK, error);
  gint64 n_seen;

  return to != NULL && mtb_store_begin_read (to, error)
         && mtb_verify (to, MTB_CHECK_ENGINE, on_difference, self, &n_seen, error)
         && mtb_copy_compare (self->from, to, on_difference, self, &self->n_rows, error)
         && mtb_verify (to, MTB_CHECK_WORDS, on_difference, self, &n_seen, error);
}

static gboolean
prove_copy (Copying *self, GError **error)
{
  if (!read_back (self, error))
    return FALSE;
  if (self->n_wrong == 0)
    return TRUE;
  g_set_error_literal (error, MTB_ERROR, MTB_ERROR_MISMATCH,
                       N_ ("The copy is not what it was made of; it is of no use"));
  return FALSE;
}

static void
print_copied (const Copying *self, const char *words)
{
  if (self->tool->json)
    g_print ("{\"rows\":%" G_GINT64_FORMAT ",\"seq\":%" G_GINT64_FORMAT "}\n", self->n_rows,
             self->head->seq);
  else
    g_print ("%s\n", words);
}

static gboolean
sync_path (const char *path, int flags, GError **error)
{
  int fd = open (path, flags | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    g_set_error (error, MTB_ERROR, MTB_ERROR_STORAGE, "%s: %s", path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return ok;
}

/* The name is there with everything that it stands for, or not at all. */
static gboolean
put_in_place (const char *part, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_rename (part, path) == 0)
    return sync_path (folder, O_RDONLY | O_DIRECTORY, error);
  g_set_error (error, MTB_ERROR, MTB_ERROR_STORAGE, "%s: %s", path, g_strerror (errno));
  return FALSE;
}

static gboolean
write_backup (Copying *self, const char *part, const char *path, GError **error)
{
  g_autofree char *address = g_strconcat ("sqlite:", part, NULL);

  self->to = address;
  return write_copy (self, MTB_STORE_FILE, error) && sync_path (part, O_RDONLY, error)
         && prove_copy (self, error) && put_in_place (part, path, error);
}

static gboolean
run_backup (MtbTool *tool, char **arguments, GError **error)
{
  const char *path = arguments[0];
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_auto (Copying) copying = { .tool = tool };
  gboolean ok;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, MTB_ERROR, MTB_ERROR_CONFLICT, _ ("%s is there already"), path);
      return FALSE;
    }
  if (!open_source (&copying, tool->database, error))
    return FALSE;
  g_unlink (part);
  ok = write_backup (&copying, part, path, error);
  g_unlink (part);
  if (ok)
    print_copied (&copying, _ ("The backup was read again, and nothing differs."));
  return ok;
}

/* Where there is anything. Not before the backup is known to be one. */
static gboolean
set_aside (MtbTool *tool, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *suffix = g_date_time_format (now, ".before-%Y%m%dT%H%M%SZ");
  MtbStore *store = mtb_store_open (tool->database, MTB_STORE_READ_ONLY, NULL);

  if (store == NULL)
    return TRUE;
  mtb_store_close (store);
  if (!mtb_store_set_aside (tool->database, suffix, error))
    return FALSE;
  if (!tool->json)
    g_print (_ ("What was there is kept as %s%s\n"), tool->database, suffix);
  return TRUE;
}

static gboolean
run_restore (MtbTool *tool, char **arguments, GError **error)
{
  g_autofree char *from = g_strconcat ("sqlite:", arguments[0], NULL);
  g_autofree char *epoch = mtb_id_new (mtb_time_now ());
  g_auto (Copying) copying = { .tool = tool, .to = tool->database };

  if (!open_source (&copying, from, error) || (wants_replacement && !set_aside (tool, error))
      || !write_copy (&copying, MTB_STORE_AUTHORITY, error) || !prove_copy (&copying, error)
      || !mtb_tool_give_epoch (tool, &mtb_epoch_begin, epoch, error))
    return FALSE;
  print_copied (&copying,
                _ ("The department is restored, and a new history has begun in it. Start the"
                   " server: the desks\noffer again what they hold. When all of them have"
                   " been seen, give “mutabaactl epoch end”."));
  return TRUE;
}

/* Whoever writes on would lose it. */
static gboolean
check_still (Copying *self, GError **error)
{
  g_autoptr (MtbHead) head = NULL;
  guint n_later;

  mtb_store_rollback (self->from);
  head = mtb_ledger_read_head (self->from, error);
  if (head == NULL)
    return FALSE;
  n_later = (guint) (head->seq - self->head->seq);
  if (n_later == 0)
    return TRUE;
  g_set_error (
    error, MTB_ERROR, MTB_ERROR_CONFLICT,
    ngettext ("%u change came after the copy was made; stop the server, and copy again into"
              " an empty database",
              "%u changes came after the copy was made; stop the server, and copy again"
              " into an empty database",
              n_later),
    n_later);
  return FALSE;
}

static gboolean
run_copy (MtbTool *tool, char **arguments, GError **error)
{
  g_auto (Copying) copying = { .tool = tool, .to = arguments[1] };

  if (!open_source (&copying, arguments[0], error)
      || !write_copy (&copying, MTB_STORE_AUTHORITY, error) || !prove_copy (&copying, error)
      || !check_still (&copying, error))
    return FALSE;
  print_copied (&copying,
                _ ("Both were read in step, and nothing differs. Let the server have the new"
                   " database, and put the\nold one away: a department has one."));
  return TRUE;
}

const MtbWord mtb_copy_words[] = {
  { "backup", "FILE", N_ ("Write the department into a file, while the server runs"),
    N_ (
      "All of it is as it was at one moment. The file is there when it is durable, was read again\n"
      "and nothing differs. It can be read by nobody else, and holds all that the department\n"
      "knows: keep it as you keep that."),
    NULL, 1, 1, run_backup },
  { "restore", "FILE", N_ ("Put a backup into a database in which there is no department"),
    N_ ("Stop the server before. A new history begins: the desks offer again what the backup does\n"
        "not have, until “mutabaactl epoch end”. Sign-ins and passwords are those of the backup."),
    restore_options, 1, 1, run_restore },
  { "copy", "FROM TO", N_ ("Copy a department from one database into another"),
    N_ ("FROM and TO are addresses as after --database, of one engine or of two. Stop the server\n"
        "before. Both are read in step afterwards, and nothing may differ."),
    NULL, 2, 2, run_copy, .has_addresses = TRUE },
  { NULL },
};
