#include "mtb-aligned.h"

#include "mtb-list-holder.h"

/**
 * MtbAligned:
 *
 * A part of a row that is as wide in all rows of the #MtbListHolder as in the widest, so that what
 * comes after it lines up.
 */
struct _MtbAligned
{
  AdwBin parent_instance;

  GtkSizeGroup *group;
};

G_DEFINE_FINAL_TYPE (MtbAligned, mtb_aligned, ADW_TYPE_BIN)

static void
mtb_aligned_root (GtkWidget *widget)
{
  MtbAligned *self = MTB_ALIGNED (widget);
  GtkWidget *holder = gtk_widget_get_ancestor (widget, MTB_TYPE_LIST_HOLDER);

  GTK_WIDGET_CLASS (mtb_aligned_parent_class)->root (widget);

  if (holder == NULL)
    return;
  self->group = g_object_ref (mtb_list_holder_get_aligned (MTB_LIST_HOLDER (holder)));
  gtk_size_group_add_widget (self->group, widget);
}

static void
mtb_aligned_unroot (GtkWidget *widget)
{
  MtbAligned *self = MTB_ALIGNED (widget);

  if (self->group != NULL)
    gtk_size_group_remove_widget (self->group, widget);
  g_clear_object (&self->group);

  GTK_WIDGET_CLASS (mtb_aligned_parent_class)->unroot (widget);
}

static void
mtb_aligned_class_init (MtbAlignedClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->root = mtb_aligned_root;
  widget_class->unroot = mtb_aligned_unroot;
}

static void
mtb_aligned_init (MtbAligned *self)
{
}
