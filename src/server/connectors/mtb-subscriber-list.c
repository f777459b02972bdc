/* A list of subscribers out of the provider's database. It tells states, not events, so only what
 * differs from what is known becomes a command. A column is a field of `subscriber.put` or of
 * `card.measure`; what the list has no column for stays as it was. */

#include "mtb-subscriber-list.h"

#include "mtb-csv.h"
#include "mtb-error.h"
#include "mtb-id.h"
#include "mtb-json.h"
#include "mtb-number.h"
#include "mtb-person.h"
#include "mtb-subscriber.h"
#include "mtb-time.h"

#include <glib/gi18n.h>

#define KEY "account_number"

/* One of the two commands that a row becomes. */
typedef struct
{
  const MtbCommand *command;
  const MtbTable *table;
} Target;

static const Target targets[] = {
  { &mtb_subscriber_put, &mtb_subscriber_table },
  { &mtb_card_measure, &mtb_card_table },
};

/* A record whose shape is one of several. */
typedef void MtbRecord;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbRecord, mtb_record_unref)

typedef struct
{
  MtbBatch *batch;
  MtbStore *store;
  GPtrArray *columns;
  GHashTable *accounts;
} List;

/**
 * mtb_subscriber_dup_id:
 * @account_number: the number of the account
 *
 * Returns: (transfer full): the id that the subscriber has here
 */
char *
mtb_subscriber_dup_id (const char *account_number)
{
  return mtb_id_derive ("subscriber", account_number, NULL);
}

static gint64
parse_number (const MtbField *field, const char *value)
{
  gint64 number;

  switch (field->type)
    {
    case MTB_TYPE_ENUM:
      return mtb_field_parse_choice (field, value);
    case MTB_TYPE_TIME:
      return mtb_time_parse (value);
    case MTB_TYPE_FLAG:
      if (g_str_equal (value, "true") || g_str_equal (value, "yes"))
        return 1;
      if (g_str_equal (value, "false") || g_str_equal (value, "no"))
        return 0;
      break;
    default:
      break;
    }
  return mtb_number_parse (value, MTB_ABSENT + 1, G_MAXINT64, &number) ? number : MTB_ABSENT;
}

static gboolean
set_field (const MtbField *field, gpointer record, const char *value, GError **error)
{
  gint64 number;

  if (mtb_field_is_text (field))
    {
      mtb_field_set_text (field, record, *value != '\0' ? value : NULL);
      return TRUE;
    }
  number = *value != '\0' ? parse_number (field, value) : MTB_ABSENT;
  mtb_field_set_number (field, record, number);
  if (*value == '\0' || number != MTB_ABSENT)
    return TRUE;
  mtb_error_set_invalid (error, field->name, N_ ("This value cannot be read"));
  return FALSE;
}

/* What the database has, as the arguments that would say the same; nothing but the key for what it
 * does not have. */
static gpointer
get_known (List *self, const Target *target, const char *id, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (MtbRecord) row = mtb_store_get (self->store, &target->table->shape, id, &failure);
  gpointer known;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  known = mtb_record_new (&target->command->shape);
  if (row != NULL)
    mtb_record_assign (known, row);
  else
    mtb_field_set_text (&target->command->shape.fields[0], known, id);
  return known;
}

static const char *
get_value (const List *self, GPtrArray *row, const char *name)
{
  guint i;

  return g_ptr_array_find_with_equal_func (self->columns, name, g_str_equal, &i)
           ? g_ptr_array_index (row, i)
           : NULL;
}

static gboolean
set_fields (List *self, gpointer record, GPtrArray *row, GError **error)
{
  const MtbShape *shape = mtb_record_get_shape (record);

  for (guint i = 1; i < shape->n_fields; i++)
    {
      const char *value = get_value (self, row, shape->fields[i].name);

      if (value == NULL && shape->fields[i].type == MTB_TYPE_TIME)
        mtb_field_set_number (&shape->fields[i], record, MTB_ABSENT);
      if (value != NULL && !set_field (&shape->fields[i], record, value, error))
        return FALSE;
    }
  return TRUE;
}

/* A row that does not say when it was measured is of now, and that alone is no news. */
static gboolean
has_news (List *self, gpointer record, gconstpointer known)
{
  const MtbField *when = mtb_shape_find (mtb_record_get_shape (record), "measured_at");
  gboolean untold = when != NULL && mtb_field_get_number (when, record) == MTB_ABSENT;

  if (untold)
    mtb_field_set_number (when, record, mtb_field_get_number (when, known));
  if (mtb_record_equal (record, known))
    return FALSE;
  if (untold)
    mtb_field_set_number (when, record,
                          mtb_authority_get_now (mtb_batch_get_authority (self->batch)));
  return TRUE;
}

/* The same step from one state to another has the same id, so that two imports at once take it
 * once; when it was taken before and the row has come back since, it is the next such step. */
static char *
derive_command_id (List *self, gconstpointer record, gconstpointer known, GError **error)
{
  g_autofree char *from = mtb_json_write_record (known);
  g_autofree char *to = mtb_json_write_record (record);

  for (guint step = 1;; step++)
    {
      g_autofree char *which = g_strdup_printf ("%u", step);
      g_autofree char *id =
        mtb_id_derive (mtb_command_of (record)->shape.name, from, to, which, NULL);
      g_autoptr (GError) failure = NULL;
      g_autoptr (MtbEntry) entry = mtb_ledger_find_entry (self->store, id, &failure);

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      if (entry == NULL)
        return g_steal_pointer (&id);
    }
}

/* Returns the command that a row becomes, or NULL without @error where it tells nothing new. */
static MtbEnvelope *
build_command (List *self, const Target *target, const char *id, GPtrArray *row, GError **error)
{
  g_autoptr (MtbRecord) known = get_known (self, target, id, error);
  g_autoptr (MtbRecord) record = known != NULL ? mtb_record_copy (known) : NULL;
  g_autofree char *command_id = NULL;

  if (record == NULL || !set_fields (self, record, row, error) || !has_news (self, record, known)
      || !mtb_record_check (record, error))
    return NULL;
  command_id = derive_command_id (self, record, known, error);
  if (command_id == NULL)
    return NULL;
  return mtb_envelope_new (g_steal_pointer (&record), command_id, 0,
                           mtb_authority_get_now (mtb_batch_get_authority (self->batch)));
}

static gboolean
check_row (List *self, GPtrArray *row, GError **error)
{
  const char *account = row->len == self->columns->len ? get_value (self, row, KEY) : NULL;

  if (account == NULL)
    mtb_error_set_invalid (error, NULL, N_ ("This line has more or fewer values than the header"));
  else if (*account == '\0')
    mtb_error_set_invalid (error, KEY, N_ ("This is needed"));
  else if (!g_hash_table_add (self->accounts, g_strdup (account)))
    mtb_error_set_invalid (error, KEY, N_ ("This account stands on an earlier line already"));
  else
    return TRUE;
  return FALSE;
}

static gboolean
read_row (List *self, GPtrArray *row, GError **error)
{
  MtbEnvelope *commands[G_N_ELEMENTS (targets)] = { NULL };
  g_autofree char *id = NULL;
  g_autoptr (GError) failure = NULL;

  if (!check_row (self, row, error))
    return FALSE;
  id = mtb_subscriber_dup_id (get_value (self, row, KEY));
  for (guint i = 0; failure == NULL && i < G_N_ELEMENTS (targets); i++)
    commands[i] = build_command (self, &targets[i], id, row, &failure);
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    if (failure == NULL && commands[i] != NULL)
      mtb_batch_add (self->batch, commands[i], MTB_PERSON_SUBSCRIBERS);
    else
      mtb_envelope_free (commands[i]);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
take_row (List *self, guint line, GPtrArray *row, GError *broken, GError **error)
{
  g_autoptr (GError) reason = broken != NULL ? g_error_copy (broken) : NULL;

  if (!mtb_batch_begin_line (self->batch, line, error))
    return FALSE;
  if (reason == NULL && read_row (self, row, &reason))
    return TRUE;
  if (mtb_error_is_verdict (reason))
    {
      mtb_batch_reject (self->batch, reason);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static gboolean
is_column (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      const MtbField *field = mtb_shape_find (&targets[i].command->shape, name);

      if (field != NULL && field != &targets[i].command->shape.fields[0])
        return TRUE;
    }
  return FALSE;
}

/* Blanks around a value say nothing. */
static GPtrArray *
read_values (MtbCsv *csv, GError **error)
{
  GPtrArray *values = mtb_csv_read (csv, error);

  for (guint i = 0; values != NULL && i < values->len; i++)
    g_strstrip (g_ptr_array_index (values, i));
  return values;
}

static gboolean
read_header (List *self, MtbCsv *csv, GPtrArray *unknown_columns, GError **error)
{
  self->columns = read_values (csv, error);
  if (self->columns == NULL && *error != NULL)
    return FALSE;
  for (guint i = 0; self->columns != NULL && i < self->columns->len; i++)
    {
      const char *name = g_ptr_array_index (self->columns, i);

      if (!is_column (name))
        g_ptr_array_add (unknown_columns, g_strdup (name));
    }
  if (self->columns != NULL
      && g_ptr_array_find_with_equal_func (self->columns, KEY, g_str_equal, NULL))
    return TRUE;
  mtb_error_set_invalid (error, KEY,
                         N_ ("The first line must name the columns, with commas between them, and"
                             " account_number among them"));
  return FALSE;
}

static gboolean
read_rows (List *self, MtbCsv *csv, GError **error)
{
  for (;;)
    {
      g_autoptr (GError) broken = NULL;
      g_autoptr (GPtrArray) row = read_values (csv, &broken);

      if (row == NULL && broken == NULL)
        return mtb_batch_flush (self->batch, error);
      if (!take_row (self, mtb_csv_get_line (csv), row, broken, error))
        return FALSE;
    }
}

/**
 * mtb_subscriber_list_import:
 * @path: a CSV file
 * @batch: takes its lines
 * @unknown_columns: (element-type utf8): takes the names of columns that mean nothing here
 * @error: return location
 *
 * Returns: whether the file was read to its end and judged
 */
gboolean
mtb_subscriber_list_import (const char *path,
                            MtbBatch *batch,
                            GPtrArray *unknown_columns,
                            GError **error)
{
  g_autoptr (MtbCsv) csv = mtb_csv_open (path, error);
  List self = { .batch = batch };
  gboolean ok;

  if (csv == NULL)
    return FALSE;
  mtb_batch_begin_file (batch, path);
  self.store = mtb_authority_get_store (mtb_batch_get_authority (batch));
  self.accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ok = read_header (&self, csv, unknown_columns, error) && read_rows (&self, csv, error);
  g_hash_table_unref (self.accounts);
  g_clear_pointer (&self.columns, g_ptr_array_unref);
  return ok;
}
