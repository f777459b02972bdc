/* What is taken for a link, and what is not: anybody may hand one to a desk. */

#include "mtb-link.h"

#include "mtb-error.h"
#include "mtb-id.h"

static void
test_links_come_back (void)
{
  g_autofree char *id = mtb_id_new (1);

  const struct
  {
    MtbLinkKind kind;
    const char *id;
  } cases[] = {
    { MTB_LINK_CALL, id },
    { MTB_LINK_SUBSCRIBER, id },
    { MTB_LINK_DOCUMENT, id },
    { MTB_LINK_PLACE, "records" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *link = mtb_link_new (cases[i].kind, cases[i].id);
      g_autofree char *found = NULL;
      g_autoptr (GError) error = NULL;
      MtbLinkKind kind;

      g_assert_true (mtb_link_parse (link, &kind, &found, &error));
      g_assert_no_error (error);
      g_assert_cmpint (kind, ==, cases[i].kind);
      g_assert_cmpstr (found, ==, cases[i].id);
    }
}

static void
test_others_are_refused (void)
{
  static const char *const links[] = {
    "",
    "mutabaa:",
    "mutabaa:call",
    "mutabaa:call/",
    "mutabaa:call/1",
    "mutabaa:call/../../etc",
    "mutabaa:calls/018f0000-0000-7000-8000-000000000000",
    "mutabaa:call/018f0000-0000-7000-8000-000000000000/",
    "mutabaa:call/018f0000-0000-7000-8000-000000000000?x=1",
    "mutabaa://call/018f0000-0000-7000-8000-000000000000",
    "https://example.net/call/018f0000-0000-7000-8000-000000000000",
    "file:///etc/passwd",
    "mutabaa:place/",
    "mutabaa:place/Records",
    "mutabaa:place/a/b",
    "mutabaa:place/abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
  };

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autofree char *found = NULL;
      g_autoptr (GError) error = NULL;
      MtbLinkKind kind;

      g_assert_false (mtb_link_parse (links[i], &kind, &found, &error));
      g_assert_error (error, MTB_ERROR, MTB_ERROR_INVALID);
      g_assert_null (found);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/link/back", test_links_come_back);
  g_test_add_func ("/desk/link/refused", test_others_are_refused);
  return g_test_run ();
}
