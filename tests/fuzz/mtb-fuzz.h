#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* What libFuzzer calls with each input; mtb-fuzz-corpus.c does, too, with those that are kept. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

G_END_DECLS
