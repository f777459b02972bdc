/* What it costs to guess a password, of whoever has the server's database or a desk's files. The other
 * tests have it cost little, this one is run without that. */

#include "mtb-accounts.h"
#include "mtb-id.h"
#include "mtb-person.h"
#include "mtb-verifier.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

/* OWASP's least for argon2id: 19 MiB and two passes. */
#define COST "$argon2id$v=19$m=19456,t=2,p=1$"

static void
test_at_the_server (void)
{
  g_autofree char *verifier = mtb_password_make_verifier ("the secret", NULL);

  g_assert_true (g_str_has_prefix (verifier, COST));
}

static void
test_at_a_desk (void)
{
  g_autofree char *folder = g_dir_make_tmp ("cost-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "verifier", NULL);
  g_autoptr (MtbPerson) person = mtb_record_new (&mtb_person_table.shape);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  person->id = mtb_id_new (0);
  person->username = g_strdup ("rima");
  person->display_name = g_strdup ("rima");
  mtb_verifier_write (path, person, "the secret", 0, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, COST));
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  g_test_add_func ("/sync/cost/server", test_at_the_server);
  g_test_add_func ("/sync/cost/desk", test_at_a_desk);
  return g_test_run ();
}
