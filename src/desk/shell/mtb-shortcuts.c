/* The list of the keys, out of their table: those that the person's places know. */

#include "mtb-shortcuts.h"

#include "mtb-keys.h"

#include <glib/gi18n.h>

#define TITLE_HEIGHT 64
#define MARGIN 48

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

static gboolean
is_listed (const MtbKey *key, MtbWorkspace *workspace)
{
  if (mtb_key_get_shown (key) == NULL)
    return FALSE;
  if (key->action == NULL || !g_str_has_prefix (key->action, "page."))
    return TRUE;
  return workspace != NULL && mtb_workspace_knows (workspace, key->action);
}

/* From GTK 4.14 on there are functions to fill the window; until then there is its XML alone. */
static void
append_group (GString *xml, MtbKeyGroup group, MtbWorkspace *workspace)
{
  g_autoptr (GString) keys = g_string_new (NULL);

  for (const MtbKey *key = mtb_keys; key->title != NULL; key++)
    if (key->group == group && is_listed (key, workspace))
      {
        g_autofree char *escaped =
          g_markup_printf_escaped ("<child><object class='GtkShortcutsShortcut'>"
                                   "<property name='accelerator'>%s</property>"
                                   "<property name='title'>%s</property></object></child>",
                                   mtb_key_get_shown (key), gettext (key->title));

        g_string_append (keys, escaped);
      }
  if (keys->len > 0)
    g_string_append_printf (xml,
                            "<child><object class='GtkShortcutsGroup'>"
                            "<property name='title'>%s</property>%s</object></child>",
                            mtb_key_group_get_title (group), keys->str);
}

static char *
build_xml (MtbWorkspace *workspace)
{
  GString *xml = g_string_new ("<interface><object class='GtkShortcutsWindow' id='shortcuts'>"
                               "<property name='modal'>1</property>"
                               "<child><object class='GtkShortcutsSection'>"
                               "<property name='section-name'>shortcuts</property>"
                               "<property name='max-height'>20</property>");

  for (guint group = 0; group < MTB_N_KEY_GROUPS; group++)
    append_group (xml, (MtbKeyGroup) group, workspace);
  g_string_append (xml, "</object></child></object></interface>");
  return g_string_free (xml, FALSE);
}

/* GTK's window is as large as its keys, also where that is more than the screen. This one stays within
 * the window that it is of, with its title. */
static void
let_scroll (GtkWindow *window, GtkWidget *parent)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();
  g_autoptr (GtkWidget) child = g_object_ref (gtk_window_get_child (window));

  gtk_window_set_child (window, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), child);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_scrolled_window_set_max_content_width (GTK_SCROLLED_WINDOW (scroll),
                                             gtk_widget_get_width (parent) - MARGIN);
  gtk_scrolled_window_set_max_content_height (
    GTK_SCROLLED_WINDOW (scroll), gtk_widget_get_height (parent) - MARGIN - TITLE_HEIGHT);
  gtk_window_set_child (window, scroll);
  gtk_window_set_resizable (window, TRUE);
}

/**
 * mtb_shortcuts_present:
 * @parent: the window
 * @workspace: (nullable): the desk of whoever is signed in
 *
 * Lists the keys.
 */
void
mtb_shortcuts_present (GtkWindow *parent, MtbWorkspace *workspace)
{
  g_autofree char *xml = build_xml (workspace);
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_string (xml, -1);
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_title (window, _ ("Keyboard Shortcuts"));
  gtk_window_set_transient_for (window, parent);
  gtk_window_set_destroy_with_parent (window, TRUE);
  let_scroll (window, GTK_WIDGET (parent));
  name_search_button (gtk_window_get_titlebar (window));
  gtk_window_present (window);
}
