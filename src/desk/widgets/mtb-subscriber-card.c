#include "mtb-subscriber-card.h"

#include "mtb-error.h"
#include "mtb-facts.h"
#include "mtb-kept.h"
#include "mtb-link.h"
#include "mtb-list-pane.h"
#include "mtb-query-model.h"
#include "mtb-text.h"
#include "mtb-volume-bar.h"

#include <glib/gi18n.h>

/**
 * MtbSubscriberCard:
 *
 * The *User Info* of a customer. What the desk knows is shown at once, with its time; the server
 * is asked for what is new, and where it cannot be reached the card says so.
 */
struct _MtbSubscriberCard
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkLabel *name;
  GtkImage *status_icon;
  GtkLabel *status;
  GtkActionable *link_button;
  MtbFacts *identity;
  GtkWidget *figures;
  GtkLabel *used;
  GtkLabel *left;
  MtbVolumeBar *bar;
  GtkWidget *parts;
  GtkLabel *up;
  GtkLabel *down;
  GtkLabel *browsing;
  MtbFacts *technical;
  GtkWidget *freshness;
  GtkSpinner *refreshing;
  GtkImage *freshness_icon;
  GtkLabel *freshness_words;
  MtbListPane *calls_pane;
  GtkNoSelection *calls_selection;

  MtbEngine *engine;
  MtbQueryModel *customers;
  MtbQueryModel *cards;
  MtbQueryModel *calls;
  char *customer_id;
  GCancellable *cancellable;
  gboolean unreachable;
};

G_DEFINE_FINAL_TYPE (MtbSubscriberCard, mtb_subscriber_card, ADW_TYPE_BIN)

static const struct
{
  const char *icon_name;
  const char *css_class;
} statuses[] = {
  [MTB_SUBSCRIBER_ACTIVE] = { "emblem-ok-symbolic", "success" },
  [MTB_SUBSCRIBER_PENDING] = { "document-open-recent-symbolic", "warning" },
  [MTB_SUBSCRIBER_SUSPENDED] = { "media-playback-pause-symbolic", "warning" },
  [MTB_SUBSCRIBER_ENDED] = { "process-stop-symbolic", "error" },
};

static void
show_status (MtbSubscriberCard *self, const MtbCustomer *customer)
{
  g_autofree char *words = mtb_item_dup_words (customer, "status");
  gboolean known = customer->status >= 0 && customer->status < (gint64) G_N_ELEMENTS (statuses);

  gtk_label_set_label (self->status, words);
  gtk_image_set_from_icon_name (self->status_icon, known ? statuses[customer->status].icon_name
                                                         : "contact-new-symbolic");
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->status_icon), statuses[i].css_class);
  if (known)
    gtk_widget_add_css_class (GTK_WIDGET (self->status_icon), statuses[customer->status].css_class);
}

static void
show_customer (MtbSubscriberCard *self)
{
  const MtbCustomer *customer = mtb_query_model_lookup (self->customers, self->customer_id);
  g_autofree char *number = NULL;
  g_autofree char *user_name = NULL;
  g_autofree char *account = NULL;
  g_autofree char *package = NULL;
  g_autofree char *link = NULL;

  if (customer == NULL)
    {
      /* It may still come with the card. */
      if (self->cancellable == NULL)
        gtk_stack_set_visible_child_name (self->stack, "unknown");
      return;
    }
  number = mtb_item_dup_words (customer, "number");
  user_name = mtb_item_dup_words (customer, "user-name");
  account = mtb_item_dup_words (customer, "account");
  package = mtb_item_dup_words (customer, "package");
  link = mtb_link_new (MTB_LINK_SUBSCRIBER, customer->id);
  gtk_actionable_set_action_target (self->link_button, "s", link);
  gtk_label_set_label (self->name, customer->name);
  show_status (self, customer);
  mtb_facts_clear (self->identity);
  mtb_facts_add_copyable (self->identity, _ ("Telephone"), number, customer->telephone);
  mtb_facts_add_copyable (self->identity, _ ("User name"), user_name, customer->username);
  mtb_facts_add_copyable (self->identity, _ ("Account"), account, customer->account_number);
  mtb_facts_add (self->identity, _ ("Package"), package);
  gtk_widget_set_visible (self->freshness, customer->kind == MTB_CUSTOMER_SUBSCRIBER);
  gtk_stack_set_visible_child_name (self->stack, "customer");
}

static gint64
or_nothing (gint64 volume)
{
  return volume == MTB_ABSENT ? 0 : volume;
}

static void
show_part (GtkLabel *label, gint64 volume)
{
  g_autofree char *words = volume != MTB_ABSENT ? mtb_text_gigabytes (volume) : g_strdup ("–");

  gtk_label_set_label (label, words);
}

static void
show_left (MtbSubscriberCard *self, const MtbCard *card, gint64 used)
{
  gint64 left = card->volume_allowed - used;
  g_autofree char *amount = NULL;
  g_autofree char *words = NULL;

  if (card->volume_allowed != MTB_ABSENT)
    {
      amount = mtb_text_gigabytes (ABS (left));
      words = g_strdup_printf (left >= 0 ? _ ("%s GB left") : _ ("%s GB too much"), amount);
    }
  gtk_label_set_label (self->left, words != NULL ? words : _ ("no limit"));
}

static void
show_volume (MtbSubscriberCard *self, const MtbCard *card)
{
  gint64 used = or_nothing (card->volume_up) + or_nothing (card->volume_down)
                + or_nothing (card->volume_browsing);
  g_autofree char *used_words = mtb_text_gigabytes (used);
  g_autofree char *allowed = NULL;
  g_autofree char *words = NULL;

  if (card->volume_allowed != MTB_ABSENT)
    allowed = mtb_text_gigabytes (card->volume_allowed);
  words = allowed != NULL ? g_strdup_printf (_ ("%1$s of %2$s GB"), used_words, allowed)
                          : g_strdup_printf (_ ("%s GB"), used_words);
  gtk_label_set_label (self->used, words);
  show_left (self, card, used);
  show_part (self->up, card->volume_up);
  show_part (self->down, card->volume_down);
  show_part (self->browsing, card->volume_browsing);
  mtb_volume_bar_set_card (self->bar, card);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
}

static const char *
say_flag (gint64 flag)
{
  return flag == MTB_ABSENT ? NULL : flag == 1 ? _ ("Yes") : _ ("No");
}

static void
show_technical (MtbSubscriberCard *self, const MtbCard *card)
{
  g_autofree char *balance = NULL;
  g_autofree char *ip = card->static_ip != NULL ? mtb_text_isolate (card->static_ip) : NULL;
  g_autofree char *router = card->router != NULL ? mtb_text_isolate (card->router) : NULL;

  if (card->balance != MTB_ABSENT)
    balance = mtb_text_money (card->balance, card->currency);
  mtb_facts_clear (self->technical);
  mtb_facts_add (self->technical, _ ("Balance"), balance);
  mtb_facts_add_copyable (self->technical, _ ("Static IP"), ip != NULL ? ip : _ ("None"),
                          card->static_ip);
  mtb_facts_add (self->technical, _ ("Router"), router);
  mtb_facts_add (self->technical, _ ("Bridge mode"), say_flag (card->bridge_mode));
  mtb_facts_add (self->technical, _ ("Line filter"), say_flag (card->filter));
}

static void
show_freshness (MtbSubscriberCard *self, const MtbCard *card)
{
  gboolean refreshing = self->cancellable != NULL;
  g_autofree char *moment = card != NULL ? mtb_text_moment (card->measured_at) : NULL;
  g_autofree char *words = NULL;

  if (card == NULL)
    words = g_strdup (refreshing ? _ ("Asking the server for the figures…")
                                 : _ ("The figures are not known here. They come as soon as the"
                                      " server can be reached."));
  else if (self->unreachable)
    words = g_strdup_printf (_ ("Last known, as of %s"), moment);
  else
    words = g_strdup_printf (_ ("As of %s"), moment);
  gtk_label_set_label (self->freshness_words, words);
  gtk_spinner_set_spinning (self->refreshing, refreshing);
  gtk_widget_set_visible (GTK_WIDGET (self->refreshing), refreshing);
  gtk_widget_set_visible (GTK_WIDGET (self->freshness_icon), !refreshing);
  gtk_image_set_from_icon_name (self->freshness_icon, self->unreachable
                                                        ? "network-offline-symbolic"
                                                        : "document-open-recent-symbolic");
}

static void
show_card (MtbSubscriberCard *self)
{
  const MtbCard *card = mtb_query_model_lookup (self->cards, self->customer_id);

  gtk_widget_set_visible (self->figures, card != NULL);
  if (card != NULL)
    {
      show_volume (self, card);
      show_technical (self, card);
    }
  show_freshness (self, card);
}

static void
on_card_opened (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbSubscriberCard) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean opened = mtb_engine_open_card_finish (MTB_ENGINE (engine), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  self->unreachable = !opened && !g_error_matches (error, MTB_ERROR, MTB_ERROR_NOT_FOUND);
  mtb_query_model_refresh (self->customers);
  mtb_query_model_refresh (self->cards);
  mtb_query_model_refresh (self->calls);
}

static void
refresh (MtbSubscriberCard *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  mtb_engine_open_card_async (self->engine, self->customer_id, self->cancellable, on_card_opened,
                              g_object_ref (self));
}

static void
on_state_changed (MtbSubscriberCard *self)
{
  if (self->customer_id == NULL || self->cancellable != NULL)
    return;
  if (mtb_engine_get_state (self->engine) == MTB_ENGINE_ONLINE && self->unreachable)
    refresh (self);
}

static void
stop (MtbSubscriberCard *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->customer_id, g_free);
  self->unreachable = FALSE;
}

static void
mtb_subscriber_card_dispose (GObject *object)
{
  MtbSubscriberCard *self = MTB_SUBSCRIBER_CARD (object);

  stop (self);
  g_clear_object (&self->customers);
  g_clear_object (&self->cards);
  g_clear_object (&self->calls);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (mtb_subscriber_card_parent_class)->dispose (object);
}

static void
mtb_subscriber_card_class_init (MtbSubscriberCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_subscriber_card_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/widgets/mtb-subscriber-card.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbSubscriberCard, bar);
  gtk_widget_class_bind_template_child (widget_class, MtbSubscriberCard, browsing);
  gtk_widget_class_bind_template_child (widget_class, MtbSubscriberCard, calls_pane);
  gtk_widget_class_bind_template_child (widget_class, MtbSubscriberCard, calls_selection);
  gtk_widget_class_bind_template_child (widget_class, MtbSubscriberCard, down);
  gtk_widget_class_bind_template_child (widget_class, MtbSubscriberCard, figures);
  gtk_widget_class_bind_template_child (widget_class, MtbSubscriberCard, freshness);
  gtk_widget_class_bind_template_child (widget_class, MtbSubscriberCard, freshness_icon);
  gtk_widget_class_bind_template_child (widget_class, MtbSubscriberCard, freshness_words);
  gtk_widget_class_bind_template_child (widget_class, MtbSubscriberCard, identity);
  gtk_widget_class_bind_template_child (widget_class, MtbSubscriberCard, left);
  gtk_widget_class_bind_template_child (widget_class, MtbSubscriberCard, link_button);
  gtk_widget_class_bind_template_child (widget_class, MtbSubscriberCard, name);
  gtk_widget_class_bind_template_child (widget_class, MtbSubscriberCard, refreshing);
  gtk_widget_class_bind_template_child (widget_class, MtbSubscriberCard, stack);
  gtk_widget_class_bind_template_child (widget_class, MtbSubscriberCard, status);
  gtk_widget_class_bind_template_child (widget_class, MtbSubscriberCard, status_icon);
  gtk_widget_class_bind_template_child (widget_class, MtbSubscriberCard, technical);
  gtk_widget_class_bind_template_child (widget_class, MtbSubscriberCard, up);
  gtk_widget_class_bind_template_child (widget_class, MtbSubscriberCard, used);

  g_type_ensure (MTB_TYPE_FACTS);
  g_type_ensure (MTB_TYPE_ITEM);
  g_type_ensure (MTB_TYPE_LIST_PANE);
  g_type_ensure (MTB_TYPE_VOLUME_BAR);
}

static void
mtb_subscriber_card_init (MtbSubscriberCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_subscriber_card_set_engine:
 * @self: a card
 * @engine: the engine to ask
 */
void
mtb_subscriber_card_set_engine (MtbSubscriberCard *self, MtbEngine *engine)
{
  g_return_if_fail (MTB_IS_SUBSCRIBER_CARD (self));

  self->engine = g_object_ref (engine);
  self->customers = mtb_query_model_new (engine, &mtb_customer_query);
  self->cards = mtb_query_model_new (engine, &mtb_card_query);
  self->calls = mtb_query_model_new (engine, &mtb_card_calls_query);
  g_signal_connect_object (self->customers, "refreshed", G_CALLBACK (show_customer), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cards, "refreshed", G_CALLBACK (show_card), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::state", G_CALLBACK (on_state_changed), self,
                           G_CONNECT_SWAPPED);
  gtk_no_selection_set_model (self->calls_selection, G_LIST_MODEL (self->calls));
  mtb_list_pane_set_model (self->calls_pane, self->calls);
}

/**
 * mtb_subscriber_card_show:
 * @self: a card
 * @customer_id: (nullable): the subscriber or prospect; %NULL for nobody
 */
void
mtb_subscriber_card_show (MtbSubscriberCard *self, const char *customer_id)
{
  g_autoptr (MtbCustomerRef) ref = mtb_record_new (mtb_customer_query.arguments);

  g_return_if_fail (MTB_IS_SUBSCRIBER_CARD (self));

  if (g_strcmp0 (self->customer_id, customer_id) == 0)
    return;
  ref->id = g_strdup (customer_id);
  stop (self);
  mtb_query_model_clear (self->customers);
  mtb_query_model_clear (self->cards);
  mtb_query_model_clear (self->calls);
  gtk_stack_set_visible_child_name (self->stack, customer_id != NULL ? "loading" : "nobody");
  if (customer_id == NULL)
    return;
  self->customer_id = g_strdup (ref->id);
  mtb_query_model_ask (self->customers, ref);
  mtb_query_model_ask (self->cards, ref);
  mtb_query_model_ask (self->calls, ref);
  refresh (self);
}
