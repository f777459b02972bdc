#include "mtb-agent-page.h"
#include "mtb-chart.h"
