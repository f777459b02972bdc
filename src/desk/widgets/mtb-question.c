#include "mtb-question.h"

#include <glib/gi18n.h>

/**
 * mtb_question_ask:
 * @asker: who asks
 * @heading: the question
 * @body: what follows from doing it
 * @answer: the words of the button that does it
 * @appearance: how that looks; what cannot be undone is no default
 * @on_answered: called with @asker alone, if that button is pressed
 *
 * Asks before something is done.
 */
void
mtb_question_ask (GtkWidget *asker,
                  const char *heading,
                  const char *body,
                  const char *answer,
                  AdwResponseAppearance appearance,
                  GCallback on_answered)
{
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (asker)), heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Cancel"), "yes",
                                    answer, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "yes", appearance);
  adw_message_dialog_set_default_response (
    ADW_MESSAGE_DIALOG (dialog), appearance == ADW_RESPONSE_DESTRUCTIVE ? "cancel" : "yes");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response::yes", on_answered, asker, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
