#include "mtb-teams-page.h"

#include "mtb-online-notice.h"
#include "mtb-teams-panel.h"

/**
 * MtbTeamsPage:
 *
 * The teams, and who belongs to them.
 */
struct _MtbTeamsPage
{
  MtbPage parent_instance;

  MtbOnlineNotice *notice;
  MtbTeamsPanel *panel;
};

G_DEFINE_FINAL_TYPE (MtbTeamsPage, mtb_teams_page, MTB_TYPE_PAGE)

static void
mtb_teams_page_constructed (GObject *object)
{
  MtbTeamsPage *self = MTB_TEAMS_PAGE (object);
  MtbEngine *engine = mtb_page_get_engine (MTB_PAGE (self));

  G_OBJECT_CLASS (mtb_teams_page_parent_class)->constructed (object);

  mtb_online_notice_set_engine (self->notice, engine);
  mtb_teams_panel_set_engine (self->panel, engine);
}

static void
mtb_teams_page_class_init (MtbTeamsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = mtb_teams_page_constructed;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/mutabaa/Mutabaa/ui/admin/mtb-teams-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbTeamsPage, notice);
  gtk_widget_class_bind_template_child (widget_class, MtbTeamsPage, panel);

  g_type_ensure (MTB_TYPE_ONLINE_NOTICE);
  g_type_ensure (MTB_TYPE_TEAMS_PANEL);
}

static void
mtb_teams_page_init (MtbTeamsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
