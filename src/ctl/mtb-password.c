#include "mtb-password.h"

#include "mtb-accounts.h"
#include "mtb-error.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static char *
read_line (void)
{
  char *line = NULL;
  size_t size = 0;
  ssize_t length = getline (&line, &size, stdin);
  char *password = NULL;

  if (length >= 0)
    {
      line[strcspn (line, "\r\n")] = '\0';
      password = g_strdup (line);
      sodium_memzero (line, size);
    }
  free (line);
  return password;
}

static char *
ask_once (const char *question)
{
  struct termios before, silent;
  char *password;

  g_printerr ("%s", question);
  tcgetattr (STDIN_FILENO, &before);
  silent = before;
  /* No signal may end the program while the terminal shows nothing. */
  silent.c_lflag &= ~(tcflag_t) (ECHO | ISIG);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
  password = read_line ();
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  g_printerr ("\n");
  return password;
}

/**
 * mtb_password_ask:
 * @error: return location
 *
 * Asks for a new password, twice and without showing it; where the standard input is no terminal,
 * its first line is the password.
 *
 * Returns: (transfer full): the password, to be given to mtb_password_forget()
 */
char *
mtb_password_ask (GError **error)
{
  gboolean terminal = isatty (STDIN_FILENO);
  char *password = terminal ? ask_once (_ ("New password: ")) : read_line ();
  char *again = terminal && password != NULL ? ask_once (_ ("The same again: ")) : NULL;
  gboolean ok = password != NULL && (!terminal || g_strcmp0 (password, again) == 0);

  mtb_password_forget (again);
  if (ok)
    return password;
  mtb_error_set_invalid (error, NULL,
                         password == NULL
                           ? N_ ("Type a password, or give one on the standard input")
                           : N_ ("These are two different passwords; nothing was changed"));
  mtb_password_forget (password);
  return NULL;
}
