#include "mtb-test-floor.h"

void
mtb_test_set_minute (MtbTestDepartment *self, double minute)
{
  self->now = self->log_from + (gint64) (minute * MTB_MINUTE);
}

static const char *
make_id (MtbTestDepartment *self)
{
  g_autofree char *key = g_strdup_printf ("stretch %u", self->n_lines++);

  return mtb_test_id (key);
}

MtbPresenceMove *
mtb_test_move (MtbTestDepartment *self, MtbPresenceAct act)
{
  MtbPresenceMove *move = mtb_record_new (&mtb_presence_move.shape);

  move->id = g_strdup (make_id (self));
  move->act = act;
  return move;
}

MtbPresenceLapse *
mtb_test_lapse (MtbTestDepartment *self, const char *who, MtbPresenceAct act, double seen_minute)
{
  MtbPresenceLapse *lapse = mtb_record_new (&mtb_presence_lapse.shape);

  lapse->id = g_strdup (make_id (self));
  lapse->person_id = g_strdup (mtb_test_id (who));
  lapse->act = act;
  lapse->seen_at = self->log_from + (gint64) (seen_minute * MTB_MINUTE);
  return lapse;
}

MtbAuxiliaryAsk *
mtb_test_ask (const char *name, MtbAuxiliaryReason reason, gint64 minutes)
{
  MtbAuxiliaryAsk *ask = mtb_record_new (&mtb_auxiliary_ask.shape);

  ask->id = g_strdup (mtb_test_id (name));
  ask->reason = reason;
  ask->minutes = minutes;
  return ask;
}

MtbAuxiliaryDecide *
mtb_test_decide (MtbTestDepartment *self,
                 const MtbCommand *command,
                 const char *name,
                 const char *word)
{
  MtbAuxiliaryDecide *decision = mtb_record_new (&command->shape);

  decision->id = g_strdup (mtb_test_id (name));
  decision->presence_id = g_strdup (make_id (self));
  decision->word = g_strdup (word);
  return decision;
}

void
mtb_test_approve (MtbTestDepartment *self, const char *who, const char *name, gint64 minutes)
{
  mtb_test_accept (self, who, mtb_test_ask (name, MTB_AUXILIARY_MEAL, minutes));
  mtb_test_accept (self, "supervisor", mtb_test_decide (self, &mtb_auxiliary_approve, name, NULL));
}

static void
append_time (GString *text, MtbTestDepartment *self, gint64 time_ms)
{
  if (time_ms != MTB_ABSENT)
    g_string_append_printf (text, "%d", (int) ((time_ms - self->log_from) / MTB_MINUTE));
}

static void
append_span (GString *text, MtbTestDepartment *self, gint64 from, gint64 until)
{
  g_string_append_c (text, ' ');
  append_time (text, self, from);
  g_string_append_c (text, '-');
  append_time (text, self, until);
}

static char *
dup_stretches (MtbTestDepartment *self, const char *who)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) stretches =
    mtb_store_select (self->store, &mtb_presence_table.shape,
                      "SELECT $columns(p) FROM presence p WHERE p.person_id = :person"
                      " ORDER BY p.started_at",
                      MTB_PARAMETERS (MTB_TEXT ("person", mtb_test_id (who))), &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < stretches->len; i++)
    {
      const MtbPresence *stretch = g_ptr_array_index (stretches, i);
      const MtbPresence *next =
        i + 1 < stretches->len ? g_ptr_array_index (stretches, i + 1) : NULL;

      /* They follow each other without a gap, and only the last one lasts. */
      if (next != NULL)
        g_assert_cmpint (stretch->ended_at, ==, next->started_at);
      else
        g_assert_cmpint (stretch->ended_at, ==, MTB_ABSENT);
      g_string_append_printf (text, "%s%s:%s", i > 0 ? " " : "",
                              mtb_presence_state_words[stretch->state],
                              mtb_presence_act_words[stretch->act]);
      append_span (text, self, stretch->started_at, stretch->ended_at);
    }
  return g_string_free (text, FALSE);
}

static char *
dup_request (MtbTestDepartment *self, const char *name)
{
  g_autoptr (MtbAuxiliary) request = mtb_test_get (self, &mtb_auxiliary_table, mtb_test_id (name));
  GString *text = g_string_new (NULL);

  g_assert_nonnull (request);
  g_string_append (text, mtb_auxiliary_status_words[request->status]);
  append_span (text, self, request->started_at, request->ended_at);
  return g_string_free (text, FALSE);
}

void
mtb_test_check_stretches (MtbTestDepartment *self, const char *who, const char *expected)
{
  g_autofree char *stretches = dup_stretches (self, who);

  g_assert_cmpstr (stretches, ==, expected);
}

void
mtb_test_check_request (MtbTestDepartment *self, const char *name, const char *expected)
{
  g_autofree char *request = dup_request (self, name);

  g_assert_cmpstr (request, ==, expected);
}
