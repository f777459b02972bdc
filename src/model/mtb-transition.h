#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MtbTransition:
 * @from: (nullable): the state before; %NULL where nothing is there yet
 * @act: the command or event
 * @to: the state after
 *
 * One line of a workflow's table: what is not in the table is not allowed.
 */
typedef struct
{
  const char *from;
  const char *act;
  const char *to;
} MtbTransition;

const MtbTransition *mtb_transition_find (const MtbTransition *table,
                                          const char *from,
                                          const char *act);

G_END_DECLS
