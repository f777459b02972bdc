/* Passwords without the work that guessing them is to cost: an argon2id takes as long as a whole
 * conversation does here. */

#include <glib.h>
#include <sodium.h>

int __wrap_crypto_pwhash_str_alg (char out[crypto_pwhash_STRBYTES],
                                  const char *password,
                                  unsigned long long length,
                                  unsigned long long operations,
                                  size_t memory,
                                  int algorithm);
int __wrap_crypto_pwhash_str_verify (const char *verifier,
                                     const char *password,
                                     unsigned long long length);

int
__wrap_crypto_pwhash_str_alg (char out[crypto_pwhash_STRBYTES],
                              const char *password,
                              unsigned long long length,
                              unsigned long long operations,
                              size_t memory,
                              int algorithm)
{
  return g_strlcpy (out, password, crypto_pwhash_STRBYTES) < crypto_pwhash_STRBYTES ? 0 : -1;
}

int
__wrap_crypto_pwhash_str_verify (const char *verifier,
                                 const char *password,
                                 unsigned long long length)
{
  return g_str_equal (verifier, password) ? 0 : -1;
}
