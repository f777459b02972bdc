#pragma once

#include "mtb-call.h"
#include "mtb-command.h"
#include "mtb-error.h"
#include "mtb-ledger.h"
#include "mtb-person.h"
#include "mtb-test-record.h"
#include "mtb-time.h"
#include "mtb-totals.h"
#include "mtb-workflow.h"

G_BEGIN_DECLS

/* A small department of a test's own. There is a person for every role, with the role's word as the name;
 * `agent` (rima at the PBX) and `colleague` (samer) are in the team `north` that `supervisor`
 * follows, `stranger` (lina) is in the team `south`. The types `fault` (of the group `technical`)
 * and `retired` (no longer in use), the subscriber `omar` and the prospect `sami` are there; their
 * ids are mtb_test_id() of these words. A command is received `now`, and was given `lag` before.
 * `source` is the PBX whose log is told. Running totals are kept where `totals` are. All that is given is as of one transaction: what was read
 * for one command is there for the next. */
typedef struct
{
  MtbStore *store;
  MtbTotals *totals;
  MtbUnjoined *unjoined;
  gint64 now;
  gint64 lag;
  gint64 log_from;
  const char *source;
  guint n_lines;
  gboolean is_desk;
  gpointer attachment;
} MtbTestDepartment;

MtbTestDepartment *mtb_test_department_new (void);
void mtb_test_department_free (MtbTestDepartment *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbTestDepartment, mtb_test_department_free)

/* The arguments of a command are taken over by these. */
gboolean
mtb_test_give (MtbTestDepartment *self, const char *who, gpointer arguments, GError **error);
void mtb_test_accept (MtbTestDepartment *self, const char *who, gpointer arguments);
void mtb_test_refuse (MtbTestDepartment *self,
                      const char *who,
                      gpointer arguments,
                      MtbError code,
                      const char *field);

/* Lines of a queue log, in which the time is seconds after an hour ago: "5|r1|support|rima|…". */
void mtb_test_log (MtbTestDepartment *self, const char *lines);

MtbCallLog *mtb_test_call (MtbTestDepartment *self, const char *name);
MtbCallAmend *mtb_test_amendment (MtbTestDepartment *self, const char *name, gint64 version);
MtbPersonPut *mtb_test_person (const char *name, gint64 roles);
void mtb_test_add_subscriber (MtbTestDepartment *self,
                              const char *key,
                              const char *name,
                              const char *telephone,
                              const char *username,
                              const char *account_number);

gpointer mtb_test_get (MtbTestDepartment *self, const MtbTable *table, const char *id);
gint64 mtb_test_count (MtbTestDepartment *self, const char *sql);
MtbPerson *mtb_test_get_person (MtbTestDepartment *self, const char *who);
MtbHead *mtb_test_get_head (MtbTestDepartment *self);

#define MTB_TEST_SET(record, member, value) \
  (g_free ((record)->member), (record)->member = g_strdup (value))

G_END_DECLS
