/* Items as columns of a table: what stands over each property, and what a spreadsheet reads of it.
 * The figures are read out of the words that are shown, so that both say the same. */

#include "mtb-item-columns.h"

#include "mtb-record.h"
#include "mtb-text.h"

#include <glib/gi18n.h>

/* Between the parts of a cell that shows several properties. */
#define BETWEEN " · "

typedef enum
{
  WORDS,
  CODE,
  NUMBER,
  DURATION,
  TIME,
} Kind;

/* Those without a title stand in columns that have their own; times are in one of the fields. */
static const struct
{
  const char *property;
  const char *title;
  Kind kind;
  const char *fields[3];
  const char *more[2];
} columns[] = {
  { "name", N_ ("Name") },
  { "number", N_ ("Telephone"), CODE },
  { "person", N_ ("Agent") },
  { "user-name", N_ ("User name") },
  { "account", N_ ("Account number"), CODE },
  { "package", N_ ("Package") },
  { "status", N_ ("State") },
  { "full-type", N_ ("Type of call") },
  { "when", N_ ("Began"), TIME, { "started_at", "connected_at", "entered_at" } },
  { "entered", N_ ("Entered"), TIME, { "entered_at" } },
  { "from", N_ ("From"), TIME, { "in_force_from" } },
  { "until", N_ ("Until"), TIME, { "in_force_until" } },
  { "direction", N_ ("Direction") },
  { "length", N_ ("Length"), DURATION },
  { "wait", N_ ("Waited"), DURATION },
  { "lasting", N_ ("For"), DURATION },
  { "solved", N_ ("Result") },
  { "notes", N_ ("Notes") },
  { "request", N_ ("Request") },
  { "note", N_ ("Note") },
  { "roles", N_ ("Roles") },
  { "first-level", N_ ("Group of types") },
  { "second-level", N_ ("Type of call") },
  { "suits", N_ ("Suits"), DURATION },
  { "unused", N_ ("Remark") },
  { "desk", NULL },
  { "origin", NULL, CODE },
  { "began", NULL, TIME, { "began_at" } },
  { "seen", NULL, TIME, { "seen_at" } },
  { "document-number", N_ ("Number"), CODE },
  { "document-title", N_ ("Title") },
  { "edition", N_ ("Issue and version") },
  { "reading", N_ ("Read") },
  { "read-at", N_ ("Read on"), TIME, { "read_at" } },
  { "state", NULL, WORDS, { NULL }, { "state-detail", "overdue" } },
  { "answered", NULL, NUMBER },
  { "to-write-up", NULL, NUMBER },
  { "handle-time", NULL, DURATION },
  { "suits-time", NULL, DURATION },
};

static guint
find (const char *property)
{
  guint place = 0;

  while (place < G_N_ELEMENTS (columns) && !g_str_equal (columns[place].property, property))
    place++;
  return place;
}

static Kind
get_kind (const char *property)
{
  guint place = find (property);

  return place < G_N_ELEMENTS (columns) ? columns[place].kind : WORDS;
}

/**
 * mtb_item_get_column_title:
 * @property: a property of #MtbItem
 *
 * Returns: (nullable): what stands over a column of it
 */
const char *
mtb_item_get_column_title (const char *property)
{
  guint place = find (property);

  return place < G_N_ELEMENTS (columns) && columns[place].title != NULL
           ? gettext (columns[place].title)
           : NULL;
}

/**
 * mtb_item_get_column_kind:
 * @property: a property of #MtbItem
 *
 * Returns: what a column of it holds
 */
MtbPaperKind
mtb_item_get_column_kind (const char *property)
{
  switch (get_kind (property))
    {
    case CODE:
      return MTB_PAPER_CODE;
    case NUMBER:
    case DURATION:
      return MTB_PAPER_FIGURE;
    default:
      return MTB_PAPER_TEXT;
    }
}

static void
append_words (GString *words, MtbItem *item, const char *property)
{
  g_autofree char *more = NULL;

  g_object_get (item, property, &more, NULL);
  if (more == NULL || *more == '\0')
    return;
  if (words->len > 0)
    g_string_append (words, BETWEEN);
  g_string_append (words, more);
}

static char *
say_time (MtbItem *item, const char *property)
{
  guint place = find (property);
  gconstpointer record = mtb_item_get_record (item);

  for (guint i = 0; i < G_N_ELEMENTS (columns[place].fields); i++)
    {
      const char *name = columns[place].fields[i];
      const MtbField *field =
        name != NULL ? mtb_shape_find (mtb_record_get_shape (record), name) : NULL;
      gint64 time = field != NULL ? mtb_field_get_number (field, record) : MTB_ABSENT;

      if (time != MTB_ABSENT)
        return mtb_text_plain_moment (time);
    }
  return NULL;
}

static char *
say_plainly (MtbItem *item, const char *property, const char *words)
{
  gint64 seconds;

  switch (get_kind (property))
    {
    case CODE:
      return mtb_text_unlocalize (words);
    case NUMBER:
      return mtb_text_plain_digits (words);
    case DURATION:
      return mtb_text_parse_duration (words, &seconds) ? mtb_text_plain_duration (seconds)
                                                       : g_strdup (words);
    case TIME:
      return say_time (item, property);
    default:
      return NULL;
    }
}

/**
 * mtb_item_add_cell:
 * @self: an item
 * @property: one of its properties
 * @paper: paper with a column of it
 *
 * Adds what it says there as the next cell.
 */
void
mtb_item_add_cell (MtbItem *self, const char *property, MtbPaper *paper)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *plain = NULL;
  guint place = find (property);

  g_return_if_fail (MTB_IS_ITEM (self));

  append_words (words, self, property);
  for (guint i = 0; place < G_N_ELEMENTS (columns) && i < 2 && columns[place].more[i] != NULL; i++)
    append_words (words, self, columns[place].more[i]);
  plain = say_plainly (self, property, words->str);
  mtb_paper_add_cell (paper, words->str, plain);
}

/**
 * mtb_item_add_call:
 * @record: a record of a call
 * @paper: paper
 *
 * Adds above the table which record it is about.
 */
void
mtb_item_add_call (gconstpointer record, MtbPaper *paper)
{
  static const char *const properties[] = { "name", "when", "person" };

  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    {
      g_autofree char *words = mtb_item_dup_words (record, properties[i]);

      mtb_paper_add_fact (paper, mtb_item_get_column_title (properties[i]), words);
    }
}

/**
 * mtb_items_describe:
 * @items: (element-type MtbItem): rows, in their order
 * @properties: (array zero-terminated=1): properties of #MtbItem with titles
 * @paper: paper without a table
 *
 * Adds a column for each property, and the rows.
 */
void
mtb_items_describe (GListModel *items, const char *const *properties, MtbPaper *paper)
{
  for (const char *const *property = properties; *property != NULL; property++)
    mtb_paper_add_column (paper, mtb_item_get_column_title (*property),
                          mtb_item_get_column_kind (*property));
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (items, i);

      for (const char *const *property = properties; *property != NULL; property++)
        mtb_item_add_cell (item, *property, paper);
    }
}
