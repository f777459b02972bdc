#include "mtb-agent-page-private.h"

#include "mtb-draft-opener.h"
#include "mtb-id.h"
#include "mtb-item.h"

#include <glib/gi18n.h>

/**
 * MtbAgentPage:
 *
 * The agent's desk: finding the caller and what waits at the start, the customer's card or a record
 * in the middle, the call that is written down at the end. One draft is open in the form; whatever
 * else is begun waits in the list, and all of it survives the program.
 */
G_DEFINE_FINAL_TYPE (MtbAgentPage, mtb_agent_page, MTB_TYPE_PAGE)

void
mtb_agent_page_toast (MtbAgentPage *self, const char *words)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", words);
}

static const char *
get_customer_id (const MtbDraft *draft)
{
  return draft->subscriber_id != NULL ? draft->subscriber_id : draft->prospect_id;
}

/* Also of a call that was left for something else in the form. */
static void
show_activity (MtbAgentPage *self, const MtbDraft *draft)
{
  g_autoptr (MtbDraft) talking = mtb_draft_find_talking (self->drafts);

  mtb_call_form_show_clock (self->form, talking);
  mtb_page_allow (MTB_PAGE (self), "page.end-talk", talking != NULL);
  if (talking != NULL)
    mtb_page_set_activity (MTB_PAGE (self), MTB_PRESENCE_ON_CALL);
  else if (draft->wrap_from != MTB_ABSENT)
    mtb_page_set_activity (MTB_PAGE (self), MTB_PRESENCE_WRAP_UP);
  else
    mtb_page_set_activity (MTB_PAGE (self), MTB_PRESENCE_AVAILABLE);
}

static void
show_caller_bar (MtbAgentPage *self, const MtbDraft *draft)
{
  gboolean another = self->shown != NULL && !mtb_draft_is_blank (draft)
                     && g_strcmp0 (get_customer_id (draft), self->shown->id) != 0;

  gtk_widget_set_visible (self->caller_bar, another);
  mtb_page_allow (MTB_PAGE (self), "page.take-customer", another);
}

/* A call that was going on has ended when the next one begins, but never before it began itself. */
static void
end_talk_before (MtbAgentPage *self, const MtbDraft *draft)
{
  g_autoptr (MtbDraft) talking = mtb_draft_find_talking (self->drafts);

  if (talking == NULL || !mtb_draft_is_talking (draft) || g_str_equal (talking->id, draft->id))
    return;
  mtb_draft_end_talk (talking, MAX (talking->started_at, draft->started_at));
  mtb_drafts_put (self->drafts, talking);
}

void
mtb_agent_page_note (MtbAgentPage *self)
{
  g_autoptr (MtbDraft) draft = mtb_call_form_dup_draft (self->form);

  end_talk_before (self, draft);
  if (mtb_draft_is_blank (draft))
    mtb_drafts_remove (self->drafts, draft);
  else
    mtb_drafts_put (self->drafts, draft);
  show_activity (self, draft);
  show_caller_bar (self, draft);
}

void
mtb_agent_page_show_card (MtbAgentPage *self, const char *customer_id)
{
  mtb_subscriber_card_show (self->card, customer_id);
  gtk_stack_set_visible_child_name (self->middle, "card");
}

/* What is in the form stays among the drafts. */
void
mtb_agent_page_open (MtbAgentPage *self, MtbDraft *draft)
{
  mtb_call_form_load (self->form, draft);
  mtb_agent_lists_set_open (self->lists, draft->id);
  g_clear_pointer (&self->shown, mtb_record_unref);
  mtb_agent_page_show_card (self, draft->prospect_name == NULL ? get_customer_id (draft) : NULL);
  mtb_agent_page_note (self);
}

void
mtb_agent_page_open_blank (MtbAgentPage *self)
{
  g_autofree char *id = mtb_id_new (mtb_engine_get_now (self->engine));
  g_autoptr (MtbDraft) draft = mtb_draft_new (id);

  mtb_agent_page_open (self, draft);
}

static void
on_opened (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbAgentPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbDraft) draft = mtb_draft_open_finish (MTB_ENGINE (engine), result, &error);

  if (draft == NULL)
    {
      mtb_agent_page_toast (self, gettext (error->message));
      return;
    }
  mtb_agent_page_open (self, draft);
  mtb_call_form_focus (self->form);
}

static gboolean
reopen (MtbAgentPage *self, const char *field, const char *value)
{
  g_autoptr (MtbDraft) draft = mtb_drafts_find (self->drafts, &mtb_draft_shape, field, value);

  if (draft == NULL)
    return FALSE;
  mtb_agent_page_open (self, draft);
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
  mtb_agent_page_open (self, draft);
  mtb_call_form_focus (self->form);
}

static gboolean
mtb_agent_page_open_link (MtbPage *page, MtbLinkKind kind, const char *id)
{
  MtbAgentPage *self = MTB_AGENT_PAGE (page);

  switch (kind)
    {
    case MTB_LINK_CALL:
      mtb_call_detail_show (self->detail, id);
      gtk_stack_set_visible_child_name (self->middle, "record");
      return TRUE;
    case MTB_LINK_SUBSCRIBER:
      g_clear_pointer (&self->shown, mtb_record_unref);
      mtb_agent_page_show_card (self, id);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
on_call_chosen (MtbAgentPage *self, MtbItem *item)
{
  mtb_page_open (MTB_PAGE (self), MTB_LINK_CALL, mtb_item_get_id (item));
}

void
mtb_agent_page_take_customer (MtbAgentPage *self, const MtbCustomer *customer)
{
  g_autoptr (MtbDraft) draft = mtb_call_form_dup_draft (self->form);

  mtb_draft_set_customer (draft, customer);
  mtb_call_form_load (self->form, draft);
  mtb_agent_page_note (self);
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
  mtb_agent_page_show_card (self, customer->id);
  if (mtb_draft_is_blank (draft) || get_customer_id (draft) == NULL)
    mtb_agent_page_take_customer (self, customer);
  else
    show_caller_bar (self, draft);
  mtb_call_form_focus (self->form);
}

static void
on_drafts_loaded (MtbAgentPage *self)
{
  g_autoptr (MtbDraft) open = mtb_call_form_dup_draft (self->form);
  g_autoptr (MtbDraft) latest = mtb_draft_find_latest (self->drafts);

  if (mtb_draft_is_blank (open) && latest != NULL)
    mtb_agent_page_open (self, latest);
}

/* A desk that is dismissed keeps nothing of the person. */
static void
on_state_changed (MtbAgentPage *self)
{
  if (mtb_engine_get_state (self->engine) == MTB_ENGINE_DISMISSED)
    mtb_agent_page_open_blank (self);
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

  G_OBJECT_CLASS (mtb_agent_page_parent_class)->constructed (object);

  self->engine = g_object_ref (mtb_page_get_engine (MTB_PAGE (self)));
  self->drafts = g_object_ref (mtb_page_get_drafts (MTB_PAGE (self)));
  g_signal_connect_object (self->drafts, "loaded", G_CALLBACK (on_drafts_loaded), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "notify::state", G_CALLBACK (on_state_changed), self,
                           G_CONNECT_SWAPPED);
  mtb_finder_set_engine (self->finder, self->engine);
  mtb_agent_lists_set_engine (self->lists, self->engine, self->drafts);
  mtb_subscriber_card_set_engine (self->card, self->engine);
  mtb_call_detail_set_engine (self->detail, self->engine, self->drafts);
  mtb_call_form_set_engine (self->form, self->engine);
  mtb_agent_page_open_blank (self);
}

static void
mtb_agent_page_dispose (GObject *object)
{
  MtbAgentPage *self = MTB_AGENT_PAGE (object);

  g_clear_object (&self->drafts);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->shown, mtb_record_unref);
  g_clear_pointer (&self->saving, mtb_record_unref);
  g_clear_pointer (&self->given, mtb_record_unref);
  g_clear_pointer (&self->discarded, mtb_record_unref);

  G_OBJECT_CLASS (mtb_agent_page_parent_class)->dispose (object);
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
  page_class->open = mtb_agent_page_open_link;

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
  gtk_widget_class_bind_template_callback_full (widget_class, "on_edited",
                                                G_CALLBACK (mtb_agent_page_note));
  gtk_widget_class_bind_template_callback (widget_class, on_to_write_up_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_write_up_chosen);

  mtb_agent_page_install_actions (widget_class);

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
