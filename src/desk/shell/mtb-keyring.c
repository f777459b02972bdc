#include "mtb-keyring.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>

/**
 * MtbKeyring:
 *
 * Keeps a desk's sign-in in the secret service, where there is one and its keyring is open: nobody is
 * ever asked for a keyring's password. Otherwise nothing is kept, and the log says so once. What is
 * to be kept or forgotten is done on a thread of its own, all of it before the keyring is gone.
 */
struct _MtbKeyring
{
  GObject parent_instance;

  char *folder;
  GThreadPool *jobs;
  gboolean complained; /* that thread's own */
};

static void mtb_keyring_be_secrets (MtbSecretsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MtbKeyring,
                               mtb_keyring,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MTB_TYPE_SECRETS, mtb_keyring_be_secrets))

static const SecretSchema schema = {
  MTB_APP_ID ".SignIn",
  SECRET_SCHEMA_NONE,
  { { "server", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "user", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "desk", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 } },
};

/* What takes the place of all that is kept for the server; nothing without a secret. */
typedef struct
{
  char *server;
  char *username;
  char *secret;
} Job;

static void
free_job (Job *job)
{
  g_free (job->server);
  g_free (job->username);
  secret_password_free (job->secret);
  g_free (job);
}

static gboolean
is_open (GError **error)
{
  g_autoptr (SecretService) service = secret_service_get_sync (SECRET_SERVICE_NONE, NULL, error);
  g_autoptr (SecretCollection) collection =
    service != NULL ? secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT,
                                                        SECRET_COLLECTION_NONE, NULL, error)
                    : NULL;

  return collection != NULL && !secret_collection_get_locked (collection);
}

static gboolean
replace (MtbKeyring *self, const Job *job, GError **error)
{
  if (!is_open (error))
    return FALSE;
  /* Says only whether there was anything. */
  secret_password_clear_sync (&schema, NULL, NULL, "server", job->server, "desk", self->folder,
                              NULL);
  return job->secret == NULL
         || secret_password_store_sync (
           &schema, SECRET_COLLECTION_DEFAULT, _ ("Sign-in to Mutabaa"), job->secret, NULL, error,
           "server", job->server, "user", job->username, "desk", self->folder, NULL);
}

static void
run_job (gpointer item, gpointer data)
{
  MtbKeyring *self = data;
  g_autoptr (GError) error = NULL;

  if (!replace (self, item, &error) && !self->complained)
    {
      g_message ("the sign-in is not kept: %s",
                 error != NULL ? error->message : "there is no open keyring");
      self->complained = TRUE;
    }
  free_job (item);
}

static void
mtb_keyring_keep (MtbSecrets *secrets, const char *server, const char *username, const char *secret)
{
  Job *job = g_new0 (Job, 1);

  job->server = g_strdup (server);
  job->username = g_strdup (username);
  job->secret = g_strdup (secret);
  g_thread_pool_push (MTB_KEYRING (secrets)->jobs, job, NULL);
}

static void
mtb_keyring_forget (MtbSecrets *secrets, const char *server)
{
  mtb_keyring_keep (secrets, server, NULL, NULL);
}

static char *
mtb_keyring_recall (MtbSecrets *secrets, const char *server, char **username)
{
  MtbKeyring *self = MTB_KEYRING (secrets);
  GList *found = secret_password_search_sync (&schema, SECRET_SEARCH_LOAD_SECRETS, NULL, NULL,
                                              "server", server, "desk", self->folder, NULL);
  SecretRetrievable *item = found != NULL ? found->data : NULL;
  g_autoptr (GHashTable) attributes =
    item != NULL ? secret_retrievable_get_attributes (item) : NULL;
  SecretValue *value =
    item != NULL ? secret_retrievable_retrieve_secret_sync (item, NULL, NULL) : NULL;
  char *secret = NULL;

  if (value != NULL)
    {
      *username = g_strdup (g_hash_table_lookup (attributes, "user"));
      secret = g_strdup (secret_value_get_text (value));
      secret_value_unref (value);
    }
  g_list_free_full (found, g_object_unref);
  return secret;
}

static void
mtb_keyring_be_secrets (MtbSecretsInterface *iface)
{
  iface->keep = mtb_keyring_keep;
  iface->forget = mtb_keyring_forget;
  iface->recall = mtb_keyring_recall;
}

static void
mtb_keyring_finalize (GObject *object)
{
  MtbKeyring *self = MTB_KEYRING (object);

  g_thread_pool_free (self->jobs, FALSE, TRUE);
  g_free (self->folder);

  G_OBJECT_CLASS (mtb_keyring_parent_class)->finalize (object);
}

static void
mtb_keyring_class_init (MtbKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mtb_keyring_finalize;
}

static void
mtb_keyring_init (MtbKeyring *self)
{
  self->jobs = g_thread_pool_new (run_job, self, 1, FALSE, NULL);
}

/**
 * mtb_keyring_new:
 * @folder: where the desk keeps its data: each such desk has a sign-in of its own
 *
 * Returns: (transfer full): the person's keyring
 */
MtbSecrets *
mtb_keyring_new (const char *folder)
{
  MtbKeyring *self = g_object_new (MTB_TYPE_KEYRING, NULL);

  self->folder = g_strdup (folder);
  return MTB_SECRETS (self);
}
