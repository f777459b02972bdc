#include "mtb-document-form.h"

#include "mtb-document-query.h"
#include "mtb-document.h"
#include "mtb-error.h"
#include "mtb-id.h"
#include "mtb-labelled.h"
#include "mtb-number.h"
#include "mtb-online-form.h"
#include "mtb-online-notice.h"
#include "mtb-query-model.h"
#include "mtb-text.h"
#include "mtb-time.h"

#include <glib/gi18n.h>

/**
 * MtbDocumentForm:
 *
 * A new version of a controlled document. It begins with the next number and the text in force; who
 * prepared, reviewed and approved it is always to be said anew. What somebody has typed stays among
 * their drafts until it is issued, which is asked about once more, for it cannot be taken back. It
 * activates `document.issued` then.
 */
struct _MtbDocumentForm
{
  AdwBin parent_instance;

  MtbOnlineForm *form;
  MtbOnlineNotice *notice;
  GtkEditable *issue;
  GtkEditable *version;
  GtkEditable *dated;
  GtkEditable *prepared_by;
  GtkEditable *reviewed_by;
  GtkEditable *approved_by;
  GtkTextBuffer *text;

  MtbEngine *engine;
  MtbDrafts *drafts;
  MtbQueryModel *latest;
  char *latest_id;
  MtbDocumentIssue *next;
  MtbDocumentIssue *order;
  gboolean loading;
};

G_DEFINE_FINAL_TYPE (MtbDocumentForm, mtb_document_form, ADW_TYPE_BIN)

static void
set_number (GtkEditable *entry, gint64 number)
{
  g_autofree char *words = NULL;

  if (number != MTB_ABSENT)
    words = mtb_text_localize (g_strdup_printf ("%" G_GINT64_FORMAT, number));
  gtk_editable_set_text (entry, words != NULL ? words : "");
}

static void
set_text (GtkEditable *entry, const char *text)
{
  gtk_editable_set_text (entry, text != NULL ? text : "");
}

static void
load (MtbDocumentForm *self, const MtbDocumentIssue *version)
{
  self->loading = TRUE;
  set_number (self->issue, version->issue);
  set_number (self->version, version->version);
  set_text (self->dated, version->dated);
  set_text (self->prepared_by, version->prepared_by);
  set_text (self->reviewed_by, version->reviewed_by);
  set_text (self->approved_by, version->approved_by);
  gtk_text_buffer_set_text (self->text, version->text != NULL ? version->text : "", -1);
  self->loading = FALSE;
}

static char *
dup_text (MtbDocumentForm *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->text, &start, &end);
  return gtk_text_buffer_get_text (self->text, &start, &end, FALSE);
}

/* Digits of any script; absent where they are no number. */
static gint64
read_number (GtkEditable *entry)
{
  g_autofree char *typed = mtb_online_form_dup_typed (entry);
  g_autofree char *digits = mtb_text_unlocalize (typed);
  gint64 number;

  return mtb_number_parse (digits, 0, MTB_DOCUMENT_ISSUE_MAX, &number) ? number : MTB_ABSENT;
}

static MtbDocumentIssue *
collect (MtbDocumentForm *self)
{
  MtbDocumentIssue *version = mtb_record_new (&mtb_document_issue.shape);
  g_autofree char *dated = mtb_online_form_dup_typed (self->dated);

  version->id = g_strdup (self->next->id);
  version->document_id = g_strdup (self->next->document_id);
  version->issue = read_number (self->issue);
  version->version = read_number (self->version);
  version->dated = mtb_text_unlocalize (dated);
  version->prepared_by = mtb_online_form_dup_typed (self->prepared_by);
  version->reviewed_by = mtb_online_form_dup_typed (self->reviewed_by);
  version->approved_by = mtb_online_form_dup_typed (self->approved_by);
  version->text = dup_text (self);
  return version;
}

static char *
dup_today (MtbDocumentForm *self)
{
  g_autoptr (GDateTime) now =
    g_date_time_new_from_unix_local (mtb_engine_get_now (self->engine) / MTB_SECOND);

  return g_date_time_format (now, "%Y-%m-%d");
}

/* What comes after the version in force. */
static MtbDocumentIssue *
make_next (MtbDocumentForm *self, const char *document_id)
{
  const MtbDocumentVersion *latest = mtb_query_model_lookup (self->latest, self->latest_id);
  MtbDocumentIssue *next = mtb_record_new (&mtb_document_issue.shape);

  next->id = mtb_id_new (mtb_engine_get_now (self->engine));
  next->document_id = g_strdup (document_id);
  next->issue = latest != NULL ? latest->issue : 1;
  next->version = latest != NULL ? latest->version + 1 : 1;
  next->dated = dup_today (self);
  next->text = g_strdup (latest != NULL ? latest->text : "");
  return next;
}

static MtbDocumentIssue *
find_draft (MtbDocumentForm *self)
{
  return mtb_drafts_find (self->drafts, &mtb_document_issue.shape, "document_id",
                          self->next->document_id);
}

/* Whatever their ids are. */
static gboolean
is_same (const MtbDocumentIssue *a, const MtbDocumentIssue *b)
{
  g_autoptr (MtbDocumentIssue) copy = mtb_record_copy (a);

  g_free (copy->id);
  copy->id = g_strdup (b->id);
  return mtb_record_equal (copy, b);
}

static void
show_draft (MtbDocumentForm *self)
{
  g_autoptr (MtbDocumentIssue) draft = NULL;
  g_autoptr (MtbDocumentIssue) shown = NULL;
  const MtbDocumentIssue *begun;

  if (self->next == NULL)
    return;
  draft = find_draft (self);
  shown = collect (self);
  begun = draft != NULL ? draft : self->next;
  if (!is_same (shown, begun))
    load (self, begun);
}

static void
on_edited (MtbDocumentForm *self)
{
  g_autoptr (MtbDocumentIssue) draft = NULL;
  g_autoptr (MtbDocumentIssue) shown = NULL;

  if (self->loading || self->next == NULL)
    return;
  mtb_online_form_unmark (self->form);
  draft = find_draft (self);
  shown = collect (self);
  if (draft != NULL)
    mtb_field_set_text (&mtb_document_issue.shape.fields[0], shown, draft->id);
  if (is_same (shown, self->next))
    mtb_drafts_remove (self->drafts, shown);
  else
    mtb_drafts_put (self->drafts, shown);
}

static void
renew (MtbDocumentForm *self, const char *document_id)
{
  MtbDocumentIssue *next = make_next (self, document_id);

  mtb_record_unref (self->next);
  self->next = next;
  show_draft (self);
}

static void
on_latest_refreshed (MtbDocumentForm *self)
{
  if (self->next != NULL)
    renew (self, self->next->document_id);
}

static void
on_answered (MtbDocumentForm *self, const char *response)
{
  if (g_strcmp0 (response, "issue") == 0)
    mtb_online_form_give (self->form, self->order);
}

static void
ask (MtbDocumentForm *self)
{
  GtkWidget *dialog = adw_message_dialog_new (
    GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Issue This Version?"),
    _ ("It comes into force at once, and everybody is to read it. It cannot be changed or taken "
       "back; a newer version can follow it."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Cancel"), "issue",
                                    C_ ("document", "Issue"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "issue",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "issue");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answered), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
has_number (MtbDocumentForm *self, gint64 number, const char *field)
{
  if (number == MTB_ABSENT)
    mtb_online_form_mark (self->form, field, _ ("Write a number"));
  return number != MTB_ABSENT;
}

/* What the desk knows to be wrong is said before anything is asked. */
static void
on_issue (MtbDocumentForm *self)
{
  g_autoptr (MtbDocumentIssue) order = NULL;
  g_autoptr (GError) error = NULL;

  if (mtb_online_form_is_giving (self->form))
    return;
  order = collect (self);
  if (!has_number (self, order->issue, "issue") || !has_number (self, order->version, "version"))
    return;
  if (!mtb_record_check (order, &error))
    {
      mtb_online_form_mark (self->form, mtb_error_get_field (error), gettext (error->message));
      return;
    }
  mtb_online_form_unmark (self->form);
  g_free (order->id);
  order->id = mtb_id_new (mtb_engine_get_now (self->engine));
  mtb_record_unref (self->order);
  self->order = g_steal_pointer (&order);
  ask (self);
}

/* What was typed meanwhile is still to be issued. */
static void
on_given (MtbDocumentForm *self)
{
  g_autoptr (MtbDocumentIssue) draft = find_draft (self);

  if (draft != NULL && is_same (draft, self->order))
    {
      mtb_drafts_remove (self->drafts, draft);
      gtk_widget_activate_action (GTK_WIDGET (self), "document.issued", NULL);
    }
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                              _ ("The new version is in force"));
}

static void
mtb_document_form_dispose (GObject *object)
{
  MtbDocumentForm *self = MTB_DOCUMENT_FORM (object);

  self->loading = TRUE;
  g_clear_object (&self->latest);
  g_clear_object (&self->drafts);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->next, mtb_record_unref);
  g_clear_pointer (&self->order, mtb_record_unref);

  G_OBJECT_CLASS (mtb_document_form_parent_class)->dispose (object);
}

static void
mtb_document_form_finalize (GObject *object)
{
  MtbDocumentForm *self = MTB_DOCUMENT_FORM (object);

  g_free (self->latest_id);

  G_OBJECT_CLASS (mtb_document_form_parent_class)->finalize (object);
}

static void
mtb_document_form_class_init (MtbDocumentFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_document_form_dispose;
  object_class->finalize = mtb_document_form_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/documents/mtb-document-form.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentForm, approved_by);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentForm, dated);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentForm, form);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentForm, notice);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentForm, issue);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentForm, prepared_by);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentForm, reviewed_by);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentForm, text);
  gtk_widget_class_bind_template_child (widget_class, MtbDocumentForm, version);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_given);
  gtk_widget_class_bind_template_callback (widget_class, on_issue);

  g_type_ensure (MTB_TYPE_LABELLED);
  g_type_ensure (MTB_TYPE_ONLINE_FORM);
}

static void
mtb_document_form_init (MtbDocumentForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Year, month and day stand in this order in every language. */
  gtk_widget_set_direction (GTK_WIDGET (self->dated), GTK_TEXT_DIR_LTR);
}

/**
 * mtb_document_form_set_engine:
 * @self: a form
 * @engine: the engine to ask and to give to
 * @drafts: what its person has begun
 */
void
mtb_document_form_set_engine (MtbDocumentForm *self, MtbEngine *engine, MtbDrafts *drafts)
{
  g_return_if_fail (MTB_IS_DOCUMENT_FORM (self));

  self->engine = g_object_ref (engine);
  self->drafts = g_object_ref (drafts);
  g_signal_connect_object (mtb_drafts_get_model (drafts, &mtb_document_issue.shape),
                           "items-changed", G_CALLBACK (show_draft), self, G_CONNECT_SWAPPED);
  mtb_online_form_set_engine (self->form, engine);
  mtb_online_notice_set_engine (self->notice, engine);
  self->latest = mtb_query_model_new (engine, &mtb_document_text_query);
  g_signal_connect_object (self->latest, "refreshed", G_CALLBACK (on_latest_refreshed), self,
                           G_CONNECT_SWAPPED);
}

/**
 * mtb_document_form_show:
 * @self: a form with an engine
 * @document_id: the document, always the same
 * @latest_id: (nullable): its version in force
 *
 * Begins the version that comes next, unless somebody has begun it already.
 */
void
mtb_document_form_show (MtbDocumentForm *self, const char *document_id, const char *latest_id)
{
  g_autoptr (MtbDocumentRef) ref = mtb_record_new (mtb_document_text_query.arguments);

  g_return_if_fail (MTB_IS_DOCUMENT_FORM (self));

  if (self->next != NULL && g_strcmp0 (self->latest_id, latest_id) == 0)
    return;
  g_free (self->latest_id);
  self->latest_id = g_strdup (latest_id);
  renew (self, document_id);
  ref->id = g_strdup (latest_id);
  if (latest_id != NULL)
    mtb_query_model_ask (self->latest, ref);
}
