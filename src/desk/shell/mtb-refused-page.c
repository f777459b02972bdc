#include "mtb-refused-page.h"

#include "mtb-double-click.h"
#include "mtb-listing.h"
#include "mtb-refusal-row.h"
#include "mtb-toasts.h"

#include <glib/gi18n.h>

/**
 * MtbRefusedPage:
 *
 * What the server refused, with the reason and what was typed, until it is mended or dropped. What
 * is dropped is out of sight at once and given up when that can no longer be undone; until then it
 * is kept, whatever ends the program.
 */
struct _MtbRefusedPage
{
  MtbPage parent_instance;

  GtkStack *stack;
  GtkListBox *list;

  MtbEngine *engine;
  GListStore *refusals;
  GtkFilter *filter;
  GtkFilterListModel *kept;
  GHashTable *dropped;
  char *dropped_id; /* the one that can still be undone */
};

static void listing_init (MtbListingInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MtbRefusedPage,
                               mtb_refused_page,
                               MTB_TYPE_PAGE,
                               G_IMPLEMENT_INTERFACE (MTB_TYPE_LISTING, listing_init))

static const char *
get_list_name (MtbListing *listing)
{
  MtbRefusedPage *self = MTB_REFUSED_PAGE (listing);

  return g_list_model_get_n_items (G_LIST_MODEL (self->refusals)) > 0 ? "refused" : NULL;
}

static const char *
get_list_title (MtbListing *listing)
{
  return _ ("Refused by the server");
}

static void
describe (MtbListing *listing, MtbPaper *paper, GListModel *items)
{
  MtbRefusedPage *self = MTB_REFUSED_PAGE (listing);
  GtkListBoxRow *row;

  mtb_paper_add_column (paper, _ ("What it was"), MTB_PAPER_TEXT);
  mtb_paper_add_column (paper, _ ("Given"), MTB_PAPER_TEXT);
  mtb_paper_add_column (paper, _ ("Reason"), MTB_PAPER_TEXT);
  mtb_paper_add_column (paper, _ ("What was typed"), MTB_PAPER_TEXT);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    mtb_refusal_row_describe (MTB_REFUSAL_ROW (row), paper);
}

static void
listing_init (MtbListingInterface *iface)
{
  iface->get_name = get_list_name;
  iface->get_title = get_list_title;
  iface->describe = describe;
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  MtbRefusedPage *self = user_data;

  return mtb_refusal_row_new (self->engine, item);
}

static gboolean
is_kept (gpointer item, gpointer user_data)
{
  MtbRefusedPage *self = user_data;

  return !g_hash_table_contains (self->dropped, mtb_refusal_get_command_id (item));
}

static void
show_kept (MtbRefusedPage *self)
{
  guint n_kept;

  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  n_kept = g_list_model_get_n_items (G_LIST_MODEL (self->kept));
  gtk_stack_set_visible_child_name (self->stack, n_kept > 0 ? "refusals" : "none");
  mtb_page_set_badge (MTB_PAGE (self), n_kept);
}

static void
on_listed (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbRefusedPage) self = user_data;
  g_autoptr (GPtrArray) refusals =
    mtb_engine_list_refusals_finish (MTB_ENGINE (engine), result, NULL);

  if (refusals == NULL || self->refusals == NULL)
    return;
  g_list_store_splice (self->refusals, 0, g_list_model_get_n_items (G_LIST_MODEL (self->refusals)),
                       refusals->pdata, refusals->len);
  show_kept (self);
}

static void
refresh (MtbRefusedPage *self)
{
  mtb_engine_list_refusals_async (self->engine, NULL, on_listed, g_object_ref (self));
}

static void
on_dropped (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MtbRefusedPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mtb_engine_drop_finish (MTB_ENGINE (engine), result, &error))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", gettext (error->message));
      g_hash_table_remove_all (self->dropped);
    }
  if (self->engine != NULL)
    refresh (self);
}

static void
on_undo_drop (MtbRefusedPage *self)
{
  g_autofree char *id = g_steal_pointer (&self->dropped_id);

  if (id == NULL)
    return;
  g_hash_table_remove (self->dropped, id);
  show_kept (self);
}

static void
on_undo_over (MtbRefusedPage *self)
{
  g_autofree char *id = g_steal_pointer (&self->dropped_id);

  if (id != NULL && self->engine != NULL)
    mtb_engine_drop_async (self->engine, id, NULL, on_dropped, g_object_ref (self));
}

static void
on_drop (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbRefusedPage *self = MTB_REFUSED_PAGE (widget);
  AdwToast *toast = mtb_toasts_offer_undo (widget, _ ("Dropped, and whatever builds on it"));

  self->dropped_id = g_variant_dup_string (parameter, NULL);
  g_hash_table_add (self->dropped, g_strdup (self->dropped_id));
  show_kept (self);
  gtk_widget_activate_action (widget, "workspace.focus", NULL);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_drop), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_undo_over), self, G_CONNECT_SWAPPED);
}

static void
mtb_refused_page_activate (MtbPage *page)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (MTB_REFUSED_PAGE (page)->list, 0);

  if (first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
mtb_refused_page_constructed (GObject *object)
{
  MtbRefusedPage *self = MTB_REFUSED_PAGE (object);

  G_OBJECT_CLASS (mtb_refused_page_parent_class)->constructed (object);

  self->engine = g_object_ref (mtb_page_get_engine (MTB_PAGE (self)));
  self->refusals = g_list_store_new (MTB_TYPE_REFUSAL);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_kept, self, NULL));
  self->kept = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->refusals)),
                                          g_object_ref (self->filter));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->kept), make_row, self, NULL);
  mtb_double_click_guard (GTK_WIDGET (self->list), G_LIST_MODEL (self->kept));
  g_signal_connect_object (self->engine, "notify::n-refused", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  refresh (self);
}

static void
mtb_refused_page_dispose (GObject *object)
{
  MtbRefusedPage *self = MTB_REFUSED_PAGE (object);

  g_clear_object (&self->kept);
  g_clear_object (&self->filter);
  g_clear_object (&self->refusals);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (mtb_refused_page_parent_class)->dispose (object);
}

static void
mtb_refused_page_finalize (GObject *object)
{
  MtbRefusedPage *self = MTB_REFUSED_PAGE (object);

  g_hash_table_unref (self->dropped);
  g_free (self->dropped_id);

  G_OBJECT_CLASS (mtb_refused_page_parent_class)->finalize (object);
}

static void
mtb_refused_page_class_init (MtbRefusedPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MtbPageClass *page_class = MTB_PAGE_CLASS (klass);

  object_class->constructed = mtb_refused_page_constructed;
  object_class->dispose = mtb_refused_page_dispose;
  object_class->finalize = mtb_refused_page_finalize;

  page_class->activate = mtb_refused_page_activate;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/shell/mtb-refused-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbRefusedPage, list);
  gtk_widget_class_bind_template_child (widget_class, MtbRefusedPage, stack);

  gtk_widget_class_install_action (widget_class, "page.drop", "s", on_drop);
}

static void
mtb_refused_page_init (MtbRefusedPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->dropped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * mtb_refused_page_find:
 * @self: a refused page
 * @command_id: what was refused
 *
 * Returns: (transfer none) (nullable): the refusal
 */
MtbRefusal *
mtb_refused_page_find (MtbRefusedPage *self, const char *command_id)
{
  GListModel *refusals;

  g_return_val_if_fail (MTB_IS_REFUSED_PAGE (self), NULL);

  refusals = G_LIST_MODEL (self->refusals);
  for (guint i = 0; i < g_list_model_get_n_items (refusals); i++)
    {
      g_autoptr (MtbRefusal) refusal = g_list_model_get_item (refusals, i);

      if (g_strcmp0 (mtb_refusal_get_command_id (refusal), command_id) == 0)
        return refusal;
    }
  return NULL;
}
