#include "mtb-queue-log.h"

#include "mtb-error.h"
#include "mtb-time.h"

/* Parses a line and writes its parts again, "–" for each that is not there. */
static char *
take_apart (const char *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbPbxObserve) observed = mtb_queue_log_parse (line, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  g_assert_null (observed->id);
  g_string_printf (text, "%" G_GINT64_FORMAT, observed->happened_at);
  g_assert_null (observed->source);
  for (guint i = 2; i < mtb_pbx_observe.shape.n_fields - 1; i++)
    {
      const char *part = mtb_field_get_text (&mtb_pbx_observe.shape.fields[i], observed);

      g_string_append_printf (text, " %s", part != NULL ? part : "–");
    }
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *line;
  const char *parts;
} lines[] = {
  { "1795385888|NONE|NONE|NONE|QUEUESTART|", "1795385888000 – – – QUEUESTART – – – – –" },
  { "1795385922|1.0|support|NONE|ENTERQUEUE||0215312019|1",
    "1795385922000 1.0 support – ENTERQUEUE – 0215312019 1 – –" },
  { "1795385924|1.0|support|rima|CONNECT|2|1795385922.2|2",
    "1795385924000 1.0 support rima CONNECT 2 1795385922.2 2 – –" },
  { "1795385924|1.0|support|rima|ATTENDEDTRANSFER|LINK|a|b|2|35|1",
    "1795385924000 1.0 support rima ATTENDEDTRANSFER LINK a b 2 35|1" },
  { "1795385924|MANAGER|support|rima|ADDMEMBER|PAUSED",
    "1795385924000 MANAGER support rima ADDMEMBER PAUSED – – – –" },
  { "1795385924||support||WRAPUPSTART", "1795385924000 – support – WRAPUPSTART – – – – –" },
  { "1795385924|1.0|support|NONE|ENTERQUEUE||1|1|\xe9lie",
    "1795385924000 1.0 support – ENTERQUEUE – 1 1 \xef\xbf\xbdlie –" },
};

static void
test_lines (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *parts = take_apart (lines[i].line);

      g_assert_cmpstr (parts, ==, lines[i].parts);
    }
}

static const char *const bad_lines[] = {
  "",
  "nonsense",
  "1795385922|1.0|support|NONE",
  "1795385922|1.0|support|NONE|",
  "yesterday|1.0|support|NONE|ABANDON|1|1|5",
  "-5|1.0|support|NONE|ABANDON|1|1|5",
  "17953859.22|1.0|support|NONE|ABANDON|1|1|5",
  "99999999999999999999|1.0|support|NONE|ABANDON|1|1|5",
  "|1.0|support|NONE|ABANDON|1|1|5",
};

static void
test_bad_lines (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_lines); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (mtb_queue_log_parse (bad_lines[i], &error));
      g_assert_error (error, MTB_ERROR, MTB_ERROR_INVALID);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connectors/queue-log/lines", test_lines);
  g_test_add_func ("/connectors/queue-log/bad-lines", test_bad_lines);
  return g_test_run ();
}
