#pragma once

#include "mtb-person.h"
#include "mtb-store.h"

G_BEGIN_DECLS

typedef struct _MtbViewer MtbViewer;

MtbViewer *mtb_viewer_load (MtbStore *store, const char *person_id, GError **error);
void mtb_viewer_free (MtbViewer *viewer);
const MtbPerson *mtb_viewer_get_person (const MtbViewer *viewer);
MtbSight mtb_viewer_get_sight (const MtbViewer *viewer, MtbArea area);
const char **mtb_viewer_list_people (const MtbViewer *viewer);
gboolean mtb_viewer_has_person (const MtbViewer *viewer, const char *person_id);
gboolean mtb_viewer_sees_scope (const MtbViewer *viewer, const MtbTable *table, const char *scope);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbViewer, mtb_viewer_free)

G_END_DECLS
