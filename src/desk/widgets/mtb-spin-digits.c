/* Spin buttons in the digits of the interface's language, which they read as well. */

#include "mtb-spin-digits.h"

#include "mtb-number.h"
#include "mtb-text.h"

static gboolean
on_output (GtkSpinButton *spin, gpointer user_data)
{
  int number = (int) gtk_adjustment_get_value (gtk_spin_button_get_adjustment (spin));
  g_autofree char *words = mtb_text_localize (g_strdup_printf ("%d", number));

  if (g_strcmp0 (words, gtk_editable_get_text (GTK_EDITABLE (spin))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (spin), words);
  return TRUE;
}

static int
on_input (GtkSpinButton *spin, double *value, gpointer user_data)
{
  g_autofree char *typed = mtb_text_unlocalize (gtk_editable_get_text (GTK_EDITABLE (spin)));
  gint64 number;

  if (!mtb_number_parse (g_strstrip (typed), 0, G_MAXINT, &number))
    return GTK_INPUT_ERROR;
  *value = (double) number;
  return TRUE;
}

/**
 * mtb_spin_digits_bind:
 * @widget_class: a class with a template
 *
 * Lets the spin buttons of its template have `on_digits_input` and `on_digits_output` as handlers of
 * `input` and `output`, neither swapped.
 */
void
mtb_spin_digits_bind (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback_full (widget_class, "on_digits_input",
                                                G_CALLBACK (on_input));
  gtk_widget_class_bind_template_callback_full (widget_class, "on_digits_output",
                                                G_CALLBACK (on_output));
}
