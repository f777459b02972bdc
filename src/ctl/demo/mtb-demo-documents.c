/* Who has read the procedure: most of the staff, on a day of last week; some have it before them. */

#include "mtb-demo-private.h"

#include "mtb-founding-documents.h"

/* Every so many people one has not read it yet. */
#define LATE_READER 4
#define DAYS_AGO 6

static void
plan_readers (MtbDemo *demo, GPtrArray *people, gint64 day_at)
{
  for (guint i = 0; i < people->len; i++)
    {
      const MtbPersonPut *person = g_ptr_array_index (people, i);
      gint64 at = day_at + MTB_HOUR * 9 + i * 23 * MTB_MINUTE;
      MtbDocumentRead *reading;

      if (i % LATE_READER == 0)
        continue;
      reading = mtb_record_new (&mtb_document_read.shape);
      reading->version_id = mtb_founding_documents_dup_version_id ();
      mtb_demo_plan (demo, at, at, person->id, reading);
    }
}

void
mtb_demo_plan_reading (MtbDemo *demo)
{
  gint64 day_at = mtb_time_get_day_start (demo->now - DAYS_AGO * MTB_DAY, demo->zone);

  plan_readers (demo, demo->agents, day_at);
  plan_readers (demo, demo->supervisors, day_at);
}
