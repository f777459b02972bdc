#pragma once

#include "mtb-table.h"

G_BEGIN_DECLS

/**
 * MtbNote:
 * @call_id: the record that it is about
 * @person_id: whose record that is, and whom the note is for
 * @author_id: who wrote it
 * @text: what it says
 * @written_at: when, by the desk's corrected clock
 * @received_at: when the server received it; absent on a desk until then
 * @seen_at: when the record's person has read it
 * @started_at: the record's, by which the note leaves a desk with it
 *
 * A word of a supervisor, the quality officer or the manager on the record of a call.
 */
typedef struct
{
  char *id;
  char *call_id;
  char *person_id;
  char *author_id;
  char *text;
  gint64 written_at;
  gint64 received_at;
  gint64 seen_at;
  gint64 started_at;
} MtbNote;

extern const MtbTable mtb_note_table;

MTB_DEFINE_RECORD_AUTOPTR (MtbNote)

G_END_DECLS
