/* GTK's own dialog and not libadwaita's, whose words Debian has not in Arabic. */

#include "mtb-about.h"

#include <glib/gi18n.h>

/**
 * mtb_about_present:
 * @parent: the window
 *
 * Says what this program is.
 */
void
mtb_about_present (GtkWindow *parent)
{
  gtk_show_about_dialog (parent, "program-name", _ ("Mutabaa"), "version", MTB_VERSION,
                         "logo-icon-name", MTB_APP_ID, "comments",
                         _ ("Answer customers and follow their matters to the end"), "copyright",
                         _ ("© The Mutabaa project"), "license-type", GTK_LICENSE_GPL_3_0, NULL);
}
