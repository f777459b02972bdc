/* fault-desk SERVER FOLDER USERNAME SUBSCRIBER TYPE: a desk without a window, and somebody at it who
 * gives one command after the other, so that a test can kill it and hinder it.
 *
 * The first line of its input is the password; then `work` and `rest` say what to do, and at the end of
 * the input it ends. What it says, a line each, is what the person was shown: nothing is said before it
 * is true. `try TYPE ID` names the row of a command that is about to be given, `given ID` says that it
 * is kept, `failed ID` why it is not. */

#include "mtb-call.h"
#include "mtb-engine.h"
#include "mtb-id.h"
#include "mtb-soup-transport.h"
#include "mtb-status.h"
#include "mtb-time.h"

#include <gio/gunixinputstream.h>
#include <string.h>
#include <unistd.h>

#define PAUSE_MS 20
#define PAUSE_AFTER_FAILURE_MS 200

typedef struct
{
  MtbEngine *engine;
  GMainLoop *loop;
  GDataInputStream *input;
  char *password;
  const char *username;
  const char *subscriber_id;
  const char *type_id;
  gboolean signed_in;
  gboolean works;
  gboolean is_busy;
  guint n_acts;
  char *row_id; /* of the command that is being given */
  char *call_id; /* the record last written down, which was not amended yet */
} Desk;

/* In one write: a kill cuts at most the last line. */
static void G_GNUC_PRINTF (1, 2) say (const char *format, ...)
{
  g_autoptr (GString) line = g_string_new (NULL);
  va_list arguments;

  va_start (arguments, format);
  g_string_vprintf (line, format, arguments);
  va_end (arguments);
  g_string_append_c (line, '\n');
  if (write (STDOUT_FILENO, line->str, line->len) != (gssize) line->len)
    g_error ("nobody listens");
}

static gpointer
log_call (Desk *self)
{
  MtbCallLog *call = mtb_record_new (&mtb_call_log.shape);

  call->ended_at = mtb_engine_get_now (self->engine);
  call->started_at = call->ended_at - MTB_MINUTE;
  call->id = mtb_id_new (call->ended_at);
  call->subscriber_id = g_strdup (self->subscriber_id);
  call->direction = MTB_DIRECTION_IN;
  call->type_id = g_strdup (self->type_id);
  call->resolution = MTB_RESOLUTION_INFORMED;
  call->solved = 1;
  call->notes = g_strdup ("as it was written");
  self->row_id = g_strdup (call->id);
  return call;
}

static gpointer
amend_call (Desk *self)
{
  MtbCallAmend *amendment = mtb_record_new (&mtb_call_amend.shape);

  amendment->id = g_steal_pointer (&self->call_id);
  amendment->version_id = mtb_id_new (mtb_engine_get_now (self->engine));
  amendment->version = 1;
  amendment->subscriber_id = g_strdup (self->subscriber_id);
  amendment->direction = MTB_DIRECTION_IN;
  amendment->type_id = g_strdup (self->type_id);
  amendment->resolution = MTB_RESOLUTION_FIXED;
  amendment->solved = 1;
  amendment->notes = g_strdup ("as it was amended");
  self->row_id = g_strdup (amendment->version_id);
  return amendment;
}

static gpointer
add_prospect (Desk *self)
{
  MtbProspectAdd *prospect = mtb_record_new (&mtb_prospect_add.shape);

  prospect->id = mtb_id_new (mtb_engine_get_now (self->engine));
  prospect->name = g_strdup_printf ("Prospect %s", prospect->id);
  self->row_id = g_strdup (prospect->id);
  return prospect;
}

static gpointer
add_note (Desk *self, const char *call_id)
{
  MtbNoteAdd *note = mtb_record_new (&mtb_note_add.shape);

  note->id = mtb_id_new (mtb_engine_get_now (self->engine));
  note->call_id = g_strdup (call_id);
  note->text = g_strdup ("well done");
  self->row_id = g_strdup (note->id);
  return note;
}

static void go_on (Desk *self);

static gboolean
on_paused (gpointer data)
{
  Desk *self = data;

  self->is_busy = FALSE;
  if (self->works)
    go_on (self);
  else
    say ("rests");
  return G_SOURCE_REMOVE;
}

static void
on_given (GObject *source, GAsyncResult *result, gpointer data)
{
  Desk *self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = g_steal_pointer (&self->row_id);

  if (mtb_engine_give_finish (self->engine, result, &error))
    say ("given %s", id);
  else
    {
      say ("failed %s %s: %s", id, mtb_status_get_code (error), error->message);
      g_clear_pointer (&self->call_id, g_free);
    }
  g_timeout_add (error == NULL ? PAUSE_MS : PAUSE_AFTER_FAILURE_MS, on_paused, self);
}

static void
give (Desk *self, gpointer arguments)
{
  say ("try %s %s", mtb_command_of (arguments)->shape.name, self->row_id);
  mtb_engine_give_async (self->engine, arguments, NULL, on_given, self);
  mtb_record_unref (arguments);
}

/* A supervisor has something to say on the latest call that this desk has heard of. */
static void
on_calls (GObject *source, GAsyncResult *result, gpointer data)
{
  Desk *self = data;
  g_autoptr (GPtrArray) calls = mtb_engine_ask_finish (self->engine, result, NULL);
  const MtbCallRow *call = calls != NULL && calls->len > 0 ? g_ptr_array_index (calls, 0) : NULL;

  if (call != NULL)
    give (self, add_note (self, call->id));
  else
    g_timeout_add (PAUSE_AFTER_FAILURE_MS, on_paused, self);
}

static void
look_for_calls (Desk *self)
{
  g_autoptr (MtbCallSearch) search = mtb_record_new (mtb_call_search_query.arguments);

  search->limit = 1;
  mtb_engine_ask_async (self->engine, &mtb_call_search_query, search, NULL, on_calls, self);
}

/* An agent writes calls down, amends every other one and meets prospects. */
static gpointer
take_up_something (Desk *self)
{
  gpointer arguments;

  if (self->n_acts++ % 4 == 3)
    return add_prospect (self);
  if (self->call_id != NULL && self->n_acts % 2 == 0)
    return amend_call (self);
  arguments = log_call (self);
  g_free (self->call_id);
  self->call_id = g_strdup (self->row_id);
  return arguments;
}

static void
go_on (Desk *self)
{
  const MtbPerson *person = mtb_engine_get_person (self->engine);

  if (!self->signed_in || self->is_busy)
    return;
  self->is_busy = TRUE;
  if ((person->roles & MTB_ROLE_SUPERVISOR) != 0)
    look_for_calls (self);
  else
    give (self, take_up_something (self));
}

static gboolean on_time_to_sign_in (gpointer data);

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  Desk *self = data;
  g_autoptr (GError) error = NULL;

  self->signed_in = mtb_engine_sign_in_finish (self->engine, result, &error);
  if (self->signed_in)
    {
      say ("signed-in");
      go_on (self);
      return;
    }
  say ("not-signed-in %s: %s", mtb_status_get_code (error), error->message);
  g_timeout_add (PAUSE_AFTER_FAILURE_MS, on_time_to_sign_in, self);
}

static gboolean
on_time_to_sign_in (gpointer data)
{
  Desk *self = data;

  mtb_engine_sign_in_async (self->engine, self->username, self->password, NULL, on_signed_in, self);
  return G_SOURCE_REMOVE;
}

static void
take_line (Desk *self, const char *line)
{
  if (self->password == NULL)
    {
      self->password = g_strdup (line);
      on_time_to_sign_in (self);
      return;
    }
  self->works = g_str_equal (line, "work");
  if (self->works)
    go_on (self);
  else if (!self->is_busy)
    say ("rests");
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer data)
{
  Desk *self = data;
  g_autofree char *line = g_data_input_stream_read_line_finish (self->input, result, NULL, NULL);

  if (line == NULL)
    {
      g_main_loop_quit (self->loop);
      return;
    }
  take_line (self, line);
  g_data_input_stream_read_line_async (self->input, G_PRIORITY_DEFAULT, NULL, on_line, self);
}

static void
on_state (MtbEngine *engine)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (MTB_TYPE_ENGINE_STATE);

  say ("state %s", g_enum_get_value (states, (int) mtb_engine_get_state (engine))->value_nick);
}

static void
on_refused (MtbEngine *engine)
{
  say ("refused %u", mtb_engine_get_n_refused (engine));
}

int
main (int argc, char **argv)
{
  g_autoptr (MtbTransport) transport = mtb_soup_transport_new (argv[1]);
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  Desk self = { .username = argv[3], .subscriber_id = argv[4], .type_id = argv[5] };

  self.engine = mtb_engine_new (transport, argv[2]);
  self.loop = g_main_loop_new (NULL, FALSE);
  self.input = g_data_input_stream_new (input);
  g_signal_connect (self.engine, "notify::state", G_CALLBACK (on_state), NULL);
  g_signal_connect (self.engine, "notify::n-refused", G_CALLBACK (on_refused), NULL);
  g_data_input_stream_read_line_async (self.input, G_PRIORITY_DEFAULT, NULL, on_line, &self);
  g_main_loop_run (self.loop);
  g_object_unref (self.engine);
  g_main_loop_unref (self.loop);
  g_object_unref (self.input);
  g_free (self.password);
  g_free (self.row_id);
  g_free (self.call_id);
  return 0;
}
