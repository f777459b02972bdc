#include "bench-department.h"

#include "bench-cluster.h"
#include "bench-scratch.h"
#include "mtb-accounts.h"
#include "mtb-call.h"
#include "mtb-demo-private.h"
#include "mtb-founding.h"
#include "mtb-id.h"
#include "mtb-subscriber.h"
#include "mtb-time.h"

#include <gio/gio.h>
#include <string.h>

#define N_SUBSCRIBERS 1000
#define GROUP 500
#define BETWEEN_CALLS (80 * MTB_SECOND)

static void
give (MtbAuthority *authority, const char *who, gpointer arguments)
{
  g_autoptr (GError) error = NULL;

  if (!mtb_authority_command (authority, who, arguments, NULL, NULL, &error))
    g_error ("%s", error->message);
}

static void
add_agent (MtbAuthority *authority)
{
  g_autoptr (GError) error = NULL;
  MtbPersonPut *person = mtb_record_new (&mtb_person_add.shape);
  g_autofree char *id = mtb_id_new (mtb_time_now ());

  person->id = g_strdup (id);
  person->username = g_strdup (BENCH_USERNAME);
  person->display_name = g_strdup (BENCH_USERNAME);
  person->roles = MTB_ROLE_AGENT;
  person->pbx_name = g_strdup (BENCH_USERNAME);
  person->active = 1;
  give (authority, MTB_PERSON_OPERATOR, person);
  if (!mtb_accounts_set_password (authority, MTB_PERSON_OPERATOR, id, BENCH_PASSWORD, FALSE,
                                  &error))
    g_error ("%s", error->message);
}

static MtbSubscriberPut *
make_subscriber (GRand *rand, guint i)
{
  MtbSubscriberPut *subscriber = mtb_record_new (&mtb_subscriber_put.shape);
  g_autofree char *latin = NULL;

  subscriber->id = mtb_id_new (mtb_time_now ());
  subscriber->name = mtb_demo_dup_name (rand, &latin);
  subscriber->username = g_strdup_printf ("%s%u", latin, i);
  subscriber->account_number = g_strdup_printf ("A-%06u", i);
  subscriber->telephone = g_strdup_printf ("011-%07u", g_rand_int_range (rand, 1000000, 9999999));
  subscriber->status = MTB_SUBSCRIBER_ACTIVE;
  return subscriber;
}

static void
add_subscribers (MtbAuthority *authority)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (14);
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mtb_order_free);

  for (guint i = 0; i < N_SUBSCRIBERS; i++)
    {
      g_autofree char *id = mtb_id_new (mtb_time_now ());

      g_ptr_array_add (
        orders, mtb_order_new (mtb_envelope_new (make_subscriber (rand, i), id, 0, mtb_time_now ()),
                               MTB_PERSON_SUBSCRIBERS, NULL, NULL));
    }
  mtb_authority_judge (authority, orders);
}

static gboolean
add_id (gpointer record, gpointer data, GError **error)
{
  g_ptr_array_add (data, g_strdup (mtb_record_get_id (record)));
  return TRUE;
}

GPtrArray *
bench_select_ids (MtbStore *store, const char *sql)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  if (!mtb_store_each (store, &mtb_subscriber_table.shape, sql, NULL, add_id, ids, NULL))
    g_error ("%s", sql);
  return ids;
}

/* @like: what it begins as, or %NULL */
static void
make_database (BenchDepartment *self, const BenchDepartment *like)
{
  g_autofree char *path = NULL;
  g_autoptr (GFile) from = NULL;
  g_autoptr (GFile) to = NULL;
  g_autoptr (GError) error = NULL;

  if (self->engine == BENCH_POSTGRESQL)
    {
      self->database = bench_cluster_make (like != NULL ? like->database : NULL);
      return;
    }
  self->folder = g_dir_make_tmp ("department-XXXXXX", NULL);
  self->database = g_strdup_printf ("sqlite:%s/department.db", self->folder);
  if (like == NULL)
    return;
  from = g_file_new_for_path (like->database + strlen ("sqlite:"));
  to = g_file_new_for_path (self->database + strlen ("sqlite:"));
  if (!g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);
}

BenchDepartment *
bench_department_new (BenchEngine engine)
{
  g_autoptr (GError) error = NULL;
  BenchDepartment *self = g_new0 (BenchDepartment, 1);
  g_autoptr (MtbAuthority) authority = NULL;
  gboolean was_there;

  self->engine = engine;
  make_database (self, NULL);
  authority = mtb_authority_open (self->database, &error);
  if (authority == NULL || !mtb_department_found (authority, &was_there, &error))
    g_error ("%s", error->message);
  add_agent (authority);
  add_subscribers (authority);
  self->subscribers =
    bench_select_ids (mtb_authority_get_store (authority), "SELECT id FROM subscriber");
  self->call_types = bench_select_ids (mtb_authority_get_store (authority),
                                       "SELECT id FROM call_type WHERE parent_id IS NOT NULL");
  return self;
}

/* One that is equal; nobody may be at work in either. */
BenchDepartment *
bench_department_copy (const BenchDepartment *self)
{
  BenchDepartment *copy = g_new0 (BenchDepartment, 1);

  copy->engine = self->engine;
  make_database (copy, self);
  copy->subscribers = g_ptr_array_ref (self->subscribers);
  copy->call_types = g_ptr_array_ref (self->call_types);
  return copy;
}

static const char *
pick (GPtrArray *from, GRand *rand)
{
  return g_ptr_array_index (from, g_rand_int_range (rand, 0, (int) from->len));
}

/* As agents write them: some say nothing, most a line or two. */
static char *
dup_notes (GRand *rand)
{
  static const char *const notes[] = {
    "سأل عن الحجم المتبقي من الباقة وتم إعلامه",
    "بطء في التصفح مساءً، تمت إعادة تشغيل الراوتر وتحسن الوضع",
    "انقطاع متكرر منذ يومين، حولت الشكوى إلى القسم الفني للمتابعة مع المركز",
    "نسي كلمة المرور، تمت إعادة ضبطها بعد التحقق من الاسم ورقم الحساب",
    "طلب عنوان IP ثابت، شرحت له الإجراءات والأسعار والمدة المتوقعة للتفعيل",
  };
  int i = g_rand_int_range (rand, -1, G_N_ELEMENTS (notes));

  return i < 0 ? NULL : g_strdup (notes[i]);
}

MtbCallLog *
bench_department_make_call (BenchDepartment *self, GRand *rand, gint64 now)
{
  MtbCallLog *call = mtb_record_new (&mtb_call_log.shape);
  gint64 length = g_rand_int_range (rand, 20, 900) * MTB_SECOND;

  call->id = mtb_id_new (now);
  call->subscriber_id = g_strdup (pick (self->subscribers, rand));
  call->number = g_strdup_printf ("011%07u", g_rand_int_range (rand, 1000000, 9999999));
  call->direction = MTB_DIRECTION_IN;
  call->type_id = g_strdup (pick (self->call_types, rand));
  call->resolution = g_rand_int_range (rand, MTB_RESOLUTION_INFORMED, MTB_RESOLUTION_CUT_OFF);
  call->solved = g_rand_boolean (rand);
  call->notes = dup_notes (rand);
  call->ended_at = now - g_rand_int_range (rand, 1, 28800) * MTB_SECOND;
  call->started_at = call->ended_at - length;
  call->wrap_up_s = g_rand_int_range (rand, 5, 120);
  return call;
}

/* The oldest of those that are @left to write. */
static void
log_calls (BenchDepartment *self,
           MtbAuthority *authority,
           const char *person_id,
           GRand *rand,
           guint left)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mtb_order_free);

  for (guint i = 0; i < MIN (left, GROUP); i++)
    {
      gint64 then = mtb_time_now () - (left - i) * BETWEEN_CALLS;
      g_autofree char *id = mtb_id_new (then);
      MtbCallLog *call = bench_department_make_call (self, rand, then);
      MtbOrder *order =
        mtb_order_new (mtb_envelope_new (call, id, 0, then), person_id, "bench", NULL);

      order->received_at = then;
      g_ptr_array_add (orders, order);
    }
  mtb_authority_judge (authority, orders);
  for (guint i = 0; i < orders->len; i++)
    {
      const MtbOrder *order = g_ptr_array_index (orders, i);

      if (order->failure != NULL)
        g_error ("%s", order->failure->message);
    }
}

/* Its agent has written so many calls, one after the other until now. */
void
bench_department_fill (BenchDepartment *self, guint n_calls)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MtbAuthority) authority = mtb_authority_open (self->database, &error);
  g_autofree char *person_id = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (n_calls);

  if (authority == NULL)
    g_error ("%s", error->message);
  person_id = mtb_store_select_text (mtb_authority_get_store (authority),
                                     "SELECT id FROM person WHERE username = '" BENCH_USERNAME "'",
                                     NULL, &error);
  for (guint left = n_calls; left > 0; left -= MIN (left, GROUP))
    log_calls (self, authority, person_id, rand, left);
  if (self->engine == BENCH_POSTGRESQL)
    bench_cluster_settle (self->database);
}

void
bench_department_free (BenchDepartment *self)
{
  if (self->engine == BENCH_POSTGRESQL)
    bench_cluster_drop (self->database);
  else
    bench_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->database);
  g_ptr_array_unref (self->subscribers);
  g_ptr_array_unref (self->call_types);
  g_free (self);
}
