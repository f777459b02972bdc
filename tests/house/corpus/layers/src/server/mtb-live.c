#include "mtb-engine.h"
