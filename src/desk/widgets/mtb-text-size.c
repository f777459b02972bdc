/* Measures in pixels that grow with the text. */

#include "mtb-text-size.h"

static int
get_dpi (void)
{
  int dpi;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? dpi : MTB_TEXT_SIZE_USUAL_DPI;
}

/**
 * mtb_text_size_is_large:
 *
 * Returns: whether text is so large that what stands side by side at the usual size may not
 */
gboolean
mtb_text_size_is_large (void)
{
  return get_dpi () > MTB_TEXT_SIZE_USUAL_DPI * 5 / 4;
}

static gboolean
scale (GBinding *binding, const GValue *from, GValue *to, gpointer usual)
{
  g_value_set_int (to,
                   (int) ((gint64) GPOINTER_TO_INT (usual) * get_dpi () / MTB_TEXT_SIZE_USUAL_DPI));
  return TRUE;
}

/**
 * mtb_text_size_follow:
 * @object: (type GObject): what has a measure
 * @property: the measure, an integer in pixels that is right for text of the usual size
 *
 * Lets it grow with the text from now on.
 */
void
mtb_text_size_follow (gpointer object, const char *property)
{
  int usual;

  g_return_if_fail (G_IS_OBJECT (object));

  g_object_get (object, property, &usual, NULL);
  g_object_bind_property_full (gtk_settings_get_default (), "gtk-xft-dpi", object, property,
                               G_BINDING_SYNC_CREATE, scale, NULL, GINT_TO_POINTER (usual), NULL);
}

/**
 * mtb_text_size_follow_columns:
 * @view: a table
 *
 * Lets the widths of its columns grow with the text, those that are fixed.
 */
void
mtb_text_size_follow_columns (GtkColumnView *view)
{
  GListModel *columns;

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));

  columns = gtk_column_view_get_columns (view);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (gtk_column_view_column_get_fixed_width (column) > 0)
        mtb_text_size_follow (column, "fixed-width");
    }
}
