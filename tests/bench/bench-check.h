#pragma once

#include <glib.h>

/* Ends the benchmark, in the words of @error, where @ok is not so. A macro, since @ok sets @error. */
#define check(ok, error) \
  G_STMT_START \
  { \
    if (!(ok)) \
      g_error ("%s", (error)->message); \
  } \
  G_STMT_END
