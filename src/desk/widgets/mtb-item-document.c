/* The words of controlled documents, their versions and their readers. */

#include "mtb-item-private.h"

#include "mtb-text.h"

#include <glib/gi18n.h>

char *
mtb_item_say_document_number (gconstpointer record)
{
  const char *number = get_text (record, "number");

  return number != NULL ? mtb_text_isolate (number) : NULL;
}

char *
mtb_item_say_document_title (gconstpointer record)
{
  return g_strdup (mtb_text_pick (get_text (record, "title"), get_text (record, "title_en")));
}

char *
mtb_item_say_edition (gconstpointer record)
{
  gint64 issue = get_number (record, "issue");
  gint64 version = get_number (record, "version");
  g_autofree char *date = NULL;

  if (issue == MTB_ABSENT || version == MTB_ABSENT)
    return g_strdup (_ ("Text not entered yet"));
  date = mtb_text_calendar_date (get_text (record, "dated"));
  /* Translators: the issue and version of a document, and its date. */
  return mtb_text_localize (g_strdup_printf (C_ ("document", "Issue %1$d, version %2$d · %3$s"),
                                             (int) issue, (int) version, date));
}

char *
mtb_item_say_force (gconstpointer record)
{
  gint64 in_force = get_number (record, "in_force");

  return g_strdup (in_force == MTB_ABSENT ? NULL
                   : in_force == 1        ? C_ ("document", "In force")
                                          : C_ ("document", "No longer in force"));
}

static gboolean
is_to_be_read (gconstpointer record)
{
  return get_text (record, "version_id") != NULL && get_number (record, "read_at") == MTB_ABSENT;
}

char *
mtb_item_say_reading (gconstpointer record)
{
  if (is_to_be_read (record))
    return g_strdup (C_ ("document", "Not read yet"));
  return g_strdup (get_number (record, "read_at") != MTB_ABSENT ? C_ ("document", "Read") : NULL);
}

char *
mtb_item_say_reading_icon (gconstpointer record)
{
  if (is_to_be_read (record))
    return g_strdup ("mail-unread-symbolic");
  return g_strdup (get_number (record, "read_at") != MTB_ABSENT ? "object-select-symbolic" : NULL);
}

char *
mtb_item_say_read_at (gconstpointer record)
{
  gint64 read_at = get_number (record, "read_at");

  return read_at != MTB_ABSENT ? mtb_text_moment (read_at)
                               : g_strdup (C_ ("document", "Not read yet"));
}
