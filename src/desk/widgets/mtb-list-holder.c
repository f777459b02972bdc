#include "mtb-list-holder.h"

/**
 * MtbListHolder:
 *
 * Holds a list as one stop of the Tab key: Tab comes to the row where one was and then leaves the
 * list, past what there is to press in that row; the arrow keys move in it. GtkListView does so by itself from GTK 4.12 on. The #MtbAligned
 * parts of the list's rows are as wide as the widest of them.
 */
struct _MtbListHolder
{
  AdwBin parent_instance;

  GtkSizeGroup *aligned;
};

G_DEFINE_FINAL_TYPE (MtbListHolder, mtb_list_holder, ADW_TYPE_BIN)

/* Not the focus child, which in a popover that was closed is that of the last time. */
static GtkWidget *
get_focus_inside (GtkWidget *widget)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  return focus != NULL && gtk_widget_is_ancestor (focus, widget) ? focus : NULL;
}

/* To the next of the things to press or to write in that stand in one row. */
static gboolean
focus_in_row (GtkWidget *focus, GtkDirectionType direction)
{
  GtkWidget *row = gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW);

  return row != NULL && gtk_widget_child_focus (row, direction);
}

static gboolean
mtb_list_holder_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;
  GtkWidget *focus = get_focus_inside (widget);

  if (tab && focus != NULL)
    return focus_in_row (focus, direction);
  return GTK_WIDGET_CLASS (mtb_list_holder_parent_class)->focus (widget, direction);
}

static void
mtb_list_holder_finalize (GObject *object)
{
  g_object_unref (MTB_LIST_HOLDER (object)->aligned);
  G_OBJECT_CLASS (mtb_list_holder_parent_class)->finalize (object);
}

static void
mtb_list_holder_class_init (MtbListHolderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mtb_list_holder_finalize;
  GTK_WIDGET_CLASS (klass)->focus = mtb_list_holder_focus;
}

static void
mtb_list_holder_init (MtbListHolder *self)
{
  self->aligned = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
}

/**
 * mtb_list_holder_get_aligned:
 * @self: a list holder
 *
 * Returns: (transfer none): the parts of its rows that line up
 */
GtkSizeGroup *
mtb_list_holder_get_aligned (MtbListHolder *self)
{
  g_return_val_if_fail (MTB_IS_LIST_HOLDER (self), NULL);

  return self->aligned;
}
