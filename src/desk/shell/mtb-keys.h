#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MtbKeyGroup:
 * @MTB_KEYS_CALLS: writing down calls
 * @MTB_KEYS_LISTS: moving in lists
 * @MTB_KEYS_EVERYWHERE: the whole desk
 */
typedef enum
{
  MTB_KEYS_CALLS,
  MTB_KEYS_LISTS,
  MTB_KEYS_EVERYWHERE,
  MTB_N_KEY_GROUPS,
} MtbKeyGroup;

/**
 * MtbKey:
 * @group: where the list of keys has it
 * @trigger: (nullable): the key, see gtk_shortcut_trigger_parse_string(); %NULL for an act that is
 *   reached by the palette and by Tab alone
 * @shown: (nullable): how the list of keys writes it, where that differs from @trigger
 * @action: (nullable): what it does: `page.…` on the place that is seen, if that does such;
 *   %NULL for what GTK does by itself
 * @title: what it does, in words
 * @n_targets: for so many keys from @trigger on; the action is told which, from 0
 * @early: whether it comes before what has the focus
 *
 * A key of the window, or an act without one.
 */
typedef struct
{
  MtbKeyGroup group;
  const char *trigger;
  const char *shown;
  const char *action;
  const char *title;
  guint n_targets;
  gboolean early;
} MtbKey;

/**
 * MtbKeyFunc:
 * @window: the window
 * @key: the key that was pressed
 * @target: (nullable): what its action is told
 *
 * Returns: whether it did something
 */
typedef gboolean (*MtbKeyFunc) (GtkWidget *window, const MtbKey *key, GVariant *target);

extern const MtbKey mtb_keys[];

const char *mtb_key_group_get_title (MtbKeyGroup group);
const char *mtb_key_get_shown (const MtbKey *key);
void mtb_keys_bind (GtkWidget *window, MtbKeyFunc press);

G_END_DECLS
