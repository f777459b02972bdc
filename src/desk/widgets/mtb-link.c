/* Links to what is in the desk, `mutabaa:KIND/ID`. They say where, never what: whoever follows one
 * sees what they may see. */

#include "mtb-link.h"

#include "mtb-error.h"
#include "mtb-id.h"

#include <glib/gi18n.h>
#include <string.h>

#define SCHEME "mutabaa:"
#define PLACE_MAX 40

static const char *const kinds[] = {
  [MTB_LINK_CALL] = "call",
  [MTB_LINK_SUBSCRIBER] = "subscriber",
  [MTB_LINK_DOCUMENT] = "document",
  [MTB_LINK_PLACE] = "place",
};

/**
 * mtb_link_new:
 * @kind: what it leads to
 * @id: which, an id or a place's name
 *
 * Returns: (transfer full): a link
 */
char *
mtb_link_new (MtbLinkKind kind, const char *id)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), NULL);

  return g_strdup_printf (SCHEME "%s/%s", kinds[kind], id);
}

static gboolean
is_place_name (const char *name)
{
  gsize length = strlen (name);

  return length > 0 && length <= PLACE_MAX
         && strspn (name, "abcdefghijklmnopqrstuvwxyz-") == length;
}

static gboolean
take_apart (const char *link, MtbLinkKind *kind, const char **id)
{
  const char *rest = link + strlen (SCHEME);

  if (g_ascii_strncasecmp (link, SCHEME, strlen (SCHEME)) != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (rest, kinds[i]) && rest[strlen (kinds[i])] == '/')
      {
        *kind = (MtbLinkKind) i;
        *id = rest + strlen (kinds[i]) + 1;
        return *kind == MTB_LINK_PLACE ? is_place_name (*id) : mtb_id_is_valid (*id);
      }
  return FALSE;
}

/**
 * mtb_link_parse:
 * @link: what somebody gave as a link
 * @kind: (out): what it leads to
 * @id: (out) (transfer full): which, a valid id or a place's name
 * @error: return location, %MTB_ERROR_INVALID
 *
 * Returns: whether it is a link
 */
gboolean
mtb_link_parse (const char *link, MtbLinkKind *kind, char **id, GError **error)
{
  const char *found = NULL;

  g_return_val_if_fail (link != NULL, FALSE);

  if (!take_apart (link, kind, &found))
    {
      g_set_error_literal (error, MTB_ERROR, MTB_ERROR_INVALID,
                           N_ ("This is not a link into Mutabaa, or it is damaged"));
      return FALSE;
    }
  *id = g_strdup (found);
  return TRUE;
}
