#include "mtb-document-view.h"

#include "mtb-administration-query.h"
#include "mtb-document-form.h"
#include "mtb-document-paper.h"
#include "mtb-document-readers.h"
#include "mtb-document-text.h"
#include "mtb-facts.h"
#include "mtb-link.h"
#include "mtb-list-export.h"
#include "mtb-query-model.h"
#include "mtb-setting.h"
#include "mtb-text.h"
#include "mtb-workflow.h"

#include <glib/gi18n.h>

/**
 * MtbDocumentView:
 *
 * One controlled document: the version in force, or an older one that is marked as such, and a
 * button for who has read it. Who may issue has beside the text who has read it, and the form of a
 * new version.
 */
struct _MtbDocumentView
{
  AdwBin parent_instance;

  GtkLabel *number;
  GtkLabel *title;
  GtkDropDown *version;
  GtkActionable *link_button;
  GtkWidget *print_button;
  GtkWidget *read_mark;
  GtkLabel *read_words;
  GtkWidget *read_button;
  GtkRevealer *outdated;
  GtkLabel *outdated_words;
  GtkWidget *switcher;
  GtkStack *parts;
  GtkStackPage *readers_part;
  GtkStack *body;
  GtkLabel *missing_words;
  MtbFacts *facts;
  MtbFacts *approvals;
  MtbDocumentText *text;
  MtbDocumentReaders *readers;
  MtbDocumentForm *form;

  MtbEngine *engine;
  MtbQueryModel *versions;
  MtbQueryModel *content;
  MtbQueryModel *settings;
  MtbDocumentRow *document;
  char *shown_id;
  gboolean issued;
};

G_DEFINE_FINAL_TYPE (MtbDocumentView, mtb_document_view, ADW_TYPE_BIN)

static const MtbDocumentVersionRow *
get_version (MtbDocumentView *self)
{
  MtbItem *item = gtk_drop_down_get_selected_item (self->version);

  return item != NULL ? mtb_item_get_record (item) : NULL;
}

static const MtbDocumentVersionRow *
get_newest (MtbDocumentView *self)
{
  g_autoptr (MtbItem) item = g_list_model_get_item (G_LIST_MODEL (self->versions), 0);

  return item != NULL ? mtb_item_get_record (item) : NULL;
}

static gboolean
may (MtbDocumentView *self, const MtbCommand *command)
{
  const MtbPerson *person = mtb_engine_get_person (self->engine);

  return person != NULL && mtb_workflow_may (person, command);
}

/* Names stand under each other on the paper; here they are one line. */
static void
add_fact (MtbFacts *facts, const char *title, const char *value)
{
  g_autofree char *line = g_strdelimit (g_strdup (value), "\n", ' ');

  mtb_facts_add (facts, title, line);
}

static void
add_number (MtbFacts *facts, const char *title, gint64 number)
{
  g_autofree char *words = mtb_text_number (number);

  mtb_facts_add (facts, title, words);
}

static void
show_facts (MtbDocumentView *self, const MtbDocumentVersionRow *version)
{
  g_autofree char *date = mtb_text_calendar_date (version->dated);

  mtb_facts_clear (self->facts);
  mtb_facts_clear (self->approvals);
  add_number (self->facts, _ ("Issue number"), version->issue);
  add_number (self->facts, _ ("Version number"), version->version);
  mtb_facts_add (self->facts, _ ("Date of issue"), date);
  add_fact (self->approvals, _ ("Prepared by"), version->prepared_by);
  add_fact (self->approvals, _ ("Reviewed by"), version->reviewed_by);
  add_fact (self->approvals, _ ("Approved by"), version->approved_by);
}

static void
show_force (MtbDocumentView *self, const MtbDocumentVersionRow *version)
{
  const MtbDocumentVersionRow *newest = get_newest (self);
  g_autofree char *words = NULL;

  if (version->in_force != 1 && newest != NULL)
    {
      words = mtb_text_localize (g_strdup_printf (
        _ ("This version is no longer in force. In force is issue %1$d, version %2$d."),
        (int) newest->issue, (int) newest->version));
      gtk_label_set_label (self->outdated_words, words);
    }
  gtk_revealer_set_reveal_child (self->outdated, words != NULL);
}

static void
show_reading (MtbDocumentView *self, const MtbDocumentVersionRow *version)
{
  gboolean is_read = version->read_at != MTB_ABSENT;
  g_autofree char *moment = mtb_text_moment (version->read_at);
  g_autofree char *words = g_strdup_printf (_ ("You read it: %s"), moment);

  gtk_label_set_label (self->read_words, words);
  gtk_widget_set_visible (self->read_mark, is_read);
  gtk_widget_set_visible (self->read_button,
                          !is_read && version->in_force == 1 && may (self, &mtb_document_read));
}

static void
ask_content (MtbDocumentView *self, const char *version_id)
{
  g_autoptr (MtbDocumentRef) ref = mtb_record_new (mtb_document_text_query.arguments);

  if (g_strcmp0 (self->shown_id, version_id) == 0)
    return;
  g_free (self->shown_id);
  self->shown_id = g_strdup (version_id);
  ref->id = g_strdup (version_id);
  mtb_query_model_ask (self->content, ref);
  if (may (self, &mtb_document_issue))
    mtb_document_readers_show (self->readers, version_id);
}

static void
show_version (MtbDocumentView *self)
{
  const MtbDocumentVersionRow *version = get_version (self);

  gtk_widget_set_visible (GTK_WIDGET (self->version), version != NULL);
  gtk_widget_set_visible (self->print_button, version != NULL);
  gtk_stack_page_set_visible (self->readers_part,
                              version != NULL && may (self, &mtb_document_issue));
  if (version == NULL)
    return;
  gtk_stack_set_visible_child_name (self->body, "text");
  show_facts (self, version);
  show_force (self, version);
  show_reading (self, version);
  ask_content (self, version->id);
}

static void
on_versions_refreshed (MtbDocumentView *self)
{
  const MtbDocumentVersionRow *newest = get_newest (self);

  if (newest == NULL)
    gtk_stack_set_visible_child_name (self->body, "missing");
  else if (self->issued)
    gtk_drop_down_set_selected (self->version, 0);
  self->issued = FALSE;
  show_version (self);
  if (may (self, &mtb_document_issue))
    mtb_document_form_show (self->form, self->document->id, newest != NULL ? newest->id : NULL);
}

static void
on_content_refreshed (MtbDocumentView *self)
{
  const MtbDocumentVersion *version = mtb_query_model_lookup (self->content, self->shown_id);

  if (version != NULL)
    mtb_document_text_show (self->text, version->text);
}

static void
on_read_given (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbDocumentView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (mtb_engine_give_finish (MTB_ENGINE (engine), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                                _ ("Noted that you have read it"));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", gettext (error->message));
}

static void
on_read (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbDocumentView *self = MTB_DOCUMENT_VIEW (widget);
  g_autoptr (MtbDocumentRead) arguments = mtb_record_new (&mtb_document_read.shape);
  const MtbDocumentVersionRow *version = get_version (self);

  if (version == NULL || !gtk_widget_get_visible (self->read_button))
    return;
  arguments->version_id = g_strdup (version->id);
  mtb_engine_give_async (self->engine, arguments, NULL, on_read_given, g_object_ref (self));
}

static void
on_open_newest (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbDocumentView *self = MTB_DOCUMENT_VIEW (widget);

  gtk_drop_down_set_selected (self->version, 0);
  gtk_widget_child_focus (GTK_WIDGET (self->text), GTK_DIR_TAB_FORWARD);
}

static const char *
get_organisation (MtbDocumentView *self)
{
  g_autofree char *id = mtb_setting_derive_id (MTB_SETTING_ORGANISATION);
  const MtbSetting *setting = mtb_query_model_lookup (self->settings, id);

  return setting != NULL ? setting->value : NULL;
}

static void
on_print (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbDocumentView *self = MTB_DOCUMENT_VIEW (widget);
  const MtbDocumentVersionRow *row = get_version (self);
  const MtbDocumentVersion *version =
    row != NULL ? mtb_query_model_lookup (self->content, row->id) : NULL;
  g_autoptr (MtbPaper) paper = NULL;
  g_autofree char *name = NULL;

  if (version == NULL)
    return;
  paper =
    mtb_document_paper_new (self->document, version, row->in_force == 1, get_organisation (self));
  name = g_strdup_printf ("document %s %d.%d", self->document->number, (int) version->issue,
                          (int) version->version);
  mtb_list_export_print (widget, self->engine, name, paper);
}

/* What was issued is shown as soon as the desk has it. */
static void
on_issued (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbDocumentView *self = MTB_DOCUMENT_VIEW (widget);

  self->issued = TRUE;
  gtk_stack_set_visible_child_name (self->parts, "text");
}

static void
mtb_document_view_dispose (GObject *object)
{
  MtbDocumentView *self = MTB_DOCUMENT_VIEW (object);

  if (self->versions != NULL)
    g_signal_handlers_disconnect_by_data (self->version, self);
  g_clear_object (&self->versions);
  g_clear_object (&self->content);
  g_clear_object (&self->settings);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->document, mtb_record_unref);
  g_clear_pointer (&self->shown_id, g_free);

  G_OBJECT_CLASS (mtb_document_view_parent_class)->dispose (object);
}

static void
mtb_document_view_class_init (MtbDocumentViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_document_view_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/documents/mtb-document-view.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentView, approvals);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentView, body);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentView, facts);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentView, form);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentView, link_button);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentView, missing_words);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentView, number);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentView, outdated);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentView, outdated_words);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentView, parts);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentView, print_button);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentView, read_button);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentView, read_mark);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentView, read_words);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentView, readers);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentView, readers_part);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentView, switcher);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentView, text);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentView, title);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentView, version);
  gtk_widget_class_bind_template_callback (widget_class, show_version);

  gtk_widget_class_install_action (widget_class, "document.issued", NULL, on_issued);
  gtk_widget_class_install_action (widget_class, "document.open-newest", NULL, on_open_newest);
  gtk_widget_class_install_action (widget_class, "document.print", NULL, on_print);
  gtk_widget_class_install_action (widget_class, "document.read", NULL, on_read);

  g_type_ensure (MTB_TYPE_DOCUMENT_FORM);
  g_type_ensure (MTB_TYPE_DOCUMENT_READERS);
  g_type_ensure (MTB_TYPE_DOCUMENT_TEXT);
  g_type_ensure (MTB_TYPE_FACTS);
}

static void
mtb_document_view_init (MtbDocumentView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_engine (MtbDocumentView *self, MtbEngine *engine, MtbDrafts *drafts)
{
  g_autoptr (MtbEverything) everything = mtb_record_new (mtb_settings_query.arguments);

  self->engine = g_object_ref (engine);
  self->versions = mtb_query_model_new (engine, &mtb_document_versions_query);
  self->content = mtb_query_model_new (engine, &mtb_document_text_query);
  self->settings = mtb_query_model_new (engine, &mtb_settings_query);
  g_signal_connect_object (self->versions, "refreshed", G_CALLBACK (on_versions_refreshed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->content, "refreshed", G_CALLBACK (on_content_refreshed), self,
                           G_CONNECT_SWAPPED);
  gtk_drop_down_set_model (self->version, G_LIST_MODEL (self->versions));
  mtb_document_readers_set_engine (self->readers, engine);
  mtb_document_form_set_engine (self->form, engine, drafts);
  mtb_query_model_ask (self->settings, everything);
}

/**
 * mtb_document_view_new:
 * @engine: the engine to ask and to give to
 * @drafts: what its person has begun
 * @document: the document
 *
 * Returns: a view of it
 */
GtkWidget *
mtb_document_view_new (MtbEngine *engine, MtbDrafts *drafts, const MtbDocumentRow *document)
{
  MtbDocumentView *self = g_object_new (MTB_TYPE_DOCUMENT_VIEW, NULL);
  g_autoptr (MtbDocumentRef) ref = mtb_record_new (mtb_document_versions_query.arguments);
  gboolean may_issue;

  set_engine (self, engine, drafts);
  mtb_document_view_renew (self, document);
  may_issue = may (self, &mtb_document_issue);
  gtk_widget_set_visible (self->switcher, may_issue);
  gtk_label_set_label (self->missing_words, may_issue ? _ ("Enter it under “New version”.")
                                                      : _ ("The manager enters it."));
  ref->id = g_strdup (document->id);
  mtb_query_model_ask (self->versions, ref);
  return GTK_WIDGET (self);
}

/**
 * mtb_document_view_renew:
 * @self: a view
 * @document: its document as the desk knows it now
 */
void
mtb_document_view_renew (MtbDocumentView *self, const MtbDocumentRow *document)
{
  g_autofree char *number = NULL;
  g_autofree char *title = NULL;
  g_autofree char *link = NULL;
  MtbDocumentRow *copy;

  g_return_if_fail (MTB_IS_DOCUMENT_VIEW (self));

  copy = mtb_record_copy (document);
  mtb_record_unref (self->document);
  self->document = copy;
  number = mtb_item_dup_words (copy, "document-number");
  title = mtb_item_dup_words (copy, "document-title");
  gtk_label_set_label (self->number, number);
  gtk_label_set_label (self->title, title);
  link = mtb_link_new (MTB_LINK_DOCUMENT, copy->id);
  gtk_actionable_set_action_target (self->link_button, "s", link);
}
