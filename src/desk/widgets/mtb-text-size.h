#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Of text at its usual size, as gtk-xft-dpi has it. */
#define MTB_TEXT_SIZE_USUAL_DPI (96 * 1024)

gboolean mtb_text_size_is_large (void);
void mtb_text_size_follow (gpointer object, const char *property);
void mtb_text_size_follow_columns (GtkColumnView *view);

G_END_DECLS
