#pragma once

/* What one request may bring, stated in the catalogue. Passing one is a clear error. */
#define MTB_PROTOCOL 1
#define MTB_BODY_MAX (4 * 1024 * 1024)
/* Of whoever has not said who they are. */
#define MTB_STRANGERS_BODY_MAX (64 * 1024)
/* The tree of a body takes far more room than its text, if it is of many small things. */
#define MTB_VALUES_MAX (MTB_BODY_MAX / 16)
#define MTB_BATCH_MAX 500
#define MTB_TYPE_MAX 64
#define MTB_DESK_MAX 200
#define MTB_PAGE_MAX 2000
/* A page of changes ends with the change that passes this, so that it can be read as a body is. */
#define MTB_PAGE_BYTES (MTB_BODY_MAX / 2)
#define MTB_DEPTH_MAX 32
#define MTB_MEMBERS_MAX 256
#define MTB_NUMBER_MAX G_GINT64_CONSTANT (9007199254740991)
