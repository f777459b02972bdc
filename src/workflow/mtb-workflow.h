#pragma once

#include "mtb-command.h"
#include "mtb-ledger.h"
#include "mtb-person.h"
#include "mtb-transition.h"
#include "mtb-unjoined.h"

G_BEGIN_DECLS

/**
 * MtbOccasion:
 * @store: what the command changes, in a writing transaction
 * @person: who gives it
 * @given_at: when, by the desk's corrected clock and never after its receipt
 * @received_at: when the server received it; %MTB_ABSENT on a desk
 * @head: (nullable): the head, held by the transaction; %NULL on a desk, which has no authority
 * @attachment: (nullable): a record that the server writes along and the trail does not tell: a
 *   credential, a session, which learns what it is to know
 * @unjoined: (nullable): what was read in this transaction of calls that are joined to no record
 *
 * The circumstances in which a command is carried out.
 */
typedef struct
{
  MtbStore *store;
  const MtbPerson *person;
  gint64 given_at;
  gint64 received_at;
  MtbHead *head;
  gpointer attachment;
  MtbUnjoined *unjoined;
} MtbOccasion;

gboolean mtb_workflow_carry_out (const MtbOccasion *occasion,
                                 gconstpointer arguments,
                                 GError **error);
gboolean mtb_workflow_may (const MtbPerson *person, const MtbCommand *command);

extern const MtbTransition mtb_call_transitions[];
extern const MtbTransition mtb_call_link_transitions[];
extern const MtbTransition mtb_pbx_call_transitions[];
extern const MtbTransition mtb_presence_transitions[];
extern const MtbTransition mtb_auxiliary_transitions[];

gboolean mtb_presence_may (gint64 state, gint64 act);

G_END_DECLS
