/* The chart of calls by half-hour: what its words say, and how the keys move over it in either
 * direction of writing. */

#include "mtb-chart-plot.h"
#include "mtb-chart.h"
#include "mtb-time.h"

#define FROM G_GINT64_CONSTANT (1767225600000) /* 2026-01-01 00:00 UTC */
#define AT(hour, minute) (FROM + (hour) *MTB_HOUR + (minute) *MTB_MINUTE)

#define ALL_WORDS "In all: offered 26, answered 22, unanswered 5 = 3 left + 2 late"
#define LAST_WORDS "10:30–11:00: offered 14, answered 12, unanswered 3 = 2 left + 1 late"

typedef struct
{
  GtkWidget *window;
  MtbChart *chart;
  GtkWidget *plot;
  GtkWidget *other;
  gint64 slot_at;
  int part;
} Fixture;

static void
add_row (GPtrArray *rows, gint64 slot_at, gint64 offered, gint64 answered, gint64 left, gint64 late)
{
  MtbCallsReportRow *row = mtb_record_new (mtb_calls_report_query.rows);

  row->slot_at = slot_at;
  row->offered = offered;
  row->answered = answered;
  row->left_after = left;
  row->answered_late = late;
  g_ptr_array_add (rows, row);
}

static GPtrArray *
make_rows (void)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (mtb_record_unref);

  add_row (rows, AT (9, 0), 12, 10, 1, 1);
  add_row (rows, AT (10, 30), 14, 12, 2, 1);
  return rows;
}

static void
on_activated (MtbChart *chart, gint64 slot_at, int part, gpointer data)
{
  Fixture *fixture = data;

  fixture->slot_at = slot_at;
  fixture->part = part;
}

static GtkWidget *
find_plot (GtkWidget *root)
{
  if (MTB_IS_CHART_PLOT (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (find_plot (child) != NULL)
      return find_plot (child);
  return NULL;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_default_direction ((GtkTextDirection) GPOINTER_TO_UINT (data));
  fixture->window = gtk_window_new ();
  fixture->chart = g_object_new (MTB_TYPE_CHART, NULL);
  fixture->plot = find_plot (GTK_WIDGET (fixture->chart));
  fixture->other = gtk_button_new_with_label ("other");
  fixture->slot_at = MTB_ABSENT;
  g_signal_connect (fixture->chart, "activated", G_CALLBACK (on_activated), fixture);
  mtb_chart_set_title (fixture->chart, "How many call?");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->chart));
  gtk_box_append (GTK_BOX (box), fixture->other);
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 600, 300);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (fixture->window);
  gtk_widget_grab_focus (fixture->other);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
show_calls (Fixture *fixture)
{
  g_autoptr (GPtrArray) rows = make_rows ();

  mtb_chart_set_rows (fixture->chart, rows, FROM, FROM + MTB_DAY);
  gtk_test_widget_wait_for_draw (fixture->window);
}

static gboolean
press_in (GListModel *shortcuts, GtkWidget *widget, const char *key)
{
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);
      g_autofree char *name = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

      if (g_str_equal (name, key))
        return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                             gtk_shortcut_get_arguments (shortcut));
    }
  return FALSE;
}

/* As GTK does it for a key that the plot has bound. */
static void
press (Fixture *fixture, const char *key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (fixture->plot);
  gboolean done = FALSE;

  g_assert_true (gtk_widget_is_focus (fixture->plot));
  for (guint i = 0; !done && i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_SHORTCUT_CONTROLLER (controller))
        done = press_in (G_LIST_MODEL (controller), fixture->plot, key);
    }
  g_assert_true (done);
}

static void
assert_words (Fixture *fixture, const char *words)
{
  g_autofree char *label = g_strdup_printf ("How many call?. %s", words);

  g_assert_cmpstr (mtb_chart_get_words (fixture->chart), ==, words);
  gtk_test_accessible_assert_property (fixture->plot, GTK_ACCESSIBLE_PROPERTY_LABEL, label);
  gtk_test_accessible_assert_property (fixture->plot, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words);
}

/* Nothing is pointed at by itself, least of all an early half-hour. */
static void
test_sum (Fixture *fixture, gconstpointer data)
{
  show_calls (fixture);
  assert_words (fixture, ALL_WORDS);
  gtk_widget_grab_focus (fixture->plot);
  assert_words (fixture, ALL_WORDS);
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  gboolean mirrored = GPOINTER_TO_UINT (data) == GTK_TEXT_DIR_RTL;
  const char *back = mirrored ? "Right" : "Left";
  const char *forth = mirrored ? "Left" : "Right";

  show_calls (fixture);
  gtk_widget_grab_focus (fixture->plot);
  press (fixture, back);
  assert_words (fixture, LAST_WORDS);
  press (fixture, back);
  assert_words (fixture, "10:00–10:30: offered 0, answered 0, unanswered 0 = 0 left + 0 late");
  press (fixture, forth);
  assert_words (fixture, LAST_WORDS);
  press (fixture, "Home");
  assert_words (fixture, "08:00–08:30: offered 0, answered 0, unanswered 0 = 0 left + 0 late");
  press (fixture, back);
  assert_words (fixture, "08:00–08:30: offered 0, answered 0, unanswered 0 = 0 left + 0 late");
  press (fixture, "End");
  assert_words (fixture, "11:30–12:00: offered 0, answered 0, unanswered 0 = 0 left + 0 late");
}

static void
test_parts (Fixture *fixture, gconstpointer data)
{
  show_calls (fixture);
  gtk_widget_grab_focus (fixture->plot);
  press (fixture, "Right");
  press (fixture, "Down");
  assert_words (fixture, LAST_WORDS " · Left after the threshold: 2");
  press (fixture, "Down");
  assert_words (fixture, LAST_WORDS " · Answered late: 1");
  press (fixture, "Return");
  g_assert_cmpint (fixture->slot_at, ==, AT (10, 30));
  g_assert_cmpint (fixture->part, ==, MTB_CALL_PART_ANSWERED_LATE);
  press (fixture, "Down");
  press (fixture, "Down");
  assert_words (fixture, LAST_WORDS " · Answered: 12");
}

/* Whoever moves away and comes back is where they were; so is who gets new rows. */
static void
test_stays (Fixture *fixture, gconstpointer data)
{
  show_calls (fixture);
  gtk_widget_grab_focus (fixture->plot);
  press (fixture, "Right");
  show_calls (fixture);
  assert_words (fixture, LAST_WORDS);
  gtk_widget_grab_focus (fixture->other);
  gtk_test_widget_wait_for_draw (fixture->window);
  show_calls (fixture);
  assert_words (fixture, ALL_WORDS);
  gtk_widget_grab_focus (fixture->plot);
  show_calls (fixture);
  assert_words (fixture, LAST_WORDS);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  mtb_chart_set_rows (fixture->chart, rows, FROM, FROM + MTB_DAY);
  gtk_test_widget_wait_for_draw (fixture->window);
  assert_words (fixture, "In all: offered 0, answered 0, unanswered 0 = 0 left + 0 late");
}

static void
add (const char *path, GtkTextDirection direction, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, GUINT_TO_POINTER (direction), set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  add ("/desk/chart/sum", GTK_TEXT_DIR_LTR, test_sum);
  add ("/desk/chart/keys", GTK_TEXT_DIR_LTR, test_keys);
  add ("/desk/chart/keys-mirrored", GTK_TEXT_DIR_RTL, test_keys);
  add ("/desk/chart/parts", GTK_TEXT_DIR_LTR, test_parts);
  add ("/desk/chart/stays", GTK_TEXT_DIR_LTR, test_stays);
  add ("/desk/chart/empty", GTK_TEXT_DIR_RTL, test_empty);
  return g_test_run ();
}
