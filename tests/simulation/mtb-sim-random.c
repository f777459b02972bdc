/* All chance in the simulation comes out of its seed: what happens, and apart from it the bytes of ids,
 * salts and tokens, which the product takes from the system and from libsodium. */

#include "mtb-sim-random.h"

#include <sodium.h>
#include <sqlite3.h>
#include <sys/random.h>

static guint64 course;
static guint64 bytes;

/* SplitMix64 (Steele, Lea and Flood 2014). */
static guint64
draw (guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

guint
mtb_sim_random_below (guint n)
{
  return (guint) (draw (&course) % n);
}

gint64
mtb_sim_random_between (gint64 from, gint64 to)
{
  return from + (gint64) (draw (&course) % (guint64) (to - from + 1));
}

gboolean
mtb_sim_random_happens (guint per_mille)
{
  return mtb_sim_random_below (1000) < per_mille;
}

void
mtb_sim_random_fill (gpointer buffer, gsize size)
{
  guint8 *at = buffer;

  for (gsize i = 0; i < size; i++)
    at[i] = (guint8) (draw (&bytes) >> 32);
}

static const char *
name_source (void)
{
  return "seed";
}

static guint32
draw_word (void)
{
  return (guint32) (draw (&bytes) >> 32);
}

static void
fill (void *const buffer, const size_t size)
{
  mtb_sim_random_fill (buffer, size);
}

void
mtb_sim_random_seed (guint64 seed)
{
  static struct randombytes_implementation source = {
    .implementation_name = name_source,
    .random = draw_word,
    .buf = fill,
  };

  course = seed;
  bytes = ~seed;
  randombytes_set_implementation (&source);
  /* SQLite's own generator is seeded anew by the disk. */
  sqlite3_randomness (0, NULL);
}

ssize_t __wrap_getrandom (void *buffer, size_t size, unsigned flags);

ssize_t
__wrap_getrandom (void *buffer, size_t size, unsigned flags)
{
  mtb_sim_random_fill (buffer, size);
  return (ssize_t) size;
}
