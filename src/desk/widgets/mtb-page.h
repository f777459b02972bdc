#pragma once

#include "mtb-drafts.h"
#include "mtb-engine.h"
#include "mtb-link.h"
#include "mtb-presence.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_PAGE (mtb_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (MtbPage, mtb_page, MTB, PAGE, AdwBin)

/**
 * MtbPageClass:
 * @activate: the page was chosen: put the focus where work begins
 * @open: opens what is of this kind and has this id to be read; whether the page does such
 * @amend: opens the record of a call with this id to be corrected; whether the page does such
 * @show_records: shows the records of the person with this id and name; whether the page does such
 * @mend: opens what was refused to be mended; whether the page does such
 */
struct _MtbPageClass
{
  AdwBinClass parent_class;

  void (*activate) (MtbPage *self);
  gboolean (*open) (MtbPage *self, MtbLinkKind kind, const char *id);
  gboolean (*amend) (MtbPage *self, const char *call_id);
  gboolean (*show_records) (MtbPage *self, const char *person_id, const char *name);
  gboolean (*mend) (MtbPage *self, MtbRefusal *refusal);
};

MtbEngine *mtb_page_get_engine (MtbPage *self);
MtbDrafts *mtb_page_get_drafts (MtbPage *self);
const char *mtb_page_get_title (MtbPage *self);
gboolean mtb_page_knows (MtbPage *self, const char *action);
void mtb_page_set_badge (MtbPage *self, guint badge);
void mtb_page_set_activity (MtbPage *self, MtbPresenceState activity);
void mtb_page_allow (MtbPage *self, const char *action, gboolean allowed);
gboolean mtb_page_may (MtbPage *self, const char *action);
void mtb_page_activate (MtbPage *self);
gboolean mtb_page_open (MtbPage *self, MtbLinkKind kind, const char *id);
gboolean mtb_page_amend (MtbPage *self, const char *call_id);
gboolean mtb_page_show_records (MtbPage *self, const char *person_id, const char *name);
gboolean mtb_page_mend (MtbPage *self, MtbRefusal *refusal);

G_END_DECLS
