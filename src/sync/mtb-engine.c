/* The desk's engine, for a program with a main loop: everything that a window asks of the outside.
 *
 * It lives on the main thread and never waits there. Commands are given on a thread of their own, in
 * their order; questions are read on another, by a second connection, so that a keystroke does not
 * wait for news that are being written; a third keeps the desk and the server in step, and a fourth
 * listens for pokes. What a window shows of all that are properties, told on the main thread; the
 * signal `changed` says that rows may be others. */

#include "mtb-engine-private.h"

/* So many questions wait for the server at once. */
#define N_INQUIRIES 4
#define FETCHING_US (250 * G_TIME_SPAN_MILLISECOND)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_PERSON,
  PROP_MUST_CHANGE,
  PROP_N_WAITING,
  PROP_WAITING_SINCE,
  PROP_N_REFUSED,
  PROP_N_SAVED,
  PROP_LAST_CONTACT,
  PROP_N_FETCHED,
  PROP_N_TO_FETCH,
  N_PROPS
};

enum
{
  CHANGED,
  CONNECTED_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (MtbEngineState,
                    mtb_engine_state,
                    G_DEFINE_ENUM_VALUE (MTB_ENGINE_SIGNED_OUT, "signed-out"),
                    G_DEFINE_ENUM_VALUE (MTB_ENGINE_SYNCING, "syncing"),
                    G_DEFINE_ENUM_VALUE (MTB_ENGINE_ONLINE, "online"),
                    G_DEFINE_ENUM_VALUE (MTB_ENGINE_OFFLINE, "offline"),
                    G_DEFINE_ENUM_VALUE (MTB_ENGINE_UNTRUSTED, "untrusted"),
                    G_DEFINE_ENUM_VALUE (MTB_ENGINE_LOCKED_OUT, "locked-out"),
                    G_DEFINE_ENUM_VALUE (MTB_ENGINE_PASSWORD_CHANGE, "password-change"),
                    G_DEFINE_ENUM_VALUE (MTB_ENGINE_DISMISSED, "dismissed"),
                    G_DEFINE_ENUM_VALUE (MTB_ENGINE_ESTRANGED, "estranged"),
                    G_DEFINE_ENUM_VALUE (MTB_ENGINE_TOO_OLD, "too-old"),
                    G_DEFINE_ENUM_VALUE (MTB_ENGINE_UNABLE, "unable"))

G_DEFINE_FINAL_TYPE (MtbEngine, mtb_engine, G_TYPE_OBJECT)

/* What a thread has seen, on its way to the main thread. */
typedef struct
{
  GWeakRef engine;
  gboolean has_state;
  MtbEngineState state;
  MtbPerson *person;
  char *person_folder;
  gboolean must_change;
  MtbTally tally;
  gint64 last_contact;
  gint64 n_fetched;
  gint64 n_to_fetch;
  guint n_changes;
} News;

static void
free_news (gpointer data)
{
  News *news = data;

  g_weak_ref_clear (&news->engine);
  mtb_record_unref (news->person);
  g_free (news->person_folder);
  g_free (news);
}

static gboolean
same_person (const MtbPerson *a, const MtbPerson *b)
{
  return a == NULL || b == NULL ? a == b : mtb_record_equal (a, b);
}

static void
take_tally (MtbEngine *self, const News *news)
{
  if (self->tally.n_waiting != news->tally.n_waiting)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_WAITING]);
  if (self->tally.waiting_since != news->tally.waiting_since)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING_SINCE]);
  if (self->tally.n_refused != news->tally.n_refused)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_REFUSED]);
  if (self->tally.n_saved != news->tally.n_saved)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SAVED]);
  if (self->last_contact != news->last_contact)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_CONTACT]);
  self->tally = news->tally;
  self->last_contact = news->last_contact;
}

static void
take_fetching (MtbEngine *self, const News *news)
{
  if (self->shown_fetched != news->n_fetched)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_FETCHED]);
  if (self->shown_to_fetch != news->n_to_fetch)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_TO_FETCH]);
  self->shown_fetched = news->n_fetched;
  self->shown_to_fetch = news->n_to_fetch;
}

static gboolean
on_news (gpointer data)
{
  News *news = data;
  g_autoptr (MtbEngine) self = g_weak_ref_get (&news->engine);

  if (self == NULL)
    return G_SOURCE_REMOVE;
  g_object_freeze_notify (G_OBJECT (self));
  take_tally (self, news);
  take_fetching (self, news);
  if (!same_person (self->person, news->person))
    {
      mtb_record_unref (self->person);
      self->person = g_steal_pointer (&news->person);
      g_free (self->person_folder);
      self->person_folder = g_steal_pointer (&news->person_folder);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERSON]);
    }
  if (self->must_change != news->must_change)
    {
      self->must_change = news->must_change;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MUST_CHANGE]);
    }
  if (news->has_state && self->state != news->state)
    {
      self->state = news->state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
  g_object_thaw_notify (G_OBJECT (self));
  if (self->n_changes != news->n_changes)
    {
      self->n_changes = news->n_changes;
      g_signal_emit (self, signals[CHANGED], 0);
    }
  return G_SOURCE_REMOVE;
}

void
mtb_engine_tell (MtbEngine *self, const MtbEngineState *state)
{
  mtb_engine_tell_unless (self, NULL, state);
}

void
mtb_engine_tell_unless (MtbEngine *self, GCancellable *over, const MtbEngineState *state)
{
  News *news;

  g_mutex_lock (&self->telling);
  if (g_cancellable_is_cancelled (over))
    {
      g_mutex_unlock (&self->telling);
      return;
    }
  news = g_new0 (News, 1);
  g_weak_ref_init (&news->engine, self);
  news->has_state = state != NULL;
  news->state = state != NULL ? *state : MTB_ENGINE_SIGNED_OUT;
  news->person = mtb_client_dup_person (self->client);
  news->person_folder = mtb_client_dup_folder (self->client);
  news->must_change = mtb_client_must_change (self->client);
  mtb_client_count (self->client, &news->tally);
  news->last_contact = mtb_client_get_last_contact (self->client);
  news->n_changes = mtb_client_get_n_changes (self->client);
  g_mutex_lock (&self->mutex);
  news->n_fetched = self->n_fetched;
  news->n_to_fetch = self->n_to_fetch;
  g_mutex_unlock (&self->mutex);
  g_idle_add_full (G_PRIORITY_DEFAULT, on_news, news, free_news);
  g_mutex_unlock (&self->telling);
}

/* What is over at once is not worth a word, and what goes on is told a few times a second. */
static void
on_fetching (gint64 n_here, gint64 n_bytes, gpointer data)
{
  MtbEngine *self = data;
  gint64 now = g_get_monotonic_time ();
  gboolean tell;

  g_mutex_lock (&self->mutex);
  if (n_bytes > 0 && self->fetching_told_at == 0)
    self->fetching_told_at = now;
  tell = n_bytes > 0 ? now - self->fetching_told_at >= FETCHING_US : self->n_to_fetch > 0;
  if (tell)
    {
      self->n_fetched = n_here;
      self->n_to_fetch = n_bytes;
    }
  if (tell || n_bytes == 0)
    self->fetching_told_at = n_bytes > 0 ? now : 0;
  g_mutex_unlock (&self->mutex);
  if (tell && !g_cancellable_is_cancelled (self->stop))
    mtb_engine_tell (self, NULL);
}

static void
mtb_engine_dispose (GObject *object)
{
  MtbEngine *self = MTB_ENGINE (object);

  if (self->keeper != NULL)
    {
      g_mutex_lock (&self->mutex);
      g_cancellable_cancel (self->stop);
      g_cancellable_cancel (self->turn);
      g_cond_broadcast (&self->wake);
      g_mutex_unlock (&self->mutex);
      g_thread_join (g_steal_pointer (&self->keeper));
      g_thread_join (g_steal_pointer (&self->listener));
      g_thread_pool_free (g_steal_pointer (&self->gives), FALSE, TRUE);
      g_thread_pool_free (g_steal_pointer (&self->inquiries), FALSE, TRUE);
      g_thread_pool_free (g_steal_pointer (&self->questions), FALSE, TRUE);
    }
  G_OBJECT_CLASS (mtb_engine_parent_class)->dispose (object);
}

static void
mtb_engine_finalize (GObject *object)
{
  MtbEngine *self = MTB_ENGINE (object);

  mtb_store_close (self->reader);
  g_free (self->reader_uri);
  mtb_client_free (self->client);
  g_clear_object (&self->transport);
  g_clear_object (&self->stop);
  g_clear_object (&self->turn);
  mtb_engine_connected_clear (self);
  mtb_record_unref (self->person);
  g_free (self->person_folder);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->telling);
  g_cond_clear (&self->wake);
  G_OBJECT_CLASS (mtb_engine_parent_class)->finalize (object);
}

static void
mtb_engine_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  MtbEngine *self = MTB_ENGINE (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_PERSON:
      g_value_set_pointer (value, self->person);
      break;
    case PROP_MUST_CHANGE:
      g_value_set_boolean (value, self->must_change);
      break;
    case PROP_N_WAITING:
      g_value_set_uint (value, self->tally.n_waiting);
      break;
    case PROP_WAITING_SINCE:
      g_value_set_int64 (value, self->tally.waiting_since);
      break;
    case PROP_N_REFUSED:
      g_value_set_uint (value, self->tally.n_refused);
      break;
    case PROP_N_SAVED:
      g_value_set_int64 (value, self->tally.n_saved);
      break;
    case PROP_LAST_CONTACT:
      g_value_set_int64 (value, self->last_contact);
      break;
    case PROP_N_FETCHED:
      g_value_set_int64 (value, self->shown_fetched);
      break;
    case PROP_N_TO_FETCH:
      g_value_set_int64 (value, self->shown_to_fetch);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
mtb_engine_class_init (MtbEngineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = mtb_engine_dispose;
  object_class->finalize = mtb_engine_finalize;
  object_class->get_property = mtb_engine_get_property;

  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, MTB_TYPE_ENGINE_STATE, MTB_ENGINE_SIGNED_OUT, flags);
  properties[PROP_PERSON] = g_param_spec_pointer ("person", NULL, NULL, flags);
  properties[PROP_MUST_CHANGE] = g_param_spec_boolean ("must-change", NULL, NULL, FALSE, flags);
  properties[PROP_N_WAITING] = g_param_spec_uint ("n-waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_WAITING_SINCE] =
    g_param_spec_int64 ("waiting-since", NULL, NULL, G_MININT64, G_MAXINT64, MTB_ABSENT, flags);
  properties[PROP_N_REFUSED] = g_param_spec_uint ("n-refused", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_SAVED] =
    g_param_spec_int64 ("n-saved", NULL, NULL, G_MININT64, G_MAXINT64, MTB_ABSENT, flags);
  properties[PROP_LAST_CONTACT] =
    g_param_spec_int64 ("last-contact", NULL, NULL, G_MININT64, G_MAXINT64, MTB_ABSENT, flags);
  properties[PROP_N_FETCHED] =
    g_param_spec_int64 ("n-fetched", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_N_TO_FETCH] =
    g_param_spec_int64 ("n-to-fetch", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * MtbEngine::changed:
   *
   * Rows or the outbox may be others: ask again.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MtbEngine::connected-changed:
   *
   * Others are connected, or it is not known any more who is.
   */
  signals[CONNECTED_CHANGED] =
    g_signal_new ("connected-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);
}

void
mtb_engine_emit_connected (MtbEngine *self)
{
  g_signal_emit (self, signals[CONNECTED_CHANGED], 0);
}

static void
mtb_engine_init (MtbEngine *self)
{
  g_mutex_init (&self->mutex);
  g_mutex_init (&self->telling);
  g_cond_init (&self->wake);
  self->stop = g_cancellable_new ();
  self->turn = g_cancellable_new ();
  self->state = MTB_ENGINE_SIGNED_OUT;
  self->tally.waiting_since = MTB_ABSENT;
  self->tally.n_saved = MTB_ABSENT;
  self->last_contact = MTB_ABSENT;
}

/**
 * mtb_engine_new:
 * @transport: (transfer none): the way to the server
 * @folder: where this machine's desks keep their files
 *
 * Returns: (transfer full): an engine that nobody has signed in to
 */
MtbEngine *
mtb_engine_new (MtbTransport *transport, const char *folder)
{
  MtbEngine *self = g_object_new (MTB_TYPE_ENGINE, NULL);

  self->transport = g_object_ref (transport);
  self->client = mtb_client_new (transport, folder);
  mtb_client_set_fetching_func (self->client, on_fetching, self);
  self->gives = g_thread_pool_new (mtb_engine_run_job, self, 1, FALSE, NULL);
  self->questions = g_thread_pool_new (mtb_engine_run_question, self, 1, FALSE, NULL);
  self->inquiries = g_thread_pool_new (mtb_engine_run_inquiry, self, N_INQUIRIES, FALSE, NULL);
  self->keeper = g_thread_new ("keeper", mtb_engine_run_keeper, self);
  self->listener = g_thread_new ("listener", mtb_engine_run_listener, self);
  return self;
}

/**
 * mtb_engine_set_secrets:
 * @self: an engine that nobody has signed in to
 * @secrets: what keeps a sign-in over the end of the program
 */
void
mtb_engine_set_secrets (MtbEngine *self, MtbSecrets *secrets)
{
  mtb_client_set_secrets (self->client, secrets);
}

/**
 * mtb_engine_get_state:
 * @self: an engine
 *
 * Returns: how the desk stands to its server
 */
MtbEngineState
mtb_engine_get_state (MtbEngine *self)
{
  return self->state;
}

/**
 * mtb_engine_get_must_change:
 * @self: an engine
 *
 * Returns: whether the person has to change their password before anything is sent or fetched, also
 *   while the server cannot be reached
 */
gboolean
mtb_engine_get_must_change (MtbEngine *self)
{
  return self->must_change;
}

/**
 * mtb_engine_get_person:
 * @self: an engine
 *
 * Returns: (nullable): who is signed in
 */
const MtbPerson *
mtb_engine_get_person (MtbEngine *self)
{
  return self->person;
}

/**
 * mtb_engine_dup_folder:
 * @self: an engine with somebody signed in
 *
 * Returns: (transfer full): where whatever this desk keeps of the person belongs, see
 *   mtb_client_dup_folder()
 */
char *
mtb_engine_dup_folder (MtbEngine *self)
{
  return g_strdup (self->person_folder);
}

/**
 * mtb_engine_get_n_waiting:
 * @self: an engine
 *
 * Returns: how many commands the server has not judged
 */
guint
mtb_engine_get_n_waiting (MtbEngine *self)
{
  return self->tally.n_waiting;
}

/**
 * mtb_engine_get_waiting_since:
 * @self: an engine
 *
 * Returns: when the oldest of them was given, or %MTB_ABSENT
 */
gint64
mtb_engine_get_waiting_since (MtbEngine *self)
{
  return self->tally.waiting_since;
}

/**
 * mtb_engine_get_n_refused:
 * @self: an engine
 *
 * Returns: how many commands were refused and not dealt with
 */
guint
mtb_engine_get_n_refused (MtbEngine *self)
{
  return self->tally.n_refused;
}

/**
 * mtb_engine_get_n_saved:
 * @self: an engine
 *
 * Returns: how many commands could be read of an outbox that was found damaged, or %MTB_ABSENT where
 *   none was since the person has signed in
 */
gint64
mtb_engine_get_n_saved (MtbEngine *self)
{
  return self->tally.n_saved;
}

/**
 * mtb_engine_get_last_contact:
 * @self: an engine
 *
 * Returns: when the server last answered, or %MTB_ABSENT
 */
gint64
mtb_engine_get_last_contact (MtbEngine *self)
{
  return self->last_contact;
}

/**
 * mtb_engine_get_n_to_fetch:
 * @self: an engine
 * @n_fetched: (out): how many of them are here
 *
 * Returns: how many bytes all rows are that are being fetched anew, or 0 while they are not
 */
gint64
mtb_engine_get_n_to_fetch (MtbEngine *self, gint64 *n_fetched)
{
  *n_fetched = self->shown_fetched;
  return self->shown_to_fetch;
}

/**
 * mtb_engine_get_now:
 * @self: an engine
 *
 * Returns: the time, corrected by the server's clock
 */
gint64
mtb_engine_get_now (MtbEngine *self)
{
  return mtb_client_get_now (self->client);
}

/**
 * mtb_engine_sync_now:
 * @self: an engine
 *
 * Does not wait for the next reason to get in step with the server.
 */
void
mtb_engine_sync_now (MtbEngine *self)
{
  mtb_engine_want_sync (self);
}
