#pragma once

#include "mtb-sim-desk.h"

G_BEGIN_DECLS

void mtb_sim_check_files (MtbSimDesk *desk);
void mtb_sim_check_step (MtbSimDesk *desk);
void mtb_sim_check_rows (MtbSimServer *server, MtbSimDesk *desk);
void mtb_sim_check_card (MtbSimServer *server, MtbSimDesk *desk, const char *subscriber_id);
void mtb_sim_check_quiet (MtbSimDesk *desk);
void mtb_sim_check_server (MtbSimServer *server);
void mtb_sim_check_commands (MtbSimServer *server, MtbSimDesk *desk);
void mtb_sim_check_order (MtbSimServer *server, MtbSimDesk *desk);
void mtb_sim_check_password (MtbSimServer *server, MtbSimDesk *desk);

G_END_DECLS
