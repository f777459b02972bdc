#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MtbFormWord:
 * @MTB_FORM_NUMBER: a document's number
 * @MTB_FORM_ISSUE: its issue
 * @MTB_FORM_VERSION: its version
 * @MTB_FORM_DATE: its date
 * @MTB_FORM_PAGE: which page
 * @MTB_FORM_OF: of how many
 * @MTB_FORM_PREPARED_BY: who prepared it
 * @MTB_FORM_REVIEWED_BY: who reviewed it
 * @MTB_FORM_APPROVED_BY: who approved it
 * @MTB_FORM_STATE: whether it is in force
 * @MTB_FORM_OUTDATED: it is not
 *
 * What a controlled form says of itself.
 */
typedef enum
{
  MTB_FORM_NUMBER,
  MTB_FORM_ISSUE,
  MTB_FORM_VERSION,
  MTB_FORM_DATE,
  MTB_FORM_PAGE,
  MTB_FORM_OF,
  MTB_FORM_PREPARED_BY,
  MTB_FORM_REVIEWED_BY,
  MTB_FORM_APPROVED_BY,
  MTB_FORM_STATE,
  MTB_FORM_OUTDATED,
} MtbFormWord;

const char *mtb_form_say (MtbFormWord word, gboolean in_arabic);

G_END_DECLS
