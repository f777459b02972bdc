/* The one table of the window's keys. They are bound from it, Ctrl+? lists it, the palette offers its
 * acts, and a test presses each. */

#include "mtb-keys.h"

#include <glib/gi18n.h>

static const char *const group_titles[MTB_N_KEY_GROUPS] = {
  [MTB_KEYS_CALLS] = N_ ("Calls"),
  [MTB_KEYS_LISTS] = N_ ("Lists"),
  [MTB_KEYS_EVERYWHERE] = N_ ("Everywhere"),
};

/* Ended by one without a title. */
const MtbKey mtb_keys[] = {
  { MTB_KEYS_CALLS, "F2", NULL, "page.write-up", N_ ("Write up the call that has waited longest") },
  { MTB_KEYS_CALLS, "<Control>n", NULL, "page.new", N_ ("Start a new call") },
  { MTB_KEYS_CALLS, "<Control>t", NULL, "page.take-customer",
    N_ ("Take the customer on the card as the caller") },
  { MTB_KEYS_CALLS, "<Control><Shift>n", NULL, "page.new-prospect",
    N_ ("Note down a prospective customer") },
  { MTB_KEYS_CALLS, "<Control>e", NULL, "page.end-talk", N_ ("The talk has ended") },
  { MTB_KEYS_CALLS, "<Control>Return|<Control>KP_Enter", "<Control>Return", "page.save",
    N_ ("Save the record, or the note"), .early = TRUE },
  { MTB_KEYS_CALLS, NULL, NULL, "page.discard", N_ ("Discard what is written") },
  { MTB_KEYS_CALLS, NULL, NULL, "page.read-notes", N_ ("Read the note that is not read yet") },

  { MTB_KEYS_LISTS, "<Control>f", NULL, "page.find", N_ ("Search here") },
  { MTB_KEYS_LISTS, NULL, "Up Down", NULL, N_ ("Move, also while you type in the search") },
  { MTB_KEYS_LISTS, NULL, "Return", NULL, N_ ("Choose, or open") },
  { MTB_KEYS_LISTS, "Escape", NULL, "page.leave", N_ ("Leave; what is written stays") },
  { MTB_KEYS_LISTS, "<Control><Shift>e", NULL, "page.export",
    N_ ("Save the list for a spreadsheet") },
  { MTB_KEYS_LISTS, "<Control>p", NULL, "page.print", N_ ("Print the list") },

  { MTB_KEYS_EVERYWHERE, "<Control>k", NULL, "win.palette", N_ ("Find or do anything") },
  { MTB_KEYS_EVERYWHERE, "<Alt>1", "<Alt>1...9", "win.go-to", N_ ("Go to a place"),
    .n_targets = 9 },
  { MTB_KEYS_EVERYWHERE, "<Control>z", NULL, "win.undo", N_ ("Undo, as long as that is offered"),
    .early = TRUE },
  { MTB_KEYS_EVERYWHERE, "<Control>b", NULL, "win.ask-break", N_ ("Ask for a break") },
  { MTB_KEYS_EVERYWHERE, NULL, NULL, "win.show-sync", N_ ("See what waits to be sent") },
  { MTB_KEYS_EVERYWHERE, "<Control>comma", NULL, "win.preferences", N_ ("Preferences") },
  { MTB_KEYS_EVERYWHERE, NULL, "F10", NULL, N_ ("Open the menu") },
  { MTB_KEYS_EVERYWHERE, "<Control>question|F1", "<Control>question", "win.shortcuts",
    N_ ("These shortcuts") },
  { MTB_KEYS_EVERYWHERE, NULL, NULL, "win.about", N_ ("About Mutabaa") },
  { MTB_KEYS_EVERYWHERE, NULL, NULL, "win.change-password", N_ ("Change password") },
  { MTB_KEYS_EVERYWHERE, NULL, NULL, "win.sign-out", N_ ("Sign out") },
  { 0 },
};

typedef struct
{
  MtbKeyFunc press;
  const MtbKey *key;
} Press;

static gboolean
on_pressed (GtkWidget *window, GVariant *target, gpointer user_data)
{
  const Press *press = user_data;

  return press->press (window, press->key, target);
}

/**
 * mtb_key_group_get_title:
 * @group: a group
 *
 * Returns: what it is called, in the interface's language
 */
const char *
mtb_key_group_get_title (MtbKeyGroup group)
{
  g_return_val_if_fail (group < MTB_N_KEY_GROUPS, NULL);

  return gettext (group_titles[group]);
}

/**
 * mtb_key_get_shown:
 * @key: a key
 *
 * Returns: (nullable): how it is written, see #GtkShortcutsShortcut:accelerator
 */
const char *
mtb_key_get_shown (const MtbKey *key)
{
  return key->shown != NULL ? key->shown : key->trigger;
}

static void
bind (GtkShortcutController *controller,
      const MtbKey *key,
      MtbKeyFunc press,
      GtkShortcutTrigger *trigger,
      GVariant *target)
{
  Press *data = g_new (Press, 1);
  GtkShortcut *shortcut;

  data->press = press;
  data->key = key;
  shortcut = gtk_shortcut_new (trigger, gtk_callback_action_new (on_pressed, data, g_free));
  gtk_shortcut_set_arguments (shortcut, target);
  gtk_shortcut_controller_add_shortcut (controller, shortcut);
}

static void
bind_key (GtkShortcutController *controller, const MtbKey *key, MtbKeyFunc press)
{
  GdkModifierType modifiers;
  guint keyval;

  if (key->n_targets == 0)
    bind (controller, key, press, gtk_shortcut_trigger_parse_string (key->trigger), NULL);
  else if (gtk_accelerator_parse (key->trigger, &keyval, &modifiers))
    for (guint i = 0; i < key->n_targets; i++)
      bind (controller, key, press, gtk_keyval_trigger_new (keyval + i, modifiers),
            g_variant_new_uint32 (i));
}

/**
 * mtb_keys_bind:
 * @window: the window
 * @press: does what a key is for
 *
 * Binds the keys of the table, wherever in @window the focus is.
 */
void
mtb_keys_bind (GtkWidget *window, MtbKeyFunc press)
{
  GtkEventController *early = gtk_shortcut_controller_new ();
  GtkEventController *late = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (early, GTK_PHASE_CAPTURE);
  for (const MtbKey *key = mtb_keys; key->title != NULL; key++)
    if (key->trigger != NULL)
      bind_key (GTK_SHORTCUT_CONTROLLER (key->early ? early : late), key, press);
  gtk_widget_add_controller (window, early);
  gtk_widget_add_controller (window, late);
}
