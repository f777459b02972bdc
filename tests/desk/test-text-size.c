#include "mtb-text-size.h"

#include <adwaita.h>

static void
set_percent (int percent)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", MTB_TEXT_SIZE_USUAL_DPI * percent / 100,
                NULL);
}

static void
test_columns (void)
{
  g_autoptr (GtkWidget) view = g_object_ref_sink (gtk_column_view_new (NULL));
  GtkColumnViewColumn *fixed = gtk_column_view_column_new ("Length", NULL);
  GtkColumnViewColumn *free = gtk_column_view_column_new ("Notes", NULL);

  gtk_column_view_column_set_fixed_width (fixed, 64);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (view), fixed);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (view), free);
  set_percent (200);
  mtb_text_size_follow_columns (GTK_COLUMN_VIEW (view));
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (fixed), ==, 128);

  set_percent (150);
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (fixed), ==, 96);
  set_percent (100);
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (fixed), ==, 64);
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (free), ==, -1);
  g_object_unref (fixed);
  g_object_unref (free);
}

static void
test_large (void)
{
  set_percent (100);
  g_assert_false (mtb_text_size_is_large ());
  set_percent (200);
  g_assert_true (mtb_text_size_is_large ());
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/text-size/columns", test_columns);
  g_test_add_func ("/text-size/large", test_large);
  return g_test_run ();
}
