#include "mtb-shortcuts.h"

#include <glib/gi18n.h>

/* GTK gives its button for searching the keys an icon and no name. */
static void
name_search_button (GtkWidget *widget)
{
  if (GTK_IS_TOGGLE_BUTTON (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("Find a key"), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_search_button (child);
}

/**
 * mtb_shortcuts_present:
 * @parent: the window
 *
 * Lists the keys. The list is made once and stays with the window.
 */
void
mtb_shortcuts_present (GtkApplicationWindow *parent)
{
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWindow *window;

  if (gtk_application_window_get_help_overlay (parent) == NULL)
    {
      builder = gtk_builder_new_from_resource ("/org/mutabaa/Mutabaa/ui/shell/mtb-shortcuts.ui");
      window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));
      name_search_button (gtk_window_get_titlebar (window));
      gtk_application_window_set_help_overlay (parent, GTK_SHORTCUTS_WINDOW (window));
    }
  gtk_window_present (GTK_WINDOW (gtk_application_window_get_help_overlay (parent)));
}
