/* The check of a whole database. Nothing is written, and what is held does not grow with the
 * department's history. */

#include "mtb-verify-private.h"

#include "mtb-audit.h"
#include "mtb-error.h"
#include "mtb-totals.h"
#include "mtb-words.h"

#include <glib/gi18n.h>

/* A row, and what it has in a column. */
typedef struct
{
  char *id;
  char *value;
} Cell;

static const MtbField cell_fields[] = {
  MTB_FIELD (Cell, id, TEXT),
  MTB_FIELD (Cell, value, TEXT),
};

static const MtbShape cell_shape = MTB_SHAPE ("cell", Cell, cell_fields);

/* Rows that are wrong in the same way. */
typedef struct
{
  MtbVerify *verify;
  const MtbFinding *what;
} Same;

static gboolean
report_cell (gpointer record, gpointer data, GError **error)
{
  const Same *same = data;
  const Cell *cell = record;
  MtbFinding finding = *same->what;

  finding.id = cell->id;
  finding.detail = cell->value;
  same->verify->func (&finding, same->verify->data);
  return TRUE;
}

gboolean
mtb_verify_select (MtbVerify *self,
                   const MtbFinding *what,
                   const char *sql,
                   const MtbParameter *parameters,
                   GError **error)
{
  Same same = { self, what };

  return mtb_store_each (self->store, &cell_shape, sql, parameters, report_cell, &same, error);
}

static gboolean
verify_engine (MtbVerify *self, GError **error)
{
  g_autoptr (GPtrArray) faults = mtb_store_check (self->store, error);

  for (guint i = 0; faults != NULL && i < faults->len; i++)
    mtb_verify_report (self, .reason = N_ ("The engine finds its files damaged"),
                       .detail = g_ptr_array_index (faults, i));
  return faults != NULL;
}

static gboolean
verify_trail (MtbVerify *self, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (mtb_audit_check (self->store, &self->n_seen, &failure))
    return TRUE;
  if (!g_error_matches (failure, MTB_ERROR, MTB_ERROR_MISMATCH))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  mtb_verify_report (self, .table = mtb_entry_shape.name,
                     .reason = N_ ("The audit trail does not hold"), .detail = failure->message);
  return TRUE;
}

/* A table's words on their way. */
typedef struct
{
  MtbVerify *verify;
  const MtbTable *table;
} Words;

static void
report_word (const char *id, const char *word, gboolean missing, gpointer data)
{
  const Words *words = data;

  mtb_verify_report (words->verify, .table = words->table->shape.name, .id = id,
                     .reason = missing      ? N_ ("It is not found by a word that it says")
                               : id != NULL ? N_ ("It is found by a word that it does not say")
                                            : N_ ("A word leads to no row"),
                     .detail = word);
}

static gboolean
verify_words (MtbVerify *self, GError **error)
{
  for (guint i = 0; mtb_tables[i] != NULL; i++)
    {
      Words words = { self, mtb_tables[i] };
      gint64 n_rows = 0;

      if (mtb_tables[i]->words != NULL
          && !mtb_words_verify (self->store, mtb_tables[i], report_word, &words, &n_rows, error))
        return FALSE;
      self->n_seen += n_rows;
    }
  return TRUE;
}

static void
report_total (const MtbTable *table, const char *id, gpointer data)
{
  MtbVerify *self = data;

  mtb_verify_report (self, .table = table->shape.name, .id = id,
                     .reason = N_ ("This total is not what the calls say;"
                                   " “mutabaactl totals recount” puts it right"));
}

static gboolean
verify_totals (MtbVerify *self, GError **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (MtbTotals) totals = mtb_totals_new (zone);

  return mtb_store_select_number (self->store,
                                  "SELECT (SELECT COUNT(*) FROM queue_total)"
                                  " + (SELECT COUNT(*) FROM agent_total)"
                                  " + (SELECT COUNT(*) FROM record_total)",
                                  NULL, &self->n_seen, error)
         && mtb_totals_verify (totals, self->store, report_total, self, error);
}

static const struct
{
  const char *name;
  const char *title;
  gboolean (*run) (MtbVerify *self, GError **error);
} checks[] = {
  [MTB_CHECK_ENGINE] = { "engine", N_ ("The engine’s files"), verify_engine },
  [MTB_CHECK_TRAIL] = { "trail", N_ ("Audit trail"), verify_trail },
  [MTB_CHECK_FEED] = { "feed", N_ ("Feed"), mtb_verify_feed },
  [MTB_CHECK_ROWS] = { "rows", N_ ("Rows"), mtb_verify_rows },
  [MTB_CHECK_REFERENCES] = { "references", N_ ("References"), mtb_verify_references },
  [MTB_CHECK_WORDS] = { "words", N_ ("Searched words"), verify_words },
  [MTB_CHECK_TOTALS] = { "totals", N_ ("Totals"), verify_totals },
};

/**
 * mtb_check_get_name:
 * @check: a part of the check
 *
 * Returns: its name for programs
 */
const char *
mtb_check_get_name (MtbCheck check)
{
  return checks[check].name;
}

/**
 * mtb_check_get_title:
 * @check: a part of the check
 *
 * Returns: its name in English, to be translated
 */
const char *
mtb_check_get_title (MtbCheck check)
{
  return checks[check].title;
}

/**
 * mtb_verify:
 * @store: an authority's store in a transaction; best of %MTB_STORE_CHECK
 * @check: which part
 * @func: hears of each thing that is wrong
 * @data: handed to @func
 * @n_seen: (out): how many entries, rows, ids or totals were looked at
 * @error: return location
 *
 * Makes one part of the check of a whole database.
 *
 * Returns: whether all could be read
 */
gboolean
mtb_verify (MtbStore *store,
            MtbCheck check,
            MtbFindingFunc func,
            gpointer data,
            gint64 *n_seen,
            GError **error)
{
  MtbVerify self = { .store = store, .func = func, .data = data };
  gboolean ok = checks[check].run (&self, error);

  *n_seen = self.n_seen;
  return ok;
}
