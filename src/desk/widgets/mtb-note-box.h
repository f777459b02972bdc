#pragma once

#include "mtb-drafts.h"
#include "mtb-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MTB_TYPE_NOTE_BOX (mtb_note_box_get_type ())
G_DECLARE_FINAL_TYPE (MtbNoteBox, mtb_note_box, MTB, NOTE_BOX, AdwBin)

void mtb_note_box_set_engine (MtbNoteBox *self, MtbEngine *engine, MtbDrafts *drafts);
void mtb_note_box_show (MtbNoteBox *self, const MtbCallRow *call);
void mtb_note_box_save (MtbNoteBox *self);

G_END_DECLS
