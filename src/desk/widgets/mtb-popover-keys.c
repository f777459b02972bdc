/* The window's keys, which a popover would keep from it. */

#include "mtb-popover-keys.h"

/* Returns: (nullable): what has the focus, if it is in the button's popover. */
static GtkWidget *
get_focus_inside (GtkMenuButton *button)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (button));
  GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (button));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, popover) ? focus : NULL;
}

/* A key that brings the focus here has opened the popover, or wants it. */
static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                gpointer user_data)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (user_data));
  GtkWidget *before = get_focus_inside (user_data);
  GtkWidget *after;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0
      || !gtk_event_controller_key_forward (controller, window))
    return GDK_EVENT_PROPAGATE;
  after = get_focus_inside (user_data);
  if (after == NULL || after == before)
    gtk_menu_button_popdown (user_data);
  return GDK_EVENT_STOP;
}

/* GTK 4.8 leaves the focus in it until a frame is drawn, and so the next keys. */
static void
on_closed (GtkMenuButton *button)
{
  if (get_focus_inside (button) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (button));
}

/**
 * mtb_popover_keys_pass_on:
 * @button: a button with a popover
 *
 * Lets the keys that the window knows work while the popover has the focus; it closes at them, but for
 * the one that opens it. Closed, it gives the focus to the button at once.
 */
void
mtb_popover_keys_pass_on (GtkMenuButton *button)
{
  GtkPopover *popover = gtk_menu_button_get_popover (button);
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), button, 0);
  g_signal_connect_object (popover, "closed", G_CALLBACK (on_closed), button, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (popover), keys);
}
