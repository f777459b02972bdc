#pragma once

#include "mtb-engine.h"

G_BEGIN_DECLS

/**
 * MtbSyncWords:
 * @icon_name: an icon
 * @title: what the state is called, in the interface's language
 * @advice: what it means for the person's work
 * @notice: whether the person should see it without asking
 * @sign_in: whether signing in again is what helps
 * @busy: whether the server is being talked with, so that there is nothing to try
 */
typedef struct
{
  const char *icon_name;
  char *title;
  char *advice;
  gboolean notice;
  gboolean sign_in;
  gboolean busy;
} MtbSyncWords;

MtbSyncWords *mtb_sync_words_new (MtbEngine *engine);
void mtb_sync_words_free (MtbSyncWords *words);
char *mtb_sync_words_dup_waiting (MtbEngine *engine);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbSyncWords, mtb_sync_words_free)

G_END_DECLS
