#include "mtb-window.h"
