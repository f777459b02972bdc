/* What a controlled form says of itself. It is an official paper in the language of its text, whoever
 * prints it: so its words are not the interface's and stand here in both languages. */

#include "mtb-form-words.h"

static const struct
{
  const char *english;
  const char *arabic;
} words[] = {
  [MTB_FORM_NUMBER] = { "Number", "الرقم" },
  [MTB_FORM_ISSUE] = { "Issue", "الإصدار" },
  [MTB_FORM_VERSION] = { "Version", "النسخة" },
  [MTB_FORM_DATE] = { "Date", "التاريخ" },
  [MTB_FORM_PAGE] = { "Page", "صفحة" },
  [MTB_FORM_OF] = { "of", "من" },
  [MTB_FORM_PREPARED_BY] = { "Prepared by", "إعداد" },
  [MTB_FORM_REVIEWED_BY] = { "Reviewed by", "مراجعة" },
  [MTB_FORM_APPROVED_BY] = { "Approved by", "اعتماد" },
  [MTB_FORM_STATE] = { "State", "الحالة" },
  [MTB_FORM_OUTDATED] = { "No longer in force", "لم تعد معمولاً بها" },
};

/**
 * mtb_form_say:
 * @word: what is to be said
 * @in_arabic: whether the form is written in Arabic
 *
 * Returns: the words for it
 */
const char *
mtb_form_say (MtbFormWord word, gboolean in_arabic)
{
  g_return_val_if_fail (word < G_N_ELEMENTS (words), NULL);

  return in_arabic ? words[word].arabic : words[word].english;
}
