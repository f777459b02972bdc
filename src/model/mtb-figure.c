/* The arithmetic of the figures that people see, in whole numbers. There is one rule of rounding:
 * to the nearest, and halves up. What is divided by nothing is absent. */

#include "mtb-figure.h"

#include "mtb-shape.h"

/**
 * mtb_figure_divide:
 * @sum: what is divided, not less than 0, or %MTB_ABSENT
 * @n: by how many, or %MTB_ABSENT
 *
 * Returns: the nearest whole number, halves up; %MTB_ABSENT where one of the two is absent or @n is
 *   not above 0
 */
gint64
mtb_figure_divide (gint64 sum, gint64 n)
{
  if (sum == MTB_ABSENT || n == MTB_ABSENT || n <= 0)
    return MTB_ABSENT;
  return sum / n + (sum % n >= n - n / 2 ? 1 : 0);
}

/**
 * mtb_figure_sum:
 * @sum: a sum so far, or %MTB_ABSENT where there is none
 * @value: one more, or %MTB_ABSENT
 *
 * Returns: both together; what is absent adds nothing
 */
gint64
mtb_figure_sum (gint64 sum, gint64 value)
{
  if (sum == MTB_ABSENT || value == MTB_ABSENT)
    return sum == MTB_ABSENT ? value : sum;
  return sum + value;
}

static gint64
get_level (gint64 answered, gint64 answered_late, gint64 all)
{
  if (answered == MTB_ABSENT || answered_late == MTB_ABSENT || all == MTB_ABSENT)
    return MTB_ABSENT;
  return mtb_figure_divide ((answered - answered_late) * 1000, all);
}

/**
 * mtb_figure_get_service_level:
 * @answered: calls that were answered
 * @answered_late: of these, after the threshold
 * @left: calls that left the queue and were not answered
 * @short_abandons: of these, before the threshold
 *
 * The service level with short abandons removed: calls answered in time ÷ (answered + left − short).
 * Several definitions are in use and differ by some points on the same day, so the definition stands
 * beside the figure wherever it is shown.
 *
 * Returns: the level per thousand; %MTB_ABSENT where there were no such calls
 */
gint64
mtb_figure_get_service_level (gint64 answered,
                              gint64 answered_late,
                              gint64 left,
                              gint64 short_abandons)
{
  if (answered == MTB_ABSENT || left == MTB_ABSENT || short_abandons == MTB_ABSENT)
    return MTB_ABSENT;
  return get_level (answered, answered_late, answered + left - short_abandons);
}

/**
 * mtb_figure_get_strict_service_level:
 * @answered: calls that were answered
 * @answered_late: of these, after the threshold
 * @left: calls that left the queue and were not answered
 *
 * The strictest service level: calls answered in time ÷ (answered + left), short abandons too.
 *
 * Returns: the level per thousand; %MTB_ABSENT where there were no such calls
 */
gint64
mtb_figure_get_strict_service_level (gint64 answered, gint64 answered_late, gint64 left)
{
  return mtb_figure_get_service_level (answered, answered_late, left, 0);
}

/**
 * mtb_figure_get_answer_speed:
 * @answered_wait_s: how long the answered calls waited
 * @answered: how many they were
 *
 * The average speed of answer: only calls that were answered count. Others divide by all that were
 * offered.
 *
 * Returns: whole seconds; %MTB_ABSENT where none was answered
 */
gint64
mtb_figure_get_answer_speed (gint64 answered_wait_s, gint64 answered)
{
  return mtb_figure_divide (answered_wait_s, answered);
}

/**
 * mtb_figure_get_handle_time:
 * @talk_s: talk
 * @wrap_up_s: after-call work
 * @handled: how many calls, or records, these are of
 *
 * The average handle time: (talk + after-call work) ÷ calls handled. A call's whole handle time
 * counts where the call entered its queue.
 *
 * Returns: whole seconds; %MTB_ABSENT where none was handled
 */
gint64
mtb_figure_get_handle_time (gint64 talk_s, gint64 wrap_up_s, gint64 handled)
{
  return mtb_figure_divide (mtb_figure_sum (talk_s, wrap_up_s), handled);
}
