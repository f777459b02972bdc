#include "mtb-drafts.h"

#include "mtb-item.h"

#include <glib/gi18n.h>

#define KIND "kind"
/* What had no kind when calls alone were kept. */
#define KIND_UNSAID "draft"

/**
 * MtbDrafts:
 *
 * What a person has begun to write and not yet given, records of any shape, in a file of that
 * person's: a group a record, the latest of each shape last. The file is written at every change, by
 * a thread of GIO; while one writing goes on the next waits, and takes with it what has come
 * meanwhile. `loaded` is emitted when the file was read, `failed` with words for the person when it
 * cannot be read or written, once. A file that could not be read whole is kept aside, with a tilde.
 * There is one for each file, however many pages show it.
 */
struct _MtbDrafts
{
  GObject parent_instance;

  GFile *file;
  GKeyFile *kept;
  GHashTable *lists; /* of a shape's records, once somebody has asked for them */
  gboolean loaded;
  gboolean writing;
  gboolean changed;
  gboolean forgotten;
  gboolean half_read;
  gboolean unwritable;
};

G_DEFINE_FINAL_TYPE (MtbDrafts, mtb_drafts, G_TYPE_OBJECT)

enum
{
  LOADED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* By their files' paths, while somebody has them. */
static GHashTable *in_use;

static void
save_draft (GKeyFile *file, gconstpointer draft)
{
  const MtbShape *shape = mtb_record_get_shape (draft);
  const char *group = mtb_record_get_id (draft);

  g_key_file_remove_group (file, group, NULL);
  g_key_file_set_string (file, group, KIND, shape->name);
  for (guint i = 1; i < shape->n_fields; i++)
    {
      const MtbField *field = &shape->fields[i];

      if (!mtb_field_is_text (field))
        g_key_file_set_int64 (file, group, field->name, mtb_field_get_number (field, draft));
      else if (mtb_field_get_text (field, draft) != NULL)
        g_key_file_set_string (file, group, field->name, mtb_field_get_text (field, draft));
    }
}

static gpointer
load_draft (GKeyFile *file, const char *group, const MtbShape *shape)
{
  gpointer draft = mtb_record_new (shape);

  mtb_field_set_text (&shape->fields[0], draft, group);
  for (guint i = 1; i < shape->n_fields; i++)
    {
      const MtbField *field = &shape->fields[i];

      if (!g_key_file_has_key (file, group, field->name, NULL))
        continue;
      if (mtb_field_is_text (field))
        mtb_field_take_text (field, draft, g_key_file_get_string (file, group, field->name, NULL));
      else
        mtb_field_set_number (field, draft, g_key_file_get_int64 (file, group, field->name, NULL));
    }
  return draft;
}

static gboolean
is_of (GKeyFile *file, const char *group, const MtbShape *shape)
{
  g_autofree char *kind = g_key_file_get_string (file, group, KIND, NULL);

  return g_str_equal (kind != NULL ? kind : KIND_UNSAID, shape->name);
}

/* What is kept in the file comes before what was begun since. */
static void
fill (MtbDrafts *self, const MtbShape *shape, GListStore *list)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) groups = g_key_file_get_groups (self->kept, NULL);

  for (char **group = groups; *group != NULL; group++)
    if (is_of (self->kept, *group, shape))
      {
        gpointer draft = load_draft (self->kept, *group, shape);

        g_ptr_array_add (items, mtb_item_new (draft));
        mtb_record_unref (draft);
      }
  g_list_store_splice (list, 0, 0, items->pdata, items->len);
}

static GListStore *
get_list (MtbDrafts *self, const MtbShape *shape)
{
  GListStore *list = g_hash_table_lookup (self->lists, shape);

  if (list == NULL)
    {
      list = g_list_store_new (MTB_TYPE_ITEM);
      g_hash_table_insert (self->lists, (gpointer) shape, list);
      fill (self, shape, list);
    }
  return list;
}

/* The program does not end before the file is written. */
static void
hold_application (gboolean hold)
{
  GApplication *application = g_application_get_default ();

  if (application == NULL)
    return;
  if (hold)
    g_application_hold (application);
  else
    g_application_release (application);
}

static void
say (MtbDrafts *self, char *words)
{
  g_message ("drafts: %s", words);
  g_signal_emit (self, signals[FAILED], 0, words);
  g_free (words);
}

static void write_out (MtbDrafts *self);

static void
on_written (GObject *file, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbDrafts) self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (file), result, NULL, &error))
    self->half_read = FALSE;
  else if (!self->unwritable)
    /* Translators: %s is why, as the system says it. */
    say (self,
         g_strdup_printf (_ ("What you write is not kept before you save it: %s"), error->message));
  self->unwritable = error != NULL;
  self->writing = FALSE;
  if (self->forgotten)
    g_file_delete_async (self->file, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  else if (self->changed)
    write_out (self);
  hold_application (FALSE);
}

static void
write_out (MtbDrafts *self)
{
  g_autoptr (GBytes) bytes = NULL;
  gsize length;
  char *data;

  self->changed = TRUE;
  if (self->writing || !self->loaded || self->forgotten)
    return;
  data = g_key_file_to_data (self->kept, &length, NULL);
  bytes = g_bytes_new_take (data, length);
  self->writing = TRUE;
  self->changed = FALSE;
  hold_application (TRUE);
  g_file_replace_contents_bytes_async (self->file, bytes, NULL, self->half_read,
                                       G_FILE_CREATE_PRIVATE, NULL, on_written,
                                       g_object_ref (self));
}

static void
copy_group (GKeyFile *to, GKeyFile *from, const char *group)
{
  g_auto (GStrv) keys = g_key_file_get_keys (from, group, NULL, NULL);

  for (char **key = keys; *key != NULL; key++)
    {
      g_autofree char *value = g_key_file_get_value (from, group, *key, NULL);

      g_key_file_set_value (to, group, *key, value);
    }
}

/* As much of it as there is to be read. */
static gboolean
take_data (MtbDrafts *self, const char *data, gsize length, GError **error)
{
  g_autoptr (GKeyFile) begun = g_steal_pointer (&self->kept);
  g_auto (GStrv) groups = g_key_file_get_groups (begun, NULL);
  GHashTableIter lists;
  gpointer shape, list;
  gboolean whole;

  self->kept = g_key_file_new ();
  whole = g_key_file_load_from_data (self->kept, data, length, G_KEY_FILE_NONE, error);
  g_hash_table_iter_init (&lists, self->lists);
  while (g_hash_table_iter_next (&lists, &shape, &list))
    fill (self, shape, list);
  for (char **group = groups; *group != NULL; group++)
    copy_group (self->kept, begun, *group);
  return whole;
}

static void
on_read (GObject *file, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbDrafts) self = user_data;
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  if (g_file_load_contents_finish (G_FILE (file), result, &data, &length, NULL, &error))
    take_data (self, data, length, &error);
  self->loaded = TRUE;
  self->half_read = error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  /* Why may be said with what is in there. */
  if (self->half_read)
    say (self, g_strdup (_ ("Not all that you had begun can be read; the file is kept aside")));
  if (self->changed)
    write_out (self);
  g_signal_emit (self, signals[LOADED], 0);
}

static void
mtb_drafts_finalize (GObject *object)
{
  MtbDrafts *self = MTB_DRAFTS (object);

  if (self->file != NULL)
    g_hash_table_remove (in_use, g_file_peek_path (self->file));
  g_clear_object (&self->file);
  g_clear_pointer (&self->kept, g_key_file_unref);
  g_clear_pointer (&self->lists, g_hash_table_unref);

  G_OBJECT_CLASS (mtb_drafts_parent_class)->finalize (object);
}

static void
mtb_drafts_class_init (MtbDraftsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = mtb_drafts_finalize;

  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
mtb_drafts_init (MtbDrafts *self)
{
  self->kept = g_key_file_new ();
  self->lists = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
}

static gboolean
emit_loaded (gpointer data)
{
  g_signal_emit (data, signals[LOADED], 0);
  return G_SOURCE_REMOVE;
}

/* Those that are there already, where another page has them; it may have what no file has yet. */
static MtbDrafts *
find_in_use (GFile *file)
{
  MtbDrafts *self = NULL;

  if (in_use == NULL)
    in_use = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self = g_hash_table_lookup (in_use, g_file_peek_path (file));
  if (self == NULL)
    return NULL;
  if (self->loaded)
    g_idle_add_full (G_PRIORITY_DEFAULT, emit_loaded, g_object_ref (self), g_object_unref);
  return g_object_ref (self);
}

/**
 * mtb_drafts_new:
 * @folder: an existing folder
 * @person_id: whose drafts
 *
 * Returns: (transfer full): the drafts; `loaded` will be emitted
 */
MtbDrafts *
mtb_drafts_new (const char *folder, const char *person_id)
{
  g_autofree char *name = g_strdup_printf ("drafts-%s.ini", person_id);
  g_autoptr (GFile) file = g_file_new_build_filename (folder, name, NULL);
  MtbDrafts *self = find_in_use (file);

  if (self != NULL)
    return self;
  self = g_object_new (MTB_TYPE_DRAFTS, NULL);
  self->file = g_steal_pointer (&file);
  g_hash_table_insert (in_use, g_file_get_path (self->file), self);
  g_file_load_contents_async (self->file, NULL, on_read, g_object_ref (self));
  return self;
}

/**
 * mtb_drafts_get_model:
 * @self: drafts
 * @shape: of which records
 *
 * Returns: (transfer none): the drafts of that shape as items, the latest last
 */
GListModel *
mtb_drafts_get_model (MtbDrafts *self, const MtbShape *shape)
{
  g_return_val_if_fail (MTB_IS_DRAFTS (self), NULL);

  return G_LIST_MODEL (get_list (self, shape));
}

/* The latest, where there are several. */
static gpointer
find (GListStore *list, const MtbField *field, const char *value, guint *position)
{
  for (*position = g_list_model_get_n_items (G_LIST_MODEL (list)); (*position)-- > 0;)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (G_LIST_MODEL (list), *position);
      gpointer draft = mtb_item_get_record (item);

      if (g_strcmp0 (mtb_field_get_text (field, draft), value) == 0)
        return draft;
    }
  return NULL;
}

/* One change of the list: who follows it never sees it without the draft. */
static void
move_last (GListStore *list, guint position, gpointer draft)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (list));

  for (guint i = position + 1; i < n_items; i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (list), i));
  g_ptr_array_add (items, mtb_item_new (draft));
  g_list_store_splice (list, position, n_items - position, items->pdata, items->len);
}

/**
 * mtb_drafts_put:
 * @self: drafts
 * @draft: a record, copied
 *
 * Keeps it as the latest in place of the one with its id.
 */
void
mtb_drafts_put (MtbDrafts *self, gconstpointer draft)
{
  const MtbShape *shape = mtb_record_get_shape (draft);
  gpointer copy = mtb_record_copy (draft);
  GListStore *list;
  gpointer old;
  guint position, n_items;

  g_return_if_fail (MTB_IS_DRAFTS (self));

  list = get_list (self, shape);
  old = find (list, &shape->fields[0], mtb_record_get_id (draft), &position);
  n_items = g_list_model_get_n_items (G_LIST_MODEL (list));
  if (old == NULL || position != n_items - 1 || !mtb_record_equal (old, draft))
    {
      save_draft (self->kept, draft);
      write_out (self);
      move_last (list, old != NULL ? position : n_items, copy);
    }
  mtb_record_unref (copy);
}

/**
 * mtb_drafts_remove:
 * @self: drafts
 * @draft: a record
 *
 * Forgets the one with its id.
 */
void
mtb_drafts_remove (MtbDrafts *self, gconstpointer draft)
{
  const MtbShape *shape = mtb_record_get_shape (draft);
  GListStore *list;
  guint position;

  g_return_if_fail (MTB_IS_DRAFTS (self));

  list = get_list (self, shape);
  if (find (list, &shape->fields[0], mtb_record_get_id (draft), &position) == NULL)
    return;
  g_key_file_remove_group (self->kept, mtb_record_get_id (draft), NULL);
  write_out (self);
  g_list_store_remove (list, position);
}

/**
 * mtb_drafts_forget:
 * @self: drafts
 *
 * Forgets all of them, in the file too; nothing is kept until mtb_drafts_keep().
 */
void
mtb_drafts_forget (MtbDrafts *self)
{
  GHashTableIter lists;
  gpointer list;

  g_return_if_fail (MTB_IS_DRAFTS (self));

  self->forgotten = TRUE;
  g_key_file_unref (self->kept);
  self->kept = g_key_file_new ();
  g_hash_table_iter_init (&lists, self->lists);
  while (g_hash_table_iter_next (&lists, NULL, &list))
    g_list_store_remove_all (list);
  if (!self->writing)
    g_file_delete_async (self->file, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

/**
 * mtb_drafts_keep:
 * @self: drafts that may have been forgotten
 *
 * Keeps what is begun from now on, see mtb_drafts_forget().
 */
void
mtb_drafts_keep (MtbDrafts *self)
{
  g_return_if_fail (MTB_IS_DRAFTS (self));

  self->forgotten = FALSE;
}

/**
 * mtb_drafts_find:
 * @self: drafts
 * @shape: of which records
 * @field: the name of a text field
 * @value: its value
 *
 * Returns: (transfer full) (nullable): a copy of the latest draft that has it
 */
gpointer
mtb_drafts_find (MtbDrafts *self, const MtbShape *shape, const char *field, const char *value)
{
  gpointer draft;
  guint position;

  g_return_val_if_fail (MTB_IS_DRAFTS (self), NULL);

  draft = find (get_list (self, shape), mtb_shape_find (shape, field), value, &position);
  return draft != NULL ? mtb_record_copy (draft) : NULL;
}
