#pragma once

#define MTB_TYPE_CALL (mtb_call_get_type ())

typedef void (*MtbVisit) (MtbCall *call);

GType mtb_call_get_type (void);

/**
 * mtb_call_new:
 *
 * Returns: (transfer full): a call
 */
MtbCall *mtb_call_new (void);
void mtb_call_free (MtbCall *call);
const char *const *mtb_call_get_words (MtbCall *call,
                                       guint *n_words);

/* mtb_call_hash: is no such comment */
static inline guint
mtb_call_hash (MtbCall *call)
{
  return 0;
}
