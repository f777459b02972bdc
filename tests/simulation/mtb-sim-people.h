#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MTB_SIM_N_PEOPLE 8
#define MTB_SIM_N_TEAMS 2
#define MTB_SIM_N_SUBSCRIBERS 12

extern const char *const mtb_sim_people[MTB_SIM_N_PEOPLE];
extern const char *const mtb_sim_teams[MTB_SIM_N_TEAMS];

const char *mtb_sim_id (const char *name);
const char *mtb_sim_subscriber_id (guint n);
void mtb_sim_people_prepare (const char *path);
void mtb_sim_people_found (const char *path);

G_END_DECLS
