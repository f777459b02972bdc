#pragma once

#include "mtb-export.h"
#include "mtb-listing.h"

G_BEGIN_DECLS

void mtb_list_export_begin (GtkWidget *place,
                            MtbEngine *engine,
                            MtbListing *listing,
                            MtbExportFormat format);
void mtb_list_export_begin_main (GtkWidget *place, MtbEngine *engine, MtbExportFormat format);
void mtb_list_export_print (GtkWidget *place, MtbEngine *engine, const char *name, MtbPaper *paper);

G_END_DECLS
