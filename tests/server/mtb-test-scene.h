#pragma once

#include "mtb-command.h"
#include "mtb-person.h"
#include "mtb-test-record.h"
#include "mtb-test-server.h"

G_BEGIN_DECLS

/* A row of the scene: whose it is, or nobody's in particular; the record of a subscriber's call comes
 * with the card too. */
typedef struct
{
  const MtbTable *table;
  char *id;
  gboolean is_owned;
  gboolean is_on_card;
  const char *owner_id;
} MtbTestRow;

/* A server whose department has somebody of each role and of some roles together, all in the team
 * `north`, with the agents `mate` there and `stranger` in the team `south`; and of every table that
 * there is a row of each of them, of nobody, or one, where rows are nobody's in particular. */
typedef struct
{
  MtbTestServer *server;
  MtbStore *store;
  GPtrArray *people;
  GPtrArray *rows;
  guint n_made;
} MtbTestScene;

MtbTestScene *mtb_test_scene_new (void);
void mtb_test_scene_free (MtbTestScene *self);

const MtbPerson *mtb_test_scene_get_person (MtbTestScene *self, const char *name);
gboolean mtb_test_person_is_built_in (const MtbPerson *person);

/* Whether they are there to do and see, not to be seen. */
gboolean mtb_test_person_has_column (const MtbPerson *person);

/* `own`, `team`, `other`, `nobody` or `yes`: what a row of this owner is to somebody. */
const char *mtb_test_scene_relate (MtbTestScene *self,
                                   const MtbPerson *viewer,
                                   const MtbTestRow *row);

/* The id of a row that is nobody's in particular, or of the first that is this person's. */
const char *mtb_test_scene_find (MtbTestScene *self, const char *table, const char *owner_id);

/* An id that nothing has. */
char *mtb_test_scene_dup_id (MtbTestScene *self);
void mtb_test_scene_put (MtbTestScene *self, gpointer record);
void mtb_test_scene_run (MtbTestScene *self, const char *sql, const char *id);

/* The token of a new sign-in of somebody's, and the sign-in's id. */
char *mtb_test_scene_sign_in (MtbTestScene *self, const char *person_id, char **session_id);

MtbResponse *mtb_test_scene_ask (MtbTestScene *self,
                                 const char *method,
                                 const char *path,
                                 const char *token,
                                 const char *body);
JsonObject *mtb_test_read_answer (const MtbResponse *response);

/* All that the database holds beside the trail, as one text. */
char *mtb_test_scene_dup_state (MtbTestScene *self);

/* Arguments of a command that nothing but the right can refuse, the rows that they need put there;
 * they are about a row of @owner where rows have owners. NULL where there is no such command. */
gpointer mtb_test_scene_make_arguments (MtbTestScene *self,
                                        const MtbCommand *command,
                                        const MtbPerson *doer,
                                        const MtbPerson *owner);
gboolean mtb_test_command_is_about_somebody (const MtbCommand *command);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MtbTestScene, mtb_test_scene_free)

G_END_DECLS
