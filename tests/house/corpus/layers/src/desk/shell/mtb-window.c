#include "mtb-agent-page.h"
