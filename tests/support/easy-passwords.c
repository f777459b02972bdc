/* Put before a program by LD_PRELOAD: a verifier is made with the least work that argon2id knows, and
 * tells so itself, so that looking at it is as little.  Looking takes a moment all the same: those who
 * sign in at once are to meet. */

#include <dlfcn.h>
#include <sodium.h>
#include <unistd.h>

#define MOMENT_US 3000

int
crypto_pwhash_str_alg (char out[crypto_pwhash_STRBYTES],
                       const char *const password,
                       unsigned long long length,
                       unsigned long long operations,
                       size_t memory,
                       int algorithm)
{
  int (*make) (char *, const char *, unsigned long long, unsigned long long, size_t, int) =
    dlsym (RTLD_NEXT, "crypto_pwhash_str_alg");

  return make (out, password, length, crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN,
               algorithm);
}

int
crypto_pwhash_str_verify (const char verifier[crypto_pwhash_STRBYTES],
                          const char *const password,
                          unsigned long long length)
{
  int (*verify) (const char *, const char *, unsigned long long) =
    dlsym (RTLD_NEXT, "crypto_pwhash_str_verify");

  usleep (MOMENT_US);
  return verify (verifier, password, length);
}
