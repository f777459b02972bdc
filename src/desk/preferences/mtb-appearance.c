/* What is preferred of colours, digits and the size of text, brought into effect in all windows. */

#include "mtb-appearance.h"

#include "mtb-text-size.h"
#include "mtb-text.h"

#include <adwaita.h>

static int system_dpi;

static void
follow_color_scheme (MtbPreferences *preferences)
{
  g_autofree char *scheme = NULL;

  g_object_get (preferences, "color-scheme", &scheme, NULL);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      g_str_equal (scheme, "light")  ? ADW_COLOR_SCHEME_FORCE_LIGHT
                                      : g_str_equal (scheme, "dark") ? ADW_COLOR_SCHEME_FORCE_DARK
                                                                     : ADW_COLOR_SCHEME_DEFAULT);
}

static void
follow_digits (MtbPreferences *preferences)
{
  g_autofree char *digits = NULL;

  g_object_get (preferences, "digits", &digits, NULL);
  mtb_text_set_digits (g_str_equal (digits, "arabic")    ? MTB_DIGITS_ARABIC
                       : g_str_equal (digits, "western") ? MTB_DIGITS_WESTERN
                                                         : MTB_DIGITS_LANGUAGE);
}

/* All text is measured in points, so it grows with what a point is. */
static void
follow_text_scale (MtbPreferences *preferences)
{
  double scale;

  g_object_get (preferences, "text-scale", &scale, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (system_dpi * scale), NULL);
}

/**
 * mtb_appearance_follow:
 * @preferences: the preferences
 *
 * Brings them into effect, now and whenever they change. Digits in words that are there already stay
 * as they are: who shows them says them anew.
 */
void
mtb_appearance_follow (MtbPreferences *preferences)
{
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &system_dpi, NULL);
  if (system_dpi <= 0)
    system_dpi = MTB_TEXT_SIZE_USUAL_DPI;
  follow_color_scheme (preferences);
  follow_digits (preferences);
  follow_text_scale (preferences);
  g_signal_connect (preferences, "notify::color-scheme", G_CALLBACK (follow_color_scheme), NULL);
  g_signal_connect (preferences, "notify::digits", G_CALLBACK (follow_digits), NULL);
  g_signal_connect (preferences, "notify::text-scale", G_CALLBACK (follow_text_scale), NULL);
}
