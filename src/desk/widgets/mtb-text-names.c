/* What people call the model's fields and the values of its enumerations. */

#include "mtb-text.h"

#include "mtb-call.h"
#include "mtb-connection.h"
#include "mtb-customer-query.h"
#include "mtb-pbx.h"
#include "mtb-presence.h"
#include "mtb-report-query.h"
#include "mtb-role.h"
#include "mtb-subscriber.h"

#include <glib/gi18n.h>

static const struct
{
  const char *const *choices;
  const char *titles[12];
} choice_titles[] = {
  { mtb_direction_words, { N_ ("Incoming"), N_ ("Outgoing") } },
  { mtb_resolution_words,
    { N_ ("Information given"), N_ ("Put right during the call"), N_ ("Passed on to somebody"),
      N_ ("Customer will be called back"), N_ ("Line lost or nobody reached") } },
  { mtb_subscriber_status_words,
    { NC_ ("subscription", "Active"), NC_ ("subscription", "Not activated yet"),
      NC_ ("subscription", "Suspended"), NC_ ("subscription", "Ended") } },
  { mtb_customer_kind_words, { N_ ("Subscriber"), N_ ("Prospective customer") } },
  { mtb_presence_state_words,
    { N_ ("Off shift"), N_ ("Available"), N_ ("On a call"), N_ ("After-call work"),
      N_ ("Auxiliary"), N_ ("Away") } },
  { mtb_auxiliary_reason_words,
    { N_ ("Rest"), N_ ("Meal"), N_ ("Prayer"), N_ ("Meeting"), N_ ("Training"), N_ ("Health"),
      N_ ("Something else") } },
  { mtb_auxiliary_status_words,
    { N_ ("Waits for an answer"), N_ ("Approved"), N_ ("Refused"), N_ ("Withdrawn"),
      N_ ("Under way"), N_ ("Over") } },
  { mtb_outcome_words,
    { N_ ("Waits"), N_ ("Talks"), N_ ("Answered"), N_ ("Passed on"), N_ ("Hung up"),
      N_ ("Sent away by the queue"), N_ ("No agents"), N_ ("Left by a key"), N_ ("Withdrawn"),
      N_ ("Failed"), N_ ("Lost") } },
  { mtb_connection_kind_words, { N_ ("PBX log"), N_ ("List of subscribers") } },
  { mtb_connection_state_words,
    { NC_ ("connection", "Working"), NC_ ("connection", "Waiting"), NC_ ("connection", "Failed"),
      NC_ ("connection", "Stopped") } },
  { mtb_report_by_words,
    { N_ ("By queue"), N_ ("By agent"), N_ ("By type of call"), N_ ("By half-hour") } },
  { mtb_call_part_words,
    { N_ ("Offered"), N_ ("Answered"), N_ ("Unanswered"), N_ ("Left after the threshold"),
      N_ ("Answered late"), N_ ("Left before the threshold"), N_ ("Waiting now"),
      N_ ("Not written up") } },
};

static const struct
{
  const char *name;
  const char *title;
} field_titles[] = {
  { "name", N_ ("Name") },
  { "telephone", N_ ("Telephone") },
  { "number", N_ ("Number") },
  { "direction", N_ ("Direction") },
  { "subscriber_id", N_ ("Customer") },
  { "prospect_id", N_ ("Customer") },
  { "type_id", N_ ("Type of call") },
  { "resolution", N_ ("Resolution") },
  { "solved", N_ ("Solved") },
  { "notes", N_ ("Notes") },
  { "started_at", N_ ("Began") },
  { "ended_at", N_ ("Ended") },
  { "wrap_up_s", N_ ("After-call work") },
  { "reason", N_ ("Break for") },
  { "minutes", N_ ("Minutes") },
  { "note", N_ ("Note") },
  { "text", N_ ("Note") },
};

/**
 * mtb_text_roles:
 * @roles: a set of #MtbRole
 *
 * Returns: (transfer full): their titles
 */
char *
mtb_text_roles (gint64 roles)
{
  GString *result = g_string_new (NULL);

  for (guint i = 0; mtb_role_words[i] != NULL; i++)
    if ((roles & (G_GINT64_CONSTANT (1) << i)) != 0)
      {
        if (result->len > 0)
          g_string_append (result, C_ ("between the members of a list", ", "));
        g_string_append (result, gettext (mtb_role_get_title (1 << i)));
      }
  return g_string_free (result, FALSE);
}

/**
 * mtb_text_choice:
 * @choices: the words of an enumeration of the model
 * @value: a value of it
 *
 * Returns: what people call it, or an empty text
 */
const char *
mtb_text_choice (const char *const *choices, gint64 value)
{
  for (guint i = 0; i < G_N_ELEMENTS (choice_titles); i++)
    if (choice_titles[i].choices == choices && value >= 0
        && value < (gint64) g_strv_length ((char **) choices))
      {
        const char *title = choice_titles[i].titles[value];

        if (choices == mtb_subscriber_status_words)
          return g_dpgettext2 (NULL, "subscription", title);
        if (choices == mtb_connection_state_words)
          return g_dpgettext2 (NULL, "connection", title);
        return gettext (title);
      }
  return "";
}

/**
 * mtb_text_field_title:
 * @name: a field of the model
 *
 * Returns: (nullable): what people call it; %NULL for what is not for people
 */
const char *
mtb_text_field_title (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (field_titles); i++)
    if (g_str_equal (field_titles[i].name, name))
      return gettext (field_titles[i].title);
  return NULL;
}

/**
 * mtb_text_field:
 * @field: a field of @record's shape
 * @record: a record
 *
 * Returns: (transfer full) (nullable): its value in words; %NULL where there is none
 */
char *
mtb_text_field (const MtbField *field, gconstpointer record)
{
  const char *text = mtb_field_is_text (field) ? mtb_field_get_text (field, record) : NULL;
  gint64 number = mtb_field_is_text (field) ? MTB_ABSENT : mtb_field_get_number (field, record);

  if ((text == NULL || *text == '\0') && number == MTB_ABSENT)
    return NULL;
  switch (field->type)
    {
    case MTB_TYPE_TEXT:
      return g_str_equal (field->name, "number") || g_str_equal (field->name, "telephone")
               ? mtb_text_telephone (text)
               : g_strdup (text);
    case MTB_TYPE_ENUM:
      return g_strdup (mtb_text_choice (field->choices, number));
    case MTB_TYPE_FLAG:
      return g_strdup (number == 1 ? _ ("Yes") : _ ("No"));
    case MTB_TYPE_TIME:
      return mtb_text_moment (number);
    case MTB_TYPE_DURATION:
      return mtb_text_duration (number);
    case MTB_TYPE_ID:
      return NULL;
    default:
      return mtb_text_number (number);
    }
}
