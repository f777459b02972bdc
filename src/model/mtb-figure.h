#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64 mtb_figure_divide (gint64 sum, gint64 n);
gint64 mtb_figure_sum (gint64 sum, gint64 value);
gint64 mtb_figure_get_service_level (gint64 answered,
                                     gint64 answered_late,
                                     gint64 left,
                                     gint64 short_abandons);
gint64 mtb_figure_get_strict_service_level (gint64 answered, gint64 answered_late, gint64 left);
gint64 mtb_figure_get_answer_speed (gint64 answered_wait_s, gint64 answered);
gint64 mtb_figure_get_handle_time (gint64 talk_s, gint64 wrap_up_s, gint64 handled);

G_END_DECLS
