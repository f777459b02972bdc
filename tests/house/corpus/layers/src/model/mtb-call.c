#include "mtb-call.h"
#include "mtb-store.h"
