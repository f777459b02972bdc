#include "mtb-department-page.h"

#include "mtb-call-types-panel.h"
#include "mtb-online-notice.h"
#include "mtb-teams-panel.h"
#include "mtb-threshold-panel.h"

/**
 * MtbDepartmentPage:
 *
 * What the manager sets for the department: the waiting threshold, the types of call, the teams.
 * All of it needs the server's word; while that cannot be had, the page says so once.
 */
struct _MtbDepartmentPage
{
  MtbPage parent_instance;

  MtbOnlineNotice *notice;
  MtbThresholdPanel *threshold;
  MtbCallTypesPanel *types;
  MtbTeamsPanel *teams;
};

G_DEFINE_FINAL_TYPE (MtbDepartmentPage, mtb_department_page, MTB_TYPE_PAGE)

static void
mtb_department_page_constructed (GObject *object)
{
  MtbDepartmentPage *self = MTB_DEPARTMENT_PAGE (object);
  MtbEngine *engine = mtb_page_get_engine (MTB_PAGE (self));

  G_OBJECT_CLASS (mtb_department_page_parent_class)->constructed (object);

  mtb_online_notice_set_engine (self->notice, engine);
  mtb_threshold_panel_set_engine (self->threshold, engine);
  mtb_call_types_panel_set_engine (self->types, engine);
  mtb_teams_panel_set_engine (self->teams, engine);
}

static void
mtb_department_page_class_init (MtbDepartmentPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = mtb_department_page_constructed;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/manager/mtb-department-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbDepartmentPage, notice);
  gtk_widget_class_bind_template_child (widget_class, MtbDepartmentPage, teams);
  gtk_widget_class_bind_template_child (widget_class, MtbDepartmentPage, threshold);
  gtk_widget_class_bind_template_child (widget_class, MtbDepartmentPage, types);

  g_type_ensure (MTB_TYPE_CALL_TYPES_PANEL);
  g_type_ensure (MTB_TYPE_ONLINE_NOTICE);
  g_type_ensure (MTB_TYPE_TEAMS_PANEL);
  g_type_ensure (MTB_TYPE_THRESHOLD_PANEL);
}

static void
mtb_department_page_init (MtbDepartmentPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
