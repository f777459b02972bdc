#pragma once

#include "mtb-drafts.h"

G_BEGIN_DECLS

/**
 * MtbDraft:
 * @id: the record's, from the first keystroke on
 * @version_id: (nullable): for a correction, the id that the old version will have
 * @version: for a correction, the version that was read
 * @command_id: (nullable): the refused command that this mends
 * @customer_name: (nullable): what the chosen customer is called
 * @prospect_name: (nullable): the name of a prospect who is yet to be noted down by @prospect_id
 * @wrap_from: when after-call work began
 *
 * A record of a call that is being written: the fields of `call.log` and `call.amend` by the same
 * names, and what the form needs beside them.
 */
typedef struct
{
  char *id;
  char *subscriber_id;
  char *prospect_id;
  char *number;
  gint64 direction;
  char *type_id;
  gint64 resolution;
  gint64 solved;
  char *notes;
  gint64 started_at;
  gint64 ended_at;
  gint64 wrap_up_s;
  char *pbx_call_id;
  char *version_id;
  gint64 version;
  char *command_id;
  char *customer_name;
  char *prospect_name;
  char *prospect_telephone;
  gint64 wrap_from;
} MtbDraft;

/**
 * MtbDraftKind:
 * @MTB_DRAFT_CALL: a call that is going on or just ended
 * @MTB_DRAFT_WRITE_UP: a call that the PBX saw
 * @MTB_DRAFT_CORRECTION: a record that is corrected
 * @MTB_DRAFT_MEND: something that was refused
 */
typedef enum
{
  MTB_DRAFT_CALL,
  MTB_DRAFT_WRITE_UP,
  MTB_DRAFT_CORRECTION,
  MTB_DRAFT_MEND,
} MtbDraftKind;

extern const MtbShape mtb_draft_shape;

MTB_DEFINE_RECORD_AUTOPTR (MtbDraft)

MtbDraft *mtb_draft_new (const char *id);
MtbDraftKind mtb_draft_get_kind (const MtbDraft *draft);
gboolean mtb_draft_is_talking (const MtbDraft *draft);
gboolean mtb_draft_is_blank (const MtbDraft *draft);
MtbDraft *mtb_draft_find_talking (MtbDrafts *drafts);
MtbDraft *mtb_draft_find_latest (MtbDrafts *drafts);
void mtb_draft_end_talk (MtbDraft *draft, gint64 now);

G_END_DECLS
