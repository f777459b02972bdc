#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void mtb_question_ask (GtkWidget *asker,
                       const char *heading,
                       const char *body,
                       const char *answer,
                       AdwResponseAppearance appearance,
                       GCallback on_answered);

G_END_DECLS
