/* Who works at a desk: signing in and out, with passwords that change, and being sent away. */

#include "mtb-sim-desk-private.h"

#include "mtb-error.h"
#include "mtb-sim-faults.h"
#include "mtb-sim-people.h"
#include "mtb-sim-random.h"
#include "mtb-stock.h"

static gboolean
has_left (MtbSimDesk *self)
{
  g_autoptr (MtbPerson) person = NULL;

  if (mtb_sim_server_is_up (self->server))
    person = mtb_store_get (mtb_sim_server_get_store (self->server), &mtb_person_table.shape,
                            mtb_sim_id (self->username), NULL);
  return person != NULL && person->active == 0;
}

/* What was acknowledged holds, here and there; only a restored server knows an older one again. */
static gboolean
sign_in_with (MtbSimDesk *self, const char *password, GError **error)
{
  gboolean is_right = mtb_sim_passwords_is_right (self->passwords, password);

  if (!mtb_client_sign_in (self->client, self->username, password, NULL, error))
    {
      if (!is_right)
        self->kept_out = TRUE;
      return FALSE;
    }
  if (!is_right && mtb_sim_passwords_is_sure (self->passwords)
      && mtb_sim_server_get_n_restores (self->server) == 0)
    mtb_sim_fail ("%s came in with an old password", self->username);
  mtb_sim_passwords_note_right (self->passwords, password);
  return TRUE;
}

static void
try_old_password (MtbSimDesk *self)
{
  const char *old =
    mtb_sim_random_happens (150) ? mtb_sim_passwords_get_old (self->passwords) : NULL;
  g_autoptr (GError) error = NULL;

  if (old != NULL && !sign_in_with (self, old, &error)
      && g_error_matches (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED))
    mtb_fault_hit (MTB_FAULT_PASSWORD_OLD);
}

gboolean
mtb_sim_desk_sign_in (MtbSimDesk *self)
{
  g_autoptr (GPtrArray) passwords = NULL;
  g_autoptr (GError) error = NULL;

  try_old_password (self);
  passwords = mtb_sim_passwords_list (self->passwords);
  for (guint i = 0; i < passwords->len; i++)
    {
      g_clear_error (&error);
      if (sign_in_with (self, g_ptr_array_index (passwords, i), &error))
        return TRUE;
      if (!g_error_matches (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED))
        break;
    }
  mtb_sim_desk_expect_fault (self, "sign in", error);
  if (g_error_matches (error, MTB_ERROR, MTB_ERROR_UNAUTHORIZED) && has_left (self))
    {
      mtb_fault_hit (MTB_FAULT_LEAVER_KEPT_OUT);
      self->kept_out = TRUE;
    }
  return FALSE;
}

/* Of all that the desk keeps of its person, what may stay when it is emptied. */
static void
check_emptied (MtbSimDesk *self, const char *folder, gboolean still_open)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (!g_str_has_prefix (name, "outbox") && !(still_open && g_str_has_prefix (name, "cache.db")))
      mtb_sim_fail ("%s: the desk was emptied, and still has %s", self->username, name);
}

/* Only the outbox is left. Who may still work here signs in again. */
void
mtb_sim_desk_be_dismissed (MtbSimDesk *self)
{
  g_autofree char *folder = mtb_client_dup_folder (self->client);
  gint64 n_people = 0;

  if (!mtb_sim_disk_has_failed (self->disk) && mtb_sim_disk_get_n_full (self->disk) == 0)
    {
      mtb_fault_hit (MTB_FAULT_DISMISSED);
      check_emptied (self, folder, TRUE);
      mtb_store_select_number (mtb_sim_desk_get_cache (self), "SELECT COUNT(*) FROM person", NULL,
                               &n_people, NULL);
      if (n_people > 0)
        mtb_sim_fail ("%s: the desk was emptied, and still has people", self->username);
    }
  mtb_sim_desk_sign_in (self);
}

/* Ends the sign-in and the program. */
void
mtb_sim_desk_sign_out (MtbSimDesk *desk)
{
  const MtbSimClock *before = mtb_sim_clock_use (&desk->clock);
  g_autofree char *folder = mtb_client_dup_folder (desk->client);
  gboolean empties;

  g_clear_pointer (&desk->cache, mtb_store_close);
  g_clear_pointer (&desk->outbox, mtb_store_close);
  empties = mtb_stock_goes_at_sign_out (folder);
  mtb_client_sign_out (desk->client, NULL);
  mtb_sim_trace ("%s signs out", desk->username);
  mtb_fault_hit (MTB_FAULT_SIGNED_OUT);
  if (empties && !mtb_sim_disk_has_failed (desk->disk))
    {
      mtb_fault_hit (MTB_FAULT_EMPTIED_AT_SIGN_OUT);
      check_emptied (desk, folder, FALSE);
    }
  mtb_sim_clock_use (before);
  if (!mtb_sim_disk_has_failed (desk->disk))
    mtb_sim_desk_stop (desk);
}

/* Whatever is said of it, the new one may hold from now on. */
void
mtb_sim_desk_change_password (MtbSimDesk *desk)
{
  const MtbSimClock *before = mtb_sim_clock_use (&desk->clock);
  g_autofree char *new = mtb_sim_passwords_think_of (desk->passwords);
  g_autoptr (GError) error = NULL;

  if (new != NULL
      && mtb_client_change_password (desk->client, mtb_sim_passwords_get_right (desk->passwords),
                                     new, NULL, &error))
    {
      mtb_sim_trace ("%s has another password", desk->username);
      mtb_fault_hit (MTB_FAULT_PASSWORD_CHANGED);
      mtb_sim_passwords_note_changed (desk->passwords, new);
    }
  else if (new != NULL)
    {
      mtb_sim_trace ("%s: password: %s", desk->username, error->message);
      mtb_fault_hit (MTB_FAULT_PASSWORD_UNSURE);
      mtb_sim_passwords_note_tried (desk->passwords, new);
      desk->kept_out = TRUE;
    }
  mtb_sim_clock_use (before);
}
