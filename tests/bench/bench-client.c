#include "bench-client.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define APPLIED "\"applied\""

typedef struct
{
  int descriptor;
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

int
bench_client_connect (guint16 port)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons (port),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  int descriptor = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int on = 1;

  if (connect (descriptor, (struct sockaddr *) &address, sizeof address) != 0)
    g_error ("cannot connect to the server");
  setsockopt (descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return descriptor;
}

void
bench_client_send (int descriptor, const char *text)
{
  gsize left = strlen (text);

  while (left > 0)
    {
      gssize n = send (descriptor, text, left, MSG_NOSIGNAL);

      if (n <= 0)
        g_error ("the server went away");
      text += n;
      left -= (gsize) n;
    }
}

void
bench_client_receive (int descriptor, GString *answer)
{
  char buffer[65536];
  gssize n = recv (descriptor, buffer, sizeof buffer, 0);

  if (n <= 0)
    g_error ("the server went away");
  g_string_append_len (answer, buffer, n);
}

static void
send_next (Connection *self)
{
  bench_client_send (self->descriptor, g_ptr_array_index (self->requests, self->n_sent++));
}

/* Returns the body, once all of it is there. */
const char *
bench_client_find_body (const GString *answer)
{
  const char *body = strstr (answer->str, "\r\n\r\n");
  const char *length =
    body != NULL ? g_strstr_len (answer->str, body - answer->str, "Content-Length: ") : NULL;

  if (length == NULL)
    return NULL;
  body += 4;
  return answer->str + answer->len
             >= body + g_ascii_strtoull (length + strlen ("Content-Length: "), NULL, 10)
           ? body
           : NULL;
}

static const char *
receive (Connection *self)
{
  bench_client_receive (self->descriptor, self->answer);
  return bench_client_find_body (self->answer);
}

static void
connection_init (Connection *self, guint16 port, GPtrArray *requests)
{
  self->descriptor = bench_client_connect (port);
  self->requests = requests;
  self->n_sent = 0;
  self->answer = g_string_new (NULL);
}

static void
connection_clear (Connection *self)
{
  close (self->descriptor);
  g_string_free (self->answer, TRUE);
}

char *
bench_client_ask (guint16 port, const char *request)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new ();
  Connection self;
  const char *body;
  char *copy;

  g_ptr_array_add (requests, (gpointer) request);
  connection_init (&self, port, requests);
  send_next (&self);
  while ((body = receive (&self)) == NULL)
    continue;
  copy = g_strdup (body);
  connection_clear (&self);
  return copy;
}

static guint
count_applied (const char *body)
{
  guint n = 0;

  while ((body = strstr (body, APPLIED)) != NULL)
    {
      body += strlen (APPLIED);
      n++;
    }
  return n;
}

/* Takes up what has come; returns whether the connection has nothing more to do. */
static gboolean
go_on (Connection *self, guint *n_applied)
{
  const char *body = receive (self);

  if (body == NULL)
    return FALSE;
  *n_applied += count_applied (body);
  g_string_truncate (self->answer, 0);
  if (self->n_sent == self->requests->len)
    return TRUE;
  send_next (self);
  return FALSE;
}

/* Returns how many commands were applied. */
guint
bench_client_run (guint16 port, BenchDesk *desks, guint n_desks)
{
  g_autofree Connection *connections = g_new0 (Connection, n_desks);
  g_autofree struct pollfd *polls = g_new0 (struct pollfd, n_desks);
  guint n_applied = 0;
  guint n_busy = n_desks;

  for (guint i = 0; i < n_desks; i++)
    {
      connection_init (&connections[i], port, desks[i].requests);
      polls[i] = (struct pollfd){ .fd = connections[i].descriptor, .events = POLLIN };
      send_next (&connections[i]);
    }
  while (n_busy > 0 && poll (polls, n_desks, -1) > 0)
    for (guint i = 0; i < n_desks; i++)
      if (polls[i].revents != 0 && go_on (&connections[i], &n_applied))
        {
          polls[i].fd = -1;
          n_busy--;
        }
  for (guint i = 0; i < n_desks; i++)
    connection_clear (&connections[i]);
  return n_applied;
}
