/* Prints the table of keys for the test that presses each: accelerator, action, how many. */

#include "mtb-keys.h"

int
main (void)
{
  for (const MtbKey *key = mtb_keys; key->title != NULL; key++)
    if (key->action != NULL)
      g_print ("%s\t%s\t%u\t%s\n", key->trigger != NULL ? key->trigger : "", key->action,
               MAX (key->n_targets, 1), key->title);
  return 0;
}
