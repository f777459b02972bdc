#include "bench-client.h"

#include <poll.h>
#include <string.h>

typedef struct
{
  BenchLine line;
  GPtrArray *requests;
  guint n_sent;
  GString *answer;
} Connection;

char *
bench_client_request (const char *method, const char *path, const char *token, const char *body)
{
  GString *request = g_string_new (NULL);

  g_string_printf (request, "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %zu\r\n", method,
                   path, strlen (body));
  if (token != NULL)
    g_string_append_printf (request, "Authorization: Bearer %s\r\n", token);
  g_string_append_printf (request, "\r\n%s", body);
  return g_string_free (request, FALSE);
}

/* Returns the length that the head tells, or -1; HAProxy writes names in small letters. */
static gssize
read_length (const char *head, const char *end)
{
  static const char name[] = "\r\ncontent-length:";

  for (; head < end; head++)
    if (g_ascii_strncasecmp (head, name, strlen (name)) == 0)
      return (gssize) g_ascii_strtoull (head + strlen (name), NULL, 10);
  return -1;
}

/* Returns the body, once all of it is there. */
const char *
bench_client_find_body (const GString *answer)
{
  const char *end = strstr (answer->str, "\r\n\r\n");
  gssize length = end != NULL ? read_length (answer->str, end) : -1;

  if (length < 0)
    return NULL;
  end += strlen ("\r\n\r\n");
  return answer->str + answer->len >= end + length ? end : NULL;
}

char *
bench_client_ask (BenchAddress address, const char *request)
{
  BenchLine line;
  g_autofree char *answer = NULL;

  if (bench_line_open (&line, address))
    answer = bench_line_ask (&line, request);
  bench_line_close (&line);
  if (answer == NULL)
    g_error ("the server went away");
  return g_strdup (strstr (answer, "\r\n\r\n") + strlen ("\r\n\r\n"));
}

static void
send_next (Connection *self)
{
  if (!bench_line_send (&self->line, g_ptr_array_index (self->requests, self->n_sent++)))
    g_error ("the server went away");
}

static guint
count (const char *body, const char *counted)
{
  guint n = 0;

  while ((body = strstr (body, counted)) != NULL)
    {
      body += strlen (counted);
      n++;
    }
  return n;
}

/* Takes up what has come; returns whether the connection has nothing more to do. */
static gboolean
go_on (Connection *self, const char *counted, guint *n_counted)
{
  const char *body;

  if (!bench_line_receive (&self->line, self->answer))
    g_error ("the server went away");
  body = bench_client_find_body (self->answer);
  if (body == NULL)
    return FALSE;
  *n_counted += count (body, counted);
  g_string_truncate (self->answer, 0);
  if (self->n_sent == self->requests->len)
    return TRUE;
  send_next (self);
  return FALSE;
}

static void
begin (Connection *self, BenchAddress address, GPtrArray *requests)
{
  if (!bench_line_open (&self->line, address))
    g_error ("cannot connect to the server");
  self->requests = requests;
  self->answer = g_string_new (NULL);
}

/* Returns how often @counted stands in the answers. */
guint
bench_client_run (BenchAddress address, BenchDesk *desks, guint n_desks, const char *counted)
{
  g_autofree Connection *connections = g_new0 (Connection, n_desks);
  g_autofree struct pollfd *polls = g_new0 (struct pollfd, n_desks);
  guint n_counted = 0;
  guint n_busy = n_desks;

  for (guint i = 0; i < n_desks; i++)
    {
      begin (&connections[i], address, desks[i].requests);
      polls[i] = (struct pollfd){ .fd = connections[i].line.descriptor, .events = POLLIN };
      send_next (&connections[i]);
    }
  while (n_busy > 0 && poll (polls, n_desks, -1) > 0)
    for (guint i = 0; i < n_desks; i++)
      if (polls[i].revents != 0 && go_on (&connections[i], counted, &n_counted))
        {
          polls[i].fd = -1;
          n_busy--;
        }
  for (guint i = 0; i < n_desks; i++)
    {
      bench_line_close (&connections[i].line);
      g_string_free (connections[i].answer, TRUE);
    }
  return n_counted;
}
