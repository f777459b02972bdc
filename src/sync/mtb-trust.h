#pragma once

#include "mtb-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

GTlsDatabase *mtb_trust_open (const char *path, GError **error);
GError *mtb_trust_new_error (GTlsCertificateFlags faults);

G_END_DECLS
