#pragma once
#include "mtb-store.h"
