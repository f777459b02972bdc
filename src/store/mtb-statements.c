/* The statements of a store, each prepared once. A statement is known by the shape and the text that
 * it was asked with; what it takes to make the text whole is done once as well. */

#include "mtb-store-private.h"

#include <string.h>

typedef struct
{
  const MtbShape *shape;
  const char *sql;
} Key;

static guint
hash_key (gconstpointer data)
{
  const Key *key = data;

  return g_str_hash (key->sql) ^ g_direct_hash (key->shape);
}

static gboolean
equal_keys (gconstpointer a, gconstpointer b)
{
  const Key *one = a;
  const Key *other = b;

  return one->shape == other->shape && g_str_equal (one->sql, other->sql);
}

static Key *
copy_key (const Key *key)
{
  Key *copy = g_new (Key, 1);

  copy->shape = key->shape;
  copy->sql = g_strdup (key->sql);
  return copy;
}

static void
free_key (gpointer data)
{
  Key *key = data;

  g_free ((char *) key->sql);
  g_free (key);
}

GHashTable *
mtb_statements_new (GDestroyNotify finalize)
{
  return g_hash_table_new_full (hash_key, equal_keys, free_key, finalize);
}

static void
append_columns (GString *text, const MtbShape *shape, const char *prefix)
{
  for (guint i = 0; i < shape->n_fields; i++)
    g_string_append_printf (text, "%s%s.%s", i > 0 ? ", " : "", prefix, shape->fields[i].name);
}

char *
mtb_statement_expand (const char *sql, const MtbShape *shape)
{
  const char *mark = strstr (sql, "$columns(");
  const char *end = mark != NULL ? strchr (mark, ')') : NULL;
  g_autofree char *prefix = NULL;
  GString *text;

  if (shape == NULL)
    return g_strdup (sql);
  text = g_string_new_len (sql, end != NULL ? mark - sql : -1);
  if (end != NULL)
    {
      mark += strlen ("$columns(");
      prefix = g_strndup (mark, (gsize) (end - mark));
      append_columns (text, shape, prefix);
      g_string_append (text, end + 1);
    }
  g_string_replace (text, "$table", shape->name, 0);
  g_string_replace (text, "$key", shape->fields[0].name, 0);
  return g_string_free (text, FALSE);
}

MtbPrepared *
mtb_store_prepare (MtbStore *store,
                   const MtbShape *shape,
                   const char *sql,
                   MtbExpandFunc func,
                   GError **error)
{
  Key key = { shape, sql };
  MtbPrepared *prepared = g_hash_table_lookup (store->statements, &key);
  g_autofree char *text = NULL;

  if (prepared != NULL)
    return prepared;
  text = func (sql, shape);
  prepared = store->driver->prepare (store->database, text, error);
  if (prepared != NULL)
    g_hash_table_insert (store->statements, copy_key (&key), prepared);
  return prepared;
}
