#include "bench-place.h"

static const BenchPlace places[] = {
  { "sqlite", BENCH_SQLITE, BENCH_DIRECT },
  { "sqlite+haproxy", BENCH_SQLITE, BENCH_PROXY },
  { "postgresql", BENCH_POSTGRESQL, BENCH_DIRECT },
  { "postgresql+haproxy", BENCH_POSTGRESQL, BENCH_PROXY },
};

static gboolean is_chosen[G_N_ELEMENTS (places)] = { TRUE, TRUE, TRUE, TRUE };

static gboolean
choose (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].name, name))
      return is_chosen[i] = TRUE;
  return FALSE;
}

/* Names with commas between them; returns whether there are such places. */
gboolean
bench_places_choose (const char *names)
{
  g_auto (GStrv) words = g_strsplit (names, ",", -1);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    is_chosen[i] = FALSE;
  for (guint i = 0; words[i] != NULL; i++)
    if (!choose (words[i]))
      return FALSE;
  return words[0] != NULL;
}

void
bench_each_place (BenchPlaceFunc func, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (is_chosen[i])
      func (&places[i], data);
}

/* For what does not go over the network: the places that are reached directly. */
void
bench_each_engine (BenchPlaceFunc func, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (is_chosen[i] && places[i].way == BENCH_DIRECT)
      func (&places[i], data);
}
