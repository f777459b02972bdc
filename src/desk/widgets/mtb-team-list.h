#pragma once

#include "mtb-query-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mtb_team_list_fill (GtkDropDown *list, MtbQueryModel *teams, const char *team_id);
char *mtb_team_list_dup_chosen (GtkDropDown *list, MtbQueryModel *teams);

G_END_DECLS
