#include "mtb-finder.h"

#include "mtb-fold.h"
#include "mtb-list-pane.h"
#include "mtb-query-model.h"
#include "mtb-steer.h"

#define LIMIT 50

/**
 * MtbFinder:
 *
 * Finds a customer as one types; what is found covers the finder's `content` for so long. The
 * arrow keys move while one types, Enter takes the marked one: `chosen` is emitted with its item.
 */
struct _MtbFinder
{
  AdwBin parent_instance;

  GtkSearchEntry *entry;
  GtkStack *stack;
  AdwBin *content;
  MtbListPane *pane;
  GtkListView *list;
  GtkSingleSelection *selection;

  MtbQueryModel *found;
  gboolean answered;
  gboolean choose_when_answered;
};

G_DEFINE_FINAL_TYPE (MtbFinder, mtb_finder, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_CONTENT,
  N_PROPS
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
choose_marked (MtbFinder *self)
{
  g_autoptr (MtbItem) item = NULL;

  self->choose_when_answered = FALSE;
  if (!g_set_object (&item, mtb_steer_get_chosen (self->list)))
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  g_signal_emit (self, signals[CHOSEN], 0, item);
}

/* Neither blanks nor an Arabic article say whom to look for. */
static gboolean
says_nothing (const char *text)
{
  g_auto (GStrv) words = mtb_fold_words (text);

  return words[0] == NULL;
}

static void
on_search_changed (MtbFinder *self)
{
  g_autoptr (MtbCustomerSearch) search = mtb_record_new (mtb_customer_search_query.arguments);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  gtk_stack_set_visible_child_name (self->stack, says_nothing (text) ? "content" : "results");
  if (says_nothing (text))
    {
      mtb_query_model_clear (self->found);
      return;
    }
  search->text = g_strdup (text);
  search->limit = LIMIT;
  self->answered = FALSE;
  mtb_query_model_ask (self->found, search);
}

static void
on_text_changed (MtbFinder *self)
{
  self->answered = FALSE;
  self->choose_when_answered = FALSE;
}

static void
on_refreshed (MtbFinder *self)
{
  if (!self->answered)
    gtk_single_selection_set_selected (self->selection, 0);
  self->answered = TRUE;
  if (self->choose_when_answered)
    choose_marked (self);
}

/* Whoever types fast and presses Enter means what was typed, not what was found before. */
static void
on_activate (MtbFinder *self)
{
  if (self->answered)
    choose_marked (self);
  else
    self->choose_when_answered = *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0';
}

static void
on_row_activated (MtbFinder *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  choose_marked (self);
}

static void
on_stop_search (MtbFinder *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "page.leave", NULL);
}

static void
mtb_finder_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MtbFinder *self = MTB_FINDER (object);

  switch (prop_id)
    {
    case PROP_CONTENT:
      g_value_set_object (value, adw_bin_get_child (self->content));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_finder_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MtbFinder *self = MTB_FINDER (object);

  switch (prop_id)
    {
    case PROP_CONTENT:
      adw_bin_set_child (self->content, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mtb_finder_dispose (GObject *object)
{
  MtbFinder *self = MTB_FINDER (object);

  g_clear_object (&self->found);

  G_OBJECT_CLASS (mtb_finder_parent_class)->dispose (object);
}

static void
mtb_finder_class_init (MtbFinderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mtb_finder_dispose;
  object_class->get_property = mtb_finder_get_property;
  object_class->set_property = mtb_finder_set_property;

  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, MTB_TYPE_ITEM);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/agent/mtb-finder.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbFinder, content);
  gtk_widget_class_bind_template_child (widget_class, MtbFinder, entry);
  gtk_widget_class_bind_template_child (widget_class, MtbFinder, list);
  gtk_widget_class_bind_template_child (widget_class, MtbFinder, pane);
  gtk_widget_class_bind_template_child (widget_class, MtbFinder, selection);
  gtk_widget_class_bind_template_child (widget_class, MtbFinder, stack);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed);

  g_type_ensure (MTB_TYPE_ITEM);
  g_type_ensure (MTB_TYPE_LIST_PANE);
}

static void
mtb_finder_init (MtbFinder *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mtb_steer (GTK_WIDGET (self->entry), self->list);
}

/**
 * mtb_finder_set_engine:
 * @self: a finder
 * @engine: the engine to ask
 */
void
mtb_finder_set_engine (MtbFinder *self, MtbEngine *engine)
{
  g_return_if_fail (MTB_IS_FINDER (self));

  self->found = mtb_query_model_new (engine, &mtb_customer_search_query);
  g_signal_connect_object (self->found, "refreshed", G_CALLBACK (on_refreshed), self,
                           G_CONNECT_SWAPPED);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->found));
  mtb_list_pane_set_model (self->pane, self->found);
}

/**
 * mtb_finder_focus:
 * @self: a finder
 *
 * Puts the focus where one types.
 */
void
mtb_finder_focus (MtbFinder *self)
{
  g_return_if_fail (MTB_IS_FINDER (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}
