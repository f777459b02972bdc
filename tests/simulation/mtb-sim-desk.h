#pragma once

#include "mtb-client.h"
#include "mtb-sim-line.h"

G_BEGIN_DECLS

typedef struct _MtbSimDesk MtbSimDesk;

/* What a person gave, and what their desk was last known to say of it. */
typedef struct
{
  char *id;
  gint64 state;
  gint64 seq;
  guint n_epochs;
  gint64 answered_at;
  gboolean dropped;
} MtbSimGiven;

MtbSimDesk *mtb_sim_desk_new (MtbSimServer *server, const char *folder, const char *username);
void mtb_sim_desk_free (MtbSimDesk *desk);

gboolean mtb_sim_desk_start (MtbSimDesk *desk);
void mtb_sim_desk_stop (MtbSimDesk *desk);
void mtb_sim_desk_kill (MtbSimDesk *desk, gboolean power_lost);
gboolean mtb_sim_desk_is_up (MtbSimDesk *desk);
gboolean mtb_sim_desk_survives (MtbSimDesk *desk);

gboolean mtb_sim_desk_give (MtbSimDesk *desk, gpointer arguments);
gboolean mtb_sim_desk_sync (MtbSimDesk *desk);
void mtb_sim_desk_sign_out (MtbSimDesk *desk);
void mtb_sim_desk_change_password (MtbSimDesk *desk);
gboolean mtb_sim_desk_fetch_card (MtbSimDesk *desk, const char *subscriber_id);
void mtb_sim_desk_deal_with_refusal (MtbSimDesk *desk);
void mtb_sim_desk_delete_cache (MtbSimDesk *desk);
void mtb_sim_desk_empty_cache (MtbSimDesk *desk);
void mtb_sim_desk_look (MtbSimDesk *desk, gboolean may_be_new);

const char *mtb_sim_desk_get_username (MtbSimDesk *desk);
const char *mtb_sim_desk_get_person_id (MtbSimDesk *desk);
const char *mtb_sim_desk_get_password (MtbSimDesk *desk);
gboolean mtb_sim_desk_was_kept_out (MtbSimDesk *desk);
MtbSimServer *mtb_sim_desk_get_server (MtbSimDesk *desk);
MtbSimLine *mtb_sim_desk_get_line (MtbSimDesk *desk);
MtbSimDisk *mtb_sim_desk_get_disk (MtbSimDesk *desk);
MtbSimClock *mtb_sim_desk_get_clock (MtbSimDesk *desk);
GPtrArray *mtb_sim_desk_get_given (MtbSimDesk *desk);
MtbPerson *mtb_sim_desk_dup_person (MtbSimDesk *desk);
gint64 mtb_sim_desk_get_now (MtbSimDesk *desk);
MtbStore *mtb_sim_desk_get_cache (MtbSimDesk *desk);
MtbStore *mtb_sim_desk_get_outbox (MtbSimDesk *desk);
guint mtb_sim_desk_count_waiting (MtbSimDesk *desk);

G_END_DECLS
