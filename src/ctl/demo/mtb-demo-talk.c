/* What the demonstration's calls are about, and what the agents write of them. */

#include "mtb-demo-private.h"

#include "mtb-call.h"
#include "mtb-founding.h"
#include "mtb-person.h"

#define N_NOTES 3

/* Of a hundred calls of a type: how many are told, put right, passed on, to be called again. */
typedef struct
{
  guint resolutions[4];
} Course;

static const Course asking = { { 92, 4, 1, 3 } };
static const Course repairing = { { 18, 52, 22, 8 } };
static const Course ordering = { { 40, 12, 42, 6 } };
static const Course complaining = { { 20, 8, 58, 14 } };

static const struct
{
  const char *type;
  guint weight;
  gint64 suits_s;
  const Course *course;
  gboolean prospects;
  const char *notes[N_NOTES];
} talks[] = {
  { "connection.none",
    90,
    300,
    &repairing,
    FALSE,
    { "لا يوجد ضوء DSL على الراوتر منذ الصباح.", "تم التأكد من التوصيلات وإعادة تشغيل الراوتر.",
      "الخط الهاتفي يعمل والإنترنت مقطوع." } },
  { "connection.drops",
    70,
    340,
    &repairing,
    FALSE,
    { "ينقطع الاتصال كل بضع دقائق مساءً.", "الانقطاع عند ورود مكالمة هاتفية، الفلتر غير مركب.",
      "تم تغيير القناة اللاسلكية ومراقبة الخط." } },
  { "connection.area",
    45,
    100,
    &asking,
    FALSE,
    { "عطل عام في المقسم، الورشات تعمل على الإصلاح.", "انقطاع كهرباء عن المقسم.",
      "أعلم الزبون بالوقت المتوقع لعودة الخدمة." } },
  { "connection.sign_in",
    40,
    170,
    &repairing,
    FALSE,
    { "رسالة خطأ 691 بعد تغيير كلمة المرور.", "تمت إعادة تعيين كلمة المرور.",
      "اسم المستخدم مكتوب خطأ في إعدادات الراوتر." } },
  { "speed.browsing",
    75,
    320,
    &repairing,
    FALSE,
    { "بطء شديد في التصفح في ساعات الذروة.", "تبين وجود تحميل على جهاز آخر في المنزل.",
      "سرعة المنفذ سليمة، طلب من الزبون القياس عبر السلك." } },
  { "speed.contract",
    35,
    380,
    &repairing,
    FALSE,
    { "يقيس 1.1 ميغا من أصل 4.", "تم رفع طلب فحص المنفذ.", "القياس تم عبر الشبكة اللاسلكية." } },
  { "speed.delay",
    15,
    300,
    &repairing,
    FALSE,
    { "تأخر كبير في الألعاب ليلاً.", "زمن الاستجابة 280 ملي ثانية.", NULL } },
  { "volume.used",
    95,
    90,
    &asking,
    FALSE,
    { "استهلك 34 غيغابايت من 40.", "شرح له كيفية متابعة الاستهلاك من الموقع.",
      "يستغرب الاستهلاك، تبين أن الشبكة اللاسلكية بلا كلمة مرور." } },
  { "volume.spent",
    60,
    120,
    &asking,
    FALSE,
    { "انتهى الحجم قبل نهاية الشهر بأسبوع.", "عرض عليه شراء حجم إضافي.", NULL } },
  { "volume.more",
    45,
    150,
    &ordering,
    FALSE,
    { "طلب 10 غيغابايت إضافية.", "تمت إضافة الحجم من الرصيد.", "الرصيد لا يكفي، سيدفع ثم يتصل." } },
  { "volume.package",
    35,
    210,
    &ordering,
    FALSE,
    { "يريد الانتقال إلى شريحة أعلى من بداية الشهر.", "شرحت له الفروق بين الشرائح.", NULL } },
  { "address.order",
    12,
    200,
    &ordering,
    FALSE,
    { "يحتاج إلى عنوان ثابت لكاميرات المراقبة.", "أعلم بالرسم الشهري.", NULL } },
  { "address.fault",
    8,
    360,
    &repairing,
    FALSE,
    { "لا يمكن الوصول إلى المخدم من الخارج.", "العنوان غير مسند بعد إعادة الإقلاع.", NULL } },
  { "address.dns",
    14,
    240,
    &repairing,
    FALSE,
    { "بعض المواقع لا تفتح، تم ضبط DNS.", "كان DNS مضبوطاً يدوياً على عنوان قديم.", NULL } },
  { "router.settings",
    40,
    480,
    &repairing,
    FALSE,
    { "اشترى راوتراً جديداً ويريد إعداده.", "تم إدخال VPI/VCI واسم المستخدم معه خطوة خطوة.",
      "أعيد الراوتر إلى إعدادات المصنع وضبط من جديد." } },
  { "router.bridge",
    8,
    400,
    &repairing,
    FALSE,
    { "يريد تشغيل الراوتر بوضع Bridge خلف جدار ناري.", "تم تفعيل وضع الجسر.", NULL } },
  { "router.lan",
    18,
    380,
    &repairing,
    FALSE,
    { "حاسوب واحد لا يأخذ عنوان IP.", "كبل الشبكة معطوب.", NULL } },
  { "router.wireless",
    30,
    200,
    &repairing,
    FALSE,
    { "نسي كلمة مرور الشبكة اللاسلكية.", "تم تغيير كلمة المرور واسم الشبكة.", NULL } },
  { "line.filter",
    12,
    190,
    &repairing,
    FALSE,
    { "شرح طريقة تركيب الفلتر.", "يوجد جهاز فاكس بلا فلتر.", NULL } },
  { "line.noise",
    18,
    260,
    &repairing,
    FALSE,
    { "تشويش على الخط عند استخدام الهاتف.", "طلب منه مراجعة مركز الهاتف.", NULL } },
  { "line.dead",
    15,
    120,
    &asking,
    FALSE,
    { "لا توجد حرارة في الخط، المشكلة من مركز الهاتف.", NULL, NULL } },
  { "new.prices",
    30,
    220,
    &asking,
    TRUE,
    { "سأل عن الباقات المنزلية وأسعارها.", "يقارن مع مزود آخر.",
      "سيزور المركز مع وثيقة الهاتف." } },
  { "new.cover",
    18,
    110,
    &asking,
    TRUE,
    { "يسأل عن توفر بوابة في مقسمه.", "لا توجد بوابات شاغرة حالياً، سجل على الدور.", NULL } },
  { "new.order",
    10,
    270,
    &ordering,
    TRUE,
    { "طلب اشتراك منزلي جديد، أرسلت له قائمة الوثائق.", "يريد الاشتراك لمكتبه.", NULL } },
  { "activation.when",
    28,
    100,
    &asking,
    FALSE,
    { "قدم الطلب قبل ثلاثة أيام ويسأل عن التفعيل.", "التفعيل متوقع خلال يومي عمل.", NULL } },
  { "activation.late",
    16,
    220,
    &complaining,
    FALSE,
    { "مضى أسبوع على الطلب ولم يفعل الاشتراك.", "المنفذ غير مربوط في المقسم.", NULL } },
  { "activation.again",
    20,
    160,
    &repairing,
    FALSE,
    { "دفع الفاتورة والخدمة ما زالت متوقفة.", "أعيد التفعيل أثناء المكالمة.", NULL } },
  { "billing.balance", 50, 70, &asking, FALSE, { "سأل عن رصيده وتاريخ الاستحقاق.", NULL, NULL } },
  { "billing.ways",
    25,
    100,
    &asking,
    FALSE,
    { "سأل عن الدفع الإلكتروني.", "أعطي عناوين أقرب مراكز الدفع.", NULL } },
  { "billing.wrong",
    14,
    320,
    &complaining,
    FALSE,
    { "خصم مبلغ الشهر مرتين.", "يعترض على رسم الزيارة.", NULL } },
  { "billing.end",
    8,
    200,
    &ordering,
    FALSE,
    { "يريد إيقاف الاشتراك مؤقتاً بسبب السفر.", "ينتقل إلى منزل آخر.", NULL } },
  { "compensation.unused",
    8,
    260,
    &complaining,
    FALSE,
    { "دفع عن شهر كانت الخدمة فيه مقطوعة عشرة أيام.", NULL, NULL } },
  { "compensation.outage",
    6,
    260,
    &complaining,
    FALSE,
    { "يطلب تعويضاً عن انقطاع الأسبوع الماضي.", NULL, NULL } },
  { "complaint.service",
    14,
    320,
    &complaining,
    FALSE,
    { "اتصل ثلاث مرات بالمشكلة نفسها دون حل.", "الخدمة سيئة منذ شهر.", NULL } },
  { "complaint.staff",
    4,
    300,
    &complaining,
    FALSE,
    { "يشتكي من طريقة الحديث في مكالمة سابقة.", NULL, NULL } },
  { "complaint.earlier",
    10,
    210,
    &complaining,
    FALSE,
    { "يتابع شكواه السابقة ولم يتصل به أحد.", NULL, NULL } },
  { "visit.installation",
    8,
    200,
    &ordering,
    TRUE,
    { "يريد التركيب المأجور مع الراوتر.", NULL, NULL } },
  { "visit.repair",
    12,
    210,
    &ordering,
    FALSE,
    { "تعذر الحل بالهاتف، طلب زيارة فنية.", "وافق على رسم الزيارة.", NULL } },
  { "visit.date", 10, 90, &asking, FALSE, { "يسأل عن موعد زيارة الفني.", NULL, NULL } },
  { "other.question",
    20,
    100,
    &asking,
    TRUE,
    { "سأل عن أوقات الدوام.", "يريد رقم مركز حلب.", NULL } },
  { "other.praise", 4, 60, &asking, FALSE, { "يشكر الموظف الذي حل مشكلته أمس.", NULL, NULL } },
};

static const char *const endings[] = {
  [MTB_RESOLUTION_INFORMED] = "تم إعلام الزبون.",
  [MTB_RESOLUTION_FIXED] = "تم الحل أثناء المكالمة.",
  [MTB_RESOLUTION_PASSED_ON] = "حول الموضوع إلى القسم المختص.",
  [MTB_RESOLUTION_CALL_BACK] = "سيعاد الاتصال به.",
};

/* How often, of a hundred, the customer need not call again. */
static const guint solved_of_hundred[] = {
  [MTB_RESOLUTION_INFORMED] = 93,
  [MTB_RESOLUTION_FIXED] = 96,
  [MTB_RESOLUTION_PASSED_ON] = 8,
  [MTB_RESOLUTION_CALL_BACK] = 12,
};

guint
mtb_demo_pick_talk (MtbDemo *demo, gboolean prospect)
{
  guint sum = 0;
  gint chance;
  guint i = 0;

  for (guint j = 0; j < G_N_ELEMENTS (talks); j++)
    sum += !prospect || talks[j].prospects ? talks[j].weight : 0;
  chance = g_rand_int_range (demo->rand, 0, (gint32) sum);
  for (; i < G_N_ELEMENTS (talks); i++)
    {
      chance -= !prospect || talks[i].prospects ? (gint) talks[i].weight : 0;
      if (chance < 0)
        break;
    }
  return i;
}

gint64
mtb_demo_get_suiting_time (guint talk)
{
  return talks[talk].suits_s;
}

static gint64
pick_resolution (MtbDemo *demo, guint talk)
{
  guint chance = (guint) g_rand_int_range (demo->rand, 0, 100);
  guint i = 0;

  for (; chance >= talks[talk].course->resolutions[i]; i++)
    chance -= talks[talk].course->resolutions[i];
  return i;
}

static char *
dup_notes (MtbDemo *demo, guint talk, gint64 resolution)
{
  const char *note = talks[talk].notes[g_rand_int_range (demo->rand, 0, N_NOTES)];
  gboolean ends = mtb_demo_happens (demo, 0.6);

  if (note == NULL)
    return ends ? g_strdup (endings[resolution]) : NULL;
  return ends ? g_strdup_printf ("%s %s", note, endings[resolution]) : g_strdup (note);
}

static MtbCallLog *
build_record (MtbDemo *demo, const MtbDemoCall *call)
{
  MtbCallLog *record = mtb_record_new (&mtb_call_log.shape);

  record->id = mtb_demo_dup_id (demo);
  record->subscriber_id = g_strdup (call->subscriber != NULL ? call->subscriber->id : NULL);
  record->number = g_strdup (call->number);
  record->direction = call->direction;
  record->type_id = mtb_call_type_dup_id (talks[call->talk].type);
  record->resolution = pick_resolution (demo, call->talk);
  record->solved =
    g_rand_int_range (demo->rand, 0, 100) < (gint32) solved_of_hundred[record->resolution];
  record->notes = dup_notes (demo, call->talk, record->resolution);
  record->started_at = call->started_at;
  record->ended_at = call->ended_at;
  record->wrap_up_s = call->wrap_up_s;
  return record;
}

/* Who is not a subscriber is noted down first. */
static void
plan_prospect (MtbDemo *demo, MtbCallLog *record, gint64 at, const char *person_id)
{
  MtbProspectAdd *prospect = mtb_record_new (&mtb_prospect_add.shape);
  g_autofree char *latin = NULL;

  prospect->id = mtb_demo_dup_id (demo);
  prospect->name = mtb_demo_dup_name (demo->rand, &latin);
  prospect->telephone = g_strdup (record->number);
  record->prospect_id = g_strdup (prospect->id);
  mtb_demo_plan (demo, at, at, person_id, prospect);
}

static void
plan_amendment (MtbDemo *demo, const MtbCallLog *record, gint64 after, const char *person_id)
{
  MtbCallAmend *amendment = mtb_record_new (&mtb_call_amend.shape);
  gint64 at = after + (gint64) (60 + mtb_demo_wait (demo, 2400)) * MTB_SECOND;

  mtb_record_assign (amendment, record);
  amendment->version_id = mtb_demo_dup_id (demo);
  amendment->version = 1;
  amendment->resolution = MTB_RESOLUTION_FIXED;
  amendment->solved = 1;
  g_free (amendment->notes);
  amendment->notes =
    g_strdup_printf ("%s %s", record->notes != NULL ? record->notes : "", "تأكدت لاحقاً من الحل.");
  g_strstrip (amendment->notes);
  mtb_demo_plan (demo, at, at, person_id, amendment);
}

/* Plans that an agent writes a call down: at once as a rule, some later, some from a desk that was
 * cut off from the server, some never. */
void
mtb_demo_plan_record (MtbDemo *demo, const MtbDemoCall *call)
{
  MtbCallLog *record = build_record (demo, call);
  double chance = g_rand_double (demo->rand);
  gint64 given_at = call->ended_at + call->wrap_up_s * MTB_SECOND;
  gint64 at;

  if (chance < 0.03)
    {
      mtb_record_unref (record);
      return;
    }
  if (chance < 0.06)
    given_at += (gint64) (1800 + mtb_demo_wait (demo, 3600)) * MTB_SECOND;
  at = given_at;
  if (chance > 0.97)
    at += (gint64) (1200 + mtb_demo_wait (demo, 5400)) * MTB_SECOND;
  if (call->subscriber == NULL)
    plan_prospect (demo, record, at, call->agent->id);
  mtb_demo_plan (demo, at, given_at, call->agent->id, mtb_record_ref (record));
  if (mtb_demo_happens (demo, 0.03))
    plan_amendment (demo, record, at, call->agent->id);
  mtb_record_unref (record);
}
