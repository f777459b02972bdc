/* A list whose rows act at one click and then go. */

#include "mtb-double-click.h"

typedef struct
{
  GtkWidget *list; /* weak */
  guint timeout_id;
} Guard;

static void
end_guard (gpointer data, GClosure *closure)
{
  Guard *guard = data;

  g_clear_handle_id (&guard->timeout_id, g_source_remove);
  g_clear_weak_pointer (&guard->list);
  g_free (guard);
}

static gboolean
on_time_out (gpointer data)
{
  Guard *guard = data;

  guard->timeout_id = 0;
  if (guard->list != NULL)
    gtk_widget_set_can_target (guard->list, TRUE);
  return G_SOURCE_REMOVE;
}

static void
on_items_changed (GListModel *rows, guint position, guint n_removed, guint n_added, gpointer data)
{
  Guard *guard = data;
  guint ms;

  if (n_removed == 0 || guard->list == NULL)
    return;
  g_object_get (gtk_widget_get_settings (guard->list), "gtk-double-click-time", &ms, NULL);
  gtk_widget_set_can_target (guard->list, FALSE);
  g_clear_handle_id (&guard->timeout_id, g_source_remove);
  guard->timeout_id = g_timeout_add (ms, on_time_out, guard);
}

/**
 * mtb_double_click_guard:
 * @list: a list
 * @rows: the model of its rows
 *
 * Keeps the second click of a double click from the row that has come to the place of one that went
 * at the first: after a row has gone, the pointer does nothing in the list for as long as a double
 * click may take.
 */
void
mtb_double_click_guard (GtkWidget *list, GListModel *rows)
{
  Guard *guard = g_new0 (Guard, 1);

  g_set_weak_pointer (&guard->list, list);
  g_signal_connect_data (rows, "items-changed", G_CALLBACK (on_items_changed), guard, end_guard, 0);
}
