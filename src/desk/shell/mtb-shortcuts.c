#include "mtb-shortcuts.h"

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

  if (gtk_application_window_get_help_overlay (parent) == NULL)
    {
      builder = gtk_builder_new_from_resource ("/org/mutabaa/Mutabaa/ui/shell/mtb-shortcuts.ui");
      gtk_application_window_set_help_overlay (
        parent, GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "shortcuts")));
    }
  gtk_window_present (GTK_WINDOW (gtk_application_window_get_help_overlay (parent)));
}
