/* How the desk stands with its server, in words. */

#include "mtb-sync-words.h"

#include "mtb-text.h"

#include <glib/gi18n.h>

static const struct
{
  const char *icon_name;
  const char *title;
  const char *advice;
  gboolean notice;
} states[] = {
  [MTB_ENGINE_SIGNED_OUT] = { "system-log-out-symbolic", N_ ("Signed out"),
                              N_ ("Nobody is signed in at this desk."), FALSE },
  [MTB_ENGINE_SYNCING] = { "emblem-synchronizing-symbolic", N_ ("Fetching what is new"),
                           N_ ("The desk is fetching what it needs. You can begin to work."),
                           TRUE },
  [MTB_ENGINE_ONLINE] = { "emblem-ok-symbolic", N_ ("Connected"),
                          N_ ("What the server has is here."), FALSE },
  [MTB_ENGINE_OFFLINE] = { "network-offline-symbolic", N_ ("Offline"),
                           N_ ("Go on working: what you write is kept on this desk, and sent by"
                               " itself as soon as the server can be reached."),
                           TRUE },
  [MTB_ENGINE_UNTRUSTED] = { "security-low-symbolic", N_ ("The server does not prove who it is"),
                             N_ ("Its certificate is not one that this computer trusts, so nothing"
                                 " is sent to it. Go on working: what you write is kept on this"
                                 " desk. Tell the operator of the server, or choose your"
                                 " organisation's certificate in the preferences."),
                             TRUE },
  [MTB_ENGINE_LOCKED_OUT] = { "dialog-password-symbolic", N_ ("Signed out by the server"),
                              N_ ("Go on working: what you write is kept on this desk. It is sent"
                                  " when you have given your password again."),
                              TRUE },
  [MTB_ENGINE_PASSWORD_CHANGE] = { "dialog-password-symbolic", N_ ("Change your password"),
                                   N_ ("Nothing is sent or fetched before that. What you write is"
                                       " kept on this desk."),
                                   TRUE },
  [MTB_ENGINE_DISMISSED] = { "dialog-warning-symbolic", N_ ("Your access at this desk has ended"),
                             N_ ("What was on this desk is removed. What you wrote and was not sent"
                                 " is kept, should an administrator let you in again."),
                             TRUE },
  [MTB_ENGINE_ESTRANGED] = { "dialog-warning-symbolic", N_ ("The server has lost its history"),
                             N_ ("Go on working: nothing is sent or fetched until the operator of"
                                 " the server has put it right. What you write is kept."),
                             TRUE },
  [MTB_ENGINE_TOO_OLD] = { "software-update-urgent-symbolic", N_ ("This program is too old"),
                           N_ ("The server needs a newer version of Mutabaa. What you wrote is kept"
                               " on this desk until then."),
                           TRUE },
  [MTB_ENGINE_UNABLE] = { "drive-harddisk-symbolic", N_ ("This computer cannot keep its data"),
                          N_ ("Its disk may be full, or cannot be written. What was kept before is"
                              " kept; the desk goes on by itself as soon as there is room."),
                          TRUE },
};

/* What they wrote is not all there any more: that comes before everything else. */
static void
tell_of_damage (MtbSyncWords *words, gint64 n_saved)
{
  words->icon_name = "dialog-warning-symbolic";
  words->notice = TRUE;
  g_free (words->title);
  words->title = g_strdup (_ ("What you wrote at this desk was damaged"));
  g_free (words->advice);
  words->advice = mtb_text_localize (g_strdup_printf (
    ngettext ("%u record was saved and is sent. The damaged file is kept: tell the administrator.",
              "%u records were saved and are sent. The damaged file is kept: tell the"
              " administrator.",
              (guint) n_saved),
    (guint) n_saved));
}

/**
 * mtb_sync_words_new:
 * @engine: the engine
 *
 * Returns: (transfer full): the words for its state
 */
MtbSyncWords *
mtb_sync_words_new (MtbEngine *engine)
{
  MtbEngineState state = mtb_engine_get_state (engine);
  gint64 last_contact = mtb_engine_get_last_contact (engine);
  MtbSyncWords *words = g_new0 (MtbSyncWords, 1);
  gint64 n_fetched;

  if (mtb_engine_get_n_to_fetch (engine, &n_fetched) > 0)
    {
      *words = (MtbSyncWords){ .icon_name = states[MTB_ENGINE_SYNCING].icon_name,
                               .title = g_strdup (_ ("Fetching the records")),
                               .advice =
                                 g_strdup (_ ("Go on working: what you write is kept, and sent when"
                                              " they are here.")),
                               .notice = TRUE,
                               .busy = TRUE };
      return words;
    }
  words->icon_name = states[state].icon_name;
  words->advice = g_strdup (gettext (states[state].advice));
  words->notice = states[state].notice;
  words->sign_in = state == MTB_ENGINE_LOCKED_OUT || state == MTB_ENGINE_DISMISSED;
  if (state == MTB_ENGINE_OFFLINE && last_contact != MTB_ABSENT)
    {
      g_autofree char *moment = mtb_text_moment (last_contact);

      words->title = g_strdup_printf (_ ("Offline since %s"), moment);
    }
  else
    words->title = g_strdup (gettext (states[state].title));
  if (mtb_engine_get_n_saved (engine) != MTB_ABSENT)
    tell_of_damage (words, mtb_engine_get_n_saved (engine));
  return words;
}

/**
 * mtb_sync_words_free:
 * @words: (transfer full): words
 */
void
mtb_sync_words_free (MtbSyncWords *words)
{
  g_free (words->title);
  g_free (words->advice);
  g_free (words);
}

/**
 * mtb_sync_words_dup_waiting:
 * @engine: the engine
 *
 * Returns: (transfer full): how much waits to be sent, and since when
 */
char *
mtb_sync_words_dup_waiting (MtbEngine *engine)
{
  guint n_waiting = mtb_engine_get_n_waiting (engine);
  gint64 since = mtb_engine_get_waiting_since (engine);
  g_autofree char *moment = mtb_text_moment (since);

  if (n_waiting == 0)
    return g_strdup (_ ("Nothing waits to be sent."));
  if (since == MTB_ABSENT)
    return mtb_text_localize (g_strdup_printf (
      ngettext ("%u record waits to be sent.", "%u records wait to be sent.", n_waiting),
      n_waiting));
  return mtb_text_localize (
    g_strdup_printf (ngettext ("%2$u record waits to be sent, since %1$s.",
                               "%2$u records wait to be sent, the oldest since %1$s.", n_waiting),
                     moment, n_waiting));
}
