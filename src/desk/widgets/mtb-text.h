#pragma once

#include "mtb-shape.h"

G_BEGIN_DECLS

/* The words in which values are shown: dates and units of the interface's language, and digits of it
 * or as they are preferred. */

/**
 * MtbDigits:
 * @MTB_DIGITS_LANGUAGE: as the interface's language has them
 * @MTB_DIGITS_ARABIC: Arabic-Indic
 * @MTB_DIGITS_WESTERN: 0 to 9
 */
typedef enum
{
  MTB_DIGITS_LANGUAGE,
  MTB_DIGITS_ARABIC,
  MTB_DIGITS_WESTERN,
} MtbDigits;

void mtb_text_set_digits (MtbDigits digits);
const char *mtb_text_get_thousands_separator (void);
const char *mtb_text_get_decimal_separator (void);
const char *mtb_text_get_percent_sign (void);
char *mtb_text_localize (char *text);
char *mtb_text_unlocalize (const char *text);
char *mtb_text_isolate (const char *text);
const char *mtb_text_pick (const char *arabic, const char *english);

char *mtb_text_number (gint64 number);
char *mtb_text_percent (gint64 per_thousand);
char *mtb_text_whole_percent (gint64 percent);
char *mtb_text_editable_number (const char *number);
char *mtb_text_telephone (const char *number);
char *mtb_text_duration (gint64 seconds);
char *mtb_text_problem (const GError *error);
gboolean mtb_text_parse_duration (const char *text, gint64 *seconds);
char *mtb_text_clock (gint64 time_ms);
char *mtb_text_day (gint64 time_ms);
char *mtb_text_moment (gint64 time_ms);
char *mtb_text_calendar_date (const char *date);
char *mtb_text_briefly (gint64 time_ms);
char *mtb_text_gigabytes (gint64 bytes);
char *mtb_text_megabytes (gint64 bytes);
char *mtb_text_money (gint64 minor_units, const char *currency);
char *mtb_text_date (gint64 time_ms);
char *mtb_text_roles (gint64 roles);

char *mtb_text_plain (const char *text);
char *mtb_text_plain_digits (const char *text);
char *mtb_text_plain_duration (gint64 seconds);
char *mtb_text_plain_moment (gint64 time_ms);

const char *mtb_text_choice (const char *const *choices, gint64 value);
const char *mtb_text_field_title (const char *name);
char *mtb_text_field (const MtbField *field, gconstpointer record);

G_END_DECLS
