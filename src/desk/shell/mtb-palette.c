#include "mtb-palette.h"

#include "mtb-fold.h"
#include "mtb-found-row.h"
#include "mtb-query-model.h"

#define LIMIT 8
#define PAGE_ROWS 8

/* What is looked up beside the places and the acts. Customers are looked up twice: those kept here
 * are shown at once, and what the server knows of others when it answers. */
typedef enum
{
  PEOPLE,
  CUSTOMERS_HERE,
  CUSTOMERS,
  CALLS,
  N_SOURCES,
} Source;

/**
 * MtbPalette:
 *
 * Finds or does anything, from one entry: places, acts, people, customers and records of calls that
 * begin with the words that are typed. The arrow keys move while one types, Enter chooses the marked
 * one: `chosen` is emitted with it, and the palette is gone.
 */
struct _MtbPalette
{
  AdwWindow parent_instance;

  GtkSearchEntry *entry;
  GtkStack *stack;
  GtkScrolledWindow *scrolled;
  GtkListBox *list;
  GtkWidget *offline;

  MtbEngine *engine;
  GPtrArray *here;
  GListStore *groups;
  MtbQueryModel *sources[N_SOURCES];
  gboolean asked[N_SOURCES];
  gboolean typing;
  gboolean moved;
  gboolean choose_when_answered;
};

G_DEFINE_FINAL_TYPE (MtbPalette, mtb_palette, ADW_TYPE_WINDOW)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Only what this desk keeps, whatever there is beyond it. */
static MtbQuery customers_here_query;

static const MtbFoundGroup source_groups[N_SOURCES] = {
  [PEOPLE] = MTB_FOUND_PEOPLE,
  [CUSTOMERS_HERE] = MTB_FOUND_CUSTOMERS,
  [CUSTOMERS] = MTB_FOUND_CUSTOMERS,
  [CALLS] = MTB_FOUND_CALLS,
};

static GListStore *
get_group (MtbPalette *self, MtbFoundGroup group)
{
  g_autoptr (GListStore) store = g_list_model_get_item (G_LIST_MODEL (self->groups), group);

  return store;
}

static GtkListBoxRow *
get_row (MtbPalette *self, int position)
{
  return gtk_list_box_get_row_at_index (self->list, position);
}

/* What is here is answered soon; the server may take its time. */
static gboolean
is_answered_here (MtbPalette *self)
{
  for (guint i = 0; i < N_SOURCES; i++)
    if (self->asked[i] && i != CUSTOMERS)
      return FALSE;
  return !self->typing;
}

static gboolean
is_answered (MtbPalette *self)
{
  return is_answered_here (self) && !self->asked[CUSTOMERS];
}

static void
choose (MtbPalette *self, MtbFoundRow *row)
{
  g_autoptr (MtbPalette) keep = g_object_ref (self);
  g_autoptr (MtbFound) found = g_object_ref (mtb_found_row_get_found (row));

  gtk_window_destroy (GTK_WINDOW (self));
  g_signal_emit (self, signals[CHOSEN], 0, found);
}

static void
scroll_to (MtbPalette *self, GtkListBoxRow *row)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  graphene_rect_t box;

  /* With the heading above the first. */
  if (gtk_list_box_row_get_index (row) == 0)
    gtk_adjustment_set_value (adjustment, 0);
  else if (gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &box))
    gtk_adjustment_clamp_page (adjustment, box.origin.y, box.origin.y + box.size.height);
}

/* The first is marked, unless the person has moved to another, which stays marked while it is there. */
static void
mark (MtbPalette *self)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);
  GtkListBoxRow *row = self->moved && selected != NULL ? selected : get_row (self, 0);

  if (row == NULL)
    return;
  gtk_list_box_select_row (self->list, row);
  if (!self->moved)
    scroll_to (self, row);
}

static void
show_found (MtbPalette *self)
{
  gboolean any = get_row (self, 0) != NULL;

  gtk_stack_set_visible_child_name (self->stack, any                  ? "found"
                                                 : is_answered (self) ? "nothing"
                                                                      : "searching");
  mark (self);
  if (self->choose_when_answered && any && is_answered_here (self))
    choose (self, MTB_FOUND_ROW (gtk_list_box_get_selected_row (self->list)));
}

static gboolean
is_same (GListStore *store, GPtrArray *found)
{
  GListModel *model = G_LIST_MODEL (store);

  if (g_list_model_get_n_items (model) != found->len)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      g_autoptr (MtbFound) old = g_list_model_get_item (model, i);

      if (!mtb_found_equal (old, g_ptr_array_index (found, i)))
        return FALSE;
    }
  return TRUE;
}

static void
mark_again (MtbPalette *self, MtbFound *marked)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = get_row (self, i)) != NULL; i++)
    if (mtb_found_equal (mtb_found_row_get_found (MTB_FOUND_ROW (row)), marked))
      {
        gtk_list_box_select_row (self->list, row);
        return;
      }
  self->moved = FALSE;
}

/* The rows are new ones: what the person has moved to is marked again where it still is found. */
static void
fill (MtbPalette *self, MtbFoundGroup group, GPtrArray *found)
{
  GListStore *store = get_group (self, group);
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);
  g_autoptr (MtbFound) marked = NULL;

  if (is_same (store, found))
    return;
  if (self->moved && selected != NULL)
    marked = g_object_ref (mtb_found_row_get_found (MTB_FOUND_ROW (selected)));
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)), found->pdata,
                       found->len);
  if (marked != NULL)
    mark_again (self, marked);
}

static void
fill_from (MtbPalette *self, Source source)
{
  GListModel *rows = G_LIST_MODEL (self->sources[source]);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (MtbItem) item = g_list_model_get_item (rows, i);

      g_ptr_array_add (found,
                       mtb_found_new_row (source_groups[source], mtb_item_get_record (item)));
    }
  fill (self, source_groups[source], found);
}

static void
on_refreshed (MtbPalette *self, MtbQueryModel *model)
{
  for (guint i = 0; i < N_SOURCES; i++)
    if (self->sources[i] == model)
      {
        self->asked[i] = FALSE;
        /* The other answer has these too, and more. */
        if (i != CUSTOMERS_HERE || self->asked[CUSTOMERS])
          fill_from (self, (Source) i);
      }
  show_found (self);
}

static void
show_here (MtbPalette *self, const char *const *typed)
{
  for (guint group = MTB_FOUND_PLACES; group <= MTB_FOUND_ACTS; group++)
    {
      g_autoptr (GPtrArray) found = g_ptr_array_new ();

      for (guint i = 0; i < self->here->len; i++)
        {
          MtbFound *one = g_ptr_array_index (self->here, i);

          if (mtb_found_get_group (one) == group && mtb_found_fits (one, typed))
            g_ptr_array_add (found, one);
        }
      fill (self, (MtbFoundGroup) group, found);
    }
}

static void
ask (MtbPalette *self, Source source, gpointer arguments)
{
  if (self->sources[source] == NULL)
    return;
  self->asked[source] = TRUE;
  mtb_query_model_ask (self->sources[source], arguments);
}

static void
ask_for (MtbPalette *self, const char *text)
{
  g_autoptr (MtbPersonSearch) person = mtb_record_new (mtb_person_search_query.arguments);
  g_autoptr (MtbCustomerSearch) customer = mtb_record_new (mtb_customer_search_query.arguments);
  g_autoptr (MtbCallSearch) call = mtb_record_new (mtb_call_search_query.arguments);

  person->text = g_strdup (text);
  person->limit = LIMIT;
  customer->text = g_strdup (text);
  customer->limit = LIMIT;
  call->text = g_strdup (text);
  call->limit = LIMIT;
  ask (self, PEOPLE, person);
  ask (self, CUSTOMERS_HERE, customer);
  ask (self, CUSTOMERS, customer);
  ask (self, CALLS, call);
}

static void
forget (MtbPalette *self)
{
  for (guint i = 0; i < N_SOURCES; i++)
    if (self->sources[i] != NULL)
      {
        self->asked[i] = FALSE;
        mtb_query_model_clear (self->sources[i]);
        fill_from (self, (Source) i);
      }
}

static void
show_offline (MtbPalette *self, gboolean typed)
{
  MtbEngineState state = mtb_engine_get_state (self->engine);

  gtk_widget_set_visible (self->offline,
                          typed && state != MTB_ENGINE_ONLINE && state != MTB_ENGINE_SYNCING);
}

static void
on_search_changed (MtbPalette *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_auto (GStrv) typed = mtb_fold_words (text);

  self->typing = FALSE;
  show_here (self, (const char *const *) typed);
  if (typed[0] != NULL)
    ask_for (self, text);
  else
    forget (self);
  show_offline (self, typed[0] != NULL);
  show_found (self);
}

static void
on_text_changed (MtbPalette *self)
{
  self->typing = TRUE;
  self->moved = FALSE;
  self->choose_when_answered = FALSE;
}

/* Whoever types fast and presses Enter means what was typed, not what was found before. */
static void
on_activate (MtbPalette *self)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);

  if (selected != NULL && (self->moved || is_answered_here (self)))
    choose (self, MTB_FOUND_ROW (selected));
  else
    self->choose_when_answered = !is_answered (self);
}

static void
on_row_activated (MtbPalette *self, GtkListBoxRow *row)
{
  choose (self, MTB_FOUND_ROW (row));
}

static void
move_by (MtbPalette *self, int step)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);
  int position = selected != NULL ? gtk_list_box_row_get_index (selected) : -1;
  int target = MAX (position + step, 0);

  while (get_row (self, target) == NULL && target > 0)
    target--;
  if (get_row (self, target) == NULL)
    return;
  self->moved = TRUE;
  gtk_list_box_select_row (self->list, get_row (self, target));
  scroll_to (self, get_row (self, target));
}

static gboolean
on_key_pressed (MtbPalette *self, guint keyval, guint keycode, GdkModifierType state)
{
  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (keyval)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move_by (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move_by (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
      move_by (self, PAGE_ROWS);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
      move_by (self, -PAGE_ROWS);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  return mtb_found_row_new (item);
}

static void
set_heading (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  MtbFoundGroup group = mtb_found_get_group (mtb_found_row_get_found (MTB_FOUND_ROW (row)));
  GtkWidget *heading = NULL;

  if (before == NULL
      || mtb_found_get_group (mtb_found_row_get_found (MTB_FOUND_ROW (before))) != group)
    {
      heading = gtk_label_new (mtb_found_group_get_title (group));
      gtk_label_set_xalign (GTK_LABEL (heading), 0);
      gtk_widget_add_css_class (heading, "field-label");
    }
  gtk_list_box_row_set_header (row, heading);
}

static void
mtb_palette_dispose (GObject *object)
{
  MtbPalette *self = MTB_PALETTE (object);

  for (guint i = 0; i < N_SOURCES; i++)
    g_clear_object (&self->sources[i]);
  g_clear_object (&self->engine);
  g_clear_object (&self->groups);
  g_clear_pointer (&self->here, g_ptr_array_unref);

  G_OBJECT_CLASS (mtb_palette_parent_class)->dispose (object);
}

static void
mtb_palette_class_init (MtbPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mtb_palette_dispose;

  customers_here_query = mtb_customer_search_query;
  customers_here_query.is_beyond = NULL;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, MTB_TYPE_FOUND);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/shell/mtb-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbPalette, entry);
  gtk_widget_class_bind_template_child (widget_class, MtbPalette, list);
  gtk_widget_class_bind_template_child (widget_class, MtbPalette, offline);
  gtk_widget_class_bind_template_child (widget_class, MtbPalette, scrolled);
  gtk_widget_class_bind_template_child (widget_class, MtbPalette, stack);
  gtk_widget_class_bind_template_callback (widget_class, gtk_window_close);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed);

  g_type_ensure (MTB_TYPE_FOUND_ROW);
}

static void
mtb_palette_init (MtbPalette *self)
{
  g_autoptr (GListModel) all = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->groups = g_list_store_new (G_TYPE_LIST_MODEL);
  for (guint group = 0; group < MTB_N_FOUND_GROUPS; group++)
    {
      g_autoptr (GListStore) store = g_list_store_new (MTB_TYPE_FOUND);

      g_list_store_append (self->groups, store);
    }
  all = G_LIST_MODEL (gtk_flatten_list_model_new (g_object_ref (G_LIST_MODEL (self->groups))));
  gtk_list_box_set_header_func (self->list, set_heading, NULL, NULL);
  gtk_list_box_bind_model (self->list, all, make_row, NULL, NULL);
}

static void
add_source (MtbPalette *self, Source source, const MtbQuery *query)
{
  self->sources[source] = mtb_query_model_new (self->engine, query);
  g_signal_connect_object (self->sources[source], "refreshed", G_CALLBACK (on_refreshed), self,
                           G_CONNECT_SWAPPED);
}

/* Nobody is offered what opens nothing for them. */
static void
add_sources (MtbPalette *self)
{
  gint64 roles = mtb_engine_get_person (self->engine)->roles;

  if (mtb_roles_get_sight (roles, MTB_AREA_CALLS) > MTB_SIGHT_OWN)
    add_source (self, PEOPLE, &mtb_person_search_query);
  if (mtb_roles_open_cards (roles))
    {
      add_source (self, CUSTOMERS_HERE, &customers_here_query);
      add_source (self, CUSTOMERS, &mtb_customer_search_query);
    }
  if (mtb_roles_get_sight (roles, MTB_AREA_CALLS) > MTB_SIGHT_NONE)
    add_source (self, CALLS, &mtb_call_search_query);
}

/**
 * mtb_palette_new:
 * @parent: the window
 * @engine: the engine to ask, with somebody signed in
 * @here: (element-type MtbFound): the places there are, and what can be done here and now
 *
 * Returns: (transfer none): a palette, to be presented
 */
MtbPalette *
mtb_palette_new (GtkWindow *parent, MtbEngine *engine, GPtrArray *here)
{
  MtbPalette *self = g_object_new (MTB_TYPE_PALETTE, "transient-for", parent, NULL);

  self->engine = g_object_ref (engine);
  self->here = g_ptr_array_ref (here);
  add_sources (self);
  on_search_changed (self);
  return self;
}
