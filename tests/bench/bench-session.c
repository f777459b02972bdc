#include "bench-session.h"

#include "mtb-id.h"
#include "mtb-time.h"

#include <string.h>

void
bench_session_open (BenchSession *self, BenchAddress address)
{
  g_autofree char *request = bench_client_request (
    "POST", "/v1/session", NULL,
    "{\"username\":\"" BENCH_USERNAME "\",\"password\":\"" BENCH_PASSWORD "\",\"desk\":\"1\"}");
  g_autofree char *answer = bench_client_ask (address, request);
  g_autoptr (JsonObject) object = mtb_json_read (answer, strlen (answer), NULL);

  if (object == NULL || !mtb_message_read_server (object, &self->server))
    g_error ("cannot sign in: %s", answer);
  self->token = g_strdup (mtb_json_get_text (object, "token"));
}

void
bench_session_close (BenchSession *self)
{
  mtb_server_info_clear (&self->server);
  g_clear_pointer (&self->token, g_free);
}

/* A request that gives commands. */
char *
bench_session_make_request (const BenchSession *self, GPtrArray *envelopes)
{
  g_autofree char *body =
    mtb_message_write_commands (self->server.epoch, self->server.head, envelopes);

  return bench_client_request ("POST", "/v1/commands", self->token, body);
}

/* One that writes down so many calls. */
char *
bench_session_log_calls (const BenchSession *self,
                         BenchDepartment *department,
                         guint batch,
                         GRand *rand)
{
  g_autoptr (GPtrArray) envelopes =
    g_ptr_array_new_with_free_func ((GDestroyNotify) mtb_envelope_free);
  gint64 now = mtb_time_now ();

  for (guint i = 0; i < batch; i++)
    {
      g_autofree char *id = mtb_id_new (now);

      g_ptr_array_add (
        envelopes,
        mtb_envelope_new (bench_department_make_call (department, rand, now), id, i + 1, now));
    }
  return bench_session_make_request (self, envelopes);
}
