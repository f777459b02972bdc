#pragma once
#include "mtb-call.h"
