#pragma once

#include "mtb-connected.h"
#include "mtb-service.h"

G_BEGIN_DECLS

/**
 * MtbLookPerson:
 * @wants_list: whether a desk of theirs has not been told who is connected
 * @is_concerned: (out): whether there is something to fetch
 * @has_other_sight: (out): whether what they may see has changed
 * @list: (out) (nullable): who is connected, for desks to which it is new
 * @news: (out) (nullable): who has come or gone, for the others
 *
 * Somebody for whom it is looked, and what their desks are told.
 */
typedef struct
{
  gboolean wants_list;
  gboolean is_concerned;
  gboolean has_other_sight;
  char *list;
  GPtrArray *news;
} MtbLookPerson;

/**
 * MtbLook:
 * @after: the feed number at the last look
 * @before: (nullable): who was connected then
 * @people: (element-type utf8 MtbLookPerson): for whom it is looked
 * @seq: (out): the feed number now; -1 where nothing could be read
 * @now: (out) (nullable): who is connected now
 * @sign_ins_ended: (out): whether sign-ins may have ended since, otherwise than by who has them
 *
 * One look at the database for all live connections at once.
 */
typedef struct
{
  gint64 after;
  MtbConnected *before;
  GHashTable *people;
  gint64 seq;
  MtbConnected *now;
  gboolean sign_ins_ended;
} MtbLook;

MtbLook *mtb_look_new (gint64 after, MtbConnected *before);
void mtb_look_free (MtbLook *self);
MtbLookPerson *mtb_look_add (MtbLook *self, const char *person_id);
void mtb_look_run (MtbLook *self, MtbService *service);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbLook, mtb_look_free)

G_END_DECLS
