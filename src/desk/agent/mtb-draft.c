#include "mtb-draft.h"

#include "mtb-call.h"
#include "mtb-item.h"

static const MtbField draft_fields[] = {
  MTB_FIELD (MtbDraft, id, ID),
  MTB_FIELD (MtbDraft, subscriber_id, ID),
  MTB_FIELD (MtbDraft, prospect_id, ID),
  MTB_FIELD (MtbDraft, number, TEXT),
  MTB_FIELD (MtbDraft, direction, ENUM, .choices = mtb_direction_words),
  MTB_FIELD (MtbDraft, type_id, ID),
  MTB_FIELD (MtbDraft, resolution, ENUM, .choices = mtb_resolution_words),
  MTB_FIELD (MtbDraft, solved, FLAG),
  MTB_FIELD (MtbDraft, notes, TEXT),
  MTB_FIELD (MtbDraft, started_at, TIME),
  MTB_FIELD (MtbDraft, ended_at, TIME),
  MTB_FIELD (MtbDraft, wrap_up_s, DURATION),
  MTB_FIELD (MtbDraft, pbx_call_id, ID),
  MTB_FIELD (MtbDraft, version_id, ID),
  MTB_FIELD (MtbDraft, version, INTEGER),
  MTB_FIELD (MtbDraft, command_id, ID),
  MTB_FIELD (MtbDraft, customer_name, TEXT),
  MTB_FIELD (MtbDraft, prospect_name, TEXT),
  MTB_FIELD (MtbDraft, prospect_telephone, TEXT),
  MTB_FIELD (MtbDraft, wrap_from, TIME),
};

const MtbShape mtb_draft_shape = MTB_SHAPE ("draft", MtbDraft, draft_fields);

/**
 * mtb_draft_new:
 * @id: the id that the record will have
 *
 * Returns: (transfer full): a blank draft of an incoming call
 */
MtbDraft *
mtb_draft_new (const char *id)
{
  MtbDraft *draft = mtb_record_new (&mtb_draft_shape);

  draft->id = g_strdup (id);
  draft->direction = MTB_DIRECTION_IN;
  return draft;
}

/**
 * mtb_draft_get_kind:
 * @draft: a draft
 *
 * Returns: what is being written
 */
MtbDraftKind
mtb_draft_get_kind (const MtbDraft *draft)
{
  if (draft->command_id != NULL)
    return MTB_DRAFT_MEND;
  if (draft->version_id != NULL)
    return MTB_DRAFT_CORRECTION;
  return draft->pbx_call_id != NULL ? MTB_DRAFT_WRITE_UP : MTB_DRAFT_CALL;
}

/**
 * mtb_draft_is_talking:
 * @draft: a draft
 *
 * Returns: whether the call goes on
 */
gboolean
mtb_draft_is_talking (const MtbDraft *draft)
{
  return mtb_draft_get_kind (draft) == MTB_DRAFT_CALL && draft->started_at != MTB_ABSENT
         && draft->ended_at == MTB_ABSENT;
}

/**
 * mtb_draft_is_blank:
 * @draft: a draft
 *
 * Returns: whether nothing would be lost with it
 */
gboolean
mtb_draft_is_blank (const MtbDraft *draft)
{
  /* Whatever is typed begins the call. */
  return mtb_draft_get_kind (draft) == MTB_DRAFT_CALL && draft->started_at == MTB_ABSENT;
}

/**
 * mtb_draft_find_talking:
 * @drafts: what its person has begun
 *
 * Returns: (transfer full) (nullable): a copy of the draft of the call that goes on
 */
MtbDraft *
mtb_draft_find_talking (MtbDrafts *drafts)
{
  GListModel *items = mtb_drafts_get_model (drafts, &mtb_draft_shape);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (items, i);

      if (mtb_draft_is_talking (mtb_item_get_record (item)))
        return mtb_record_copy (mtb_item_get_record (item));
    }
  return NULL;
}

/**
 * mtb_draft_find_latest:
 * @drafts: what its person has begun
 *
 * Returns: (transfer full) (nullable): a copy of the draft that was written last
 */
MtbDraft *
mtb_draft_find_latest (MtbDrafts *drafts)
{
  GListModel *items = mtb_drafts_get_model (drafts, &mtb_draft_shape);
  guint n_items = g_list_model_get_n_items (items);
  g_autoptr (MtbItem) item = n_items > 0 ? g_list_model_get_item (items, n_items - 1) : NULL;

  return item != NULL ? mtb_record_copy (mtb_item_get_record (item)) : NULL;
}

/**
 * mtb_draft_end_talk:
 * @draft: a draft of a call that goes on
 * @now: when it has ended, and after-call work begins
 */
void
mtb_draft_end_talk (MtbDraft *draft, gint64 now)
{
  draft->ended_at = now;
  draft->wrap_from = now;
}
