#pragma once

#include "mtb-authority.h"

#include <stdint.h>

G_BEGIN_DECLS

/* The input as a file, until the next one. */
const char *mtb_fuzz_file (const uint8_t *data, size_t size);

/* A department in memory, with nobody in it but the built-in people, and nothing of what another input
 * brought. */
MtbAuthority *mtb_fuzz_get_authority (void);

/* Whatever was taken, each row holds what it may. */
void mtb_fuzz_check_rows (MtbAuthority *authority);

G_END_DECLS
