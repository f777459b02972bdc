#include "mtb-connection.h"

const char *const mtb_connection_kind_words[] = { "pbx_log", "subscribers", NULL };
const char *const mtb_connection_state_words[] = { "working", "waiting", "failed", "stopped",
                                                   NULL };

static const MtbField connection_fields[] = {
  MTB_FIELD (MtbConnection, id, ID, .required = TRUE),
  MTB_FIELD (MtbConnection, kind, ENUM, .required = TRUE, .choices = mtb_connection_kind_words),
  MTB_FIELD (MtbConnection, name, TEXT, .required = TRUE, .max = 80),
  MTB_FIELD (MtbConnection, state, ENUM, .required = TRUE, .choices = mtb_connection_state_words),
  MTB_FIELD (MtbConnection, detail, TEXT, .max = 400),
  MTB_FIELD (MtbConnection, last_at, TIME),
  MTB_FIELD (MtbConnection, since, TIME, .required = TRUE),
};

const MtbTable mtb_connection_table = {
  .shape = MTB_SHAPE ("connection", MtbConnection, connection_fields),
  .area = MTB_AREA_CONNECTIONS,
};
