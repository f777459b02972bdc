#pragma once

#include "mtb-query.h"

G_BEGIN_DECLS

/**
 * MtbNoteSearch:
 * @call_id: (nullable): only about this record
 * @person_id: (nullable): only for this person
 * @unseen: 1 for only those that their person has not read
 * @limit: the most rows wanted
 */
typedef struct
{
  char *call_id;
  char *person_id;
  gint64 unseen;
  gint64 limit;
} MtbNoteSearch;

/**
 * MtbNoteRow:
 *
 * A note with its author's name; see #MtbNote.
 */
typedef struct
{
  char *id;
  char *call_id;
  char *person_id;
  char *author_id;
  char *author_name;
  char *text;
  gint64 written_at;
  gint64 received_at;
  gint64 seen_at;
  gint64 started_at;
} MtbNoteRow;

/* #MtbNoteSearch to #MtbNoteRow, the earliest first */
extern const MtbQuery mtb_notes_query;

MTB_DEFINE_RECORD_AUTOPTR (MtbNoteSearch)
MTB_DEFINE_RECORD_AUTOPTR (MtbNoteRow)

G_END_DECLS
