#include "mtb-found-row.h"

/**
 * MtbFoundRow:
 *
 * Something that the palette found. The focus stays in the entry.
 */
struct _MtbFoundRow
{
  GtkListBoxRow parent_instance;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *detail;
  GtkShortcutLabel *keys;

  MtbFound *found;
};

G_DEFINE_FINAL_TYPE (MtbFoundRow, mtb_found_row, GTK_TYPE_LIST_BOX_ROW)

static void
mtb_found_row_dispose (GObject *object)
{
  MtbFoundRow *self = MTB_FOUND_ROW (object);

  g_clear_object (&self->found);

  G_OBJECT_CLASS (mtb_found_row_parent_class)->dispose (object);
}

static void
mtb_found_row_class_init (MtbFoundRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mtb_found_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/shell/mtb-found-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbFoundRow, detail);
  gtk_widget_class_bind_template_child (widget_class, MtbFoundRow, icon);
  gtk_widget_class_bind_template_child (widget_class, MtbFoundRow, keys);
  gtk_widget_class_bind_template_child (widget_class, MtbFoundRow, title);
}

static void
mtb_found_row_init (MtbFoundRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_found_row_new:
 * @found: what was found
 *
 * Returns: a row for it
 */
GtkWidget *
mtb_found_row_new (MtbFound *found)
{
  MtbFoundRow *self = g_object_new (MTB_TYPE_FOUND_ROW, NULL);
  g_autofree char *icon_name = NULL;
  g_autofree char *title = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *accelerator = NULL;
  g_autofree char *name = NULL;

  self->found = g_object_ref (found);
  g_object_get (found, "icon-name", &icon_name, "title", &title, "detail", &detail, "accelerator",
                &accelerator, NULL);
  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->detail, detail != NULL ? detail : "");
  gtk_shortcut_label_set_accelerator (self->keys, accelerator != NULL ? accelerator : "");
  gtk_widget_set_visible (GTK_WIDGET (self->keys), accelerator != NULL);
  name = detail != NULL ? g_strdup_printf ("%s, %s", title, detail) : g_strdup (title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

/**
 * mtb_found_row_get_found:
 * @self: a row
 *
 * Returns: (transfer none): what was found
 */
MtbFound *
mtb_found_row_get_found (MtbFoundRow *self)
{
  g_return_val_if_fail (MTB_IS_FOUND_ROW (self), NULL);

  return self->found;
}
