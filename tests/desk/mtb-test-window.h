#pragma once

#include "mtb-engine.h"
#include "mtb-test-server.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Windows in a test's own process, with an engine at a server in the same process. */

void mtb_test_init (int *argc, char ***argv);
GtkWidget *mtb_test_find (GtkWidget *root, GType type);
void mtb_test_spin (guint ms);
MtbEngine *mtb_test_open_engine (MtbTestServer *server);
void mtb_test_sign_in (MtbEngine *engine, const char *username);

G_END_DECLS
