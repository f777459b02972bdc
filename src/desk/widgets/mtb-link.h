#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MtbLinkKind:
 * @MTB_LINK_CALL: a record of a call, by its id
 * @MTB_LINK_SUBSCRIBER: the card of a subscriber or prospect, by its id
 * @MTB_LINK_DOCUMENT: a controlled document, by its id
 * @MTB_LINK_PLACE: a place of the desk, by its name
 *
 * What a `mutabaa:` link leads to.
 */
typedef enum
{
  MTB_LINK_CALL,
  MTB_LINK_SUBSCRIBER,
  MTB_LINK_DOCUMENT,
  MTB_LINK_PLACE,
} MtbLinkKind;

char *mtb_link_new (MtbLinkKind kind, const char *id);
gboolean mtb_link_parse (const char *link, MtbLinkKind *kind, char **id, GError **error);

G_END_DECLS
