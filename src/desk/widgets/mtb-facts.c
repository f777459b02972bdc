#include "mtb-facts.h"

#include <glib/gi18n.h>

/* Values break into lines, but not into columns of letters. */
#define VALUE_CHARS 14
/* Titles of several lists of facts on one card end in one line. */
#define TITLE_CHARS 12

/**
 * MtbFacts:
 *
 * Facts under each other, titles at the start and values beside them. Some can be copied plain.
 */
struct _MtbFacts
{
  AdwBin parent_instance;

  GtkGrid *grid;

  int n_facts;
};

G_DEFINE_FINAL_TYPE (MtbFacts, mtb_facts, ADW_TYPE_BIN)

static void
copy (GtkWidget *widget, const char *action_name, GVariant *plain)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), g_variant_get_string (plain, NULL));
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_copy_button (const char *title, const char *plain)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  g_autofree char *name = g_strdup_printf (_ ("Copy: %s"), title);

  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "copy");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "facts.copy");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", plain);
  return button;
}

static void
mtb_facts_class_init (MtbFactsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/widgets/mtb-facts.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbFacts, grid);

  gtk_widget_class_install_action (widget_class, "facts.copy", "s", copy);
}

static void
mtb_facts_init (MtbFacts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_facts_clear:
 * @self: facts
 *
 * Removes all.
 */
void
mtb_facts_clear (MtbFacts *self)
{
  GtkWidget *child;

  g_return_if_fail (MTB_IS_FACTS (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  self->n_facts = 0;
}

/**
 * mtb_facts_add:
 * @self: facts
 * @title: what it is
 * @value: (nullable): its value; without one the fact is left out
 */
void
mtb_facts_add (MtbFacts *self, const char *title, const char *value)
{
  mtb_facts_add_copyable (self, title, value, NULL);
}

/**
 * mtb_facts_add_copyable:
 * @self: facts
 * @title: what it is
 * @value: (nullable): its value; without one the fact is left out
 * @plain: (nullable): the value as it is copied
 */
void
mtb_facts_add_copyable (MtbFacts *self, const char *title, const char *value, const char *plain)
{
  GtkWidget *title_label, *value_label;

  g_return_if_fail (MTB_IS_FACTS (self));

  if (value == NULL || *value == '\0')
    return;
  title_label = make_label (title, "dim-label");
  value_label = make_label (value, "numeric");
  gtk_label_set_width_chars (GTK_LABEL (title_label), TITLE_CHARS);
  gtk_widget_set_hexpand (value_label, TRUE);
  gtk_label_set_wrap (GTK_LABEL (value_label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value_label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (value_label), VALUE_CHARS);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value_label),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, title_label, NULL, -1);
  gtk_grid_attach (self->grid, title_label, 0, self->n_facts, 1, 1);
  gtk_grid_attach (self->grid, value_label, 1, self->n_facts, 1, 1);
  if (plain != NULL)
    gtk_grid_attach (self->grid, make_copy_button (title, plain), 2, self->n_facts, 1, 1);
  self->n_facts++;
}
