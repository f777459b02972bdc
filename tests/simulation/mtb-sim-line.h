#pragma once

#include "mtb-sim-server.h"
#include "mtb-transport.h"

G_BEGIN_DECLS

#define MTB_TYPE_SIM_LINE (mtb_sim_line_get_type ())
G_DECLARE_FINAL_TYPE (MtbSimLine, mtb_sim_line, MTB, SIM_LINE, GObject)

typedef void (*MtbSimMeanwhile) (gpointer data);

MtbSimLine *mtb_sim_line_new (MtbSimServer *server, const char *desk);
void mtb_sim_line_set_faults (MtbSimLine *self, guint per_mille);
void mtb_sim_line_cut (MtbSimLine *self, gint64 until);
void mtb_sim_line_limit_bodies (MtbSimLine *self, gsize bytes);
gboolean mtb_sim_line_limits_bodies (MtbSimLine *self);
void mtb_sim_line_limit_pages (MtbSimLine *self, guint n_changes);
void mtb_sim_line_set_meanwhile (MtbSimLine *self, MtbSimMeanwhile func, gpointer data);
gboolean mtb_sim_line_outlived_verdict (MtbSimLine *self, const char *command_id);
gboolean mtb_sim_line_deliver_late (MtbSimLine *self);

G_END_DECLS
