#include "mtb-item-private.h"

#include "mtb-call.h"
#include "mtb-customer-query.h"
#include "mtb-subscriber.h"
#include "mtb-text.h"
#include "mtb-time.h"

#include <glib/gi18n.h>

/**
 * MtbItem:
 *
 * A record as a row of a list. Its properties are the words that row templates show; each is made
 * when it is asked for, out of the fields that the record's shape has, so the same template serves
 * every kind of record that has those fields. They are notified when the record is renewed, those
 * that say how long something lasts with each tick too.
 */
struct _MtbItem
{
  GObject parent_instance;

  gpointer record;
  gint64 now;
};

G_DEFINE_FINAL_TYPE (MtbItem, mtb_item, G_TYPE_OBJECT)

/* The first of the texts that is there; the names end with NULL. */
static const char *
get_first_text (gconstpointer record, const char *const *names)
{
  for (; *names != NULL; names++)
    if (get_text (record, *names) != NULL)
      return get_text (record, *names);
  return NULL;
}

static gint64
get_first_number (gconstpointer record, const char *const *names)
{
  for (; *names != NULL; names++)
    if (get_number (record, *names) != MTB_ABSENT)
      return get_number (record, *names);
  return MTB_ABSENT;
}

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

static gint64
get_start (gconstpointer record)
{
  return get_first_number (record, NAMES ("started_at", "connected_at", "entered_at"));
}

static char *
say_number (gconstpointer record)
{
  const char *number = get_first_text (record, NAMES ("number", "telephone"));

  return number != NULL ? mtb_text_telephone (number) : NULL;
}

static char *
say_name (gconstpointer record)
{
  const char *name =
    get_first_text (record, NAMES ("customer_name", "prospect_name", "display_name"));
  char *number = NULL;

  if (name == NULL)
    name = mtb_text_pick (get_text (record, "name"), get_text (record, "name_en"));
  if (name != NULL)
    return g_strdup (name);
  number = say_number (record);
  return number != NULL ? number : g_strdup (_ ("Unknown caller"));
}

static char *
say_person (gconstpointer record)
{
  return g_strdup (get_text (record, "person_name"));
}

static char *
say_user_name (gconstpointer record)
{
  const char *name = get_text (record, "username");

  return name != NULL ? mtb_text_isolate (name) : NULL;
}

static char *
say_pbx_name (gconstpointer record)
{
  const char *name = get_text (record, "pbx_name");

  return name != NULL ? mtb_text_isolate (name) : NULL;
}

static char *
say_account (gconstpointer record)
{
  const char *number = get_text (record, "account_number");

  return number != NULL ? mtb_text_isolate (number) : NULL;
}

static char *
say_package (gconstpointer record)
{
  const char *package = get_text (record, "package");
  const char *tier = get_text (record, "tier");

  if (package != NULL && tier != NULL)
    /* Translators: a package and its tier. */
    return g_strdup_printf (C_ ("package", "\u2068%1$s\u2069 · \u2068%2$s\u2069"), package, tier);
  return g_strdup (package != NULL ? package : tier);
}

static char *
say_type (gconstpointer record)
{
  return g_strdup (
    mtb_text_pick (get_text (record, "type_name"), get_text (record, "type_name_en")));
}

static char *
say_group (gconstpointer record)
{
  return g_strdup (
    mtb_text_pick (get_text (record, "group_name"), get_text (record, "group_name_en")));
}

static char *
say_full_type (gconstpointer record)
{
  g_autofree char *group = say_group (record);
  g_autofree char *type = say_type (record);

  if (group == NULL)
    return g_steal_pointer (&type);
  /* Translators: the two levels of a type of call, the wider first. */
  return g_strdup_printf (C_ ("type of call", "%1$s: %2$s"), group, type != NULL ? type : "");
}

static char *
say_when (gconstpointer record)
{
  return mtb_text_moment (get_start (record));
}

/* For narrow rows: the time of today, the day of others. */
static char *
say_when_briefly (gconstpointer record)
{
  return mtb_text_briefly (get_start (record));
}

static char *
say_length (gconstpointer record)
{
  gint64 start = get_start (record);
  gint64 end = get_number (record, "ended_at");

  return start != MTB_ABSENT && end != MTB_ABSENT ? mtb_text_duration ((end - start) / MTB_SECOND)
                                                  : NULL;
}

static char *
say_wait (gconstpointer record)
{
  gint64 wait = get_number (record, "wait_s");

  return wait != MTB_ABSENT ? mtb_text_duration (wait) : NULL;
}

static char *
say_direction (gconstpointer record)
{
  return g_strdup (mtb_text_choice (mtb_direction_words, get_number (record, "direction")));
}

static char *
say_direction_icon (gconstpointer record)
{
  return g_strdup (get_number (record, "direction") == MTB_DIRECTION_OUT ? "go-up-symbolic"
                                                                         : "go-down-symbolic");
}

static char *
say_solved (gconstpointer record)
{
  gint64 solved = get_number (record, "solved");

  return g_strdup (solved == MTB_ABSENT ? NULL : solved == 1 ? _ ("Solved") : _ ("Not solved"));
}

static char *
say_solved_icon (gconstpointer record)
{
  gint64 solved = get_number (record, "solved");

  return g_strdup (solved == MTB_ABSENT ? NULL
                   : solved == 1        ? "object-select-symbolic"
                                        : "window-close-symbolic");
}

static char *
say_resolution (gconstpointer record)
{
  return g_strdup (mtb_text_choice (mtb_resolution_words, get_number (record, "resolution")));
}

static char *
say_status (gconstpointer record)
{
  if (get_number (record, "kind") == MTB_CUSTOMER_PROSPECT)
    return g_strdup (mtb_text_choice (mtb_customer_kind_words, MTB_CUSTOMER_PROSPECT));
  return g_strdup (mtb_text_choice (mtb_subscriber_status_words, get_number (record, "status")));
}

static char *
say_customer_icon (gconstpointer record)
{
  return g_strdup (get_number (record, "kind") == MTB_CUSTOMER_PROSPECT
                     ? "contact-new-symbolic"
                     : "avatar-default-symbolic");
}

static char *
say_waits_icon (gconstpointer record)
{
  return g_strdup (get_number (record, "received_at") == MTB_ABSENT ? "document-send-symbolic"
                                                                    : NULL);
}

static char *
say_notes (gconstpointer record)
{
  const char *notes = get_text (record, "notes");

  return notes != NULL ? g_strdelimit (g_strdup (notes), "\n", ' ') : NULL;
}

static char *
say_unread (gconstpointer record)
{
  gint64 n_unread = get_number (record, "unread_notes");

  if (n_unread == MTB_ABSENT || n_unread == 0)
    return NULL;
  return mtb_text_localize (g_strdup_printf (
    ngettext ("%u unread note", "%u unread notes", (gulong) n_unread), (guint) n_unread));
}

static char *
say_unread_icon (gconstpointer record)
{
  return g_strdup (get_number (record, "unread_notes") > 0 ? "mail-unread-symbolic" : NULL);
}

static char *
say_roles (gconstpointer record)
{
  gint64 roles = get_number (record, "roles");

  return roles != MTB_ABSENT ? mtb_text_roles (roles) : NULL;
}

static char *
say_team (gconstpointer record)
{
  return g_strdup (get_text (record, "team_name"));
}

static char *
say_active (gconstpointer record)
{
  return g_strdup (get_number (record, "active") == 0 ? _ ("May not sign in") : _ ("May sign in"));
}

static char *
say_active_icon (gconstpointer record)
{
  return g_strdup (get_number (record, "active") == 0 ? "changes-prevent-symbolic" : NULL);
}

static char *
say_queue (gconstpointer record)
{
  const char *queue = get_text (record, "queue");

  return queue != NULL ? mtb_text_isolate (queue) : NULL;
}

static gboolean
is_second_level (gconstpointer record)
{
  return get_text (record, "parent_id") != NULL;
}

static char *
say_first_level (gconstpointer record)
{
  return is_second_level (record) ? NULL : say_name (record);
}

static char *
say_second_level (gconstpointer record)
{
  return is_second_level (record) ? say_name (record) : NULL;
}

static char *
say_suits (gconstpointer record)
{
  gint64 suits = get_number (record, "suits_s");

  return suits != MTB_ABSENT ? mtb_text_duration (suits) : NULL;
}

static char *
say_unused (gconstpointer record)
{
  return g_strdup (get_number (record, "active") == 0 ? _ ("Not in use") : NULL);
}

static char *
say_threshold (gconstpointer record)
{
  gint64 seconds = get_number (record, "wait_s");
  g_autofree char *number = NULL;

  if (seconds == MTB_ABSENT)
    return NULL;
  number = mtb_text_number (seconds);
  return g_strdup_printf (ngettext ("%s second", "%s seconds", (gulong) seconds), number);
}

static char *
say_from (gconstpointer record)
{
  return mtb_text_moment (get_number (record, "in_force_from"));
}

static char *
say_desk (gconstpointer record)
{
  const char *desk = get_text (record, "desk");

  return desk != NULL ? mtb_text_isolate (desk) : NULL;
}

static char *
say_origin (gconstpointer record)
{
  const char *origin = get_text (record, "origin");

  return origin != NULL ? mtb_text_isolate (origin) : NULL;
}

static char *
say_began (gconstpointer record)
{
  return mtb_text_moment (get_number (record, "began_at"));
}

static char *
say_seen (gconstpointer record)
{
  return mtb_text_moment (get_number (record, "seen_at"));
}

static char *
say_until (gconstpointer record)
{
  gint64 until = get_number (record, "in_force_until");

  return until != MTB_ABSENT ? mtb_text_moment (until) : g_strdup (_ ("In force now"));
}

static const struct
{
  const char *property;
  char *(*say) (gconstpointer record);
} words[] = {
  { "name", say_name },
  { "number", say_number },
  { "person", say_person },
  { "user-name", say_user_name },
  { "pbx-name", say_pbx_name },
  { "account", say_account },
  { "package", say_package },
  { "type", say_type },
  { "group", say_group },
  { "full-type", say_full_type },
  { "when", say_when },
  { "when-briefly", say_when_briefly },
  { "length", say_length },
  { "wait", say_wait },
  { "direction", say_direction },
  { "direction-icon", say_direction_icon },
  { "solved", say_solved },
  { "solved-icon", say_solved_icon },
  { "resolution", say_resolution },
  { "status", say_status },
  { "state", mtb_item_say_state },
  { "state-icon", mtb_item_say_state_icon },
  { "state-mark", mtb_item_say_state_mark },
  { "state-detail", mtb_item_say_state_detail },
  { "request", mtb_item_say_request },
  { "note", mtb_item_say_note },
  { "answered", mtb_item_say_answered },
  { "to-write-up", mtb_item_say_to_write_up },
  { "handle-time", mtb_item_say_handle_time },
  { "suits-time", mtb_item_say_suits_time },
  { "entered", mtb_item_say_entered },
  { "waited", mtb_item_say_waited },
  { "outcome", mtb_item_say_outcome },
  { "written-up", mtb_item_say_written_up },
  { "customer-icon", say_customer_icon },
  { "waits-icon", say_waits_icon },
  { "notes", say_notes },
  { "unread", say_unread },
  { "unread-icon", say_unread_icon },
  { "roles", say_roles },
  { "team", say_team },
  { "active", say_active },
  { "active-icon", say_active_icon },
  { "queue", say_queue },
  { "first-level", say_first_level },
  { "second-level", say_second_level },
  { "suits", say_suits },
  { "unused", say_unused },
  { "threshold", say_threshold },
  { "from", say_from },
  { "until", say_until },
  { "desk", say_desk },
  { "origin", say_origin },
  { "began", say_began },
  { "seen", say_seen },
  { "document-number", mtb_item_say_document_number },
  { "document-title", mtb_item_say_document_title },
  { "edition", mtb_item_say_edition },
  { "force", mtb_item_say_force },
  { "reading", mtb_item_say_reading },
  { "reading-icon", mtb_item_say_reading_icon },
  { "read-at", mtb_item_say_read_at },
};

static const struct
{
  const char *property;
  char *(*say) (gconstpointer record, gint64 now);
} running_words[] = {
  { "lasting", mtb_item_say_lasting },
  { "overdue", mtb_item_say_overdue },
};

#define N_WORDS G_N_ELEMENTS (words)

static GParamSpec *properties[N_WORDS + G_N_ELEMENTS (running_words) + 1];

static void
mtb_item_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MtbItem *self = MTB_ITEM (object);

  if (prop_id <= N_WORDS)
    g_value_take_string (value, words[prop_id - 1].say (self->record));
  else
    g_value_take_string (value, running_words[prop_id - 1 - N_WORDS].say (self->record, self->now));
}

static void
mtb_item_finalize (GObject *object)
{
  MtbItem *self = MTB_ITEM (object);

  mtb_record_unref (self->record);

  G_OBJECT_CLASS (mtb_item_parent_class)->finalize (object);
}

static void
mtb_item_class_init (MtbItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = mtb_item_finalize;
  object_class->get_property = mtb_item_get_property;

  for (guint i = 1; i < G_N_ELEMENTS (properties); i++)
    properties[i] = g_param_spec_string (
      i <= N_WORDS ? words[i - 1].property : running_words[i - 1 - N_WORDS].property, NULL, NULL,
      NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
mtb_item_init (MtbItem *self)
{
  self->now = MTB_ABSENT;
}

/**
 * mtb_item_new:
 * @record: a record, referenced and not to be changed any more
 *
 * Returns: (transfer full): a row for it
 */
MtbItem *
mtb_item_new (gpointer record)
{
  MtbItem *self = g_object_new (MTB_TYPE_ITEM, NULL);

  self->record = mtb_record_ref (record);
  return self;
}

/**
 * mtb_item_get_record:
 * @self: an item
 *
 * Returns: (transfer none): the record
 */
gpointer
mtb_item_get_record (MtbItem *self)
{
  g_return_val_if_fail (MTB_IS_ITEM (self), NULL);

  return self->record;
}

/**
 * mtb_item_renew:
 * @self: an item
 * @record: the record as it is now, referenced and not to be changed any more
 */
void
mtb_item_renew (MtbItem *self, gpointer record)
{
  g_return_if_fail (MTB_IS_ITEM (self));

  if (mtb_record_equal (self->record, record))
    return;
  mtb_record_unref (self->record);
  self->record = mtb_record_ref (record);
  for (guint i = 1; i < G_N_ELEMENTS (properties); i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

/**
 * mtb_item_tick:
 * @self: an item
 * @now: the time
 *
 * Says how long by now.
 */
void
mtb_item_tick (MtbItem *self, gint64 now)
{
  g_return_if_fail (MTB_IS_ITEM (self));

  self->now = now;
  for (guint i = N_WORDS + 1; i < G_N_ELEMENTS (properties); i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

/**
 * mtb_item_get_id:
 * @self: an item
 *
 * Returns: the record's id
 */
const char *
mtb_item_get_id (MtbItem *self)
{
  g_return_val_if_fail (MTB_IS_ITEM (self), NULL);

  return mtb_record_get_id (self->record);
}

/**
 * mtb_item_dup_words:
 * @record: a record
 * @property: a property of #MtbItem
 *
 * Returns: (transfer full): what an item of @record would say there, never %NULL
 */
char *
mtb_item_dup_words (gconstpointer record, const char *property)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].property, property))
      {
        char *said = words[i].say (record);

        return said != NULL ? said : g_strdup ("");
      }
  g_return_val_if_reached (g_strdup (""));
}
