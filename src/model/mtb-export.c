#include "mtb-export.h"

const char *const mtb_export_format_words[] = { "csv", "pdf", "paper", NULL };
