#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MTB_ABSENT:
 *
 * The value of a number, time or flag that is not there. It is NULL in a database and left out or
 * `null` on the wire.
 */
#define MTB_ABSENT G_MININT64

/**
 * MtbType:
 * @MTB_TYPE_TEXT: `char *`, UTF-8; limits count characters
 * @MTB_TYPE_ID: `char *`, a UUID as 36 lower-case characters
 * @MTB_TYPE_ENUM: `gint64`, one of the shape's choices; its word in databases and on the wire
 * @MTB_TYPE_SET: `gint64`, bits of the choices; a number in databases, an array of words on the wire
 * @MTB_TYPE_INTEGER: `gint64`
 * @MTB_TYPE_FLAG: `gint64`, 0 or 1
 * @MTB_TYPE_TIME: `gint64`, milliseconds since 1970 in UTC; RFC 3339 on the wire
 * @MTB_TYPE_DURATION: `gint64`, whole seconds
 * @MTB_TYPE_MONEY: `gint64`, whole minor units
 * @MTB_TYPE_VOLUME: `gint64`, bytes
 *
 * What a field holds. Strings are owned by their struct; every other field is a `gint64`.
 */
typedef enum
{
  MTB_TYPE_TEXT,
  MTB_TYPE_ID,
  MTB_TYPE_ENUM,
  MTB_TYPE_SET,
  MTB_TYPE_INTEGER,
  MTB_TYPE_FLAG,
  MTB_TYPE_TIME,
  MTB_TYPE_DURATION,
  MTB_TYPE_MONEY,
  MTB_TYPE_VOLUME,
} MtbType;

/**
 * MtbField:
 * @name: the column's and member's name
 * @offset: where it stands in the struct
 * @type: what it holds
 * @required: whether it must be there
 * @min: least value; 0 with @max 0 means the type's own range
 * @max: greatest value, or characters of a text
 * @choices: (array zero-terminated=1): the words of an enumeration or set
 * @references: (nullable): the table in which a row has this id as its key
 *
 * One field of a shape. Tables, SQL, JSON, validation and the catalogue run off these.
 */
typedef struct
{
  const char *name;
  gsize offset;
  MtbType type;
  gboolean required;
  gint64 min;
  gint64 max;
  const char *const *choices;
  const char *references;
} MtbField;

#define MTB_FIELD(Struct, member, kind, ...) \
  { \
    .name = #member, .offset = G_STRUCT_OFFSET (Struct, member), .type = MTB_TYPE_##kind, \
    __VA_ARGS__ \
  }

/**
 * MtbShape:
 * @name: the table's or command's name
 * @size: `sizeof` the struct
 * @fields: its fields, the key first
 * @n_fields: how many
 *
 * The static description of a plain C struct.
 */
typedef struct
{
  const char *name;
  gsize size;
  const MtbField *fields;
  guint n_fields;
} MtbShape;

#define MTB_SHAPE(word, Struct, table) \
  { \
    .name = word, .size = sizeof (Struct), .fields = table, .n_fields = G_N_ELEMENTS (table) \
  }

const MtbField *mtb_shape_find (const MtbShape *shape, const char *name);

gboolean mtb_field_is_text (const MtbField *field);
const char *mtb_field_get_text (const MtbField *field, gconstpointer record);
gint64 mtb_field_get_number (const MtbField *field, gconstpointer record);
void mtb_field_set_text (const MtbField *field, gpointer record, const char *value);
void mtb_field_fit_text (const MtbField *field, gpointer record, const char *value);
void mtb_field_take_text (const MtbField *field, gpointer record, char *value);
void mtb_field_set_number (const MtbField *field, gpointer record, gint64 value);
const char *mtb_field_get_choice (const MtbField *field, gint64 value);
gint64 mtb_field_parse_choice (const MtbField *field, const char *word);
void mtb_field_get_range (const MtbField *field, gint64 *min, gint64 *max);

G_END_DECLS
