/* Notes on the records of calls. */

#include "mtb-workflow-private.h"

#include "mtb-note.h"

#include <glib/gi18n.h>

static gboolean
check_call (const MtbOccasion *occasion, const MtbCall *call, GError **error)
{
  if (g_str_equal (call->person_id, occasion->person->id))
    return mtb_refuse (error, MTB_ERROR_FORBIDDEN, "call_id",
                       N_ ("A note is for somebody else; correct your own record instead"));
  return mtb_need_sight (occasion, &mtb_call_table, call->person_id, "call_id",
                         N_ ("There is no such record"), error);
}

gboolean
mtb_workflow_note_add (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbNoteAdd *arguments = data;
  g_autofree char *text = g_strstrip (g_strdup (arguments->text));
  g_autoptr (MtbNote) note = mtb_record_new (&mtb_note_table.shape);
  g_autoptr (MtbCall) call = NULL;

  if (*text == '\0')
    return mtb_refuse (error, MTB_ERROR_INVALID, "text", N_ ("Write what the note is to say"));
  if (!mtb_need_new (occasion, &mtb_note_table.shape, arguments->id, error))
    return FALSE;
  call = mtb_need (occasion, &mtb_call_table.shape, arguments->call_id, "call_id",
                   N_ ("There is no such record"), error);
  if (call == NULL || !check_call (occasion, call, error))
    return FALSE;
  note->id = g_strdup (arguments->id);
  note->call_id = g_strdup (call->id);
  note->person_id = g_strdup (call->person_id);
  note->author_id = g_strdup (occasion->person->id);
  note->text = g_steal_pointer (&text);
  note->written_at = occasion->given_at;
  note->received_at = occasion->received_at;
  note->started_at = call->started_at;
  return mtb_store_insert (occasion->store, note, error);
}

gboolean
mtb_workflow_note_see (const MtbOccasion *occasion, gconstpointer data, GError **error)
{
  const MtbNoteSee *arguments = data;
  g_autoptr (MtbNote) note = mtb_need (occasion, &mtb_note_table.shape, arguments->id, "id",
                                       N_ ("There is no such note"), error);

  if (note == NULL)
    return FALSE;
  if (!g_str_equal (note->person_id, occasion->person->id))
    return mtb_refuse (error, MTB_ERROR_FORBIDDEN, "id", N_ ("This note is for somebody else"));
  if (note->seen_at != MTB_ABSENT)
    return TRUE;
  note->seen_at = occasion->given_at;
  return mtb_store_put (occasion->store, note, error);
}
