#pragma once

#include "mtb-sim-desk.h"

G_BEGIN_DECLS

gpointer mtb_sim_work_make (MtbSimDesk *desk);
void mtb_sim_work_observe (MtbSimServer *server);
void mtb_sim_work_observe_again (MtbSimServer *server);
void mtb_sim_work_import_subscriber (MtbSimServer *server);
void mtb_sim_work_name_subscriber (MtbSimServer *server, guint n);
void mtb_sim_work_measure_card (MtbSimServer *server, guint n);
gboolean mtb_sim_work_bring_back (MtbSimServer *server);
void mtb_sim_work_begin (void);

G_END_DECLS
