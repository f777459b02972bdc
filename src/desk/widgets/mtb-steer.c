/* Moving through a list while the focus stays in the entry that filters it. */

#include "mtb-steer.h"

#define PAGE_ROWS 8

static void
move_by (GtkListView *list, int step)
{
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (gtk_list_view_get_model (list));
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (selection));
  guint selected = gtk_single_selection_get_selected (selection);
  int position = selected == GTK_INVALID_LIST_POSITION ? -1 : (int) selected;

  if (n_items == 0)
    return;
  position = CLAMP (position + step, 0, (int) n_items - 1);
  gtk_single_selection_set_selected (selection, (guint) position);
  gtk_widget_activate_action (GTK_WIDGET (list), "list.scroll-to-item", "u", (guint) position);
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                gpointer user_data)
{
  GtkListView *list = user_data;

  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0 || !gtk_widget_get_mapped (user_data))
    return GDK_EVENT_PROPAGATE;
  switch (keyval)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move_by (list, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move_by (list, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
      move_by (list, PAGE_ROWS);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
      move_by (list, -PAGE_ROWS);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/**
 * mtb_steer:
 * @entry: where one types
 * @list: a list with a #GtkSingleSelection
 *
 * Lets the arrow keys pressed in @entry move through @list while that is seen.
 */
void
mtb_steer (GtkWidget *entry, GtkListView *list)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), list, 0);
  gtk_widget_add_controller (entry, keys);
}

/**
 * mtb_steer_get_chosen:
 * @list: a list with a #GtkSingleSelection
 *
 * Returns: (transfer none) (nullable): the selected item
 */
gpointer
mtb_steer_get_chosen (GtkListView *list)
{
  return gtk_single_selection_get_selected_item (
    GTK_SINGLE_SELECTION (gtk_list_view_get_model (list)));
}
