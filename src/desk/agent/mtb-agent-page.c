#include "mtb-agent-page.h"

#include "mtb-agent-lists.h"
#include "mtb-call-detail.h"
#include "mtb-call-form.h"
#include "mtb-draft-opener.h"
#include "mtb-draft-save.h"
#include "mtb-drafts.h"
#include "mtb-finder.h"
#include "mtb-id.h"
#include "mtb-item.h"
#include "mtb-subscriber-card.h"

#include <glib/gi18n.h>

/**
 * MtbAgentPage:
 *
 * The agent's desk: finding the caller and what waits at the start, the customer's card or a record
 * in the middle, the call that is written down at the end. One draft is open in the form; whatever
 * else is begun waits in the list, and all of it survives the program.
 */
struct _MtbAgentPage
{
  MtbPage parent_instance;

  MtbFinder *finder;
  MtbAgentLists *lists;
  GtkStack *middle;
  GtkWidget *caller_bar;
  MtbSubscriberCard *card;
  MtbCallDetail *detail;
  MtbCallForm *form;

  MtbEngine *engine;
  MtbDrafts *drafts;
  MtbCustomer *shown;
  MtbDraft *saving;
};

G_DEFINE_FINAL_TYPE (MtbAgentPage, mtb_agent_page, MTB_TYPE_PAGE)

static void
toast (MtbAgentPage *self, const char *words)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", words);
}

static const char *
get_customer_id (const MtbDraft *draft)
{
  return draft->subscriber_id != NULL ? draft->subscriber_id : draft->prospect_id;
}

static void
show_activity (MtbAgentPage *self, const MtbDraft *draft)
{
  gboolean call = mtb_draft_get_kind (draft) == MTB_DRAFT_CALL;

  if (call && draft->started_at != MTB_ABSENT && draft->ended_at == MTB_ABSENT)
    mtb_page_set_activity (MTB_PAGE (self), _ ("On a call"), draft->started_at);
  else if (draft->wrap_from != MTB_ABSENT)
    mtb_page_set_activity (MTB_PAGE (self), _ ("After-call work"), draft->wrap_from);
  else
    mtb_page_set_activity (MTB_PAGE (self), NULL, MTB_ABSENT);
}

static void
show_caller_bar (MtbAgentPage *self, const MtbDraft *draft)
{
  gtk_widget_set_visible (self->caller_bar,
                          self->shown != NULL && !mtb_draft_is_blank (draft)
                            && g_strcmp0 (get_customer_id (draft), self->shown->id) != 0);
}

static void
on_edited (MtbAgentPage *self)
{
  g_autoptr (MtbDraft) draft = mtb_call_form_dup_draft (self->form);

  mtb_drafts_put (self->drafts, draft);
  show_activity (self, draft);
  show_caller_bar (self, draft);
}

static void
show_card (MtbAgentPage *self, const char *customer_id)
{
  mtb_subscriber_card_show (self->card, customer_id);
  gtk_stack_set_visible_child_name (self->middle, "card");
}

/* What is in the form stays among the drafts. */
static void
open_draft (MtbAgentPage *self, MtbDraft *draft)
{
  mtb_call_form_load (self->form, draft);
  mtb_agent_lists_set_open (self->lists, draft->id);
  g_clear_pointer (&self->shown, mtb_record_unref);
  show_card (self, draft->prospect_name == NULL ? get_customer_id (draft) : NULL);
  on_edited (self);
}

static void
open_blank (MtbAgentPage *self)
{
  g_autofree char *id = mtb_id_new (mtb_engine_get_now (self->engine));
  g_autoptr (MtbDraft) draft = mtb_draft_new (id);

  open_draft (self, draft);
}

static void
on_opened (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbAgentPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbDraft) draft = mtb_draft_open_finish (MTB_ENGINE (engine), result, &error);

  if (draft == NULL)
    {
      toast (self, gettext (error->message));
      return;
    }
  open_draft (self, draft);
  mtb_call_form_focus (self->form);
}

static gboolean
reopen (MtbAgentPage *self, const char *field, const char *value)
{
  g_autoptr (MtbDraft) draft = mtb_drafts_find (self->drafts, field, value);

  if (draft == NULL)
    return FALSE;
  open_draft (self, draft);
  mtb_call_form_focus (self->form);
  return TRUE;
}

static void
on_draft_chosen (MtbAgentPage *self, MtbItem *item)
{
  reopen (self, "id", mtb_item_get_id (item));
}

static void
on_write_up_chosen (MtbAgentPage *self, MtbItem *item)
{
  g_autoptr (MtbDraft) draft = NULL;

  if (reopen (self, "pbx_call_id", mtb_item_get_id (item)))
    return;
  draft = mtb_draft_for_write_up (mtb_item_get_record (item), mtb_engine_get_now (self->engine));
  open_draft (self, draft);
  mtb_call_form_focus (self->form);
}

static void
on_call_chosen (MtbAgentPage *self, MtbItem *item)
{
  mtb_call_detail_show (self->detail, mtb_item_get_id (item));
  gtk_stack_set_visible_child_name (self->middle, "record");
}

static void
take_customer (MtbAgentPage *self, const MtbCustomer *customer)
{
  g_autoptr (MtbDraft) draft = mtb_call_form_dup_draft (self->form);

  mtb_draft_set_customer (draft, customer);
  mtb_call_form_load (self->form, draft);
  on_edited (self);
}

/* While nothing is written the form follows the card; then only the first who is found is taken
 * for the caller, since one looks up others too. */
static void
on_customer_found (MtbAgentPage *self, MtbItem *item)
{
  g_autoptr (MtbDraft) draft = mtb_call_form_dup_draft (self->form);
  MtbCustomer *customer = mtb_item_get_record (item);

  g_clear_pointer (&self->shown, mtb_record_unref);
  self->shown = mtb_record_ref (customer);
  show_card (self, customer->id);
  if (mtb_draft_is_blank (draft) || get_customer_id (draft) == NULL)
    take_customer (self, customer);
  else
    show_caller_bar (self, draft);
  mtb_call_form_focus (self->form);
}

static void
on_take_customer (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbAgentPage *self = MTB_AGENT_PAGE (widget);

  if (self->shown != NULL)
    take_customer (self, self->shown);
  mtb_call_form_focus (self->form);
}

static void
on_open_customer (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbAgentPage *self = MTB_AGENT_PAGE (widget);

  g_clear_pointer (&self->shown, mtb_record_unref);
  show_card (self, g_variant_get_string (parameter, NULL));
}

static void
on_close_record (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_stack_set_visible_child_name (MTB_AGENT_PAGE (widget)->middle, "card");
}

static void
on_find (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  mtb_finder_focus (MTB_AGENT_PAGE (widget)->finder);
}

static void
end_talk (MtbAgentPage *self)
{
  g_autoptr (MtbDraft) draft = mtb_call_form_dup_draft (self->form);

  if (mtb_draft_get_kind (draft) != MTB_DRAFT_CALL || draft->started_at == MTB_ABSENT
      || draft->ended_at != MTB_ABSENT)
    return;
  draft->ended_at = mtb_engine_get_now (self->engine);
  draft->wrap_from = draft->ended_at;
  mtb_call_form_load (self->form, draft);
  on_edited (self);
}

static void
on_end_talk (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbAgentPage *self = MTB_AGENT_PAGE (widget);

  end_talk (self);
  mtb_call_form_focus (self->form);
}

/* A call that was going on has ended when the next one begins. */
static void
on_new (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbAgentPage *self = MTB_AGENT_PAGE (widget);
  gint64 now = mtb_engine_get_now (self->engine);
  g_autofree char *id = mtb_id_new (now);
  g_autoptr (MtbDraft) draft = mtb_draft_new (id);

  end_talk (self);
  draft->started_at = now;
  open_draft (self, draft);
  mtb_finder_focus (self->finder);
}

static void
on_new_prospect (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  mtb_call_form_begin_prospect (MTB_AGENT_PAGE (widget)->form);
}

static void
on_write_up (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbAgentPage *self = MTB_AGENT_PAGE (widget);

  if (!mtb_agent_lists_open_write_up (self->lists))
    toast (self, _ ("Every call is written up"));
}

/* Where the prospect was noted down and the call was not, the call may be saved again without. */
static void
keep_prospect (MtbAgentPage *self, const MtbDraft *saved)
{
  g_autoptr (MtbDraft) draft = mtb_call_form_dup_draft (self->form);

  if (draft->prospect_name == NULL || saved->prospect_name != NULL)
    return;
  g_free (draft->customer_name);
  draft->customer_name = g_steal_pointer (&draft->prospect_name);
  mtb_call_form_load (self->form, draft);
  on_edited (self);
}

static void
on_saved (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbAgentPage) self = user_data;
  g_autoptr (MtbDraft) saved = g_steal_pointer (&self->saving);
  g_autoptr (MtbDraft) open = mtb_call_form_dup_draft (self->form);
  g_autoptr (GError) error = NULL;
  gboolean is_open = g_strcmp0 (open->id, saved->id) == 0;

  if (!mtb_draft_save_finish (MTB_ENGINE (engine), result, &error))
    {
      if (is_open)
        keep_prospect (self, saved);
      if (is_open)
        mtb_call_form_mark (self->form, error);
      else
        toast (self, gettext (error->message));
      return;
    }
  mtb_drafts_remove (self->drafts, saved->id);
  toast (self, _ ("Saved"));
  if (!is_open)
    return;
  open_blank (self);
  mtb_finder_focus (self->finder);
}

static void
on_save (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbAgentPage *self = MTB_AGENT_PAGE (widget);

  if (self->saving != NULL)
    return;
  self->saving = mtb_call_form_dup_draft (self->form);
  mtb_draft_save_async (self->engine, self->saving, on_saved, g_object_ref (self));
}

static void
on_discard_answered (MtbAgentPage *self, const char *response)
{
  g_autoptr (MtbDraft) draft = mtb_call_form_dup_draft (self->form);

  if (g_strcmp0 (response, "discard") != 0)
    return;
  mtb_drafts_remove (self->drafts, draft->id);
  open_blank (self);
  mtb_finder_focus (self->finder);
}

static void
on_discard (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbAgentPage *self = MTB_AGENT_PAGE (widget);
  g_autoptr (MtbDraft) draft = mtb_call_form_dup_draft (self->form);
  GtkWidget *dialog;

  if (mtb_draft_is_blank (draft))
    {
      on_discard_answered (self, "discard");
      return;
    }
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)),
                                   _ ("Discard What Is Written?"),
                                   _ ("It was not saved, and is gone then."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Keep"), "discard",
                                    _ ("Discard"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_discard_answered), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Leaves whatever is open, outermost last; nothing that was written goes. */
static void
on_leave (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbAgentPage *self = MTB_AGENT_PAGE (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->middle), "record") == 0)
    gtk_stack_set_visible_child_name (self->middle, "card");
  else
    open_blank (self);
  mtb_finder_focus (self->finder);
}

static void
on_drafts_loaded (MtbAgentPage *self)
{
  g_autoptr (MtbDraft) open = mtb_call_form_dup_draft (self->form);
  g_autoptr (MtbDraft) latest = mtb_drafts_get_latest (self->drafts);

  if (mtb_draft_is_blank (open) && latest != NULL)
    open_draft (self, latest);
}

static void
mtb_agent_page_activate (MtbPage *page)
{
  mtb_finder_focus (MTB_AGENT_PAGE (page)->finder);
}

static gboolean
mtb_agent_page_amend (MtbPage *page, const char *call_id)
{
  MtbAgentPage *self = MTB_AGENT_PAGE (page);

  if (!reopen (self, "id", call_id))
    mtb_draft_open_call_async (self->engine, call_id, on_opened, g_object_ref (self));
  return TRUE;
}

static gboolean
mtb_agent_page_mend (MtbPage *page, MtbRefusal *refusal)
{
  MtbAgentPage *self = MTB_AGENT_PAGE (page);
  const MtbCommand *command = mtb_refusal_get_command (refusal);

  if (command != &mtb_call_log && command != &mtb_call_amend)
    return FALSE;
  if (!reopen (self, "command_id", mtb_refusal_get_command_id (refusal)))
    mtb_draft_open_refusal_async (self->engine, refusal, on_opened, g_object_ref (self));
  return TRUE;
}

static void
on_to_write_up_changed (MtbAgentPage *self)
{
  guint n_waiting;

  g_object_get (self->lists, "n-to-write-up", &n_waiting, NULL);
  mtb_page_set_badge (MTB_PAGE (self), n_waiting);
}

static void
mtb_agent_page_constructed (GObject *object)
{
  MtbAgentPage *self = MTB_AGENT_PAGE (object);
  const char *folder = mtb_page_get_folder (MTB_PAGE (self));

  G_OBJECT_CLASS (mtb_agent_page_parent_class)->constructed (object);

  self->engine = g_object_ref (mtb_page_get_engine (MTB_PAGE (self)));
  self->drafts = mtb_drafts_new (folder, mtb_engine_get_person (self->engine)->id);
  g_signal_connect_object (self->drafts, "loaded", G_CALLBACK (on_drafts_loaded), self,
                           G_CONNECT_SWAPPED);
  mtb_finder_set_engine (self->finder, self->engine);
  mtb_agent_lists_set_engine (self->lists, self->engine, self->drafts);
  mtb_subscriber_card_set_engine (self->card, self->engine);
  mtb_call_detail_set_engine (self->detail, self->engine);
  mtb_call_form_set_engine (self->form, self->engine);
  open_blank (self);
}

static void
mtb_agent_page_dispose (GObject *object)
{
  MtbAgentPage *self = MTB_AGENT_PAGE (object);

  g_clear_object (&self->drafts);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->shown, mtb_record_unref);
  g_clear_pointer (&self->saving, mtb_record_unref);

  G_OBJECT_CLASS (mtb_agent_page_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.close-record", NULL, on_close_record);
  gtk_widget_class_install_action (widget_class, "page.discard", NULL, on_discard);
  gtk_widget_class_install_action (widget_class, "page.end-talk", NULL, on_end_talk);
  gtk_widget_class_install_action (widget_class, "page.find", NULL, on_find);
  gtk_widget_class_install_action (widget_class, "page.leave", NULL, on_leave);
  gtk_widget_class_install_action (widget_class, "page.new", NULL, on_new);
  gtk_widget_class_install_action (widget_class, "page.new-prospect", NULL, on_new_prospect);
  gtk_widget_class_install_action (widget_class, "page.open-customer", "s", on_open_customer);
  gtk_widget_class_install_action (widget_class, "page.save", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "page.take-customer", NULL, on_take_customer);
  gtk_widget_class_install_action (widget_class, "page.write-up", NULL, on_write_up);
}

static void
mtb_agent_page_class_init (MtbAgentPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MtbPageClass *page_class = MTB_PAGE_CLASS (klass);

  object_class->constructed = mtb_agent_page_constructed;
  object_class->dispose = mtb_agent_page_dispose;

  page_class->activate = mtb_agent_page_activate;
  page_class->amend = mtb_agent_page_amend;
  page_class->mend = mtb_agent_page_mend;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/agent/mtb-agent-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbAgentPage, caller_bar);
  gtk_widget_class_bind_template_child (widget_class, MtbAgentPage, card);
  gtk_widget_class_bind_template_child (widget_class, MtbAgentPage, detail);
  gtk_widget_class_bind_template_child (widget_class, MtbAgentPage, finder);
  gtk_widget_class_bind_template_child (widget_class, MtbAgentPage, form);
  gtk_widget_class_bind_template_child (widget_class, MtbAgentPage, lists);
  gtk_widget_class_bind_template_child (widget_class, MtbAgentPage, middle);
  gtk_widget_class_bind_template_callback (widget_class, on_call_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_customer_found);
  gtk_widget_class_bind_template_callback (widget_class, on_draft_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_to_write_up_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_write_up_chosen);

  install_actions (widget_class);

  g_type_ensure (MTB_TYPE_AGENT_LISTS);
  g_type_ensure (MTB_TYPE_CALL_DETAIL);
  g_type_ensure (MTB_TYPE_CALL_FORM);
  g_type_ensure (MTB_TYPE_FINDER);
  g_type_ensure (MTB_TYPE_SUBSCRIBER_CARD);
}

static void
mtb_agent_page_init (MtbAgentPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
