/* Tells the service manager how the program stands, after sd_notify(3): a datagram to the socket that
 * the environment names. Where it names none, nothing is told. */

#include "mtb-notify.h"

#include "mtb-number.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <unistd.h>

#define PATIENCE_S 2

static GSocketAddress *
find_manager (void)
{
  const char *name = g_getenv ("NOTIFY_SOCKET");

  if (name == NULL || (*name != '/' && *name != '@') || name[1] == '\0')
    return NULL;
  return *name == '@'
           ? g_unix_socket_address_new_with_type (name + 1, -1, G_UNIX_SOCKET_ADDRESS_ABSTRACT)
           : g_unix_socket_address_new (name);
}

static void
tell (const char *state, gboolean waits)
{
  g_autoptr (GSocketAddress) manager = find_manager ();
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GError) error = NULL;

  if (manager == NULL)
    return;
  socket =
    g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_DEFAULT, &error);
  if (socket != NULL)
    {
      g_socket_set_timeout (socket, PATIENCE_S);
      g_socket_set_blocking (socket, waits);
    }
  /* Only who is connected can wait for room in the manager's queue. */
  if (socket == NULL || !g_socket_connect (socket, manager, NULL, &error)
      || g_socket_send (socket, state, strlen (state), NULL, &error) < 0)
    g_warning ("the service manager cannot be told %s: %s", state, error->message);
}

/**
 * mtb_notify_send:
 * @state: an assignment, such as `READY=1`
 *
 * Waits a moment for a manager that is busy. What it does not take is not told again.
 */
void
mtb_notify_send (const char *state)
{
  tell (state, TRUE);
}

static gboolean
on_watchdog (gpointer data)
{
  tell ("WATCHDOG=1", FALSE);
  return G_SOURCE_CONTINUE;
}

static gint64
read_number (const char *variable)
{
  gint64 number;

  return mtb_number_parse (g_getenv (variable), 0, G_MAXINT64, &number) ? number : 0;
}

/**
 * mtb_notify_start_watchdog:
 *
 * Tells the manager twice in each span that it waits for, as long as the main loop runs.
 */
void
mtb_notify_start_watchdog (void)
{
  gint64 span_us = read_number ("WATCHDOG_USEC");
  gint64 pid = read_number ("WATCHDOG_PID");
  gint64 span_ms = span_us / G_TIME_SPAN_MILLISECOND;

  if (span_ms >= 2 && (pid == 0 || pid == getpid ()))
    g_timeout_add ((guint) MIN (span_ms / 2, G_MAXINT), on_watchdog, NULL);
}
