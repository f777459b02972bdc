/* Records as the query of an address, both ways: `from=2026-03-01T00:00:00.000Z&by=queue`. What is
 * absent is left out. */

#include "mtb-uri-query.h"

#include "mtb-error.h"
#include "mtb-plain.h"

#include <glib/gi18n.h>

/**
 * mtb_uri_query_write:
 * @record: a record
 *
 * Returns: (transfer full): the query that says it, without the question mark
 */
char *
mtb_uri_query_write (gconstpointer record)
{
  const MtbShape *shape = mtb_record_get_shape (record);
  GString *query = g_string_new (NULL);

  for (guint i = 0; i < shape->n_fields; i++)
    {
      g_autofree char *value = mtb_plain_write (&shape->fields[i], record);
      g_autofree char *escaped = value != NULL ? g_uri_escape_string (value, NULL, FALSE) : NULL;

      if (escaped != NULL)
        g_string_append_printf (query, "%s%s=%s", query->len > 0 ? "&" : "", shape->fields[i].name,
                                escaped);
    }
  return g_string_free (query, FALSE);
}

/**
 * mtb_uri_query_read:
 * @values: (element-type utf8 utf8): names to values, as they stand in the query
 * @shape: the record's shape
 * @error: return location, %MTB_ERROR_INVALID with the field
 *
 * Returns: (transfer full): the record; %NULL where a name is not known, or a value is not what its
 *   field says
 */
gpointer
mtb_uri_query_read (GHashTable *values, const MtbShape *shape, GError **error)
{
  gpointer record = mtb_record_new (shape);
  gboolean ok = TRUE;
  GHashTableIter iter;
  gpointer name, text;

  g_hash_table_iter_init (&iter, values);
  while (ok && g_hash_table_iter_next (&iter, &name, &text))
    {
      const MtbField *field = mtb_shape_find (shape, name);

      ok = field != NULL && mtb_plain_read (field, text, record);
      if (!ok)
        mtb_error_set_invalid (error, name,
                               field == NULL ? N_ ("Nothing here has this name")
                                             : N_ ("This cannot be read"));
    }
  if (ok && mtb_record_check (record, error))
    return record;
  mtb_record_unref (record);
  return NULL;
}
