#include "mtb-call-types-panel.h"

#include "mtb-call-type-form.h"
#include "mtb-id.h"
#include "mtb-list-pane.h"
#include "mtb-query-model.h"

/* The stack's names of forms for what is not there yet: one new group, and one new type in each. */
#define NEW_GROUP "new"
#define NEW_IN "new in "

/**
 * MtbCallTypesPanel:
 *
 * The types of call in their two levels, and beside them a form for the chosen one. Each that was
 * chosen keeps its form, so what was typed in one waits there while another is looked at.
 */
struct _MtbCallTypesPanel
{
  AdwBin parent_instance;

  MtbListPane *pane;
  GtkSingleSelection *selection;
  GtkStack *forms;

  MtbEngine *engine;
  MtbQueryModel *types;
  char *group_id;
};

G_DEFINE_FINAL_TYPE (MtbCallTypesPanel, mtb_call_types_panel, ADW_TYPE_BIN)

static MtbCallTypeForm *
get_form (MtbCallTypesPanel *self)
{
  GtkWidget *form = gtk_stack_get_visible_child (self->forms);

  return MTB_IS_CALL_TYPE_FORM (form) ? MTB_CALL_TYPE_FORM (form) : NULL;
}

/* Those of the same level in the same group, in their order. */
static GPtrArray *
list_siblings (MtbCallTypesPanel *self, const char *parent_id)
{
  GPtrArray *siblings = g_ptr_array_new ();
  GListModel *types = G_LIST_MODEL (self->types);

  for (guint i = 0; i < g_list_model_get_n_items (types); i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (types, i);
      MtbCallType *type = mtb_item_get_record (item);

      if (g_strcmp0 (type->parent_id, parent_id) == 0)
        g_ptr_array_add (siblings, type);
    }
  return siblings;
}

/* A type that is not saved yet has no place in the list. */
static void
show_moves (MtbCallTypesPanel *self)
{
  MtbCallTypeForm *form = get_form (self);
  const MtbCallType *type =
    form != NULL ? mtb_query_model_lookup (self->types, mtb_call_type_form_get_id (form)) : NULL;
  g_autoptr (GPtrArray) siblings = NULL;
  guint place = 0;

  if (type != NULL)
    {
      siblings = list_siblings (self, type->parent_id);
      g_ptr_array_find (siblings, type, &place);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "types.move-up", type != NULL && place > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "types.move-down",
                                 type != NULL && place + 1 < siblings->len);
}

static void
show_form (MtbCallTypesPanel *self, const char *name, const MtbCallType *type)
{
  if (gtk_stack_get_child_by_name (self->forms, name) == NULL)
    gtk_stack_add_named (
      self->forms,
      mtb_call_type_form_new (self->engine, type,
                              mtb_query_model_lookup (self->types, type->parent_id)),
      name);
  gtk_stack_set_visible_child_name (self->forms, name);
  show_moves (self);
}

static void
on_selected (MtbCallTypesPanel *self)
{
  MtbItem *item = gtk_single_selection_get_selected_item (self->selection);
  const MtbCallType *type = item != NULL ? mtb_item_get_record (item) : NULL;

  if (type == NULL)
    return;
  g_free (self->group_id);
  self->group_id = g_strdup (type->parent_id != NULL ? type->parent_id : type->id);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "types.add", TRUE);
  show_form (self, type->id, type);
}

static void
on_refreshed (MtbCallTypesPanel *self)
{
  GtkWidget *form = gtk_widget_get_first_child (GTK_WIDGET (self->forms));

  for (; form != NULL; form = gtk_widget_get_next_sibling (form))
    {
      const MtbCallType *type = NULL;

      if (MTB_IS_CALL_TYPE_FORM (form))
        type = mtb_query_model_lookup (self->types,
                                       mtb_call_type_form_get_id (MTB_CALL_TYPE_FORM (form)));
      if (type == NULL)
        continue;
      mtb_call_type_form_renew (MTB_CALL_TYPE_FORM (form), type);
      /* A new type may be in the list before the word that it is saved. */
      gtk_stack_page_set_name (gtk_stack_get_page (self->forms, form), type->id);
      if (GTK_WIDGET (get_form (self)) == form)
        gtk_single_selection_set_selected (self->selection,
                                           mtb_query_model_find (self->types, type->id));
    }
  if (get_form (self) == NULL)
    gtk_single_selection_set_selected (self->selection, 0);
  show_moves (self);
}

static void
add (MtbCallTypesPanel *self, const char *name, const char *parent_id)
{
  g_autoptr (MtbCallType) type = mtb_record_new (&mtb_call_type_table.shape);
  g_autoptr (GPtrArray) siblings = list_siblings (self, parent_id);

  type->id = mtb_id_new (mtb_engine_get_now (self->engine));
  type->parent_id = g_strdup (parent_id);
  type->active = 1;
  type->position = 1;
  for (guint i = 0; i < siblings->len; i++)
    type->position =
      MAX (type->position, ((MtbCallType *) g_ptr_array_index (siblings, i))->position + 1);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  show_form (self, name, type);
  gtk_widget_child_focus (GTK_WIDGET (get_form (self)), GTK_DIR_TAB_FORWARD);
}

static void
on_add_group (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  add (MTB_CALL_TYPES_PANEL (widget), NEW_GROUP, NULL);
}

/* In the group that was chosen last, itself or one of its types. */
static void
on_add (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbCallTypesPanel *self = MTB_CALL_TYPES_PANEL (widget);
  g_autofree char *name = g_strconcat (NEW_IN, self->group_id, NULL);

  add (self, name, self->group_id);
}

/* Now it is a type like the others, and another new one may be begun. */
static void
on_saved (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbCallTypesPanel *self = MTB_CALL_TYPES_PANEL (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  GtkWidget *form = gtk_widget_get_first_child (GTK_WIDGET (self->forms));

  for (; form != NULL; form = gtk_widget_get_next_sibling (form))
    if (MTB_IS_CALL_TYPE_FORM (form)
        && g_str_equal (mtb_call_type_form_get_id (MTB_CALL_TYPE_FORM (form)), id))
      gtk_stack_page_set_name (gtk_stack_get_page (self->forms, form), id);
}

/* Only those get a new number that have another place than it says. */
static void
move (MtbCallTypesPanel *self, int step)
{
  MtbCallTypeForm *form = get_form (self);
  MtbCallType *type = mtb_query_model_lookup (self->types, mtb_call_type_form_get_id (form));
  g_autoptr (GPtrArray) siblings = list_siblings (self, type->parent_id);
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (mtb_record_unref);
  guint place;

  g_ptr_array_find (siblings, type, &place);
  g_ptr_array_remove_index (siblings, place);
  g_ptr_array_insert (siblings, (int) place + step, type);
  for (guint i = 0; i < siblings->len; i++)
    {
      const MtbCallType *sibling = g_ptr_array_index (siblings, i);
      MtbCallTypePut *put;

      if (sibling->position == i + 1)
        continue;
      put = mtb_record_new (&mtb_call_type_put.shape);
      mtb_record_assign (put, sibling);
      put->position = i + 1;
      g_ptr_array_add (orders, put);
    }
  mtb_call_type_form_give_all (form, orders);
}

static void
on_move_up (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  move (MTB_CALL_TYPES_PANEL (widget), -1);
}

static void
on_move_down (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  move (MTB_CALL_TYPES_PANEL (widget), 1);
}

static void
mtb_call_types_panel_dispose (GObject *object)
{
  MtbCallTypesPanel *self = MTB_CALL_TYPES_PANEL (object);

  /* Forms that are disposed of move the selection. */
  if (self->types != NULL)
    g_signal_handlers_disconnect_by_data (self->types, self);
  g_clear_object (&self->types);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->group_id, g_free);

  G_OBJECT_CLASS (mtb_call_types_panel_parent_class)->dispose (object);
}

static void
mtb_call_types_panel_class_init (MtbCallTypesPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_call_types_panel_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/manager/mtb-call-types-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbCallTypesPanel, forms);
  gtk_widget_class_bind_template_child (widget_class, MtbCallTypesPanel, pane);
  gtk_widget_class_bind_template_child (widget_class, MtbCallTypesPanel, selection);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);

  gtk_widget_class_install_action (widget_class, "types.add", NULL, on_add);
  gtk_widget_class_install_action (widget_class, "types.add-group", NULL, on_add_group);
  gtk_widget_class_install_action (widget_class, "types.move-down", NULL, on_move_down);
  gtk_widget_class_install_action (widget_class, "types.move-up", NULL, on_move_up);
  gtk_widget_class_install_action (widget_class, "types.saved", "s", on_saved);

  g_type_ensure (MTB_TYPE_LIST_PANE);
}

static void
mtb_call_types_panel_init (MtbCallTypesPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "types.add", FALSE);
}

/**
 * mtb_call_types_panel_set_engine:
 * @self: a panel
 * @engine: the engine to ask and to give to
 */
void
mtb_call_types_panel_set_engine (MtbCallTypesPanel *self, MtbEngine *engine)
{
  g_autoptr (MtbEverything) everything = mtb_record_new (mtb_call_types_query.arguments);

  g_return_if_fail (MTB_IS_CALL_TYPES_PANEL (self));

  self->engine = g_object_ref (engine);
  self->types = mtb_query_model_new (engine, &mtb_call_types_query);
  g_signal_connect_object (self->types, "refreshed", G_CALLBACK (on_refreshed), self,
                           G_CONNECT_SWAPPED);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->types));
  mtb_list_pane_set_model (self->pane, self->types);
  mtb_query_model_ask (self->types, everything);
}
