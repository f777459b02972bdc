#include "mtb-export-button.h"

#include "mtb-list-export.h"

#include <glib/gi18n.h>

/**
 * MtbExportButton:
 *
 * Opens the ways out of the desk for the lists that are seen at a place: a table for spreadsheets, a
 * PDF file, a printer.
 */
struct _MtbExportButton
{
  AdwBin parent_instance;

  GtkMenuButton *button;

  MtbEngine *engine;
  GtkWidget *place;
};

G_DEFINE_FINAL_TYPE (MtbExportButton, mtb_export_button, ADW_TYPE_BIN)

static const char *const format_titles[] = { N_ ("Save as CSV…"), N_ ("Save as PDF…"),
                                             N_ ("Print…") };

static GMenuModel *
build_formats (guint number)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (format_titles); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (gettext (format_titles[i]), NULL);

      g_menu_item_set_action_and_target (item, "list.export", "(uu)", number, i);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

/* More lists than these would make the menu higher than a small screen. */
#define MANY 4

/* One list after the other, each under its title, or behind it where they are many. */
static void
build_menu (GtkMenuButton *button, gpointer user_data)
{
  MtbExportButton *self = user_data;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GPtrArray) listings = mtb_listing_find_all (self->place);

  for (guint i = 0; i < listings->len; i++)
    {
      g_autoptr (GMenuModel) formats = build_formats (i);
      const char *title = mtb_listing_get_title (g_ptr_array_index (listings, i));

      if (listings->len > MANY)
        g_menu_append_submenu (menu, title, formats);
      else
        g_menu_append_section (menu, title, formats);
    }
  if (listings->len == 0)
    g_menu_append (menu, _ ("Nothing in a list here"), "list.nothing");
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
on_export (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  MtbExportButton *self = MTB_EXPORT_BUTTON (widget);
  g_autoptr (GPtrArray) listings = mtb_listing_find_all (self->place);
  guint number, format;

  g_variant_get (parameter, "(uu)", &number, &format);
  if (number < listings->len)
    mtb_list_export_begin (self->place, self->engine, g_ptr_array_index (listings, number),
                           (MtbExportFormat) format);
}

static void
mtb_export_button_dispose (GObject *object)
{
  MtbExportButton *self = MTB_EXPORT_BUTTON (object);

  g_clear_weak_pointer (&self->place);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (mtb_export_button_parent_class)->dispose (object);
}

static void
mtb_export_button_class_init (MtbExportButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mtb_export_button_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/printing/mtb-export-button.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbExportButton, button);

  gtk_widget_class_install_action (widget_class, "list.export", "(uu)", on_export);
}

static void
mtb_export_button_init (MtbExportButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->button, build_menu, self, NULL);
}

/**
 * mtb_export_button_set_place:
 * @self: a button
 * @engine: the engine, with somebody signed in
 * @place: the page or window whose lists it is for
 */
void
mtb_export_button_set_place (MtbExportButton *self, MtbEngine *engine, GtkWidget *place)
{
  g_return_if_fail (MTB_IS_EXPORT_BUTTON (self));

  g_set_object (&self->engine, engine);
  g_set_weak_pointer (&self->place, place);
}
