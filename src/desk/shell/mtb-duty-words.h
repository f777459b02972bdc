#pragma once

#include "mtb-presence-query.h"

G_BEGIN_DECLS

char *mtb_duty_words_dup_state (const MtbFloorRow *standing);
char *mtb_duty_words_dup_limit (const MtbFloorRow *standing, gint64 now);
gboolean mtb_duty_words_is_over (const MtbFloorRow *standing, gint64 now);
char *mtb_duty_words_dup_break (gint64 reason, gint64 minutes);
char *mtb_duty_words_dup_open (const MtbFloorRow *standing);
char *mtb_duty_words_dup_fate (const MtbAuxiliaryRow *request);
char *mtb_duty_words_dup_decision (const MtbAuxiliaryRow *request);

G_END_DECLS
