#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_CERTIFICATE_ROW (mtb_certificate_row_get_type ())
G_DECLARE_FINAL_TYPE (MtbCertificateRow, mtb_certificate_row, MTB, CERTIFICATE_ROW, AdwActionRow)

G_END_DECLS
