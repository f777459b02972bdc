/* What is said in passing, word for word. */

#include "mtb-toasts.h"

#define WORDS "Refused: R&D, <10 min & \"ماجد\""

static GtkWidget *
find_label (GtkWidget *root, const char *words)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (root) && g_str_equal (gtk_label_get_text (GTK_LABEL (root)), words))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child, words);
  return found;
}

/* GTK warns of what is no markup, and warnings are fatal. */
static void
test_words (void)
{
  GtkWidget *toasts = g_object_ref_sink (g_object_new (MTB_TYPE_TOASTS, NULL));
  GtkWidget *button = gtk_button_new ();

  g_object_set (toasts, "content", button, NULL);
  mtb_toasts_say (MTB_TOASTS (toasts), WORDS);
  g_assert_nonnull (find_label (toasts, WORDS));
  mtb_toasts_offer_undo (button, WORDS " gone");
  g_assert_nonnull (find_label (toasts, WORDS " gone"));
  g_assert_true (mtb_toasts_undo (MTB_TOASTS (toasts)));
  g_object_unref (toasts);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/toasts/words", test_words);
  return g_test_run ();
}
