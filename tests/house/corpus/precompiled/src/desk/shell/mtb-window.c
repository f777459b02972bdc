#include "mtb-window.h"

static AdwBin *bin; /* AdwClamp is no name here */
static GtkWidget *child;
