/* Whom a desk believes when a server says who it is: the certificate authorities of the system or,
 * where the organisation has one of its own, that alone. There is no way around it. */

#include "mtb-trust.h"

#include <glib/gi18n.h>

/**
 * mtb_trust_open:
 * @path: (nullable): a file of certificates, in PEM; %NULL or empty for the system's
 * @error: return location, %MTB_ERROR_UNTRUSTED
 *
 * Reads files.
 *
 * Returns: (transfer full): the authorities that are believed
 */
GTlsDatabase *
mtb_trust_open (const char *path, GError **error)
{
  g_autoptr (GList) certificates = NULL;
  GTlsDatabase *database;

  if (path == NULL || *path == '\0')
    return g_tls_backend_get_default_database (g_tls_backend_get_default ());
  certificates = g_tls_certificate_list_new_from_file (path, NULL);
  database = certificates != NULL ? g_tls_file_database_new (path, NULL) : NULL;
  if (database == NULL)
    g_set_error_literal (error, MTB_ERROR, MTB_ERROR_UNTRUSTED,
                         N_ ("The file with the organisation's certificate cannot be read. Choose"
                             " it anew in the preferences."));
  g_list_foreach (certificates, (GFunc) (GCallback) g_object_unref, NULL);
  return database;
}

/**
 * mtb_trust_new_error:
 * @faults: what is wrong with a server's certificate
 *
 * Returns: (transfer full): %MTB_ERROR_UNTRUSTED, with what is to be done
 */
GError *
mtb_trust_new_error (GTlsCertificateFlags faults)
{
  const char *words =
    N_ ("Nobody whom this computer trusts vouches for the server. If your organisation has a"
        " certificate of its own, choose it in the preferences.");

  /* Who is unknown may say anything else. */
  if (faults & G_TLS_CERTIFICATE_UNKNOWN_CA)
    ;
  else if (faults & G_TLS_CERTIFICATE_BAD_IDENTITY)
    words = N_ ("The server's certificate is for another address. Ask the operator of the server"
                " for the right one.");
  else if (faults & (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED))
    words = N_ ("The server's certificate is not valid today. Look whether this computer's date is"
                " right; if it is, tell the operator of the server.");
  return g_error_new_literal (MTB_ERROR, MTB_ERROR_UNTRUSTED, words);
}
