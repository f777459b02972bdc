#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _MtbSimPasswords MtbSimPasswords;

MtbSimPasswords *mtb_sim_passwords_new (void);
void mtb_sim_passwords_free (MtbSimPasswords *self);
const char *mtb_sim_passwords_get_right (const MtbSimPasswords *self);
gboolean mtb_sim_passwords_is_sure (const MtbSimPasswords *self);
gboolean mtb_sim_passwords_is_right (const MtbSimPasswords *self, const char *password);
const char *mtb_sim_passwords_get_old (const MtbSimPasswords *self);
GPtrArray *mtb_sim_passwords_list (const MtbSimPasswords *self);
char *mtb_sim_passwords_think_of (const MtbSimPasswords *self);
void mtb_sim_passwords_note_changed (MtbSimPasswords *self, const char *password);
void mtb_sim_passwords_note_tried (MtbSimPasswords *self, const char *password);
void mtb_sim_passwords_note_right (MtbSimPasswords *self, const char *password);

G_END_DECLS
