#include "mtb-call-clock.h"

#include "mtb-item.h"
#include "mtb-running-time.h"
#include "mtb-text.h"
#include "mtb-time.h"

#include <glib/gi18n.h>

/**
 * MtbCallClock:
 *
 * The head of the call form: what is being written, and how long the talk or the work after it has
 * lasted. While nothing is written, a talk that goes on elsewhere.
 */
struct _MtbCallClock
{
  AdwBin parent_instance;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *detail;
  MtbRunningTime *duration;
  GtkWidget *begin_button;
  GtkWidget *end_button;
};

G_DEFINE_FINAL_TYPE (MtbCallClock, mtb_call_clock, ADW_TYPE_BIN)

typedef enum
{
  PHASE_IDLE,
  PHASE_LEFT,
  PHASE_TALK,
  PHASE_WRAP_UP,
  PHASE_WRITE_UP,
  PHASE_CORRECTION,
  PHASE_MEND,
} Phase;

static const struct
{
  const char *icon_name;
  const char *title;
  const char *css_class;
} phases[] = {
  [PHASE_IDLE] = { "call-start-symbolic", N_ ("No call in progress"), "idle" },
  [PHASE_LEFT] = { "audio-headset-symbolic", N_ ("On a call"), "talking" },
  [PHASE_TALK] = { "audio-headset-symbolic", N_ ("On a call"), "talking" },
  [PHASE_WRAP_UP] = { "document-edit-symbolic", N_ ("After-call work"), "wrapping-up" },
  [PHASE_WRITE_UP] = { "document-edit-symbolic", N_ ("Writing up a call"), "wrapping-up" },
  [PHASE_CORRECTION] = { "document-edit-symbolic", N_ ("Correcting a record"), "correcting" },
  [PHASE_MEND] = { "dialog-warning-symbolic", N_ ("Mending what was refused"), "correcting" },
};

static Phase
get_phase (const MtbDraft *draft, const MtbDraft *talking)
{
  if (mtb_draft_is_blank (draft))
    return talking != NULL ? PHASE_LEFT : PHASE_IDLE;
  switch (mtb_draft_get_kind (draft))
    {
    case MTB_DRAFT_WRITE_UP:
      return PHASE_WRITE_UP;
    case MTB_DRAFT_CORRECTION:
      return PHASE_CORRECTION;
    case MTB_DRAFT_MEND:
      return PHASE_MEND;
    case MTB_DRAFT_CALL:
    default:
      return draft->ended_at == MTB_ABSENT ? PHASE_TALK : PHASE_WRAP_UP;
    }
}

static void
show_detail (MtbCallClock *self, const MtbDraft *draft, Phase phase)
{
  g_autofree char *when = mtb_item_dup_words (draft, "when");
  g_autofree char *length = mtb_item_dup_words (draft, "length");
  g_autofree char *detail = NULL;

  if (phase == PHASE_IDLE)
    detail = g_strdup (_ ("Ctrl+N starts one"));
  else if (phase == PHASE_LEFT)
    /* Translators: when a call began that goes on and is not open in the form. */
    detail = g_strdup_printf (C_ ("call", "since %s, set aside"), when);
  else if (phase == PHASE_TALK)
    /* Translators: when a call began. */
    detail = g_strdup_printf (C_ ("call", "since %s"), when);
  else
    /* Translators: when a call began, and how long it was. */
    detail = g_strdup_printf (C_ ("call", "%1$s, %2$s long"), when, length);
  gtk_label_set_label (self->detail, detail);
}

static void
mtb_call_clock_class_init (MtbCallClockClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/agent/mtb-call-clock.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbCallClock, begin_button);
  gtk_widget_class_bind_template_child (widget_class, MtbCallClock, detail);
  gtk_widget_class_bind_template_child (widget_class, MtbCallClock, duration);
  gtk_widget_class_bind_template_child (widget_class, MtbCallClock, end_button);
  gtk_widget_class_bind_template_child (widget_class, MtbCallClock, icon);
  gtk_widget_class_bind_template_child (widget_class, MtbCallClock, title);

  g_type_ensure (MTB_TYPE_RUNNING_TIME);
}

static void
mtb_call_clock_init (MtbCallClock *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_call_clock_show:
 * @self: a call clock
 * @draft: what is being written
 * @talking: (nullable): the call that goes on, which may be another
 * @now: the engine's time
 */
void
mtb_call_clock_show (MtbCallClock *self, const MtbDraft *draft, const MtbDraft *talking, gint64 now)
{
  Phase phase = get_phase (draft, talking);
  gboolean talks = phase == PHASE_TALK || phase == PHASE_LEFT;
  gint64 since;

  g_return_if_fail (MTB_IS_CALL_CLOCK (self));

  if (phase == PHASE_LEFT)
    draft = talking;
  since = talks ? draft->started_at : draft->wrap_from;
  gtk_image_set_from_icon_name (self->icon, phases[phase].icon_name);
  gtk_label_set_label (self->title, gettext (phases[phase].title));
  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), phases[i].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self), phases[phase].css_class);
  show_detail (self, draft, phase);
  gtk_widget_set_visible (self->begin_button, phase == PHASE_IDLE);
  gtk_widget_set_visible (self->end_button, talks);
  gtk_widget_set_visible (GTK_WIDGET (self->duration), since != MTB_ABSENT);
  if (since != MTB_ABSENT)
    mtb_running_time_start (self->duration, now - since);
  else
    mtb_running_time_stop (self->duration, 0);
}
