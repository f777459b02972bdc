#include "mtb-document-readers.h"

#include "mtb-document-query.h"
#include "mtb-list-pane.h"
#include "mtb-query-model.h"
#include "mtb-text.h"

#include <glib/gi18n.h>

/**
 * MtbDocumentReaders:
 *
 * Who has not read a version of a document, and then who has and when; for who sees everybody's
 * receipts.
 */
struct _MtbDocumentReaders
{
  AdwBin parent_instance;

  GtkLabel *count;
  MtbListPane *pane;
  GtkNoSelection *rows;

  MtbQueryModel *readers;
};

G_DEFINE_FINAL_TYPE (MtbDocumentReaders, mtb_document_readers, ADW_TYPE_BIN)

static void
show_count (MtbDocumentReaders *self)
{
  GListModel *readers = G_LIST_MODEL (self->readers);
  guint n_people = g_list_model_get_n_items (readers);
  guint n_read = 0;
  g_autofree char *words = NULL;

  for (guint i = 0; i < n_people; i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (readers, i);

      if (((const MtbDocumentReaderRow *) mtb_item_get_record (item))->read_at != MTB_ABSENT)
        n_read++;
    }
  /* Translators: of so many people (the second number) so many have read a document (the first). */
  words = mtb_text_localize (g_strdup_printf (_ ("Read by %1$u of %2$u"), n_read, n_people));
  gtk_label_set_label (self->count, words);
}

static void
mtb_document_readers_dispose (GObject *object)
{
  g_clear_object (&MTB_DOCUMENT_READERS (object)->readers);

  G_OBJECT_CLASS (mtb_document_readers_parent_class)->dispose (object);
}

static void
mtb_document_readers_class_init (MtbDocumentReadersClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_document_readers_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/documents/mtb-document-readers.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentReaders, count);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentReaders, pane);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentReaders, rows);

  g_type_ensure (MTB_TYPE_LIST_PANE);
}

static void
mtb_document_readers_init (MtbDocumentReaders *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_document_readers_set_engine:
 * @self: readers
 * @engine: the engine to ask
 */
void
mtb_document_readers_set_engine (MtbDocumentReaders *self, MtbEngine *engine)
{
  g_return_if_fail (MTB_IS_DOCUMENT_READERS (self));

  self->readers = mtb_query_model_new (engine, &mtb_document_readers_query);
  g_signal_connect_object (self->readers, "refreshed", G_CALLBACK (show_count), self,
                           G_CONNECT_SWAPPED);
  gtk_no_selection_set_model (self->rows, G_LIST_MODEL (self->readers));
  mtb_list_pane_set_model (self->pane, self->readers);
}

/**
 * mtb_document_readers_show:
 * @self: readers
 * @version_id: a version of a document
 */
void
mtb_document_readers_show (MtbDocumentReaders *self, const char *version_id)
{
  g_autoptr (MtbDocumentRef) ref = mtb_record_new (mtb_document_readers_query.arguments);

  g_return_if_fail (MTB_IS_DOCUMENT_READERS (self));

  ref->id = g_strdup (version_id);
  mtb_query_model_ask (self->readers, ref);
}
