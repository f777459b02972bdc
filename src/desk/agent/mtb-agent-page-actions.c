/* What the agent's keys and buttons do. */

#include "mtb-agent-page-private.h"

#include "mtb-draft-opener.h"
#include "mtb-draft-save.h"
#include "mtb-id.h"
#include "mtb-item.h"
#include "mtb-toasts.h"

#include <glib/gi18n.h>

static void
on_take_customer (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbAgentPage *self = MTB_AGENT_PAGE (widget);

  if (self->shown != NULL)
    mtb_agent_page_take_customer (self, self->shown);
  mtb_call_form_focus (self->form);
}

static void
on_open_customer (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  mtb_page_open (MTB_PAGE (widget), MTB_LINK_SUBSCRIBER, g_variant_get_string (parameter, NULL));
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
on_end_talk (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbAgentPage *self = MTB_AGENT_PAGE (widget);
  g_autoptr (MtbDraft) open = mtb_call_form_dup_draft (self->form);
  g_autoptr (MtbDraft) talking = mtb_draft_find_talking (self->drafts);

  if (talking != NULL)
    {
      mtb_draft_end_talk (talking, mtb_engine_get_now (self->engine));
      mtb_drafts_put (self->drafts, talking);
      if (g_str_equal (talking->id, open->id))
        mtb_call_form_load (self->form, talking);
      mtb_agent_page_note (self);
    }
  mtb_call_form_focus (self->form);
}

static void
on_new (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbAgentPage *self = MTB_AGENT_PAGE (widget);
  gint64 now = mtb_engine_get_now (self->engine);
  g_autofree char *id = mtb_id_new (now);
  g_autoptr (MtbDraft) draft = mtb_draft_new (id);

  draft->started_at = now;
  mtb_agent_page_open (self, draft);
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
    mtb_agent_page_toast (self, _ ("Every call is written up"));
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
  mtb_agent_page_note (self);
}

/* What was written while the record was on its way stays, as a correction of that. */
static gboolean
keep_rest (MtbAgentPage *self, const MtbDraft *given, gboolean is_open)
{
  g_autoptr (MtbDraft) written = mtb_drafts_find (self->drafts, &mtb_draft_shape, "id", given->id);
  g_autoptr (MtbDraft) rest = NULL;

  if (written != NULL)
    rest = mtb_draft_for_rest (given, written, mtb_engine_get_now (self->engine));
  if (rest == NULL)
    return FALSE;
  mtb_drafts_put (self->drafts, rest);
  if (is_open)
    {
      mtb_call_form_adopt (self->form, rest);
      mtb_agent_page_note (self);
    }
  mtb_agent_page_toast (self, _ ("Saved, but for what was written meanwhile"));
  return TRUE;
}

static void
on_saved (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbAgentPage) self = user_data;
  g_autoptr (MtbDraft) saved = g_steal_pointer (&self->saving);
  g_autoptr (MtbDraft) given = g_steal_pointer (&self->given);
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
        mtb_agent_page_toast (self, gettext (error->message));
      return;
    }
  if (keep_rest (self, given, is_open))
    return;
  mtb_drafts_remove (self->drafts, saved);
  mtb_agent_page_toast (self, _ ("Saved"));
  if (!is_open)
    return;
  mtb_agent_page_open_blank (self);
  mtb_finder_focus (self->finder);
}

static void
on_save (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbAgentPage *self = MTB_AGENT_PAGE (widget);

  if (self->saving != NULL)
    return;
  mtb_agent_page_note (self);
  self->given = mtb_call_form_dup_draft (self->form);
  self->saving = mtb_record_copy (self->given);
  mtb_draft_save_async (self->engine, self->saving, on_saved, g_object_ref (self));
}

/* A call that was discarded has ended, too, when the next one began: that one goes on. */
static void
on_undo_discard (MtbAgentPage *self)
{
  g_autoptr (MtbDraft) draft = g_steal_pointer (&self->discarded);
  g_autoptr (MtbDraft) talking = mtb_draft_find_talking (self->drafts);

  if (draft == NULL)
    return;
  if (talking != NULL && mtb_draft_is_talking (draft) && !g_str_equal (talking->id, draft->id))
    mtb_draft_end_talk (draft, MAX (draft->started_at, talking->started_at));
  mtb_agent_page_open (self, draft);
  mtb_call_form_focus (self->form);
}

static void
on_discard (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbAgentPage *self = MTB_AGENT_PAGE (widget);
  g_autoptr (MtbDraft) draft = mtb_call_form_dup_draft (self->form);
  gboolean blank = mtb_draft_is_blank (draft);
  AdwToast *toast;

  mtb_drafts_remove (self->drafts, draft);
  mtb_agent_page_open_blank (self);
  mtb_finder_focus (self->finder);
  if (blank)
    return;
  toast = mtb_toasts_offer_undo (widget, _ ("What was written is discarded"));
  mtb_record_unref (self->discarded);
  self->discarded = g_steal_pointer (&draft);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_discard), self,
                           G_CONNECT_SWAPPED);
}

/* Leaves whatever is open, outermost last; nothing that was written goes. */
static void
on_leave (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbAgentPage *self = MTB_AGENT_PAGE (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->middle), "record") == 0)
    gtk_stack_set_visible_child_name (self->middle, "card");
  else
    mtb_agent_page_open_blank (self);
  mtb_finder_focus (self->finder);
}

void
mtb_agent_page_install_actions (GtkWidgetClass *widget_class)
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
