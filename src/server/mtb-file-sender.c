/* Sends a file as the body of an answer, piece by piece: the next piece is read on another thread when
 * the one before is written, so that a client has no more than one in memory and the main loop waits
 * for no disk. */

#include "mtb-file-sender.h"

#define PIECE (256 * 1024)

typedef struct
{
  SoupServerMessage *message;
  GInputStream *stream;
  gint64 left;
  gboolean is_over;
} Sender;

static void
clear_sender (gpointer data)
{
  Sender *self = data;

  g_object_unref (self->message);
  g_object_unref (self->stream);
}

static void
release_sender (gpointer data)
{
  g_rc_box_release_full (data, clear_sender);
}

/* A body that is shorter than was said is for the client to notice, by its end. */
static void
break_off (Sender *self)
{
  GSocket *socket = soup_server_message_get_socket (self->message);

  if (socket != NULL)
    g_socket_close (socket, NULL);
  soup_server_message_unpause (self->message);
}

static void
on_read (GObject *stream, GAsyncResult *result, gpointer data)
{
  Sender *self = data;
  g_autoptr (GBytes) piece =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (stream), result, NULL);

  if (!self->is_over)
    {
      if (piece == NULL || g_bytes_get_size (piece) == 0)
        break_off (self);
      else
        {
          self->left -= (gint64) g_bytes_get_size (piece);
          soup_message_body_append_bytes (soup_server_message_get_response_body (self->message),
                                          piece);
          soup_server_message_unpause (self->message);
        }
    }
  release_sender (self);
}

static void
read_next (SoupServerMessage *message, gpointer data)
{
  Sender *self = data;

  if (self->left > 0 && !self->is_over)
    g_input_stream_read_bytes_async (self->stream, (gsize) MIN (self->left, PIECE),
                                     G_PRIORITY_DEFAULT, NULL, on_read, g_rc_box_acquire (self));
}

static void
on_finished (SoupServerMessage *message, gpointer data)
{
  Sender *self = data;

  self->is_over = TRUE;
  g_signal_handlers_disconnect_by_data (message, self);
  release_sender (self);
}

/**
 * mtb_file_sender_start:
 * @message: a message that is paused, with its status and other headers set
 * @stream: the file, at the first byte that is to be sent
 * @length: how many bytes are to be sent
 *
 * Sends them, and lets the message go on.
 */
void
mtb_file_sender_start (SoupServerMessage *message, GInputStream *stream, gint64 length)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  Sender *self = g_rc_box_new0 (Sender);

  self->message = g_object_ref (message);
  self->stream = g_object_ref (stream);
  self->left = length;
  soup_message_headers_set_content_length (headers, length);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (read_next), self);
  g_signal_connect (message, "finished", G_CALLBACK (on_finished), self);
  read_next (message, self);
}
