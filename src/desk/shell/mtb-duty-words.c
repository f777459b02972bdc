/* How a person stands, and what became of requests for Auxiliary, in words. */

#include "mtb-duty-words.h"

#include "mtb-presence.h"
#include "mtb-text.h"
#include "mtb-time.h"

#include <glib/gi18n.h>

/**
 * mtb_duty_words_dup_state:
 * @standing: how somebody stands
 *
 * Returns: (transfer full): the state and since when
 */
char *
mtb_duty_words_dup_state (const MtbFloorRow *standing)
{
  const char *state = mtb_text_choice (mtb_presence_state_words, standing->state);
  g_autofree char *since = mtb_text_moment (standing->since);

  if (standing->since == MTB_ABSENT)
    return g_strdup (state);
  /* Translators: a state of a person, and since when. */
  return g_strdup_printf (C_ ("state", "\u200e\u2068%1$s\u2069, since %2$s"), state, since);
}

/**
 * mtb_duty_words_is_over:
 * @standing: how somebody stands
 * @now: the engine's time
 *
 * Returns: whether an Auxiliary has run over
 */
gboolean
mtb_duty_words_is_over (const MtbFloorRow *standing, gint64 now)
{
  return standing->state == MTB_PRESENCE_AUXILIARY && standing->due_at != MTB_ABSENT
         && now >= standing->due_at;
}

/**
 * mtb_duty_words_dup_limit:
 * @standing: how somebody stands
 * @now: the engine's time
 *
 * Returns: (transfer full) (nullable): how much is left of an Auxiliary, or how far it is over; %NULL
 *   where none is under way
 */
char *
mtb_duty_words_dup_limit (const MtbFloorRow *standing, gint64 now)
{
  g_autofree char *over = NULL;
  guint minutes;

  if (standing->state != MTB_PRESENCE_AUXILIARY || standing->due_at == MTB_ABSENT)
    return NULL;
  if (mtb_duty_words_is_over (standing, now))
    {
      over = mtb_text_duration ((now - standing->due_at) / MTB_SECOND);
      /* Translators: how long an Auxiliary has run over the time that was approved. */
      return g_strdup_printf (_ ("Over by %s"), over);
    }
  minutes = (guint) ((standing->due_at - now + MTB_MINUTE - 1) / MTB_MINUTE);
  return mtb_text_localize (
    g_strdup_printf (ngettext ("%u minute left", "%u minutes left", minutes), minutes));
}

static char *
say_minutes (gint64 minutes)
{
  return mtb_text_localize (
    g_strdup_printf (ngettext ("%u minute", "%u minutes", (gulong) minutes), (guint) minutes));
}

/**
 * mtb_duty_words_dup_break:
 * @reason: a #MtbAuxiliaryReason
 * @minutes: for how long
 *
 * Returns: (transfer full): what is asked for
 */
char *
mtb_duty_words_dup_break (gint64 reason, gint64 minutes)
{
  g_autofree char *length = say_minutes (minutes);

  /* Translators: what an Auxiliary is for, and how long. */
  return g_strdup_printf (C_ ("break", "%1$s, %2$s"),
                          mtb_text_choice (mtb_auxiliary_reason_words, reason), length);
}

/**
 * mtb_duty_words_dup_open:
 * @standing: how somebody stands who has an open request
 *
 * Returns: (transfer full): how the request stands
 */
char *
mtb_duty_words_dup_open (const MtbFloorRow *standing)
{
  g_autofree char *due = NULL;

  if (standing->auxiliary_status == MTB_AUXILIARY_APPROVED)
    return g_strdup (_ ("Approved, begins when you are free"));
  if (standing->auxiliary_status != MTB_AUXILIARY_RUNNING)
    return g_strdup (_ ("Waits for an answer"));
  due = mtb_text_clock (standing->due_at);
  return g_strdup_printf (_ ("Under way until %s"), due);
}

static char *
say_fate (const MtbAuxiliaryRow *request)
{
  const char *name = request->decided_by_name != NULL ? request->decided_by_name : _ ("somebody");

  if (request->decided_at == MTB_ABSENT || request->status == MTB_AUXILIARY_WITHDRAWN)
    return g_strdup (mtb_text_choice (mtb_auxiliary_status_words, request->status));
  if (request->status == MTB_AUXILIARY_REFUSED)
    return g_strdup_printf (_ ("Refused by \u2068%s\u2069"), name);
  return g_strdup_printf (_ ("Approved by \u2068%s\u2069"), name);
}

/**
 * mtb_duty_words_dup_fate:
 * @request: a request
 *
 * Returns: (transfer full): what became of it, by whom and with which word
 */
char *
mtb_duty_words_dup_fate (const MtbAuxiliaryRow *request)
{
  g_autofree char *what = mtb_duty_words_dup_break (request->reason, request->minutes);
  g_autofree char *fate = say_fate (request);

  if (request->word == NULL)
    /* Translators: a request for Auxiliary, and what became of it. */
    return g_strdup_printf (C_ ("break", "%1$s: %2$s"), what, fate);
  /* Translators: a request for Auxiliary, what became of it, and what was said with that. */
  return g_strdup_printf (C_ ("break", "%1$s: %2$s, “\u2068%3$s\u2069”"), what, fate,
                          request->word);
}

/**
 * mtb_duty_words_dup_decision:
 * @request: a request that waits for no answer any more
 *
 * Returns: (transfer full) (nullable): the answer; %NULL where its person gave it up
 */
char *
mtb_duty_words_dup_decision (const MtbAuxiliaryRow *request)
{
  g_autofree char *minutes = say_minutes (request->minutes);

  if (request->status == MTB_AUXILIARY_WITHDRAWN)
    return NULL;
  if (request->status == MTB_AUXILIARY_REFUSED)
    /* Translators: the answer to a request for Auxiliary, and the reason. */
    return g_strdup_printf (C_ ("break", "Refused: %s"),
                            request->word != NULL ? request->word : "");
  /* Translators: the answer to a request for Auxiliary, and for how long. */
  return g_strdup_printf (C_ ("break", "Approved: %s"), minutes);
}
