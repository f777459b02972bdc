#include "mtb-call-form.h"

#include "mtb-call-clock.h"
#include "mtb-call.h"
#include "mtb-caller-box.h"
#include "mtb-chooser.h"
#include "mtb-error.h"
#include "mtb-id.h"
#include "mtb-labelled.h"
#include "mtb-query-model.h"
#include "mtb-setting.h"
#include "mtb-text.h"

#include <glib/gi18n.h>

/**
 * MtbCallForm:
 *
 * What is written down of a call. `edited` is emitted at each change that the person makes; the
 * draft with it is mtb_call_form_dup_draft(). The first of them begins the call.
 */
struct _MtbCallForm
{
  AdwBin parent_instance;

  MtbCallClock *clock;
  GtkWidget *fields;
  MtbLabelled *caller_field;
  MtbLabelled *number_field;
  MtbLabelled *direction_field;
  MtbLabelled *type_field;
  MtbLabelled *resolution_field;
  MtbLabelled *solved_field;
  MtbLabelled *notes_field;
  MtbCallerBox *caller;
  GtkEditable *number;
  GtkToggleButton *incoming;
  GtkToggleButton *outgoing;
  MtbChooser *type;
  MtbChooser *resolution;
  GtkToggleButton *solved;
  GtkToggleButton *unsolved;
  GtkTextView *notes;
  GtkRevealer *problem;
  GtkLabel *problem_words;

  MtbEngine *engine;
  MtbQueryModel *types;
  MtbDraft *draft;
  gboolean loading;
};

G_DEFINE_FINAL_TYPE (MtbCallForm, mtb_call_form, ADW_TYPE_BIN)

enum
{
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const MtbField *
get_field (const char *name)
{
  return mtb_shape_find (&mtb_draft_shape, name);
}

static char *
dup_notes (MtbCallForm *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->notes);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
set_text (MtbDraft *draft, const char *name, const char *text)
{
  mtb_field_set_text (get_field (name), draft, text != NULL && *text != '\0' ? text : NULL);
}

static void
collect (MtbCallForm *self)
{
  MtbDraft *draft = self->draft;
  g_autofree char *notes = dup_notes (self);
  g_autofree char *number = mtb_text_unlocalize (gtk_editable_get_text (self->number));

  mtb_caller_box_collect (self->caller, draft);
  set_text (draft, "number", number);
  set_text (draft, "type_id", mtb_chooser_get_value (self->type));
  set_text (draft, "notes", notes);
  draft->direction =
    gtk_toggle_button_get_active (self->outgoing) ? MTB_DIRECTION_OUT : MTB_DIRECTION_IN;
  draft->resolution =
    mtb_field_parse_choice (get_field ("resolution"), mtb_chooser_get_value (self->resolution));
  draft->solved = gtk_toggle_button_get_active (self->solved)     ? 1
                  : gtk_toggle_button_get_active (self->unsolved) ? 0
                                                                  : MTB_ABSENT;
}

static void
show_solved (MtbCallForm *self)
{
  gtk_toggle_button_set_active (self->solved, self->draft->solved == 1);
  gtk_toggle_button_set_active (self->unsolved, self->draft->solved == 0);
}

static void
unmark (MtbCallForm *self)
{
  MtbLabelled *const fields[] = { self->caller_field, self->number_field,     self->direction_field,
                                  self->type_field,   self->resolution_field, self->solved_field,
                                  self->notes_field };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    mtb_labelled_set_error (fields[i], NULL);
  gtk_revealer_set_reveal_child (self->problem, FALSE);
}

static void
on_edited (MtbCallForm *self)
{
  if (self->loading)
    return;
  unmark (self);
  collect (self);
  if (mtb_draft_is_blank (self->draft))
    self->draft->started_at = mtb_engine_get_now (self->engine);
  g_signal_emit (self, signals[EDITED], 0);
}

static MtbChoice *
make_type_choice (MtbCallForm *self, const MtbCallType *type)
{
  const MtbCallType *parent = mtb_query_model_lookup (self->types, type->parent_id);

  return mtb_choice_new (
    type->id, parent != NULL ? mtb_text_pick (parent->name, parent->name_en) : NULL,
    mtb_text_pick (type->name, type->name_en), mtb_text_pick (type->name_en, type->name));
}

static void
on_types_refreshed (MtbCallForm *self)
{
  GListModel *types = G_LIST_MODEL (self->types);
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (types); i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (types, i);
      const MtbCallType *type = mtb_item_get_record (item);

      if (type->parent_id != NULL
          && (type->active == 1 || g_strcmp0 (type->id, self->draft->type_id) == 0))
        g_ptr_array_add (choices, make_type_choice (self, type));
    }
  mtb_chooser_set_choices (self->type, choices);
}

static void
add_resolutions (MtbCallForm *self)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; mtb_resolution_words[i] != NULL; i++)
    g_ptr_array_add (choices, mtb_choice_new (mtb_resolution_words[i], NULL,
                                              mtb_text_choice (mtb_resolution_words, i), NULL));
  mtb_chooser_set_choices (self->resolution, choices);
}

static void
mtb_call_form_dispose (GObject *object)
{
  MtbCallForm *self = MTB_CALL_FORM (object);

  self->loading = TRUE;
  g_clear_object (&self->types);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->draft, mtb_record_unref);

  G_OBJECT_CLASS (mtb_call_form_parent_class)->dispose (object);
}

static void
mtb_call_form_class_init (MtbCallFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_call_form_dispose;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/agent/mtb-call-form.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbCallForm, caller);
  gtk_widget_class_bind_template_child (widget_class, MtbCallForm, caller_field);
  gtk_widget_class_bind_template_child (widget_class, MtbCallForm, clock);
  gtk_widget_class_bind_template_child (widget_class, MtbCallForm, direction_field);
  gtk_widget_class_bind_template_child (widget_class, MtbCallForm, fields);
  gtk_widget_class_bind_template_child (widget_class, MtbCallForm, incoming);
  gtk_widget_class_bind_template_child (widget_class, MtbCallForm, notes);
  gtk_widget_class_bind_template_child (widget_class, MtbCallForm, notes_field);
  gtk_widget_class_bind_template_child (widget_class, MtbCallForm, number);
  gtk_widget_class_bind_template_child (widget_class, MtbCallForm, number_field);
  gtk_widget_class_bind_template_child (widget_class, MtbCallForm, outgoing);
  gtk_widget_class_bind_template_child (widget_class, MtbCallForm, problem);
  gtk_widget_class_bind_template_child (widget_class, MtbCallForm, problem_words);
  gtk_widget_class_bind_template_child (widget_class, MtbCallForm, resolution);
  gtk_widget_class_bind_template_child (widget_class, MtbCallForm, resolution_field);
  gtk_widget_class_bind_template_child (widget_class, MtbCallForm, solved);
  gtk_widget_class_bind_template_child (widget_class, MtbCallForm, solved_field);
  gtk_widget_class_bind_template_child (widget_class, MtbCallForm, type);
  gtk_widget_class_bind_template_child (widget_class, MtbCallForm, type_field);
  gtk_widget_class_bind_template_child (widget_class, MtbCallForm, unsolved);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);

  g_type_ensure (MTB_TYPE_CALL_CLOCK);
  g_type_ensure (MTB_TYPE_CALLER_BOX);
  g_type_ensure (MTB_TYPE_CHOOSER);
  g_type_ensure (MTB_TYPE_LABELLED);
}

static void
mtb_call_form_init (MtbCallForm *self)
{
  self->loading = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->draft = mtb_draft_new (NULL);
  add_resolutions (self);
  self->loading = FALSE;
}

/**
 * mtb_call_form_set_engine:
 * @self: a call form
 * @engine: the engine to ask
 */
void
mtb_call_form_set_engine (MtbCallForm *self, MtbEngine *engine)
{
  g_autoptr (MtbEverything) everything = mtb_record_new (mtb_call_types_query.arguments);

  g_return_if_fail (MTB_IS_CALL_FORM (self));

  self->engine = g_object_ref (engine);
  self->types = mtb_query_model_new (engine, &mtb_call_types_query);
  g_signal_connect_object (self->types, "refreshed", G_CALLBACK (on_types_refreshed), self,
                           G_CONNECT_SWAPPED);
  mtb_query_model_ask (self->types, everything);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/**
 * mtb_call_form_load:
 * @self: a call form with an engine
 * @draft: what shall be written on, copied
 */
void
mtb_call_form_load (MtbCallForm *self, const MtbDraft *draft)
{
  MtbDraft *copy = mtb_record_copy (draft);
  g_autofree char *number = mtb_text_editable_number (draft->number);

  g_return_if_fail (MTB_IS_CALL_FORM (self));

  self->loading = TRUE;
  mtb_record_unref (self->draft);
  self->draft = copy;
  unmark (self);
  on_types_refreshed (self);
  mtb_caller_box_load (self->caller, draft);
  gtk_editable_set_text (self->number, number);
  gtk_toggle_button_set_active (self->outgoing, draft->direction == MTB_DIRECTION_OUT);
  gtk_toggle_button_set_active (self->incoming, draft->direction != MTB_DIRECTION_OUT);
  mtb_chooser_set_value (self->type, draft->type_id);
  mtb_chooser_set_value (self->resolution, draft->resolution != MTB_ABSENT
                                             ? mtb_resolution_words[draft->resolution]
                                             : NULL);
  show_solved (self);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->notes), or_empty (draft->notes), -1);
  self->loading = FALSE;
}

/**
 * mtb_call_form_adopt:
 * @self: a call form with an engine
 * @draft: what is written on it, as what it is kept from now on, copied
 *
 * As mtb_call_form_load(), but the fields are left to whoever types in them.
 */
void
mtb_call_form_adopt (MtbCallForm *self, const MtbDraft *draft)
{
  g_return_if_fail (MTB_IS_CALL_FORM (self));

  mtb_record_unref (self->draft);
  self->draft = mtb_record_copy (draft);
  mtb_caller_box_load (self->caller, draft);
}

/**
 * mtb_call_form_show_clock:
 * @self: a call form with an engine
 * @talking: (nullable): the call that goes on, on the form or elsewhere
 */
void
mtb_call_form_show_clock (MtbCallForm *self, const MtbDraft *talking)
{
  g_return_if_fail (MTB_IS_CALL_FORM (self));

  mtb_call_clock_show (self->clock, self->draft, talking, mtb_engine_get_now (self->engine));
}

/**
 * mtb_call_form_dup_draft:
 * @self: a call form
 *
 * Returns: (transfer full): what is written on it
 */
MtbDraft *
mtb_call_form_dup_draft (MtbCallForm *self)
{
  g_return_val_if_fail (MTB_IS_CALL_FORM (self), NULL);

  collect (self);
  return mtb_record_copy (self->draft);
}

/**
 * mtb_call_form_begin_prospect:
 * @self: a call form
 *
 * Opens the fields of a new prospective customer.
 */
void
mtb_call_form_begin_prospect (MtbCallForm *self)
{
  g_autofree char *id = mtb_id_new (mtb_engine_get_now (self->engine));

  g_return_if_fail (MTB_IS_CALL_FORM (self));

  mtb_caller_box_begin_prospect (self->caller, id);
}

static MtbLabelled *
find_marked (MtbCallForm *self, const char *name)
{
  const struct
  {
    const char *name;
    MtbLabelled *field;
  } fields[] = {
    { "subscriber_id", self->caller_field }, { "prospect_id", self->caller_field },
    { "name", self->caller_field },          { "telephone", self->caller_field },
    { "number", self->number_field },        { "direction", self->direction_field },
    { "type_id", self->type_field },         { "resolution", self->resolution_field },
    { "solved", self->solved_field },        { "notes", self->notes_field },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_strcmp0 (fields[i].name, name) == 0)
      return fields[i].field;
  return NULL;
}

/**
 * mtb_call_form_mark:
 * @self: a call form
 * @error: why it could not be saved
 *
 * Marks the field that is wrong, with the words for it, and puts the focus there.
 */
void
mtb_call_form_mark (MtbCallForm *self, const GError *error)
{
  const char *name = mtb_error_get_field (error);
  MtbLabelled *field = find_marked (self, name);

  g_return_if_fail (MTB_IS_CALL_FORM (self));

  unmark (self);
  if (field != NULL)
    {
      mtb_labelled_set_error (field, gettext (error->message));
      gtk_widget_child_focus (GTK_WIDGET (field), GTK_DIR_TAB_FORWARD);
      return;
    }
  gtk_label_set_label (self->problem_words, gettext (error->message));
  gtk_revealer_set_reveal_child (self->problem, TRUE);
}

/**
 * mtb_call_form_focus:
 * @self: a call form
 *
 * Puts the focus on the first field that is yet to be filled in.
 */
void
mtb_call_form_focus (MtbCallForm *self)
{
  g_return_if_fail (MTB_IS_CALL_FORM (self));

  if (mtb_chooser_get_value (self->type) == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->type));
  else if (mtb_chooser_get_value (self->resolution) == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->resolution));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->notes));
}
