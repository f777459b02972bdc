#include "mtb-caller-box.h"

#include "mtb-item.h"
#include "mtb-text.h"

/**
 * MtbCallerBox:
 *
 * Who called: nobody yet, a customer who was chosen, or a prospect whose name and telephone are
 * noted down here. `edited` is emitted when the person has changed that.
 */
struct _MtbCallerBox
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkImage *icon;
  GtkLabel *name;
  GtkEditable *prospect_name;
  GtkEditable *prospect_telephone;

  char *subscriber_id;
  char *prospect_id;
  char *customer_name;
  gboolean loading;
};

G_DEFINE_FINAL_TYPE (MtbCallerBox, mtb_caller_box, ADW_TYPE_BIN)

enum
{
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
forget (MtbCallerBox *self)
{
  g_clear_pointer (&self->subscriber_id, g_free);
  g_clear_pointer (&self->prospect_id, g_free);
  g_clear_pointer (&self->customer_name, g_free);
}

static void
on_edited (MtbCallerBox *self)
{
  if (!self->loading)
    g_signal_emit (self, signals[EDITED], 0);
}

static void
on_remove_clicked (MtbCallerBox *self)
{
  forget (self);
  gtk_stack_set_visible_child_name (self->stack, "nobody");
  on_edited (self);
}

static void
mtb_caller_box_finalize (GObject *object)
{
  forget (MTB_CALLER_BOX (object));

  G_OBJECT_CLASS (mtb_caller_box_parent_class)->finalize (object);
}

static void
mtb_caller_box_class_init (MtbCallerBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = mtb_caller_box_finalize;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/agent/mtb-caller-box.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbCallerBox, icon);
  gtk_widget_class_bind_template_child (widget_class, MtbCallerBox, name);
  gtk_widget_class_bind_template_child (widget_class, MtbCallerBox, prospect_name);
  gtk_widget_class_bind_template_child (widget_class, MtbCallerBox, prospect_telephone);
  gtk_widget_class_bind_template_child (widget_class, MtbCallerBox, stack);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
}

static void
mtb_caller_box_init (MtbCallerBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The cursor stays where nothing is another. */
static void
set_text (GtkEditable *entry, const char *text)
{
  if (g_strcmp0 (gtk_editable_get_text (entry), text) != 0)
    gtk_editable_set_text (entry, text);
}

/**
 * mtb_caller_box_load:
 * @self: a caller box
 * @draft: where to read who called
 */
void
mtb_caller_box_load (MtbCallerBox *self, const MtbDraft *draft)
{
  gboolean is_new = draft->prospect_id != NULL && draft->prospect_name != NULL;
  gboolean known = draft->subscriber_id != NULL || draft->prospect_id != NULL;
  g_autofree char *name = mtb_item_dup_words (draft, "name");
  g_autofree char *telephone = mtb_text_editable_number (draft->prospect_telephone);

  g_return_if_fail (MTB_IS_CALLER_BOX (self));

  self->loading = TRUE;
  forget (self);
  self->subscriber_id = g_strdup (draft->subscriber_id);
  self->prospect_id = g_strdup (draft->prospect_id);
  self->customer_name = g_strdup (draft->customer_name);
  gtk_label_set_label (self->name, name);
  gtk_image_set_from_icon_name (self->icon, draft->prospect_id != NULL ? "contact-new-symbolic"
                                                                       : "avatar-default-symbolic");
  set_text (self->prospect_name, is_new ? draft->prospect_name : "");
  set_text (self->prospect_telephone, telephone);
  gtk_stack_set_visible_child_name (self->stack, is_new  ? "prospect"
                                                 : known ? "customer"
                                                         : "nobody");
  self->loading = FALSE;
}

static void
replace (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

/**
 * mtb_caller_box_collect:
 * @self: a caller box
 * @draft: where to write who called
 */
void
mtb_caller_box_collect (MtbCallerBox *self, MtbDraft *draft)
{
  gboolean is_new = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "prospect") == 0;
  g_autofree char *telephone =
    mtb_text_unlocalize (gtk_editable_get_text (self->prospect_telephone));

  g_return_if_fail (MTB_IS_CALLER_BOX (self));

  replace (&draft->subscriber_id, self->subscriber_id);
  replace (&draft->prospect_id, self->prospect_id);
  replace (&draft->customer_name, self->customer_name);
  replace (&draft->prospect_name, is_new ? gtk_editable_get_text (self->prospect_name) : NULL);
  replace (&draft->prospect_telephone, is_new ? telephone : NULL);
}

/**
 * mtb_caller_box_begin_prospect:
 * @self: a caller box
 * @prospect_id: the id that the prospect will have
 *
 * Opens the fields of a new prospect.
 */
void
mtb_caller_box_begin_prospect (MtbCallerBox *self, const char *prospect_id)
{
  g_return_if_fail (MTB_IS_CALLER_BOX (self));

  forget (self);
  self->prospect_id = g_strdup (prospect_id);
  gtk_stack_set_visible_child_name (self->stack, "prospect");
  gtk_widget_grab_focus (GTK_WIDGET (self->prospect_name));
  on_edited (self);
}
