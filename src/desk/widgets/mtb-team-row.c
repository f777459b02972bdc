#include "mtb-team-row.h"

#include "mtb-text.h"

#include <glib/gi18n.h>

/**
 * MtbTeamRow:
 *
 * A team, or those who are in none, and how many people it has.
 */
struct _MtbTeamRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *name;
  GtkLabel *count;

  char *id;
};

G_DEFINE_FINAL_TYPE (MtbTeamRow, mtb_team_row, GTK_TYPE_LIST_BOX_ROW)

static void
mtb_team_row_finalize (GObject *object)
{
  g_free (MTB_TEAM_ROW (object)->id);
  G_OBJECT_CLASS (mtb_team_row_parent_class)->finalize (object);
}

static void
mtb_team_row_class_init (MtbTeamRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mtb_team_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/widgets/mtb-team-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbTeamRow, count);
  gtk_widget_class_bind_template_child (widget_class, MtbTeamRow, name);
}

static void
mtb_team_row_init (MtbTeamRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mtb_team_row_show:
 * @self: a row
 * @id: (nullable): the team; %NULL for no team
 * @name: its name, or words for none
 * @n_people: how many belong to it
 */
void
mtb_team_row_show (MtbTeamRow *self, const char *id, const char *name, guint n_people)
{
  g_autofree char *number = mtb_text_number (n_people);
  g_autofree char *words = NULL;

  g_return_if_fail (MTB_IS_TEAM_ROW (self));

  words = g_strdup_printf (ngettext ("%s person", "%s people", n_people), number);
  if (self->id != id)
    {
      g_free (self->id);
      self->id = g_strdup (id);
    }
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->count, words);
}

/**
 * mtb_team_row_describe:
 * @self: a row
 * @paper: paper with columns for the team and how many people it has
 *
 * Adds what it shows as a row of a table.
 */
void
mtb_team_row_describe (MtbTeamRow *self, MtbPaper *paper)
{
  g_autofree char *count = NULL;

  g_return_if_fail (MTB_IS_TEAM_ROW (self));

  count = mtb_text_plain_digits (gtk_label_get_label (self->count));
  mtb_paper_add_cell (paper, gtk_label_get_label (self->name), NULL);
  mtb_paper_add_cell (paper, gtk_label_get_label (self->count), count);
}

/**
 * mtb_team_row_get_id:
 * @self: a row
 *
 * Returns: (nullable): the team, %NULL for no team
 */
const char *
mtb_team_row_get_id (MtbTeamRow *self)
{
  g_return_val_if_fail (MTB_IS_TEAM_ROW (self), NULL);

  return self->id;
}
