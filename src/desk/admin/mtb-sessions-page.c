#include "mtb-sessions-page.h"

#include "mtb-administration-query.h"
#include "mtb-list-pane.h"
#include "mtb-online-form.h"
#include "mtb-query-model.h"
#include "mtb-question.h"

#include <glib/gi18n.h>

/* No desk hears of other people's sign-ins, so they are asked for again while they are looked at. */
#define LOOK_AGAIN_S 20

/**
 * MtbSessionsPage:
 *
 * Who is signed in where, and since when. A sign-in can be ended, and its desk emptied.
 */
struct _MtbSessionsPage
{
  MtbPage parent_instance;

  MtbListPane *pane;
  GtkColumnView *view;
  GtkSingleSelection *selection;
  MtbOnlineForm *form;
  GtkLabel *chosen;

  MtbQueryModel *sessions;
  guint timer_id;
};

G_DEFINE_FINAL_TYPE (MtbSessionsPage, mtb_sessions_page, MTB_TYPE_PAGE)

static const MtbSessionRow *
get_session (MtbSessionsPage *self)
{
  MtbItem *item = gtk_single_selection_get_selected_item (self->selection);

  return item != NULL ? mtb_item_get_record (item) : NULL;
}

static void
on_selected (MtbSessionsPage *self)
{
  const MtbSessionRow *session = get_session (self);
  g_autofree char *origin = NULL;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->form), session != NULL);
  mtb_online_form_unmark (self->form);
  if (session == NULL)
    return;
  origin = mtb_item_dup_words (session, "origin");
  /* Translators: a person and the address from where they are signed in. */
  words = g_strdup_printf (_ ("\u200e\u2068%1$s\u2069 at %2$s"), session->person_name, origin);
  gtk_label_set_label (self->chosen, words);
}

static void
end_session (MtbSessionsPage *self, gboolean wipe)
{
  const MtbSessionRow *session = get_session (self);
  g_autoptr (MtbSessionRevoke) order = NULL;

  if (session == NULL)
    return;
  order = mtb_record_new (&mtb_session_revoke.shape);
  order->session_id = g_strdup (session->id);
  order->wipe = wipe ? 1 : 0;
  mtb_online_form_give (self->form, order);
}

static void
on_end_answered (MtbSessionsPage *self)
{
  end_session (self, FALSE);
}

static void
on_wipe_answered (MtbSessionsPage *self)
{
  end_session (self, TRUE);
}

static void
on_end (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbSessionsPage *self = MTB_SESSIONS_PAGE (widget);
  const MtbSessionRow *session = get_session (self);
  g_autofree char *heading = NULL;

  if (session == NULL)
    return;
  heading = g_strdup_printf (_ ("End the Sign-In of %s?"), session->person_name);
  mtb_question_ask (widget, heading,
                    _ ("They are asked for their password at that desk. Nothing is lost: what the "
                       "desk keeps stays, and what waits there goes out when they have given it."),
                    _ ("End"), ADW_RESPONSE_DESTRUCTIVE, G_CALLBACK (on_end_answered));
}

static void
on_wipe (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbSessionsPage *self = MTB_SESSIONS_PAGE (widget);
  const MtbSessionRow *session = get_session (self);
  g_autofree char *heading = NULL;

  if (session == NULL)
    return;
  heading = g_strdup_printf (_ ("End the Sign-In of %s and Empty the Desk?"), session->person_name);
  mtb_question_ask (
    widget, heading,
    _ ("As soon as that desk reaches the server, all that it keeps of this person is removed: "
       "customers, calls, cards, and what they have begun to write. What they saved there and was "
       "not sent yet is not lost: it stays on the desk and goes out when they sign in there again. "
       "The server loses nothing."),
    _ ("End and Empty"), ADW_RESPONSE_DESTRUCTIVE, G_CALLBACK (on_wipe_answered));
}

static void
on_given (MtbSessionsPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _ ("The sign-in is ended"));
  mtb_query_model_refresh (self->sessions);
}

static void
focus_form (MtbSessionsPage *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->form), GTK_DIR_TAB_FORWARD);
}

static gboolean
on_look_again (gpointer user_data)
{
  MtbSessionsPage *self = user_data;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    mtb_query_model_refresh (self->sessions);
  return G_SOURCE_CONTINUE;
}

static void
on_leave (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (MTB_SESSIONS_PAGE (widget)->view));
}

static void
mtb_sessions_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mtb_sessions_page_parent_class)->map (widget);

  mtb_query_model_refresh (MTB_SESSIONS_PAGE (widget)->sessions);
}

static void
mtb_sessions_page_activate (MtbPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (MTB_SESSIONS_PAGE (page)->view));
}

static void
mtb_sessions_page_constructed (GObject *object)
{
  MtbSessionsPage *self = MTB_SESSIONS_PAGE (object);
  MtbEngine *engine = mtb_page_get_engine (MTB_PAGE (self));
  g_autoptr (MtbSessionSearch) search = mtb_record_new (mtb_session_query.arguments);

  G_OBJECT_CLASS (mtb_sessions_page_parent_class)->constructed (object);

  mtb_online_form_set_engine (self->form, engine);
  self->sessions = mtb_query_model_new (engine, &mtb_session_query);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->sessions));
  mtb_list_pane_set_model (self->pane, self->sessions);
  g_signal_connect_object (engine, "notify::state", G_CALLBACK (mtb_query_model_refresh),
                           self->sessions, G_CONNECT_SWAPPED);
  mtb_query_model_ask (self->sessions, search);
  self->timer_id = g_timeout_add_seconds (LOOK_AGAIN_S, on_look_again, self);
}

static void
mtb_sessions_page_dispose (GObject *object)
{
  MtbSessionsPage *self = MTB_SESSIONS_PAGE (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_object (&self->sessions);

  G_OBJECT_CLASS (mtb_sessions_page_parent_class)->dispose (object);
}

static void
mtb_sessions_page_class_init (MtbSessionsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MtbPageClass *page_class = MTB_PAGE_CLASS (klass);

  object_class->constructed = mtb_sessions_page_constructed;
  object_class->dispose = mtb_sessions_page_dispose;

  widget_class->map = mtb_sessions_page_map;

  page_class->activate = mtb_sessions_page_activate;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/admin/mtb-sessions-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbSessionsPage, chosen);
  gtk_widget_class_bind_template_child (widget_class, MtbSessionsPage, form);
  gtk_widget_class_bind_template_child (widget_class, MtbSessionsPage, pane);
  gtk_widget_class_bind_template_child (widget_class, MtbSessionsPage, selection);
  gtk_widget_class_bind_template_child (widget_class, MtbSessionsPage, view);
  gtk_widget_class_bind_template_callback (widget_class, focus_form);
  gtk_widget_class_bind_template_callback (widget_class, on_given);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);

  gtk_widget_class_install_action (widget_class, "page.leave", NULL, on_leave);
  gtk_widget_class_install_action (widget_class, "sessions.end", NULL, on_end);
  gtk_widget_class_install_action (widget_class, "sessions.wipe", NULL, on_wipe);

  g_type_ensure (MTB_TYPE_ITEM);
  g_type_ensure (MTB_TYPE_LIST_PANE);
  g_type_ensure (MTB_TYPE_ONLINE_FORM);
}

static void
mtb_sessions_page_init (MtbSessionsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
