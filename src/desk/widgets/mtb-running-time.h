#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_RUNNING_TIME (mtb_running_time_get_type ())
G_DECLARE_FINAL_TYPE (MtbRunningTime, mtb_running_time, MTB, RUNNING_TIME, AdwBin)

void mtb_running_time_start (MtbRunningTime *self, gint64 elapsed_ms);
void mtb_running_time_stop (MtbRunningTime *self, gint64 elapsed_ms);

G_END_DECLS
