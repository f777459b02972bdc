#pragma once

#include "mtb-paper.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MTB_TYPE_TEAM_ROW (mtb_team_row_get_type ())
G_DECLARE_FINAL_TYPE (MtbTeamRow, mtb_team_row, MTB, TEAM_ROW, GtkListBoxRow)

void mtb_team_row_show (MtbTeamRow *self, const char *id, const char *name, guint n_people);
const char *mtb_team_row_get_id (MtbTeamRow *self);
void mtb_team_row_describe (MtbTeamRow *self, MtbPaper *paper);

G_END_DECLS
