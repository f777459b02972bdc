/* The words of who is on the floor, of requests for Auxiliary and of the PBX's calls. */

#include "mtb-item-private.h"

#include "mtb-figure.h"
#include "mtb-pbx.h"
#include "mtb-presence.h"
#include "mtb-text.h"
#include "mtb-time.h"

#include <glib/gi18n.h>

static char *
say_number_of (gconstpointer record, const char *name)
{
  gint64 number = get_number (record, name);

  return number != MTB_ABSENT ? mtb_text_number (number) : NULL;
}

static char *
say_duration (gint64 seconds)
{
  return seconds != MTB_ABSENT ? mtb_text_duration (seconds) : NULL;
}

char *
mtb_item_say_state (gconstpointer record)
{
  return g_strdup (mtb_text_choice (mtb_presence_state_words, get_number (record, "state")));
}

char *
mtb_item_say_state_icon (gconstpointer record)
{
  static const char *const icons[] = {
    [MTB_PRESENCE_OFF] = "user-offline-symbolic",
    [MTB_PRESENCE_AVAILABLE] = "user-available-symbolic",
    [MTB_PRESENCE_ON_CALL] = "audio-headset-symbolic",
    [MTB_PRESENCE_WRAP_UP] = "document-edit-symbolic",
    [MTB_PRESENCE_AUXILIARY] = "alarm-symbolic",
    [MTB_PRESENCE_AWAY] = "user-away-symbolic",
  };
  gint64 state = get_number (record, "state");

  return g_strdup (state >= 0 && state < (gint64) G_N_ELEMENTS (icons) ? icons[state] : NULL);
}

/* Who is away with nobody's approval is what a supervisor looks for first. */
char *
mtb_item_say_state_mark (gconstpointer record)
{
  gint64 state = get_number (record, "state");

  return g_strdup (state == MTB_PRESENCE_AWAY  ? "error"
                   : state == MTB_PRESENCE_OFF ? "dim-label"
                                               : NULL);
}

/* What is asked for, and for how long. */
char *
mtb_item_say_request (gconstpointer record)
{
  gint64 reason = get_number (record, "reason");
  gint64 minutes = get_number (record, "minutes");
  g_autofree char *number = NULL;
  g_autofree char *length = NULL;

  if (reason == MTB_ABSENT || minutes == MTB_ABSENT)
    return NULL;
  number = mtb_text_number (minutes);
  length = g_strdup_printf (ngettext ("%s minute", "%s minutes", (gulong) minutes), number);
  /* Translators: the reason of an Auxiliary, and for how long. */
  return g_strdup_printf (C_ ("Auxiliary", "%1$s, %2$s"),
                          mtb_text_choice (mtb_auxiliary_reason_words, reason), length);
}

char *
mtb_item_say_state_detail (gconstpointer record)
{
  gint64 state = get_number (record, "state");
  gint64 act = get_number (record, "act");
  gint64 status = get_number (record, "auxiliary_status");
  g_autofree char *request = mtb_item_say_request (record);

  if (state == MTB_PRESENCE_AWAY && act == MTB_PRESENCE_ACT_LAPSE)
    return g_strdup (_ ("connection lost"));
  if (state == MTB_PRESENCE_OFF && act == MTB_PRESENCE_ACT_EXPIRE)
    return g_strdup (_ ("sign-in ended"));
  if (request == NULL || state == MTB_PRESENCE_AUXILIARY)
    return g_steal_pointer (&request);
  if (status == MTB_AUXILIARY_ASKED)
    return g_strdup_printf (_ ("asks for: %s"), request);
  return status == MTB_AUXILIARY_APPROVED ? g_strdup_printf (_ ("approved: %s"), request) : NULL;
}

char *
mtb_item_say_note (gconstpointer record)
{
  const char *note = get_text (record, "note");

  return note != NULL ? g_strdelimit (g_strdup (note), "\n", ' ') : NULL;
}

char *
mtb_item_say_answered (gconstpointer record)
{
  return say_number_of (record, "answered");
}

char *
mtb_item_say_to_write_up (gconstpointer record)
{
  return say_number_of (record, "to_write_up");
}

char *
mtb_item_say_handle_time (gconstpointer record)
{
  return say_duration (mtb_figure_get_handle_time (get_number (record, "talk_s"),
                                                   get_number (record, "wrap_up_s"),
                                                   get_number (record, "answered")));
}

char *
mtb_item_say_suits_time (gconstpointer record)
{
  return say_duration (
    mtb_figure_divide (get_number (record, "suits_s"), get_number (record, "suited")));
}

char *
mtb_item_say_entered (gconstpointer record)
{
  return mtb_text_moment (get_number (record, "entered_at"));
}

char *
mtb_item_say_waited (gconstpointer record)
{
  g_autofree char *wait = say_duration (get_number (record, "wait_s"));
  g_autofree char *threshold = say_duration (get_number (record, "threshold_s"));

  if (wait == NULL || threshold == NULL)
    return g_steal_pointer (&wait);
  /* Translators: how long a call waited, and the threshold that held for it. */
  return g_strdup_printf (C_ ("waited", "%1$s / %2$s"), wait, threshold);
}

char *
mtb_item_say_outcome (gconstpointer record)
{
  return g_strdup (mtb_text_choice (mtb_outcome_words, get_number (record, "outcome")));
}

/* Nobody writes up what nobody answered. */
char *
mtb_item_say_written_up (gconstpointer record)
{
  if (get_text (record, "call_id") != NULL)
    return g_strdup (_ ("Written up"));
  if (get_text (record, "person_id") == NULL || get_number (record, "ended_at") == MTB_ABSENT)
    return NULL;
  return g_strdup (_ ("Not written up"));
}

char *
mtb_item_say_lasting (gconstpointer record, gint64 now)
{
  gint64 since = get_number (record, "since");

  if (since == MTB_ABSENT)
    since = get_number (record, "asked_at");
  return since != MTB_ABSENT && now != MTB_ABSENT ? mtb_text_duration ((now - since) / MTB_SECOND)
                                                  : NULL;
}

/* By how much the approved minutes are over. */
char *
mtb_item_say_overdue (gconstpointer record, gint64 now)
{
  gint64 due_at = get_number (record, "act") == MTB_PRESENCE_ACT_OVERRUN
                    ? get_number (record, "since")
                    : get_number (record, "due_at");
  g_autofree char *over = NULL;

  if (due_at == MTB_ABSENT || now == MTB_ABSENT || now <= due_at)
    return NULL;
  over = mtb_text_duration ((now - due_at) / MTB_SECOND);
  return g_strdup_printf (_ ("over by %s"), over);
}
