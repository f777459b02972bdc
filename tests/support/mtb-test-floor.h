#pragma once

#include "mtb-presence.h"
#include "mtb-test-department.h"

G_BEGIN_DECLS

/* Minutes of a department's morning count from its `log_from`. */
void mtb_test_set_minute (MtbTestDepartment *self, double minute);

/* Arguments; each move has an id of its own. */
MtbPresenceMove *mtb_test_move (MtbTestDepartment *self, MtbPresenceAct act);
MtbPresenceLapse *
mtb_test_lapse (MtbTestDepartment *self, const char *who, MtbPresenceAct act, double seen_minute);
MtbAuxiliaryAsk *mtb_test_ask (const char *name, MtbAuxiliaryReason reason, gint64 minutes);
MtbAuxiliaryDecide *mtb_test_decide (MtbTestDepartment *self,
                                     const MtbCommand *command,
                                     const char *name,
                                     const char *word);

/* Somebody asks at one minute and has their approval at once, from `supervisor`. */
void mtb_test_approve (MtbTestDepartment *self, const char *who, const char *name, gint64 minutes);

/* "available:begin 0-10 on_call:answer 10-": somebody's stretches in order, in whole minutes. */
void mtb_test_check_stretches (MtbTestDepartment *self, const char *who, const char *expected);
/* "ended 10-25": a request, when it began and when it ended. */
void mtb_test_check_request (MtbTestDepartment *self, const char *name, const char *expected);

G_END_DECLS
