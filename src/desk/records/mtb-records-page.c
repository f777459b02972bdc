#include "mtb-records-page.h"

#include "mtb-call-detail.h"
#include "mtb-call-filter.h"
#include "mtb-list-pane.h"
#include "mtb-note-query.h"
#include "mtb-query-model.h"
#include "mtb-subscriber-card.h"
#include "mtb-text.h"

#include <glib/gi18n.h>

#define UNREAD_LIMIT 100

/**
 * MtbRecordsPage:
 *
 * The records of calls that a person may see, to read: a table, and beside it the chosen record or
 * the card of its customer. Notes on own records that were not read are counted in the badge, and a
 * button leads to them. For roles that see none it says why.
 */
struct _MtbRecordsPage
{
  MtbPage parent_instance;

  GtkStack *stack;
  GtkWidget *unread_bar;
  GtkLabel *unread_words;
  MtbCallFilter *filter;
  MtbListPane *pane;
  GtkSingleSelection *selection;
  GtkColumnView *view;
  GtkColumnViewColumn *person_column;
  GtkStack *side;
  MtbCallDetail *detail;
  MtbSubscriberCard *card;

  MtbQueryModel *unread;
  char *chosen_id;
};

G_DEFINE_FINAL_TYPE (MtbRecordsPage, mtb_records_page, MTB_TYPE_PAGE)

/* Nobody but who answers the telephone has records of their own. */
static gboolean
sees_records (const MtbPerson *person)
{
  return mtb_roles_get_sight (person->roles, MTB_AREA_CALLS) > MTB_SIGHT_OWN
         || (person->roles & mtb_call_log.roles) != 0;
}

static void
choose (MtbRecordsPage *self, const char *call_id)
{
  g_autofree char *old = self->chosen_id;

  self->chosen_id = g_strdup (call_id);
  mtb_call_detail_show (self->detail, self->chosen_id);
  gtk_stack_set_visible_child_name (self->side, "record");
}

static void
on_selected (MtbRecordsPage *self)
{
  MtbItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (item != NULL && g_strcmp0 (self->chosen_id, mtb_item_get_id (item)) != 0)
    choose (self, mtb_item_get_id (item));
}

/* What was chosen stays chosen where it comes again. */
static void
on_refreshed (MtbRecordsPage *self)
{
  guint position = mtb_query_model_find (mtb_call_filter_get_model (self->filter), self->chosen_id);

  if (position != G_MAXUINT)
    gtk_single_selection_set_selected (self->selection, position);
}

static void
on_unread_refreshed (MtbRecordsPage *self)
{
  guint n_unread = g_list_model_get_n_items (G_LIST_MODEL (self->unread));
  g_autofree char *words = mtb_text_localize (
    g_strdup_printf (ngettext ("%u unread note", "%u unread notes", n_unread), n_unread));

  gtk_label_set_label (self->unread_words, words);
  gtk_widget_set_visible (self->unread_bar, n_unread > 0);
  mtb_page_set_badge (MTB_PAGE (self), n_unread);
  mtb_page_allow (MTB_PAGE (self), "page.read-notes", n_unread > 0);
}

/* The record with the oldest of them, be it in the list or not. */
static void
on_read_notes (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbRecordsPage *self = MTB_RECORDS_PAGE (widget);
  g_autoptr (MtbItem) item = g_list_model_get_item (G_LIST_MODEL (self->unread), 0);

  if (item == NULL)
    return;
  choose (self, ((const MtbNoteRow *) mtb_item_get_record (item))->call_id);
  on_refreshed (self);
}

static void
ask_unread (MtbRecordsPage *self, MtbEngine *engine)
{
  g_autoptr (MtbNoteSearch) search = mtb_record_new (mtb_notes_query.arguments);

  self->unread = mtb_query_model_new (engine, &mtb_notes_query);
  g_signal_connect_object (self->unread, "refreshed", G_CALLBACK (on_unread_refreshed), self,
                           G_CONNECT_SWAPPED);
  search->person_id = g_strdup (mtb_engine_get_person (engine)->id);
  search->unseen = 1;
  search->limit = UNREAD_LIMIT;
  mtb_query_model_ask (self->unread, search);
}

static void
on_save (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  mtb_call_detail_save_note (MTB_RECORDS_PAGE (widget)->detail);
}

static void
on_open_customer (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  mtb_page_open (MTB_PAGE (widget), MTB_LINK_SUBSCRIBER, g_variant_get_string (parameter, NULL));
}

static gboolean
mtb_records_page_open (MtbPage *page, MtbLinkKind kind, const char *id)
{
  MtbRecordsPage *self = MTB_RECORDS_PAGE (page);

  if (!sees_records (mtb_engine_get_person (mtb_page_get_engine (page))))
    return FALSE;
  switch (kind)
    {
    case MTB_LINK_CALL:
      choose (self, id);
      on_refreshed (self);
      return TRUE;
    case MTB_LINK_SUBSCRIBER:
      mtb_subscriber_card_show (self->card, id);
      gtk_stack_set_visible_child_name (self->side, "card");
      return TRUE;
    default:
      return FALSE;
    }
}

static void
on_leave (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_stack_set_visible_child_name (MTB_RECORDS_PAGE (widget)->side, "record");
}

static void
on_find (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  mtb_call_filter_focus (MTB_RECORDS_PAGE (widget)->filter);
}

static void
mtb_records_page_activate (MtbPage *page)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "page.find", NULL);
}

static gboolean
mtb_records_page_show_records (MtbPage *page, const char *person_id, const char *name)
{
  mtb_call_filter_set_person (MTB_RECORDS_PAGE (page)->filter, person_id, name);
  return TRUE;
}

static void
mtb_records_page_constructed (GObject *object)
{
  MtbRecordsPage *self = MTB_RECORDS_PAGE (object);
  MtbEngine *engine = mtb_page_get_engine (MTB_PAGE (self));
  const MtbPerson *person = mtb_engine_get_person (engine);
  MtbQueryModel *model;

  G_OBJECT_CLASS (mtb_records_page_parent_class)->constructed (object);

  mtb_call_detail_set_engine (self->detail, engine, mtb_page_get_drafts (MTB_PAGE (self)));
  mtb_subscriber_card_set_engine (self->card, engine);
  if (!sees_records (person))
    {
      gtk_stack_set_visible_child_name (self->stack, "none");
      mtb_page_allow (MTB_PAGE (self), "page.read-notes", FALSE);
      g_object_set (self, "searchable", FALSE, NULL);
      mtb_page_allow (MTB_PAGE (self), "page.find", FALSE);
      mtb_page_allow (MTB_PAGE (self), "page.save", FALSE);
      return;
    }
  /* Hidden, it would keep its width. */
  if (mtb_roles_get_sight (person->roles, MTB_AREA_CALLS) <= MTB_SIGHT_OWN)
    gtk_column_view_remove_column (self->view, self->person_column);
  mtb_call_filter_set_engine (self->filter, engine, NULL);
  model = mtb_call_filter_get_model (self->filter);
  g_signal_connect_object (model, "refreshed", G_CALLBACK (on_refreshed), self, G_CONNECT_SWAPPED);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (model));
  mtb_list_pane_set_model (self->pane, model);
  g_signal_connect_object (self->pane, "describing", G_CALLBACK (mtb_call_filter_describe),
                           self->filter, G_CONNECT_SWAPPED);
  ask_unread (self, engine);
}

static void
mtb_records_page_dispose (GObject *object)
{
  MtbRecordsPage *self = MTB_RECORDS_PAGE (object);

  g_clear_object (&self->unread);

  G_OBJECT_CLASS (mtb_records_page_parent_class)->dispose (object);
}

static void
mtb_records_page_finalize (GObject *object)
{
  MtbRecordsPage *self = MTB_RECORDS_PAGE (object);

  g_clear_pointer (&self->chosen_id, g_free);

  G_OBJECT_CLASS (mtb_records_page_parent_class)->finalize (object);
}

static void
mtb_records_page_class_init (MtbRecordsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MtbPageClass *page_class = MTB_PAGE_CLASS (klass);

  object_class->constructed = mtb_records_page_constructed;
  object_class->dispose = mtb_records_page_dispose;
  object_class->finalize = mtb_records_page_finalize;

  page_class->activate = mtb_records_page_activate;
  page_class->open = mtb_records_page_open;
  page_class->show_records = mtb_records_page_show_records;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/records/mtb-records-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbRecordsPage, card);
  gtk_widget_class_bind_template_child (widget_class, MtbRecordsPage, detail);
  gtk_widget_class_bind_template_child (widget_class, MtbRecordsPage, filter);
  gtk_widget_class_bind_template_child (widget_class, MtbRecordsPage, pane);
  gtk_widget_class_bind_template_child (widget_class, MtbRecordsPage, person_column);
  gtk_widget_class_bind_template_child (widget_class, MtbRecordsPage, selection);
  gtk_widget_class_bind_template_child (widget_class, MtbRecordsPage, side);
  gtk_widget_class_bind_template_child (widget_class, MtbRecordsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MtbRecordsPage, unread_bar);
  gtk_widget_class_bind_template_child (widget_class, MtbRecordsPage, unread_words);
  gtk_widget_class_bind_template_child (widget_class, MtbRecordsPage, view);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);

  gtk_widget_class_install_action (widget_class, "page.find", NULL, on_find);
  gtk_widget_class_install_action (widget_class, "page.leave", NULL, on_leave);
  gtk_widget_class_install_action (widget_class, "page.open-customer", "s", on_open_customer);
  gtk_widget_class_install_action (widget_class, "page.read-notes", NULL, on_read_notes);
  gtk_widget_class_install_action (widget_class, "page.save", NULL, on_save);

  g_type_ensure (MTB_TYPE_CALL_DETAIL);
  g_type_ensure (MTB_TYPE_CALL_FILTER);
  g_type_ensure (MTB_TYPE_LIST_PANE);
  g_type_ensure (MTB_TYPE_SUBSCRIBER_CARD);
}

static void
mtb_records_page_init (MtbRecordsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
