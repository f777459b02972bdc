/* Arguments that nothing but the right can refuse, a function a command. */

#include "mtb-test-scene.h"

#include "mtb-call.h"
#include "mtb-document.h"
#include "mtb-note.h"
#include "mtb-pbx.h"
#include "mtb-presence.h"
#include "mtb-time.h"

/* Who does something, and whose row it is about. */
typedef struct
{
  MtbTestScene *scene;
  const MtbCommand *command;
  const MtbPerson *doer;
  const MtbPerson *owner;
} Act;

/* A row of the owner's with an id that nothing has, as the scene's are. */
static gpointer
new_row (const Act *act, const MtbTable *table)
{
  const char *like = mtb_test_scene_find (act->scene, table->shape.name, act->owner->id);
  gpointer row = mtb_store_get (act->scene->store, &table->shape, like, NULL);

  mtb_field_take_text (&table->shape.fields[0], row, mtb_test_scene_dup_id (act->scene));
  return row;
}

static void
put_text (gpointer arguments, const char *name, const char *value)
{
  mtb_field_set_text (mtb_shape_find (mtb_record_get_shape (arguments), name), arguments, value);
}

static void
put_number (gpointer arguments, const char *name, gint64 value)
{
  mtb_field_set_number (mtb_shape_find (mtb_record_get_shape (arguments), name), arguments, value);
}

/* Arguments that mtb_record_check() takes: what is required is there, with the least of its values,
 * and every text is one that nothing has. */
static gpointer
new_arguments (const Act *act)
{
  const MtbShape *shape = &act->command->shape;
  gpointer arguments = mtb_record_new (shape);

  for (guint i = 0; i < shape->n_fields; i++)
    {
      const MtbField *field = &shape->fields[i];
      gint64 min, max;

      if (!field->required)
        continue;
      if (field->type == MTB_TYPE_ID)
        mtb_field_take_text (field, arguments, mtb_test_scene_dup_id (act->scene));
      else if (mtb_field_is_text (field))
        mtb_field_take_text (field, arguments, g_strdup_printf ("text-%u", act->scene->n_made++));
      else
        {
          mtb_field_get_range (field, &min, &max);
          mtb_field_set_number (field, arguments,
                                field->type == MTB_TYPE_TIME ? mtb_time_now () : min);
        }
    }
  return arguments;
}

static gpointer
make_plain (const Act *act)
{
  return new_arguments (act);
}

static gpointer
make_call_log (const Act *act)
{
  gpointer arguments = new_arguments (act);

  put_text (arguments, "type_id", mtb_test_id ("fault"));
  put_text (arguments, "subscriber_id", mtb_test_id ("omar"));
  return arguments;
}

static gpointer
make_call_amend (const Act *act)
{
  MtbCall *call = new_row (act, &mtb_call_table);
  gpointer arguments = mtb_record_new (&act->command->shape);

  put_text (call, "type_id", mtb_test_id ("fault"));
  mtb_record_assign (arguments, call);
  mtb_field_take_text (mtb_shape_find (&act->command->shape, "version_id"), arguments,
                       mtb_test_scene_dup_id (act->scene));
  mtb_test_scene_put (act->scene, call);
  return arguments;
}

static gpointer
make_join (const Act *act)
{
  MtbCall *call = new_row (act, &mtb_call_table);
  MtbPbxCall *pbx_call = new_row (act, &mtb_pbx_call_table);
  MtbCallJoin *arguments = mtb_record_new (&act->command->shape);

  arguments->call_id = g_strdup (call->id);
  arguments->pbx_call_id = g_strdup (pbx_call->id);
  mtb_test_scene_put (act->scene, call);
  mtb_test_scene_put (act->scene, pbx_call);
  return arguments;
}

static gpointer
make_unjoin (const Act *act)
{
  MtbCallJoin *arguments = make_join (act);
  MtbCallLink *link = mtb_record_new (&mtb_call_link_table.shape);

  link->id = mtb_call_link_dup_id (arguments->call_id, arguments->pbx_call_id);
  link->call_id = g_strdup (arguments->call_id);
  link->pbx_call_id = g_strdup (arguments->pbx_call_id);
  link->person_id = g_strdup (act->owner->id);
  link->joined = 1;
  link->started_at = mtb_time_now ();
  mtb_test_scene_put (act->scene, link);
  return arguments;
}

static gpointer
make_note_add (const Act *act)
{
  gpointer arguments = new_arguments (act);

  put_text (arguments, "call_id", mtb_test_scene_find (act->scene, "call", act->owner->id));
  return arguments;
}

static gpointer
make_note_see (const Act *act)
{
  MtbNote *note = new_row (act, &mtb_note_table);
  gpointer arguments = mtb_record_new (&act->command->shape);

  note->seen_at = MTB_ABSENT;
  put_text (arguments, "id", note->id);
  mtb_test_scene_put (act->scene, note);
  return arguments;
}

/* Nothing of their day is open but a shift that they are at. */
static void
begin_shift (const Act *act, const char *person_id)
{
  MtbPresence *shift = mtb_record_new (&mtb_presence_table.shape);

  mtb_test_scene_run (act->scene, "DELETE FROM presence WHERE ended_at IS NULL AND person_id = :id",
                      person_id);
  mtb_test_scene_run (act->scene,
                      "UPDATE auxiliary SET status = 'withdrawn' WHERE person_id = :id"
                      " AND status IN ('asked', 'approved', 'running')",
                      person_id);
  shift->id = mtb_test_scene_dup_id (act->scene);
  shift->person_id = g_strdup (person_id);
  shift->state = MTB_PRESENCE_AVAILABLE;
  shift->act = MTB_PRESENCE_ACT_BEGIN;
  shift->started_at = mtb_time_now ();
  mtb_test_scene_put (act->scene, shift);
}

static gpointer
make_presence_move (const Act *act)
{
  gpointer arguments = new_arguments (act);

  begin_shift (act, act->doer->id);
  put_number (arguments, "act", MTB_PRESENCE_ACT_LEAVE);
  return arguments;
}

static gpointer
make_presence_lapse (const Act *act)
{
  gpointer arguments = new_arguments (act);

  begin_shift (act, act->owner->id);
  put_text (arguments, "person_id", act->owner->id);
  put_number (arguments, "act", MTB_PRESENCE_ACT_LAPSE);
  return arguments;
}

static gpointer
make_ask (const Act *act)
{
  begin_shift (act, act->doer->id);
  return new_arguments (act);
}

static gpointer
make_decision (const Act *act)
{
  MtbAuxiliary *request = new_row (act, &mtb_auxiliary_table);
  gpointer arguments = new_arguments (act);
  const MtbField *word = mtb_shape_find (&act->command->shape, "word");

  begin_shift (act, act->owner->id);
  request->status = MTB_AUXILIARY_ASKED;
  put_text (arguments, "id", request->id);
  if (word != NULL)
    mtb_field_set_text (word, arguments, "a word");
  mtb_test_scene_put (act->scene, request);
  return arguments;
}

static gpointer
make_person_add (const Act *act)
{
  gpointer arguments = new_arguments (act);

  put_number (arguments, "roles", MTB_ROLE_AGENT);
  return arguments;
}

static gpointer
make_person_set (const Act *act)
{
  gpointer arguments = mtb_record_new (&act->command->shape);

  mtb_record_assign (arguments, act->owner);
  return arguments;
}

static gpointer
make_person_move (const Act *act)
{
  MtbPersonMove *arguments = mtb_record_new (&act->command->shape);

  arguments->person_id = g_strdup (act->owner->id);
  arguments->team_id = g_strdup (act->owner->team_id);
  return arguments;
}

static gpointer
make_person_ref (const Act *act)
{
  MtbPersonRef *arguments = mtb_record_new (&act->command->shape);

  arguments->person_id = g_strdup (act->owner->id);
  return arguments;
}

static gpointer
make_revoke (const Act *act)
{
  MtbSessionRevoke *arguments = mtb_record_new (&act->command->shape);

  g_free (mtb_test_scene_sign_in (act->scene, act->owner->id, &arguments->session_id));
  arguments->wipe = 0;
  return arguments;
}

static gpointer
make_team_set (const Act *act)
{
  gpointer arguments = new_arguments (act);

  put_text (arguments, "id", mtb_test_id ("south"));
  return arguments;
}

static gpointer
make_setting (const Act *act)
{
  gpointer arguments = new_arguments (act);

  put_text (arguments, "name", "organisation");
  return arguments;
}

static gpointer
make_issue (const Act *act)
{
  gpointer arguments = new_arguments (act);
  const char *document = mtb_test_scene_find (act->scene, "document", NULL);

  mtb_test_scene_run (act->scene, "UPDATE document_version SET issue = 1 WHERE document_id = :id",
                      document);
  put_text (arguments, "document_id", document);
  put_number (arguments, "issue", 2);
  put_text (arguments, "dated", "2019-01-01");
  return arguments;
}

static gpointer
make_read (const Act *act)
{
  gpointer arguments = mtb_record_new (&act->command->shape);

  put_text (arguments, "version_id", mtb_test_scene_find (act->scene, "document_version", NULL));
  return arguments;
}

static gpointer
make_epoch (const Act *act)
{
  gpointer arguments = new_arguments (act);
  g_autoptr (MtbHead) head = mtb_ledger_read_head (act->scene->store, NULL);

  if (act->command == &mtb_epoch_end)
    put_text (arguments, "epoch", head->epoch);
  return arguments;
}

static const struct
{
  const MtbCommand *command;
  gpointer (*make) (const Act *act);
  gboolean is_about_somebody;
} makers[] = {
  { &mtb_call_log, make_call_log, FALSE },
  { &mtb_call_amend, make_call_amend, TRUE },
  { &mtb_call_join, make_join, TRUE },
  { &mtb_call_unjoin, make_unjoin, TRUE },
  { &mtb_note_add, make_note_add, TRUE },
  { &mtb_note_see, make_note_see, TRUE },
  { &mtb_presence_move, make_presence_move, FALSE },
  { &mtb_presence_lapse, make_presence_lapse, TRUE },
  { &mtb_auxiliary_ask, make_ask, FALSE },
  { &mtb_auxiliary_approve, make_decision, TRUE },
  { &mtb_auxiliary_refuse, make_decision, TRUE },
  { &mtb_auxiliary_withdraw, make_decision, TRUE },
  { &mtb_prospect_add, make_plain, FALSE },
  { &mtb_person_add, make_person_add, FALSE },
  { &mtb_person_set, make_person_set, TRUE },
  { &mtb_person_move, make_person_move, TRUE },
  { &mtb_account_password, make_person_ref, TRUE },
  { &mtb_account_change, make_plain, TRUE },
  { &mtb_session_begin, make_person_ref, TRUE },
  { &mtb_session_end, make_person_ref, TRUE },
  { &mtb_session_revoke, make_revoke, TRUE },
  { &mtb_team_add, make_plain, FALSE },
  { &mtb_team_set, make_team_set, FALSE },
  { &mtb_call_type_put, make_plain, FALSE },
  { &mtb_threshold_set, make_plain, FALSE },
  { &mtb_setting_set, make_setting, FALSE },
  { &mtb_subscriber_put, make_plain, FALSE },
  { &mtb_card_measure, make_plain, FALSE },
  { &mtb_pbx_observe, make_plain, FALSE },
  { &mtb_connection_report, make_plain, FALSE },
  { &mtb_document_add, make_plain, FALSE },
  { &mtb_document_issue, make_issue, FALSE },
  { &mtb_document_read, make_read, FALSE },
  { &mtb_list_export, make_plain, FALSE },
  { &mtb_epoch_begin, make_epoch, FALSE },
  { &mtb_epoch_end, make_epoch, FALSE },
};

gboolean
mtb_test_command_is_about_somebody (const MtbCommand *command)
{
  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    if (makers[i].command == command)
      return makers[i].is_about_somebody;
  return FALSE;
}

gpointer
mtb_test_scene_make_arguments (MtbTestScene *self,
                               const MtbCommand *command,
                               const MtbPerson *doer,
                               const MtbPerson *owner)
{
  const Act act = { self, command, doer, owner };

  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    if (makers[i].command == command)
      return makers[i].make (&act);
  g_error ("nobody has said how %s is tried", command->shape.name);
}
