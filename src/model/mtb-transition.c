#include "mtb-transition.h"

/**
 * mtb_transition_find:
 * @table: (array zero-terminated=1): a workflow, ended by an empty line
 * @from: (nullable): the state
 * @act: the command or event
 *
 * Returns: (nullable): the line that allows @act in the state @from
 */
const MtbTransition *
mtb_transition_find (const MtbTransition *table, const char *from, const char *act)
{
  for (; table->act != NULL; table++)
    if (g_strcmp0 (table->from, from) == 0 && g_str_equal (table->act, act))
      return table;
  return NULL;
}
