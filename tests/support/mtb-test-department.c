#include "mtb-test-department.h"

#include "mtb-fold.h"
#include "mtb-setting.h"
#include "mtb-subscriber.h"
#include "mtb-test-database.h"

static void
put (MtbTestDepartment *self, gpointer record)
{
  g_autoptr (GError) error = NULL;

  mtb_store_put (self->store, record, &error);
  g_assert_no_error (error);
  mtb_record_unref (record);
}

static void
put_person (MtbTestDepartment *self,
            const char *name,
            gint64 roles,
            const char *team,
            const char *pbx_name)
{
  MtbPerson *person = mtb_record_new (&mtb_person_table.shape);

  person->id = g_strdup (mtb_test_id (name));
  person->username = g_strdup (name);
  person->display_name = g_strdup (name);
  person->roles = roles;
  person->team_id = team != NULL ? g_strdup (mtb_test_id (team)) : NULL;
  person->pbx_name = g_strdup (pbx_name);
  person->active = 1;
  put (self, person);
}

static void
put_team (MtbTestDepartment *self, const char *name)
{
  MtbTeam *team = mtb_record_new (&mtb_team_table.shape);

  team->id = g_strdup (mtb_test_id (name));
  team->name = g_strdup (name);
  put (self, team);
}

static void
put_type (MtbTestDepartment *self, const char *name, const char *parent, gint64 active)
{
  MtbCallType *type = mtb_record_new (&mtb_call_type_table.shape);

  type->id = g_strdup (mtb_test_id (name));
  type->parent_id = parent != NULL ? g_strdup (mtb_test_id (parent)) : NULL;
  type->name = g_strdup (name);
  type->name_en = g_strdup (name);
  type->position = 1;
  type->active = active;
  put (self, type);
}

void
mtb_test_add_subscriber (MtbTestDepartment *self,
                         const char *key,
                         const char *name,
                         const char *telephone,
                         const char *username,
                         const char *account_number)
{
  MtbSubscriber *subscriber = mtb_record_new (&mtb_subscriber_table.shape);

  subscriber->id = g_strdup (mtb_test_id (key));
  subscriber->name = g_strdup (name);
  subscriber->name_folded = mtb_fold (name);
  subscriber->telephone = g_strdup (telephone);
  subscriber->username = g_strdup (username);
  subscriber->account_number = g_strdup (account_number);
  subscriber->status = MTB_SUBSCRIBER_ACTIVE;
  put (self, subscriber);
}

static void
fill (MtbTestDepartment *self)
{
  MtbProspect *prospect = mtb_record_new (&mtb_prospect_table.shape);

  put_team (self, "north");
  put_team (self, "south");
  for (guint i = 0; mtb_role_words[i] != NULL; i++)
    if (i > 1)
      put_person (self, mtb_role_words[i], G_GINT64_CONSTANT (1) << i, NULL, NULL);
  put_person (self, "agent", MTB_ROLE_AGENT, "north", "rima");
  put_person (self, "colleague", MTB_ROLE_AGENT, "north", "samer");
  put_person (self, "stranger", MTB_ROLE_AGENT, "south", "lina");
  put_person (self, "supervisor", MTB_ROLE_SUPERVISOR, "north", NULL);
  put_type (self, "technical", NULL, 1);
  put_type (self, "fault", "technical", 1);
  put_type (self, "retired", "technical", 0);
  mtb_test_add_subscriber (self, "omar", "عمر الأحمد", "011-4018827", "omar", "A-1001");
  prospect->id = g_strdup (mtb_test_id ("sami"));
  prospect->name = g_strdup ("Sami");
  prospect->name_folded = g_strdup ("sami");
  prospect->telephone = g_strdup ("0933 123 456");
  put (self, prospect);
}

MtbTestDepartment *
mtb_test_department_new (void)
{
  g_autoptr (GError) error = NULL;
  MtbTestDepartment *self = g_new0 (MtbTestDepartment, 1);

  self->store = mtb_test_database_open ();
  mtb_ledger_create (self->store, mtb_test_id ("epoch"), &error);
  g_assert_no_error (error);
  self->unjoined = mtb_unjoined_new ();
  self->now = mtb_time_now ();
  self->log_from = (self->now - MTB_HOUR) / MTB_SECOND * MTB_SECOND;
  fill (self);
  return self;
}

void
mtb_test_department_free (MtbTestDepartment *self)
{
  mtb_store_close (self->store);
  mtb_totals_free (self->totals);
  mtb_unjoined_free (self->unjoined);
  g_free (self);
}

typedef struct
{
  MtbHead *head;
  MtbTotals *totals;
  MtbUnjoined *unjoined;
} Writing;

static gboolean
add_change (MtbStore *store,
            const MtbTable *table,
            gconstpointer before,
            gconstpointer after,
            gpointer data,
            GError **error)
{
  const Writing *writing = data;
  g_autoptr (GError) fault = NULL;

  /* Or a sound database would be called damaged. */
  if (after != NULL)
    mtb_record_check (after, &fault);
  g_assert_no_error (fault);
  mtb_unjoined_note (writing->unjoined, table, before, after);
  return (writing->totals == NULL
          || mtb_totals_note (writing->totals, store, table, before, after, error))
         && mtb_ledger_add_change (store, writing->head, table, before, after, error);
}

/* As the authority does it, or as a desk does where @self is one. */
gboolean
mtb_test_give (MtbTestDepartment *self, const char *who, gpointer arguments, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (MtbPerson) person = mtb_test_get_person (self, who);
  g_autoptr (MtbHead) head = NULL;
  MtbOccasion occasion = {
    self->store, person, self->now - self->lag, self->now, NULL, self->attachment, self->unjoined,
  };
  Writing writing = { NULL, self->totals, self->unjoined };
  gboolean ok;

  mtb_store_begin (self->store, &failure);
  g_assert_no_error (failure);
  head = self->is_desk ? NULL : mtb_ledger_take_head (self->store, &failure);
  g_assert_no_error (failure);
  occasion.head = head;
  writing.head = head;
  if (self->is_desk)
    {
      occasion.received_at = MTB_ABSENT;
      occasion.unjoined = NULL;
    }
  else
    mtb_store_set_journal (self->store, add_change, &writing);
  ok = mtb_workflow_carry_out (&occasion, arguments, error);
  if (self->totals != NULL)
    mtb_totals_flush (self->totals, self->store, &failure);
  g_assert_no_error (failure);
  mtb_store_set_journal (self->store, NULL, NULL);
  if (head != NULL)
    mtb_ledger_write_head (self->store, head, &failure);
  g_assert_no_error (failure);
  mtb_store_commit (self->store, &failure);
  g_assert_no_error (failure);
  mtb_record_unref (arguments);
  return ok;
}

void
mtb_test_accept (MtbTestDepartment *self, const char *who, gpointer arguments)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = mtb_test_give (self, who, arguments, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

/* A command that is refused leaves nothing behind. */
void
mtb_test_refuse (MtbTestDepartment *self,
                 const char *who,
                 gpointer arguments,
                 MtbError code,
                 const char *field)
{
  g_autoptr (GError) error = NULL;
  gint64 n_changes = mtb_test_count (self, "SELECT COUNT(*) FROM change");
  gboolean ok = mtb_test_give (self, who, arguments, &error);

  g_assert_false (ok);
  g_assert_error (error, MTB_ERROR, (int) code);
  g_assert_cmpstr (mtb_error_get_field (error), ==, field);
  g_assert_true (mtb_error_is_verdict (error));
  g_assert_cmpint (mtb_test_count (self, "SELECT COUNT(*) FROM change"), ==, n_changes);
}

static char *
dup_part (char **parts, guint i)
{
  gboolean there = i < g_strv_length (parts) && *parts[i] != '\0';

  return there && !g_str_equal (parts[i], "NONE") ? g_strdup (parts[i]) : NULL;
}

static void
log_line (MtbTestDepartment *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "|", -1);
  MtbPbxObserve *line = mtb_record_new (&mtb_pbx_observe.shape);
  g_autofree char *ordinal = g_strdup_printf ("%u", self->n_lines++);

  line->id = g_strdup (mtb_test_id (ordinal));
  line->happened_at = self->log_from + g_ascii_strtoll (parts[0], NULL, 10) * MTB_SECOND;
  line->reference = dup_part (parts, 1);
  line->queue = dup_part (parts, 2);
  line->agent_name = dup_part (parts, 3);
  line->event = dup_part (parts, 4);
  line->data1 = dup_part (parts, 5);
  line->data2 = dup_part (parts, 6);
  line->data3 = dup_part (parts, 7);
  line->data4 = dup_part (parts, 8);
  line->data5 = dup_part (parts, 9);
  line->source = g_strdup (self->source);
  mtb_test_accept (self, "connector", line);
}

void
mtb_test_log (MtbTestDepartment *self, const char *lines)
{
  g_auto (GStrv) split = g_strsplit (lines, "\n", -1);

  for (guint i = 0; split[i] != NULL; i++)
    if (*split[i] != '\0')
      log_line (self, split[i]);
}

MtbCallLog *
mtb_test_call (MtbTestDepartment *self, const char *name)
{
  MtbCallLog *call = mtb_record_new (&mtb_call_log.shape);

  call->id = g_strdup (mtb_test_id (name));
  call->subscriber_id = g_strdup (mtb_test_id ("omar"));
  call->direction = MTB_DIRECTION_IN;
  call->type_id = g_strdup (mtb_test_id ("fault"));
  call->resolution = MTB_RESOLUTION_INFORMED;
  call->solved = 1;
  call->notes = g_strdup_printf ("notes of %s", name);
  call->started_at = self->log_from;
  call->ended_at = self->log_from + 5 * MTB_MINUTE;
  return call;
}

MtbCallAmend *
mtb_test_amendment (MtbTestDepartment *self, const char *name, gint64 version)
{
  MtbCallAmend *amendment = mtb_record_new (&mtb_call_amend.shape);
  g_autoptr (MtbCallLog) call = mtb_test_call (self, name);
  g_autofree char *key = g_strdup_printf ("%s before %" G_GINT64_FORMAT, name, version + 1);

  mtb_record_assign (amendment, call);
  amendment->version = version;
  amendment->version_id = g_strdup (mtb_test_id (key));
  MTB_TEST_SET (amendment, notes, "corrected");
  return amendment;
}

MtbPersonPut *
mtb_test_person (const char *name, gint64 roles)
{
  MtbPersonPut *person = mtb_record_new (&mtb_person_add.shape);

  person->id = g_strdup (mtb_test_id (name));
  person->username = g_strdup (name);
  person->display_name = g_strdup (name);
  person->roles = roles;
  person->active = 1;
  return person;
}

gpointer
mtb_test_get (MtbTestDepartment *self, const MtbTable *table, const char *id)
{
  g_autoptr (GError) error = NULL;
  gpointer record = mtb_store_get (self->store, &table->shape, id, &error);

  g_assert_no_error (error);
  return record;
}

gint64
mtb_test_count (MtbTestDepartment *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 number;

  mtb_store_select_number (self->store, sql, NULL, &number, &error);
  g_assert_no_error (error);
  return number;
}

MtbPerson *
mtb_test_get_person (MtbTestDepartment *self, const char *who)
{
  MtbPerson *person = mtb_test_get (self, &mtb_person_table, mtb_test_id (who));

  g_assert_nonnull (person);
  return person;
}

MtbHead *
mtb_test_get_head (MtbTestDepartment *self)
{
  g_autoptr (GError) error = NULL;
  MtbHead *head = mtb_ledger_read_head (self->store, &error);

  g_assert_no_error (error);
  return head;
}
