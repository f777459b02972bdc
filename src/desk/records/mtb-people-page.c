#include "mtb-people-page.h"

#include "mtb-list-pane.h"
#include "mtb-query-model.h"

/**
 * MtbPeoplePage:
 *
 * The people of the department: their roles and teams, and whether they may sign in.
 */
struct _MtbPeoplePage
{
  MtbPage parent_instance;

  MtbListPane *pane;
  GtkColumnView *view;
  GtkSingleSelection *selection;

  MtbQueryModel *people;
};

G_DEFINE_FINAL_TYPE (MtbPeoplePage, mtb_people_page, MTB_TYPE_PAGE)

static void
mtb_people_page_activate (MtbPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (MTB_PEOPLE_PAGE (page)->view));
}

static void
mtb_people_page_constructed (GObject *object)
{
  MtbPeoplePage *self = MTB_PEOPLE_PAGE (object);
  g_autoptr (MtbEverything) everything = mtb_record_new (mtb_people_query.arguments);

  G_OBJECT_CLASS (mtb_people_page_parent_class)->constructed (object);

  self->people = mtb_query_model_new (mtb_page_get_engine (MTB_PAGE (self)), &mtb_people_query);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->people));
  mtb_list_pane_set_model (self->pane, self->people);
  mtb_query_model_ask (self->people, everything);
}

static void
mtb_people_page_dispose (GObject *object)
{
  MtbPeoplePage *self = MTB_PEOPLE_PAGE (object);

  g_clear_object (&self->people);

  G_OBJECT_CLASS (mtb_people_page_parent_class)->dispose (object);
}

static void
mtb_people_page_class_init (MtbPeoplePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MtbPageClass *page_class = MTB_PAGE_CLASS (klass);

  object_class->constructed = mtb_people_page_constructed;
  object_class->dispose = mtb_people_page_dispose;

  page_class->activate = mtb_people_page_activate;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/mutabaa/Mutabaa/ui/records/mtb-people-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MtbPeoplePage, pane);
  gtk_widget_class_bind_template_child (widget_class, MtbPeoplePage, selection);
  gtk_widget_class_bind_template_child (widget_class, MtbPeoplePage, view);

  g_type_ensure (MTB_TYPE_ITEM);
  g_type_ensure (MTB_TYPE_LIST_PANE);
}

static void
mtb_people_page_init (MtbPeoplePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
