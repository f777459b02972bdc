#pragma once

#include "mtb-service.h"
#include "mtb-sim-clock.h"
#include "mtb-sim-disk.h"

G_BEGIN_DECLS

#define MTB_SIM_PASSWORD "right password"

typedef struct _MtbSimServer MtbSimServer;

MtbSimServer *mtb_sim_server_new (const char *folder);
void mtb_sim_server_free (MtbSimServer *server);

gboolean mtb_sim_server_start (MtbSimServer *server);
void mtb_sim_server_stop (MtbSimServer *server);
void mtb_sim_server_kill (MtbSimServer *server, gboolean power_lost);
void mtb_sim_server_lose_parts (MtbSimServer *server);
gboolean mtb_sim_server_is_up (MtbSimServer *server);
MtbResponse *mtb_sim_server_handle (MtbSimServer *server, const MtbRequest *request);

void mtb_sim_server_back_up (MtbSimServer *server);
gboolean mtb_sim_server_has_backup (MtbSimServer *server, gint64 max_age_ms);
void mtb_sim_server_restore (MtbSimServer *server);
gboolean mtb_sim_server_begin_epoch (MtbSimServer *server);
gboolean mtb_sim_server_end_epoch (MtbSimServer *server);
gboolean mtb_sim_server_is_rewound (MtbSimServer *server);
guint mtb_sim_server_get_n_epochs (MtbSimServer *server);
guint mtb_sim_server_get_n_restores (MtbSimServer *server);

gboolean
mtb_sim_server_command (MtbSimServer *server, const char *who, gpointer arguments, const char *id);
MtbStore *mtb_sim_server_get_store (MtbSimServer *server);
MtbSimDisk *mtb_sim_server_get_disk (MtbSimServer *server);
MtbSimClock *mtb_sim_server_get_clock (MtbSimServer *server);

G_END_DECLS
