#include "mtb-documents-page.h"

#include "mtb-document-adder.h"
#include "mtb-document-view.h"
#include "mtb-list-pane.h"
#include "mtb-query-model.h"
#include "mtb-workflow.h"

/* The side's name of the form for a document that is not there yet. */
#define NEW_DOCUMENT "new"

/**
 * MtbDocumentsPage:
 *
 * The controlled documents, and beside them the chosen one. Each that was chosen keeps its view, so
 * what was typed in one waits there while another is looked at. The badge counts those whose version
 * in force the person has not read yet.
 */
struct _MtbDocumentsPage
{
  MtbPage parent_instance;

  MtbListPane *pane;
  GtkListView *list;
  GtkSingleSelection *selection;
  GtkWidget *add_button;
  GtkStack *side;
  MtbDocumentAdder *adder;

  MtbQueryModel *documents;
  char *wanted_id;
};

G_DEFINE_FINAL_TYPE (MtbDocumentsPage, mtb_documents_page, MTB_TYPE_PAGE)

static void
show_document (MtbDocumentsPage *self, const MtbDocumentRow *document)
{
  if (gtk_stack_get_child_by_name (self->side, document->id) == NULL)
    gtk_stack_add_named (self->side,
                         mtb_document_view_new (mtb_page_get_engine (MTB_PAGE (self)),
                                                mtb_page_get_drafts (MTB_PAGE (self)), document),
                         document->id);
  gtk_stack_set_visible_child_name (self->side, document->id);
}

static void
on_selected (MtbDocumentsPage *self)
{
  MtbItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (item != NULL)
    show_document (self, mtb_item_get_record (item));
}

static void
select_wanted (MtbDocumentsPage *self)
{
  guint position = mtb_query_model_find (self->documents, self->wanted_id);

  if (position == G_MAXUINT)
    return;
  g_clear_pointer (&self->wanted_id, g_free);
  gtk_single_selection_set_selected (self->selection, position);
}

static void
on_refreshed (MtbDocumentsPage *self)
{
  GListModel *documents = G_LIST_MODEL (self->documents);
  guint n_unread = 0;

  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (documents, i);
      const MtbDocumentRow *document = mtb_item_get_record (item);
      GtkWidget *view = gtk_stack_get_child_by_name (self->side, document->id);

      if (document->version_id != NULL && document->read_at == MTB_ABSENT)
        n_unread++;
      if (view != NULL)
        mtb_document_view_renew (MTB_DOCUMENT_VIEW (view), document);
    }
  mtb_page_set_badge (MTB_PAGE (self), n_unread);
  select_wanted (self);
}

static void
on_add (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbDocumentsPage *self = MTB_DOCUMENTS_PAGE (widget);

  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  gtk_stack_set_visible_child_name (self->side, NEW_DOCUMENT);
  gtk_widget_child_focus (GTK_WIDGET (self->adder), GTK_DIR_TAB_FORWARD);
}

/* At once, or as soon as the list has it. */
static gboolean
mtb_documents_page_open (MtbPage *page, MtbLinkKind kind, const char *id)
{
  MtbDocumentsPage *self = MTB_DOCUMENTS_PAGE (page);

  if (kind != MTB_LINK_DOCUMENT)
    return FALSE;
  g_free (self->wanted_id);
  self->wanted_id = g_strdup (id);
  select_wanted (self);
  return TRUE;
}

static void
on_added (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  mtb_page_open (MTB_PAGE (widget), MTB_LINK_DOCUMENT, g_variant_get_string (parameter, NULL));
}

/* Of the document that is seen, wherever the focus is. */
static void
on_print (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  GtkWidget *view = gtk_stack_get_visible_child (MTB_DOCUMENTS_PAGE (widget)->side);

  if (MTB_IS_DOCUMENT_VIEW (view))
    gtk_widget_activate_action (view, "document.print", NULL);
}

static void
mtb_documents_page_activate (MtbPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (MTB_DOCUMENTS_PAGE (page)->list));
}

static void
mtb_documents_page_constructed (GObject *object)
{
  MtbDocumentsPage *self = MTB_DOCUMENTS_PAGE (object);
  MtbEngine *engine = mtb_page_get_engine (MTB_PAGE (self));
  g_autoptr (MtbEverything) everything = mtb_record_new (mtb_documents_query.arguments);

  G_OBJECT_CLASS (mtb_documents_page_parent_class)->constructed (object);

  gtk_widget_set_visible (self->add_button,
                          mtb_workflow_may (mtb_engine_get_person (engine), &mtb_document_add));
  mtb_document_adder_set_engine (self->adder, engine);
  self->documents = mtb_query_model_new (engine, &mtb_documents_query);
  g_signal_connect_object (self->documents, "refreshed", G_CALLBACK (on_refreshed), self,
                           G_CONNECT_SWAPPED);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->documents));
  mtb_list_pane_set_model (self->pane, self->documents);
  everything->active = 1;
  mtb_query_model_ask (self->documents, everything);
}

static void
mtb_documents_page_dispose (GObject *object)
{
  MtbDocumentsPage *self = MTB_DOCUMENTS_PAGE (object);

  g_clear_object (&self->documents);
  g_clear_pointer (&self->wanted_id, g_free);

  G_OBJECT_CLASS (mtb_documents_page_parent_class)->dispose (object);
}

static void
mtb_documents_page_class_init (MtbDocumentsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MtbPageClass *page_class = MTB_PAGE_CLASS (klass);

  object_class->constructed = mtb_documents_page_constructed;
  object_class->dispose = mtb_documents_page_dispose;

  page_class->activate = mtb_documents_page_activate;
  page_class->open = mtb_documents_page_open;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/documents/mtb-documents-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentsPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentsPage, adder);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentsPage, list);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentsPage, pane);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentsPage, selection);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentsPage, side);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);

  gtk_widget_class_install_action (widget_class, "documents.add", NULL, on_add);
  gtk_widget_class_install_action (widget_class, "documents.added", "s", on_added);
  gtk_widget_class_install_action (widget_class, "page.print", NULL, on_print);

  g_type_ensure (MTB_TYPE_DOCUMENT_ADDER);
  g_type_ensure (MTB_TYPE_LIST_PANE);
}

static void
mtb_documents_page_init (MtbDocumentsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
