#pragma once

#include "mtb-agent-page.h"

#include "mtb-agent-lists.h"
#include "mtb-call-detail.h"
#include "mtb-call-form.h"
#include "mtb-draft.h"
#include "mtb-finder.h"
#include "mtb-subscriber-card.h"

G_BEGIN_DECLS

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
  MtbDraft *given;
  MtbDraft *discarded;
};

void mtb_agent_page_toast (MtbAgentPage *self, const char *words);
void mtb_agent_page_note (MtbAgentPage *self);
void mtb_agent_page_open (MtbAgentPage *self, MtbDraft *draft);
void mtb_agent_page_open_blank (MtbAgentPage *self);
void mtb_agent_page_show_card (MtbAgentPage *self, const char *customer_id);
void mtb_agent_page_take_customer (MtbAgentPage *self, const MtbCustomer *customer);
void mtb_agent_page_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
