#include "mtb-document-adder.h"

#include "mtb-id.h"
#include "mtb-labelled.h"
#include "mtb-online-form.h"
#include "mtb-online-notice.h"

#include <glib/gi18n.h>

/**
 * MtbDocumentAdder:
 *
 * A form for a controlled document that is not listed yet. It activates `documents.added` with the
 * new document's id.
 */
struct _MtbDocumentAdder
{
  AdwBin parent_instance;

  MtbOnlineForm *form;
  MtbOnlineNotice *notice;
  GtkEditable *number;
  GtkEditable *title;
  GtkEditable *title_en;

  MtbEngine *engine;
  char *added_id;
};

G_DEFINE_FINAL_TYPE (MtbDocumentAdder, mtb_document_adder, ADW_TYPE_BIN)

static void
on_edited (MtbDocumentAdder *self)
{
  mtb_online_form_note_edit (self->form);
}

static void
on_add (MtbDocumentAdder *self)
{
  g_autoptr (MtbDocumentAdd) document = mtb_record_new (&mtb_document_add.shape);

  if (mtb_online_form_is_giving (self->form))
    return;
  document->id = mtb_id_new (mtb_engine_get_now (self->engine));
  document->number = mtb_online_form_dup_typed (self->number);
  document->title = mtb_online_form_dup_typed (self->title);
  document->title_en = mtb_online_form_dup_typed (self->title_en);
  g_free (self->added_id);
  self->added_id = g_strdup (document->id);
  mtb_online_form_give (self->form, document);
}

/* Whoever types the next one meanwhile goes on with that. */
static void
on_given (MtbDocumentAdder *self)
{
  if (!mtb_online_form_is_edited (self->form))
    {
      gtk_editable_set_text (self->number, "");
      gtk_editable_set_text (self->title, "");
      gtk_editable_set_text (self->title_en, "");
      gtk_widget_activate_action (GTK_WIDGET (self), "documents.added", "s", self->added_id);
    }
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _ ("Document added"));
}

static void
mtb_document_adder_dispose (GObject *object)
{
  MtbDocumentAdder *self = MTB_DOCUMENT_ADDER (object);

  g_clear_object (&self->engine);
  g_clear_pointer (&self->added_id, g_free);

  G_OBJECT_CLASS (mtb_document_adder_parent_class)->dispose (object);
}

static void
mtb_document_adder_class_init (MtbDocumentAdderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_document_adder_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/documents/mtb-document-adder.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentAdder, form);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentAdder, notice);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentAdder, number);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentAdder, title);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentAdder, title_en);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_given);

  g_type_ensure (MTB_TYPE_LABELLED);
  g_type_ensure (MTB_TYPE_ONLINE_FORM);
}

static void
mtb_document_adder_init (MtbDocumentAdder *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_document_adder_set_engine:
 * @self: a form
 * @engine: the engine to give to
 */
void
mtb_document_adder_set_engine (MtbDocumentAdder *self, MtbEngine *engine)
{
  g_return_if_fail (MTB_IS_DOCUMENT_ADDER (self));

  self->engine = g_object_ref (engine);
  mtb_online_form_set_engine (self->form, engine);
  mtb_online_notice_set_engine (self->notice, engine);
}
