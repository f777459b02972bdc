/* How a connector stands, for those who look after it. What it tells again and again becomes a command
 * only where the state is another one, and at most once a minute where it has taken something. That it
 * runs at all is a lease, outside commands and audit: one that was killed does not renew it, and the
 * server's watch takes it for stopped (mtb-watch.c). */

#include "mtb-connector.h"

#include "mtb-id.h"
#include "mtb-lease.h"
#include "mtb-time.h"
#include "mtb-watch.h"

#define TELL_MS MTB_MINUTE
#define QUIET_MS (5 * MTB_MINUTE)

struct _MtbConnector
{
  MtbAuthority *authority;
  char *person_id;
  MtbLease *lease;
  MtbConnectionReport *told;
  gboolean must_tell;
  gint64 taken_at;
};

static gboolean
write_lease (MtbConnector *self, GError **error)
{
  MtbStore *store = mtb_authority_get_store (self->authority);

  if (!mtb_store_begin (store, error))
    return FALSE;
  if (mtb_lease_write (store, self->lease, error) && mtb_store_commit (store, error))
    return TRUE;
  mtb_store_rollback (store);
  return FALSE;
}

/* What cannot be written now is written the next time: whatever hinders it hinders the connector too,
 * which says so itself. */
static void
renew_lease (MtbConnector *self, gint64 now)
{
  gint64 before = self->lease->seen_at;

  if (now - before < MTB_BEAT_S * MTB_SECOND)
    return;
  /* Who was silent for so long may have been taken for stopped. */
  if (now - before > MTB_CONNECTOR_SILENCE_S * MTB_SECOND)
    self->must_tell = TRUE;
  self->lease->seen_at = now;
  if (!write_lease (self, NULL))
    self->lease->seen_at = before;
}

static gboolean
is_news (MtbConnector *self, const MtbConnectionReport *report)
{
  gint64 told_at = self->told->last_at;

  return self->must_tell || report->state != self->told->state
         || g_strcmp0 (report->detail, self->told->detail) != 0
         || (report->last_at != MTB_ABSENT
             && (told_at == MTB_ABSENT || report->last_at - told_at >= TELL_MS));
}

static void
report (MtbConnector *self, MtbConnectionState state, const GError *trouble)
{
  g_autoptr (MtbConnectionReport) report = mtb_record_copy (self->told);
  g_autofree char *detail = trouble != NULL ? g_utf8_make_valid (trouble->message, -1) : NULL;

  report->state = state;
  mtb_field_fit_text (mtb_shape_find (&mtb_connection_report.shape, "detail"), report, detail);
  report->last_at = self->taken_at;
  if (!is_news (self, report)
      || !mtb_authority_command (self->authority, self->person_id, mtb_record_ref (report), NULL,
                                 NULL, NULL))
    return;
  mtb_record_unref (self->told);
  self->told = mtb_record_ref (report);
  self->must_tell = FALSE;
}

/* What was told of it when it last ran. */
static MtbConnectionReport *
load_told (MtbAuthority *authority, MtbConnectionKind kind, const char *name)
{
  g_autofree char *id = mtb_id_derive ("connection", mtb_connection_kind_words[kind], name, NULL);
  g_autoptr (MtbConnection) connection =
    mtb_store_get (mtb_authority_get_store (authority), &mtb_connection_table.shape, id, NULL);
  MtbConnectionReport *told = mtb_record_new (&mtb_connection_report.shape);

  if (connection != NULL)
    mtb_record_assign (told, connection);
  else
    told->id = g_steal_pointer (&id);
  told->kind = kind;
  g_free (told->name);
  told->name = g_strdup (name);
  return told;
}

/**
 * mtb_connector_begin:
 * @authority: the authority, which outlives the connector
 * @kind: what it brings in
 * @name: which of its kind
 * @person_id: the built-in person that it acts as
 *
 * Returns: (transfer full): the connector, of which nothing new is told yet
 */
MtbConnector *
mtb_connector_begin (MtbAuthority *authority,
                     MtbConnectionKind kind,
                     const char *name,
                     const char *person_id)
{
  MtbConnector *self = g_new0 (MtbConnector, 1);

  self->authority = authority;
  self->person_id = g_strdup (person_id);
  self->taken_at = MTB_ABSENT;
  self->told = load_told (authority, kind, name);
  self->lease = mtb_lease_new (person_id, self->told->id, mtb_authority_get_now (authority));
  write_lease (self, NULL);
  return self;
}

/**
 * mtb_connector_tell:
 * @self: a connector
 * @taken: whether something was taken since the last time
 * @trouble: (nullable): why it cannot
 *
 * To be called now and then, the more often the better.
 */
void
mtb_connector_tell (MtbConnector *self, gboolean taken, const GError *trouble)
{
  gint64 now = mtb_authority_get_now (self->authority);
  gboolean quiet;

  if (taken)
    self->taken_at = now;
  quiet = self->taken_at == MTB_ABSENT || now - self->taken_at >= QUIET_MS;
  report (self,
          trouble != NULL ? MTB_CONNECTION_FAILED
          : quiet         ? MTB_CONNECTION_WAITING
                          : MTB_CONNECTION_WORKING,
          trouble);
  renew_lease (self, now);
}

/**
 * mtb_connector_end:
 * @self: (nullable) (transfer full): a connector
 * @state: how it stands from now on
 * @trouble: (nullable): why it ends, where it failed
 */
void
mtb_connector_end (MtbConnector *self, MtbConnectionState state, const GError *trouble)
{
  if (self == NULL)
    return;
  report (self, trouble != NULL ? MTB_CONNECTION_FAILED : state, trouble);
  self->lease->seen_at = self->lease->ended_at = mtb_authority_get_now (self->authority);
  write_lease (self, NULL);
  mtb_record_unref (self->lease);
  mtb_record_unref (self->told);
  g_free (self->person_id);
  g_free (self);
}
