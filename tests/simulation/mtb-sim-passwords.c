/* The passwords that somebody has had, which they remember. After a change that was acknowledged they are
 * sure of theirs; after one of which nothing was heard it may be the new one or the one before. */

#include "mtb-sim-passwords.h"

#include "mtb-sim-random.h"
#include "mtb-sim-server.h"

/* So many are still few enough to be tried out before the server makes one wait for long. */
#define N_MAX 4

struct _MtbSimPasswords
{
  GPtrArray *known;
  guint right; /* as far as they know */
  gboolean is_sure;
};

MtbSimPasswords *
mtb_sim_passwords_new (void)
{
  MtbSimPasswords *self = g_new0 (MtbSimPasswords, 1);

  self->known = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->known, g_strdup (MTB_SIM_PASSWORD));
  self->is_sure = TRUE;
  return self;
}

void
mtb_sim_passwords_free (MtbSimPasswords *self)
{
  g_ptr_array_unref (self->known);
  g_free (self);
}

const char *
mtb_sim_passwords_get_right (const MtbSimPasswords *self)
{
  return g_ptr_array_index (self->known, self->right);
}

gboolean
mtb_sim_passwords_is_sure (const MtbSimPasswords *self)
{
  return self->is_sure;
}

gboolean
mtb_sim_passwords_is_right (const MtbSimPasswords *self, const char *password)
{
  return g_str_equal (password, mtb_sim_passwords_get_right (self));
}

/* One that is not the right one; NULL where there is none. */
const char *
mtb_sim_passwords_get_old (const MtbSimPasswords *self)
{
  guint n = self->known->len;

  return n > 1
           ? g_ptr_array_index (self->known, (self->right + 1 + mtb_sim_random_below (n - 1)) % n)
           : NULL;
}

/* All of them in the order in which they are tried: the right one, then the newest first. */
GPtrArray *
mtb_sim_passwords_list (const MtbSimPasswords *self)
{
  GPtrArray *list = g_ptr_array_new ();

  g_ptr_array_add (list, (gpointer) mtb_sim_passwords_get_right (self));
  for (guint i = self->known->len; i > 0; i--)
    if (i - 1 != self->right)
      g_ptr_array_add (list, g_ptr_array_index (self->known, i - 1));
  return list;
}

/* Another one; NULL where they have had enough of them. */
char *
mtb_sim_passwords_think_of (const MtbSimPasswords *self)
{
  return self->known->len < N_MAX
           ? g_strdup_printf ("%s %u", MTB_SIM_PASSWORD, self->known->len + 1)
           : NULL;
}

void
mtb_sim_passwords_note_changed (MtbSimPasswords *self, const char *password)
{
  self->right = self->known->len;
  self->is_sure = TRUE;
  g_ptr_array_add (self->known, g_strdup (password));
}

/* Nobody knows whether it is the right one now. */
void
mtb_sim_passwords_note_tried (MtbSimPasswords *self, const char *password)
{
  self->is_sure = FALSE;
  g_ptr_array_add (self->known, g_strdup (password));
}

/* They have come in with it. A change that is still on its way may come later. */
void
mtb_sim_passwords_note_right (MtbSimPasswords *self, const char *password)
{
  g_ptr_array_find_with_equal_func (self->known, password, g_str_equal, &self->right);
}
