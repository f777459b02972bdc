#pragma once

#include "mtb-item.h"

G_BEGIN_DECLS

/* What the words of items are made of: fields by name, absent where a record's shape lacks them. */

static inline const char *
get_text (gconstpointer record, const char *name)
{
  const MtbField *field = mtb_shape_find (mtb_record_get_shape (record), name);
  const char *text = field != NULL ? mtb_field_get_text (field, record) : NULL;

  return text != NULL && *text != '\0' ? text : NULL;
}

static inline gint64
get_number (gconstpointer record, const char *name)
{
  const MtbField *field = mtb_shape_find (mtb_record_get_shape (record), name);

  return field != NULL ? mtb_field_get_number (field, record) : MTB_ABSENT;
}

/* The floor, and the calls of the PBX; see mtb-item-floor.c. */
char *mtb_item_say_state (gconstpointer record);
char *mtb_item_say_state_icon (gconstpointer record);
char *mtb_item_say_state_mark (gconstpointer record);
char *mtb_item_say_state_detail (gconstpointer record);
char *mtb_item_say_request (gconstpointer record);
char *mtb_item_say_note (gconstpointer record);
char *mtb_item_say_answered (gconstpointer record);
char *mtb_item_say_to_write_up (gconstpointer record);
char *mtb_item_say_handle_time (gconstpointer record);
char *mtb_item_say_suits_time (gconstpointer record);
char *mtb_item_say_entered (gconstpointer record);
char *mtb_item_say_waited (gconstpointer record);
char *mtb_item_say_outcome (gconstpointer record);
char *mtb_item_say_written_up (gconstpointer record);
char *mtb_item_say_lasting (gconstpointer record, gint64 now);
char *mtb_item_say_overdue (gconstpointer record, gint64 now);

/* Controlled documents; see mtb-item-document.c. */
char *mtb_item_say_document_number (gconstpointer record);
char *mtb_item_say_document_title (gconstpointer record);
char *mtb_item_say_edition (gconstpointer record);
char *mtb_item_say_force (gconstpointer record);
char *mtb_item_say_reading (gconstpointer record);
char *mtb_item_say_reading_icon (gconstpointer record);
char *mtb_item_say_read_at (gconstpointer record);

G_END_DECLS
