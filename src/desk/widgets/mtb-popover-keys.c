/* The window's keys, which a popover would keep from it. */

#include "mtb-popover-keys.h"

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                gpointer user_data)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (user_data));

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0
      || !gtk_event_controller_key_forward (controller, window))
    return GDK_EVENT_PROPAGATE;
  gtk_menu_button_popdown (user_data);
  return GDK_EVENT_STOP;
}

/**
 * mtb_popover_keys_pass_on:
 * @button: a button with a popover
 *
 * Lets the keys that the window knows work while the popover has the focus; it closes at them.
 */
void
mtb_popover_keys_pass_on (GtkMenuButton *button)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), button, 0);
  gtk_widget_add_controller (GTK_WIDGET (gtk_menu_button_get_popover (button)), keys);
}
