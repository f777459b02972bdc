#include "mtb-table.h"

#include "mtb-call.h"
#include "mtb-connection.h"
#include "mtb-document.h"
#include "mtb-note.h"
#include "mtb-pbx.h"
#include "mtb-person.h"
#include "mtb-presence.h"
#include "mtb-setting.h"
#include "mtb-subscriber.h"
#include "mtb-total.h"

/* In the order in which a reader would want them. */
const MtbTable *const mtb_tables[] = {
  &mtb_person_table,
  &mtb_team_table,
  &mtb_call_type_table,
  &mtb_threshold_table,
  &mtb_setting_table,
  &mtb_subscriber_table,
  &mtb_card_table,
  &mtb_prospect_table,
  &mtb_pbx_call_table,
  &mtb_pbx_source_table,
  &mtb_pbx_pause_table,
  &mtb_pbx_event_table,
  &mtb_call_table,
  &mtb_call_version_table,
  &mtb_call_link_table,
  &mtb_note_table,
  &mtb_presence_table,
  &mtb_auxiliary_table,
  &mtb_queue_total_table,
  &mtb_agent_total_table,
  &mtb_record_total_table,
  &mtb_connection_table,
  &mtb_document_table,
  &mtb_document_version_table,
  &mtb_document_receipt_table,
  NULL,
};

/**
 * mtb_table_find:
 * @name: a table's name
 *
 * Returns: (nullable): the table
 */
const MtbTable *
mtb_table_find (const char *name)
{
  for (guint i = 0; mtb_tables[i] != NULL; i++)
    if (g_str_equal (mtb_tables[i]->shape.name, name))
      return mtb_tables[i];
  return NULL;
}

/**
 * mtb_table_of:
 * @record: a record of a table
 *
 * Returns: the table
 */
const MtbTable *
mtb_table_of (gconstpointer record)
{
  /* A table's first member is its shape. */
  return (const MtbTable *) mtb_record_get_shape (record);
}

/**
 * mtb_table_is_fed:
 * @table: a table
 *
 * Returns: whether its rows go to desks by themselves; others are asked for or stay at the server
 */
gboolean
mtb_table_is_fed (const MtbTable *table)
{
  return table->area != MTB_AREA_NOBODY && table->area != MTB_AREA_CARD;
}

/**
 * mtb_table_get_scope:
 * @table: the table of @record
 * @record: a row
 *
 * Returns: (nullable): whose row it is; %NULL where it is nobody's or everybody's
 */
const char *
mtb_table_get_scope (const MtbTable *table, gconstpointer record)
{
  if (table->scope == NULL)
    return NULL;
  return mtb_field_get_text (mtb_shape_find (&table->shape, table->scope), record);
}
