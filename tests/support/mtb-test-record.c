#include "mtb-test-record.h"

#include "mtb-id.h"

/* The same name always gives the same id, and nobody has to free it. */
const char *
mtb_test_id (const char *name)
{
  static GHashTable *ids;

  if (ids == NULL)
    ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!g_hash_table_contains (ids, name))
    g_hash_table_insert (ids, g_strdup (name), mtb_id_derive ("test", name, NULL));
  return g_hash_table_lookup (ids, name);
}

static char *
make_text (GRand *rand, gint64 max)
{
  static const char *const pieces[] = { "a",  "Z", "7",    "ح",    "أ", "\"", "\\", "/",
                                        "\n", " ", "\x01", "\x7f", "😀", "é",  "{",  "'" };
  GString *text = g_string_new ("x");
  int length = g_rand_int_range (rand, 0, (int) MIN (max, 60));

  for (int i = 1; i < length; i++)
    g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static gint64
make_number (GRand *rand, gint64 min, gint64 max)
{
  guint64 span = (guint64) (max - min);
  guint64 dice = ((guint64) g_rand_int (rand) << 32) | g_rand_int (rand);

  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      return min;
    case 1:
      return max;
    default:
      return min + (gint64) (dice % (span + 1));
    }
}

static void
fill_field (const MtbField *field, gpointer record, GRand *rand)
{
  gint64 min, max;

  if (field->type == MTB_TYPE_ID)
    mtb_field_take_text (field, record, mtb_id_new ((gint64) g_rand_int (rand) * 1000));
  else if (field->type == MTB_TYPE_TEXT)
    mtb_field_take_text (field, record, make_text (rand, field->max > 0 ? field->max : 4000));
  else
    {
      mtb_field_get_range (field, &min, &max);
      mtb_field_set_number (field, record, make_number (rand, min, max));
    }
}

/* A record that mtb_record_check() takes: the least, the greatest and strange values among them,
 * and what need not be there missing now and then. */
gpointer
mtb_test_make_record (const MtbShape *shape, GRand *rand)
{
  gpointer record = mtb_record_new (shape);

  for (guint i = 0; i < shape->n_fields; i++)
    if (shape->fields[i].required || g_rand_boolean (rand))
      fill_field (&shape->fields[i], record, rand);
  return record;
}
