#pragma once

#include "mtb-sim-desk.h"
#include "mtb-sim-passwords.h"

G_BEGIN_DECLS

struct _MtbSimDesk
{
  MtbSimServer *server;
  char *folder;
  char *username;
  MtbSimLine *line;
  MtbSimDisk *disk;
  MtbSimClock clock;
  MtbClient *client;
  MtbStore *cache;
  guint generation;
  MtbStore *outbox;
  GPtrArray *given;
  GHashTable *by_id;
  MtbSimPasswords *passwords;
  gboolean
    kept_out; /* its person had left or tried old passwords, and the server may have them wait */
  guint n_epochs; /* of the server, when its outbox was last looked at */
};

/* What may happen to whoever talks to a server over a network may; anything else ends the program. */
void mtb_sim_desk_expect_fault (MtbSimDesk *self, const char *what, const GError *error);

/* mtb-sim-desk-session.c */
gboolean mtb_sim_desk_sign_in (MtbSimDesk *self);
void mtb_sim_desk_be_dismissed (MtbSimDesk *self);

G_END_DECLS
