#include "mtb-drafts.h"

#include "mtb-item.h"

/**
 * MtbDrafts:
 *
 * What a person has begun to write and not yet saved, the latest last, in a file of that person's.
 * The file is written at every change, by a thread of GIO; while one writing goes on the next
 * waits, and takes with it what has come meanwhile. `loaded` is emitted when the file was read.
 * There is one for each file, however many pages show it.
 */
struct _MtbDrafts
{
  GObject parent_instance;

  GFile *file;
  GListStore *items;
  gboolean loaded;
  gboolean writing;
  gboolean changed;
  gboolean forgotten;
};

G_DEFINE_FINAL_TYPE (MtbDrafts, mtb_drafts, G_TYPE_OBJECT)

enum
{
  LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* By their files' paths, while somebody has them. */
static GHashTable *in_use;

static void
save_draft (GKeyFile *file, const MtbDraft *draft)
{
  for (guint i = 0; i < mtb_draft_shape.n_fields; i++)
    {
      const MtbField *field = &mtb_draft_shape.fields[i];

      if (!mtb_field_is_text (field))
        g_key_file_set_int64 (file, draft->id, field->name, mtb_field_get_number (field, draft));
      else if (mtb_field_get_text (field, draft) != NULL)
        g_key_file_set_string (file, draft->id, field->name, mtb_field_get_text (field, draft));
    }
}

static MtbDraft *
load_draft (GKeyFile *file, const char *group)
{
  MtbDraft *draft = mtb_record_new (&mtb_draft_shape);

  for (guint i = 0; i < mtb_draft_shape.n_fields; i++)
    {
      const MtbField *field = &mtb_draft_shape.fields[i];

      if (!g_key_file_has_key (file, group, field->name, NULL))
        continue;
      if (mtb_field_is_text (field))
        mtb_field_take_text (field, draft, g_key_file_get_string (file, group, field->name, NULL));
      else
        mtb_field_set_number (field, draft, g_key_file_get_int64 (file, group, field->name, NULL));
    }
  return draft;
}

static GBytes *
to_bytes (MtbDrafts *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  GListModel *items = G_LIST_MODEL (self->items);
  gsize length;
  char *data;

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (items, i);

      save_draft (file, mtb_item_get_record (item));
    }
  data = g_key_file_to_data (file, &length, NULL);
  return g_bytes_new_take (data, length);
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

static void write_out (MtbDrafts *self);

static void
on_written (GObject *file, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbDrafts) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (file), result, NULL, &error))
    g_warning ("drafts: %s", error->message);
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

  self->changed = TRUE;
  if (self->writing || !self->loaded || self->forgotten)
    return;
  bytes = to_bytes (self);
  self->writing = TRUE;
  self->changed = FALSE;
  hold_application (TRUE);
  g_file_replace_contents_bytes_async (self->file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                       on_written, g_object_ref (self));
}

static void
take_data (MtbDrafts *self, const char *data, gsize length)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) groups = NULL;
  guint position = 0;

  if (!g_key_file_load_from_data (file, data, length, G_KEY_FILE_NONE, NULL))
    return;
  groups = g_key_file_get_groups (file, NULL);
  for (char **group = groups; *group != NULL; group++)
    {
      g_autoptr (MtbDraft) draft = load_draft (file, *group);
      g_autoptr (MtbItem) item = draft->id != NULL ? mtb_item_new (draft) : NULL;

      /* What was begun before the file was read comes after it. */
      if (item != NULL)
        g_list_store_insert (self->items, position++, item);
    }
}

static void
on_read (GObject *file, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbDrafts) self = user_data;
  g_autofree char *data = NULL;
  gsize length;

  if (g_file_load_contents_finish (G_FILE (file), result, &data, &length, NULL, NULL))
    take_data (self, data, length);
  self->loaded = TRUE;
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
  g_clear_object (&self->items);

  G_OBJECT_CLASS (mtb_drafts_parent_class)->finalize (object);
}

static void
mtb_drafts_class_init (MtbDraftsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = mtb_drafts_finalize;

  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
mtb_drafts_init (MtbDrafts *self)
{
  self->items = g_list_store_new (MTB_TYPE_ITEM);
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
 *
 * Returns: (transfer none): the drafts as items, the latest last
 */
GListModel *
mtb_drafts_get_model (MtbDrafts *self)
{
  g_return_val_if_fail (MTB_IS_DRAFTS (self), NULL);

  return G_LIST_MODEL (self->items);
}

static MtbDraft *
find (MtbDrafts *self, const MtbField *field, const char *value, guint *position)
{
  GListModel *items = G_LIST_MODEL (self->items);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (items, i);
      MtbDraft *draft = mtb_item_get_record (item);

      if (g_strcmp0 (mtb_field_get_text (field, draft), value) == 0)
        {
          *position = i;
          return draft;
        }
    }
  return NULL;
}

/**
 * mtb_drafts_put:
 * @self: drafts
 * @draft: a draft, copied
 *
 * Keeps it as the latest in place of the one with its id, or forgets that where @draft is blank.
 */
void
mtb_drafts_put (MtbDrafts *self, const MtbDraft *draft)
{
  g_autoptr (MtbDraft) copy = mtb_record_copy (draft);
  g_autoptr (MtbItem) item = mtb_item_new (copy);
  MtbDraft *old;
  guint position, n_items;

  g_return_if_fail (MTB_IS_DRAFTS (self));

  old = find (self, &mtb_draft_shape.fields[0], draft->id, &position);
  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  if (mtb_draft_is_blank (draft))
    {
      if (old != NULL)
        mtb_drafts_remove (self, draft->id);
      return;
    }
  if (old != NULL && position == n_items - 1)
    {
      if (!mtb_record_equal (old, draft))
        {
          g_list_store_splice (self->items, position, 1, (gpointer *) &item, 1);
          write_out (self);
        }
      return;
    }
  if (old != NULL)
    g_list_store_remove (self->items, position);
  g_list_store_append (self->items, item);
  write_out (self);
}

/**
 * mtb_drafts_remove:
 * @self: drafts
 * @id: a draft's id
 *
 * Forgets it.
 */
void
mtb_drafts_remove (MtbDrafts *self, const char *id)
{
  guint position;

  g_return_if_fail (MTB_IS_DRAFTS (self));

  if (find (self, &mtb_draft_shape.fields[0], id, &position) == NULL)
    return;
  g_list_store_remove (self->items, position);
  write_out (self);
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
  g_return_if_fail (MTB_IS_DRAFTS (self));

  self->forgotten = TRUE;
  g_list_store_remove_all (self->items);
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
 * @field: the name of a text field
 * @value: its value
 *
 * Returns: (transfer full) (nullable): a copy of the draft that has it
 */
MtbDraft *
mtb_drafts_find (MtbDrafts *self, const char *field, const char *value)
{
  MtbDraft *draft;
  guint position;

  g_return_val_if_fail (MTB_IS_DRAFTS (self), NULL);

  draft = find (self, mtb_shape_find (&mtb_draft_shape, field), value, &position);
  return draft != NULL ? mtb_record_copy (draft) : NULL;
}

/**
 * mtb_drafts_find_talking:
 * @self: drafts
 *
 * Returns: (transfer full) (nullable): a copy of the draft of the call that goes on
 */
MtbDraft *
mtb_drafts_find_talking (MtbDrafts *self)
{
  GListModel *items;

  g_return_val_if_fail (MTB_IS_DRAFTS (self), NULL);

  items = G_LIST_MODEL (self->items);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (items, i);

      if (mtb_draft_is_talking (mtb_item_get_record (item)))
        return mtb_record_copy (mtb_item_get_record (item));
    }
  return NULL;
}

/**
 * mtb_drafts_get_latest:
 * @self: drafts
 *
 * Returns: (transfer full) (nullable): a copy of the draft that was written last
 */
MtbDraft *
mtb_drafts_get_latest (MtbDrafts *self)
{
  g_autoptr (MtbItem) item = NULL;
  guint n_items;

  g_return_val_if_fail (MTB_IS_DRAFTS (self), NULL);

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  item = n_items > 0 ? g_list_model_get_item (G_LIST_MODEL (self->items), n_items - 1) : NULL;
  return item != NULL ? mtb_record_copy (mtb_item_get_record (item)) : NULL;
}
