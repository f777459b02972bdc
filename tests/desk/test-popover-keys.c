/* A popover whose window's keys work in it too. */

#include "mtb-popover-keys.h"

/* Closed, it has no key any more, not even until the next frame. */
static void
test_focus (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *elsewhere = gtk_entry_new ();
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *inside = gtk_entry_new ();
  GtkWidget *focus;

  gtk_popover_set_child (GTK_POPOVER (popover), inside);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  mtb_popover_keys_pass_on (GTK_MENU_BUTTON (button));
  gtk_box_append (GTK_BOX (box), elsewhere);
  gtk_box_append (GTK_BOX (box), button);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  g_assert_true (gtk_widget_grab_focus (inside));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  focus = gtk_root_get_focus (GTK_ROOT (window));
  g_assert_true (gtk_widget_is_ancestor (focus, button));
  g_assert_false (gtk_widget_is_ancestor (focus, popover));

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  g_assert_true (gtk_widget_grab_focus (elsewhere));
  focus = gtk_root_get_focus (GTK_ROOT (window));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == focus);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/popover-keys/focus", test_focus);
  return g_test_run ();
}
