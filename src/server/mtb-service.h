#pragma once

#include "mtb-authority.h"
#include "mtb-configuration.h"
#include "mtb-exchange.h"

G_BEGIN_DECLS

typedef struct _MtbService MtbService;

MtbService *
mtb_service_new (const char *database, GSourceFunc committed, gpointer data, GError **error);
void mtb_service_free (MtbService *service);
char **mtb_service_list_routes (void);
void mtb_service_set_clock (MtbService *service, MtbClock clock, gpointer data);
gboolean mtb_service_set_limits (MtbService *service, const MtbLimits *limits, GError **error);
MtbResponse *mtb_service_handle (MtbService *service, const MtbRequest *request);
void mtb_service_set_snapshots (MtbService *service, const char *folder);
void mtb_service_set_beat (MtbService *service, guint seconds);
char *mtb_service_identify (MtbService *service, const char *token, char **desk, GError **error);
gint64 mtb_service_get_seq (MtbService *service);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbService, mtb_service_free)

G_END_DECLS
