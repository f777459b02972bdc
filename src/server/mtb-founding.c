/* A new department: the built-in people, who stand before every command, and then, by commands of
 * theirs, what a department cannot work without. */

#include "mtb-founding.h"

#include "mtb-founding-documents.h"
#include "mtb-id.h"
#include "mtb-person.h"
#include "mtb-setting.h"

/* Tells the seeds of a first founding from any other command. */
#define SEED "founding"

static const struct
{
  const char *id;
  const char *username;
  const char *display_name;
  MtbRole role;
} built_in_people[] = {
  { MTB_PERSON_OPERATOR, "(operator)", "mutabaactl", MTB_ROLE_OPERATOR },
  { MTB_PERSON_PBX, "(pbx)", "PBX", MTB_ROLE_CONNECTOR },
  { MTB_PERSON_SUBSCRIBERS, "(subscribers)", "Subscriber list", MTB_ROLE_CONNECTOR },
};

/* A key with a full stop is a kind of what stands before it. */
static const struct
{
  const char *key;
  const char *name;
  const char *name_en;
  gint64 suits_s;
} call_types[] = {
  { "connection", "الاتصال والانقطاع", "Connection and outages", 300 },
  { "connection.none", "لا يوجد اتصال", "No connection", 420 },
  { "connection.drops", "انقطاع متكرر", "Connection drops", 480 },
  { "connection.area", "عطل عام في المنطقة", "Outage in the area", 120 },
  { "connection.sign_in", "خطأ في اسم المستخدم أو كلمة المرور", "User name or password refused",
    180 },
  { "speed", "السرعة", "Speed", 360 },
  { "speed.browsing", "بطء في التصفح", "Slow browsing", 420 },
  { "speed.contract", "سرعة أقل من المتعاقد عليها", "Below the agreed speed", 480 },
  { "speed.delay", "تأخر في الألعاب والمكالمات", "Delay in games and calls", 360 },
  { "volume", "تبادل المعطيات والباقات", "Data exchange and packages", 180 },
  { "volume.used", "الاستفسار عن الحجم المستهلك", "Volume used", 120 },
  { "volume.spent", "انتهاء الحجم الشهري", "Monthly volume used up", 150 },
  { "volume.more", "شراء حجم إضافي", "More volume", 180 },
  { "volume.package", "تغيير الباقة أو الشريحة", "Change of package or tier", 240 },
  { "address", "عنوان IP ثابت و DNS", "Static IP and DNS", 300 },
  { "address.order", "طلب عنوان IP ثابت", "Order of a static IP", 240 },
  { "address.fault", "مشكلة في عنوان IP ثابت", "Static IP does not work", 420 },
  { "address.dns", "إعداد DNS", "DNS settings", 300 },
  { "router", "الراوتر والشبكة المحلية", "Router and LAN", 480 },
  { "router.settings", "إعداد الراوتر", "Router settings", 600 },
  { "router.bridge", "وضع الجسر Bridge", "Bridge mode", 480 },
  { "router.lan", "مشكلة في الشبكة المحلية", "LAN does not work", 480 },
  { "router.wireless", "كلمة مرور الشبكة اللاسلكية", "Password of the wireless network", 240 },
  { "line", "الفلتر وجودة الخط", "Filter and line", 240 },
  { "line.filter", "تركيب الفلتر", "Fitting the filter", 240 },
  { "line.noise", "تشويش على الخط", "Noise on the line", 300 },
  { "line.dead", "انقطاع الخط الهاتفي", "Telephone line is dead", 180 },
  { "new", "اشتراك جديد", "New subscription", 240 },
  { "new.prices", "الاستفسار عن الاشتراكات والأسعار", "Packages and prices", 240 },
  { "new.cover", "التحقق من توفر الخدمة", "Whether the service can be had", 120 },
  { "new.order", "طلب اشتراك جديد", "Order of a subscription", 300 },
  { "activation", "التفعيل", "Activation", 180 },
  { "activation.when", "موعد التفعيل", "When it will be active", 120 },
  { "activation.late", "تأخر التفعيل", "Activation is late", 240 },
  { "activation.again", "إعادة التفعيل بعد التوقف", "Active again after a stop", 180 },
  { "billing", "الفواتير والرصيد", "Billing and balance", 180 },
  { "billing.balance", "الاستفسار عن الرصيد", "Balance", 90 },
  { "billing.ways", "طرق الدفع", "Ways to pay", 120 },
  { "billing.wrong", "اعتراض على فاتورة", "Objection to a bill", 360 },
  { "billing.end", "إيقاف أو إلغاء الاشتراك", "Stopping or ending a subscription", 240 },
  { "compensation", "طلب تعويض", "Compensation request", 300 },
  { "compensation.unused", "مبلغ عن خدمة لم تستخدم", "Charged for a service not used", 300 },
  { "compensation.outage", "تعويض عن انقطاع الخدمة", "For an outage", 300 },
  { "complaint", "شكوى", "Complaint", 360 },
  { "complaint.service", "شكوى على الخدمة", "About the service", 360 },
  { "complaint.staff", "شكوى على موظف", "About an employee", 360 },
  { "complaint.earlier", "متابعة شكوى سابقة", "About an earlier complaint", 240 },
  { "visit", "الزيارة والتركيب المأجور", "Visit and installation for a fee", 240 },
  { "visit.installation", "طلب تركيب مأجور", "Installation for a fee", 240 },
  { "visit.repair", "طلب زيارة فنية", "Technical visit", 240 },
  { "visit.date", "موعد الزيارة", "Date of a visit", 120 },
  { "other", "أخرى", "Other", 120 },
  { "other.question", "استفسار عام", "General question", 120 },
  { "other.praise", "شكر أو اقتراح", "Thanks or a suggestion", 90 },
  { "other.wrong_number", "رقم خاطئ", "Wrong number", 30 },
  { "other.silent", "مكالمة صامتة أو مقطوعة", "Silent or cut off", 30 },
};

static const struct
{
  const char *name;
  const char *value;
} settings[] = {
  { MTB_SETTING_DIRECTORY_KEEP, "all" },
  { MTB_SETTING_OFFLINE_DAYS, "14" },
};

#define WAIT_S 30

/**
 * mtb_call_type_dup_id:
 * @key: the key of a type of call that every department begins with
 *
 * Returns: (transfer full): its id, which is the same everywhere
 */
char *
mtb_call_type_dup_id (const char *key)
{
  return mtb_id_derive ("call_type", key, NULL);
}

static gboolean
add_change (MtbStore *store,
            const MtbTable *table,
            gconstpointer before,
            gconstpointer after,
            gpointer head,
            GError **error)
{
  return mtb_ledger_add_change (store, head, table, before, after, error);
}

static gboolean
insert_built_in_people (MtbStore *store, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (built_in_people); i++)
    {
      g_autoptr (MtbPerson) person = mtb_record_new (&mtb_person_table.shape);

      person->id = g_strdup (built_in_people[i].id);
      person->username = g_strdup (built_in_people[i].username);
      person->display_name = g_strdup (built_in_people[i].display_name);
      person->roles = built_in_people[i].role;
      person->active = 1;
      if (!mtb_store_put (store, person, error))
        return FALSE;
    }
  return TRUE;
}

/* No person is there yet who could give a command, so these rows alone come without one. */
static gboolean
add_built_in_people (MtbStore *store, GError **error)
{
  g_autoptr (MtbHead) head = NULL;
  gboolean ok;

  if (!mtb_store_begin (store, error))
    return FALSE;
  head = mtb_ledger_take_head (store, error);
  mtb_store_set_journal (store, add_change, head);
  ok = head != NULL && insert_built_in_people (store, error)
       && mtb_ledger_write_head (store, head, error);
  mtb_store_set_journal (store, NULL, NULL);
  if (ok)
    return mtb_store_commit (store, error);
  mtb_store_rollback (store);
  return FALSE;
}

static void
add_seed (GPtrArray *orders, const char *key, gpointer arguments, gint64 now)
{
  g_autofree char *id = mtb_id_derive (SEED, key, NULL);

  g_ptr_array_add (orders, mtb_order_new (mtb_envelope_new (arguments, id, 0, now),
                                          MTB_PERSON_OPERATOR, NULL, NULL));
}

static MtbCallTypePut *
build_call_type (guint i)
{
  MtbCallTypePut *type = mtb_record_new (&mtb_call_type_put.shape);
  const char *stop = strchr (call_types[i].key, '.');
  g_autofree char *parent =
    stop != NULL ? g_strndup (call_types[i].key, (gsize) (stop - call_types[i].key)) : NULL;

  type->id = mtb_call_type_dup_id (call_types[i].key);
  type->parent_id = parent != NULL ? mtb_call_type_dup_id (parent) : NULL;
  type->name = g_strdup (call_types[i].name);
  type->name_en = g_strdup (call_types[i].name_en);
  type->suits_s = call_types[i].suits_s;
  type->position = i + 1;
  type->active = 1;
  return type;
}

static void
add_documents (GPtrArray *orders, gint64 now)
{
  g_autoptr (GPtrArray) documents = mtb_founding_documents_list ();

  for (guint i = 0; i < documents->len; i++)
    {
      gpointer arguments = g_ptr_array_index (documents, i);
      const char *kind = mtb_command_of (arguments)->shape.name;
      g_autofree char *key = g_strconcat (kind, "/", mtb_record_get_id (arguments), NULL);

      add_seed (orders, key, mtb_record_ref (arguments), now);
    }
}

static GPtrArray *
build_seeds (gint64 now)
{
  GPtrArray *orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mtb_order_free);
  MtbThresholdSet *threshold = mtb_record_new (&mtb_threshold_set.shape);

  for (guint i = 0; i < G_N_ELEMENTS (call_types); i++)
    add_seed (orders, call_types[i].key, build_call_type (i), now);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      MtbSettingSet *setting = mtb_record_new (&mtb_setting_set.shape);

      setting->name = g_strdup (settings[i].name);
      setting->value = g_strdup (settings[i].value);
      add_seed (orders, settings[i].name, setting, now);
    }
  add_documents (orders, now);
  threshold->id = mtb_id_derive ("threshold", SEED, NULL);
  threshold->wait_s = WAIT_S;
  add_seed (orders, "threshold", threshold, now);
  return orders;
}

static gboolean
seed (MtbAuthority *authority, GError **error)
{
  g_autoptr (GPtrArray) orders = build_seeds (mtb_authority_get_now (authority));

  return mtb_authority_apply (authority, orders, error);
}

/**
 * mtb_department_is_founded:
 * @store: an authority's store
 *
 * Returns: whether mtb_department_found() has come to its end there
 */
gboolean
mtb_department_is_founded (MtbStore *store)
{
  /* The seeds are one group, so the last of them stands for all. */
  g_autofree char *last = mtb_id_derive (SEED, "threshold", NULL);
  g_autoptr (MtbEntry) entry = mtb_ledger_find_entry (store, last, NULL);

  return entry != NULL;
}

/**
 * mtb_department_found:
 * @authority: the authority over a database
 * @was_there: (out): whether the department was founded before, and nothing was changed
 * @error: return location
 *
 * Makes a department of an empty database. What a first founding that was cut short has left out is
 * made up for.
 *
 * Returns: whether the department is there
 */
gboolean
mtb_department_found (MtbAuthority *authority, gboolean *was_there, GError **error)
{
  MtbStore *store = mtb_authority_get_store (authority);

  *was_there = mtb_department_is_founded (store);
  return *was_there || (add_built_in_people (store, error) && seed (authority, error));
}
