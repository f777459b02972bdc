#pragma once

#include "mtb-person.h"
#include "mtb-store.h"

G_BEGIN_DECLS

char **mtb_password_list_own_words (MtbStore *store, const MtbPerson *person);
gboolean mtb_password_check_choice (const char *password,
                                    const char *const *own_words,
                                    GError **error);

G_END_DECLS
