/* Which places a person's roles give them, and what links call these; the one file that knows every
 * role's pages. */

#include "mtb-places.h"

#include "mtb-agent-page.h"
#include "mtb-connections-page.h"
#include "mtb-department-page.h"
#include "mtb-documents-page.h"
#include "mtb-floor-page.h"
#include "mtb-people-page.h"
#include "mtb-records-page.h"
#include "mtb-refused-page.h"
#include "mtb-reports-page.h"
#include "mtb-sessions-page.h"
#include "mtb-settings-page.h"
#include "mtb-teams-page.h"

static const struct
{
  gint64 roles;
  const char *name;
  GType (*get_type) (void);
} places[] = {
  { MTB_ROLE_AGENT, "desk", mtb_agent_page_get_type },
  { MTB_ROLE_SUPERVISOR | MTB_ROLE_MANAGER, "floor", mtb_floor_page_get_type },
  { MTB_ROLES_HUMAN & ~MTB_ROLE_ADMIN, "records", mtb_records_page_get_type },
  { MTB_ROLE_SUPERVISOR | MTB_ROLE_QUALITY | MTB_ROLE_MANAGER, "reports",
    mtb_reports_page_get_type },
  { MTB_ROLE_MANAGER, "department", mtb_department_page_get_type },
  { MTB_ROLES_HUMAN & ~MTB_ROLE_ADMIN, "documents", mtb_documents_page_get_type },
  { MTB_ROLE_ADMIN, "people", mtb_people_page_get_type },
  { MTB_ROLE_ADMIN, "teams", mtb_teams_page_get_type },
  { MTB_ROLE_ADMIN, "sessions", mtb_sessions_page_get_type },
  { MTB_ROLE_ADMIN, "connections", mtb_connections_page_get_type },
  { MTB_ROLE_ADMIN, "settings", mtb_settings_page_get_type },
  { MTB_ROLES_HUMAN, "refused", mtb_refused_page_get_type },
};

/**
 * mtb_places_new:
 * @engine: the engine, with somebody signed in
 * @drafts: what that person has begun
 *
 * Returns: (transfer full) (element-type MtbPage): new pages for the person, the first to begin at
 */
GPtrArray *
mtb_places_new (MtbEngine *engine, MtbDrafts *drafts)
{
  gint64 roles = mtb_engine_get_person (engine)->roles;
  GPtrArray *pages = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if ((roles & places[i].roles) != 0)
      g_ptr_array_add (
        pages, g_object_ref_sink (g_object_new (places[i].get_type (), "engine", engine, "drafts",
                                                drafts, "name", places[i].name, NULL)));
  return pages;
}
