#include "mtb-id.h"
#include "mtb-person.h"
#include "mtb-queue-log-file.h"
#include "mtb-queue-log.h"
#include "mtb-test-connector.h"

#include <glib/gstdio.h>
#include <utime.h>

#define ENTER(second, call) "17953859" second "|" call "|support|NONE|ENTERQUEUE||0114018827|1\n"
#define LEAVE(second, call) "17953859" second "|" call "|support|NONE|ABANDON|1|1|5\n"

#define N_CALLS "SELECT COUNT(*) FROM pbx_call"
#define N_EVENTS "SELECT COUNT(*) FROM pbx_event"
#define N_ABANDONED N_CALLS " WHERE outcome = 'abandoned'"
#define SEQ "SELECT seq FROM head"

static void
read_file (MtbTestConnector *self, MtbQueueLogFile *file)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (mtb_queue_log_file_read (file, self->batch, &error));
  g_assert_no_error (error);
}

/* Reads a file from its beginning, as a program does that was just started. */
static void
read_afresh (MtbTestConnector *self, const char *path)
{
  g_autoptr (MtbQueueLogFile) file = mtb_queue_log_file_new (path, "pbx");

  read_file (self, file);
}

static void
test_growing (MtbTestConnector *self, gconstpointer data)
{
  g_autoptr (MtbQueueLogFile) file = mtb_queue_log_file_new (self->path, "pbx");

  mtb_test_write (self->path, ENTER ("10", "1.0"));
  read_file (self, file);
  mtb_test_check_counts (self, 1, 0, 0);
  read_file (self, file);
  mtb_test_check_counts (self, 0, 0, 0);
  mtb_test_append (self->path, LEAVE ("15", "1.0") ENTER ("16", "2.0"));
  read_file (self, file);
  mtb_test_check_counts (self, 2, 0, 0);
  g_assert_cmpint (mtb_test_number (self, N_CALLS), ==, 2);
  g_assert_cmpint (mtb_test_number (self, N_ABANDONED), ==, 1);
}

static void
test_line_without_end_waits (MtbTestConnector *self, gconstpointer data)
{
  g_autoptr (MtbQueueLogFile) file = mtb_queue_log_file_new (self->path, "pbx");

  mtb_test_write (self->path, ENTER ("10", "1.0") "1795385915|1.0|support|NONE|ABAN");
  read_file (self, file);
  mtb_test_check_counts (self, 1, 0, 0);
  g_assert_true (mtb_queue_log_file_is_waiting (file));
  mtb_test_append (self->path, "DON|1|1|5");
  read_file (self, file);
  mtb_test_check_counts (self, 0, 0, 0);
  mtb_test_append (self->path, "\n");
  read_file (self, file);
  mtb_test_check_counts (self, 1, 0, 0);
  g_assert_false (mtb_queue_log_file_is_waiting (file));
  g_assert_cmpint (mtb_test_number (self, N_ABANDONED), ==, 1);
}

/* The old file may still be written into until the PBX has let go of it. */
static void
test_rotated (MtbTestConnector *self, gconstpointer data)
{
  g_autoptr (MtbQueueLogFile) file = mtb_queue_log_file_new (self->path, "pbx");
  g_autofree char *old = g_strdup_printf ("%s.1", self->path);

  mtb_test_write (self->path, ENTER ("10", "1.0"));
  read_file (self, file);
  mtb_test_check_counts (self, 1, 0, 0);
  g_assert_cmpint (g_rename (self->path, old), ==, 0);
  read_file (self, file);
  mtb_test_append (old, LEAVE ("15", "1.0"));
  mtb_test_write (self->path, "");
  read_file (self, file);
  mtb_test_check_counts (self, 1, 0, 0);
  mtb_test_append (old, ENTER ("16", "2.0"));
  mtb_test_append (self->path, LEAVE ("17", "2.0"));
  read_file (self, file);
  mtb_test_check_counts (self, 2, 0, 0);
  mtb_test_append (self->path, ENTER ("18", "3.0"));
  read_file (self, file);
  mtb_test_check_counts (self, 1, 0, 0);
  g_assert_cmpint (mtb_test_number (self, N_ABANDONED), ==, 2);
  g_assert_cmpint (mtb_test_number (self, N_EVENTS), ==, 0);
}

static void
test_rotated_in_the_middle_of_a_line (MtbTestConnector *self, gconstpointer data)
{
  g_autoptr (MtbQueueLogFile) file = mtb_queue_log_file_new (self->path, "pbx");
  g_autofree char *old = g_strdup_printf ("%s.1", self->path);

  mtb_test_write (self->path, ENTER ("10", "1.0") "1795385911|2.0|supp");
  read_file (self, file);
  g_assert_cmpint (g_rename (self->path, old), ==, 0);
  mtb_test_write (self->path, LEAVE ("15", "1.0"));
  read_file (self, file);
  mtb_test_check_rejection (self, 0, 2, "event");
  mtb_test_check_counts (self, 2, 0, 1);
}

static void
test_cut_off (MtbTestConnector *self, gconstpointer data)
{
  g_autoptr (MtbQueueLogFile) file = mtb_queue_log_file_new (self->path, "pbx");

  mtb_test_write (self->path, ENTER ("10", "1.0") ENTER ("11", "2.0"));
  read_file (self, file);
  mtb_test_check_counts (self, 2, 0, 0);
  mtb_test_write (self->path, LEAVE ("15", "1.0"));
  read_file (self, file);
  mtb_test_check_counts (self, 1, 0, 0);
  g_assert_cmpint (mtb_test_number (self, N_ABANDONED), ==, 1);
}

/* Cut off and grown again beyond where it was, between two looks. */
static void
test_begun_again_and_longer (MtbTestConnector *self, gconstpointer data)
{
  g_autoptr (MtbQueueLogFile) file = mtb_queue_log_file_new (self->path, "pbx");

  mtb_test_write (self->path, ENTER ("10", "1.0"));
  read_file (self, file);
  mtb_test_check_counts (self, 1, 0, 0);
  mtb_test_write (self->path, LEAVE ("15", "1.0") ENTER ("16", "2.0") LEAVE ("19", "2.0"));
  read_file (self, file);
  mtb_test_check_counts (self, 3, 0, 0);
  g_assert_cmpint (mtb_test_number (self, N_ABANDONED), ==, 2);
}

/* Put back from a copy: the same lines once more, and some new ones. */
static void
test_written_anew (MtbTestConnector *self, gconstpointer data)
{
  g_autoptr (MtbQueueLogFile) file = mtb_queue_log_file_new (self->path, "pbx");

  mtb_test_write (self->path, ENTER ("10", "1.0") LEAVE ("15", "1.0"));
  read_file (self, file);
  mtb_test_check_counts (self, 2, 0, 0);
  g_assert_cmpint (g_unlink (self->path), ==, 0);
  mtb_test_write (self->path, ENTER ("10", "1.0") LEAVE ("15", "1.0") ENTER ("16", "2.0"));
  read_file (self, file);
  mtb_test_check_counts (self, 1, 2, 0);
}

static void
test_second_reading_adds_nothing (MtbTestConnector *self, gconstpointer data)
{
  g_autofree char *other = g_strdup_printf ("%s.1", self->path);
  gint64 seq;

  mtb_test_write (self->path, ENTER ("10", "1.0") LEAVE ("15", "1.0") ENTER ("16", "2.0"));
  read_afresh (self, self->path);
  mtb_test_check_counts (self, 3, 0, 0);
  seq = mtb_test_number (self, SEQ);
  read_afresh (self, self->path);
  mtb_test_check_counts (self, 0, 3, 0);
  g_assert_cmpint (g_rename (self->path, other), ==, 0);
  read_afresh (self, other);
  mtb_test_check_counts (self, 0, 3, 0);
  g_assert_cmpint (mtb_test_number (self, SEQ), ==, seq);
}

static void
test_another_source_is_another (MtbTestConnector *self, gconstpointer data)
{
  g_autoptr (MtbQueueLogFile) file = mtb_queue_log_file_new (self->path, "branch");

  mtb_test_write (self->path, ENTER ("10", "1.0"));
  read_afresh (self, self->path);
  read_file (self, file);
  mtb_test_check_counts (self, 2, 0, 0);
  g_assert_cmpint (mtb_test_number (self, N_CALLS), ==, 2);
  g_assert_cmpint (mtb_test_number (self, "SELECT COUNT(*) FROM pbx_source"), ==, 1);
  mtb_test_append (self->path, "1795385920|NONE|NONE|NONE|QUEUESTART|\n");
  read_file (self, file);
  g_assert_cmpint (mtb_test_number (self, N_CALLS " WHERE outcome = 'lost'"), ==, 1);
}

/* Lines did not always say which PBX they are of. */
static void
test_taken_by_an_older_program (MtbTestConnector *self, gconstpointer data)
{
  const char *line = "1795385910|1.0|support|NONE|ENTERQUEUE||0114018827|1";
  g_autoptr (MtbQueueLogFile) file = mtb_queue_log_file_new (self->path, "branch");
  MtbPbxObserve *observed = mtb_queue_log_parse (line, NULL);

  observed->id = mtb_id_derive ("pbx.observe", "branch", line, "0", NULL);
  g_assert_true (mtb_batch_begin_line (self->batch, 1, NULL));
  mtb_batch_add (self->batch, mtb_envelope_new (observed, observed->id, 0, 0), MTB_PERSON_PBX);
  g_assert_true (mtb_batch_flush (self->batch, NULL));
  mtb_test_check_counts (self, 1, 0, 0);
  mtb_test_write (self->path, ENTER ("10", "1.0"));
  read_file (self, file);
  mtb_test_check_counts (self, 0, 1, 0);
  g_assert_cmpint (mtb_test_number (self, N_CALLS), ==, 1);
}

/* The very same line twice is two things; a third later on is a third. */
static void
test_same_lines (MtbTestConnector *self, gconstpointer data)
{
  const char *line = "1795385910|1.0|support|lina|RINGNOANSWER|1000\n";

  mtb_test_write (self->path, line);
  mtb_test_append (self->path, line);
  read_afresh (self, self->path);
  mtb_test_check_counts (self, 2, 0, 0);
  mtb_test_append (self->path, line);
  read_afresh (self, self->path);
  mtb_test_check_counts (self, 1, 2, 0);
  g_assert_cmpint (mtb_test_number (self, N_EVENTS), ==, 3);
}

static void
test_bad_lines (MtbTestConnector *self, gconstpointer data)
{
  g_autofree char *long_name = g_strnfill (200, 'q');
  g_autofree char *long_line =
    g_strdup_printf ("1795385911|1.0|%s|NONE|ENTERQUEUE||1|1\n", long_name);

  mtb_test_write (self->path, ENTER ("10", "1.0") "what is this\n\n");
  mtb_test_append (self->path, long_line);
  mtb_test_append (self->path, "soon|1.0|support|NONE|ABANDON|1|1|5\n" LEAVE ("15", "1.0"));
  read_afresh (self, self->path);
  mtb_test_check_rejection (self, 0, 2, "event");
  mtb_test_check_rejection (self, 1, 4, "queue");
  mtb_test_check_rejection (self, 2, 5, "happened_at");
  mtb_test_check_counts (self, 2, 0, 3);
}

static void
test_lines_may_end_as_elsewhere (MtbTestConnector *self, gconstpointer data)
{
  mtb_test_write (self->path, "1795385910|1.0|support|NONE|DID|0119999\r\n\r\n");
  read_afresh (self, self->path);
  mtb_test_check_counts (self, 1, 0, 0);
  g_assert_cmpint (mtb_test_number (self, N_EVENTS " WHERE data = '0119999||||'"), ==, 1);
}

static void
test_no_log_at_all (MtbTestConnector *self, gconstpointer data)
{
  g_autoptr (MtbQueueLogFile) folder = mtb_queue_log_file_new (self->folder, "pbx");
  g_autoptr (MtbQueueLogFile) missing = mtb_queue_log_file_new (self->path, "pbx");
  g_autofree char *endless = g_strnfill (300000, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_false (mtb_queue_log_file_read (missing, self->batch, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_false (mtb_queue_log_file_read (folder, self->batch, &error));
  g_assert_error (error, MTB_ERROR, MTB_ERROR_INVALID);
  g_clear_error (&error);
  mtb_test_write (self->path, endless);
  read_file (self, missing);
  g_assert_cmpuint (self->batch->rejections->len, >, 0);
  g_assert_cmpuint (self->batch->n_applied, ==, 0);
}

#define MANY 4000

static void
write_many (MtbTestConnector *self, guint from, guint to)
{
  GString *text = g_string_new (NULL);

  for (guint i = from; i < to; i++)
    g_string_append_printf (text, "%u|%u.0|support|NONE|ENTERQUEUE||0114018827|1\n", 1795385910 + i,
                            i);
  mtb_test_append (self->path, text->str);
  g_string_free (text, TRUE);
}

/* A program that starts again and follows does not judge the whole file again, and misses nothing. */
static void
test_restarted (MtbTestConnector *self, gconstpointer data)
{
  gint64 seq;

  write_many (self, 0, MANY);
  read_afresh (self, self->path);
  mtb_test_check_counts (self, MANY, 0, 0);
  seq = mtb_test_number (self, SEQ);
  mtb_batch_skip_known (self->batch);
  read_afresh (self, self->path);
  mtb_test_check_counts (self, 0, MANY, 0);
  g_assert_cmpint (mtb_test_number (self, SEQ), ==, seq);
  write_many (self, MANY, MANY + 1500);
  mtb_batch_skip_known (self->batch);
  read_afresh (self, self->path);
  mtb_test_check_counts (self, 1500, MANY, 0);
  g_assert_cmpint (mtb_test_number (self, N_CALLS), ==, MANY + 1500);
}

static void
age (const char *path, time_t seconds)
{
  struct utimbuf times = { seconds, seconds };

  g_assert_cmpint (g_utime (path, &times), ==, 0);
}

/* Reads as a program does that was just started and follows. */
static gboolean
follow_afresh (MtbTestConnector *self, GError **error)
{
  g_autoptr (MtbQueueLogFile) file = mtb_queue_log_file_new (self->path, "pbx");

  mtb_queue_log_file_follow (file);
  return mtb_queue_log_file_read (file, self->batch, error);
}

/* Whatever it was rotated into, nothing new is read before all that is older was taken. */
static void
test_left_behind (MtbTestConnector *self, gconstpointer data)
{
  g_autofree char *older = g_strconcat (self->path, ".2", NULL);
  g_autofree char *newer = g_strconcat (self->path, "-20261128", NULL);

  mtb_test_write (older, ENTER ("10", "1.0"));
  read_afresh (self, older);
  mtb_test_check_counts (self, 1, 0, 0);
  mtb_test_append (older, ENTER ("11", "2.0"));
  mtb_test_write (newer, LEAVE ("15", "1.0"));
  mtb_test_write (self->path, LEAVE ("16", "2.0"));
  age (older, 1000);
  age (newer, 2000);
  g_assert_true (follow_afresh (self, NULL));
  mtb_test_check_counts (self, 3, 1, 0);
  g_assert_cmpint (mtb_test_number (self, N_ABANDONED), ==, 2);
  g_assert_cmpint (mtb_test_number (self, N_EVENTS), ==, 0);
  g_assert_true (follow_afresh (self, NULL));
  mtb_test_check_counts (self, 0, 1, 0);
}

/* What cannot be looked up may have been taken. */
static void
test_left_behind_and_not_known (MtbTestConnector *self, gconstpointer data)
{
  g_autofree char *old = g_strconcat (self->path, ".1", NULL);
  MtbStore *store = mtb_authority_get_store (self->authority);
  g_autoptr (GError) error = NULL;

  mtb_test_write (old, ENTER ("10", "1.0"));
  read_afresh (self, old);
  mtb_test_check_counts (self, 1, 0, 0);
  mtb_test_append (old, ENTER ("11", "2.0"));
  mtb_test_write (self->path, LEAVE ("15", "1.0"));
  g_assert_true (mtb_store_execute (store, "ALTER TABLE command RENAME TO away", NULL));
  g_assert_false (follow_afresh (self, &error));
  g_assert_nonnull (error);
  g_assert_true (mtb_store_execute (store, "ALTER TABLE away RENAME TO command", NULL));
  g_assert_true (follow_afresh (self, NULL));
  mtb_test_check_counts (self, 2, 1, 0);
}

/* A program that follows and can write nothing meanwhile. */
static void
test_rotated_twice (MtbTestConnector *self, gconstpointer data)
{
  g_autoptr (MtbQueueLogFile) file = mtb_queue_log_file_new (self->path, "pbx");
  g_autofree char *older = g_strconcat (self->path, ".2", NULL);
  g_autofree char *newer = g_strconcat (self->path, ".1", NULL);

  mtb_queue_log_file_follow (file);
  mtb_test_write (self->path, ENTER ("10", "1.0"));
  read_file (self, file);
  mtb_test_append (self->path, ENTER ("11", "2.0"));
  g_assert_cmpint (g_rename (self->path, older), ==, 0);
  mtb_test_write (newer, LEAVE ("15", "1.0"));
  age (older, 1000);
  age (newer, 2000);
  mtb_test_write (self->path, LEAVE ("16", "2.0"));
  read_file (self, file);
  mtb_test_check_counts (self, 4, 0, 0);
  g_assert_cmpint (mtb_test_number (self, N_ABANDONED), ==, 2);
}

/* As logrotate does with `copytruncate`. */
static void
test_copied_and_cut_off (MtbTestConnector *self, gconstpointer data)
{
  g_autoptr (MtbQueueLogFile) file = mtb_queue_log_file_new (self->path, "pbx");
  g_autofree char *copy = g_strconcat (self->path, ".1", NULL);

  mtb_queue_log_file_follow (file);
  mtb_test_write (self->path, ENTER ("10", "1.0") ENTER ("11", "2.0"));
  read_file (self, file);
  mtb_test_check_counts (self, 2, 0, 0);
  mtb_test_write (copy, ENTER ("10", "1.0") ENTER ("11", "2.0") LEAVE ("15", "1.0"));
  mtb_test_write (self->path, LEAVE ("16", "2.0"));
  read_file (self, file);
  mtb_test_check_counts (self, 2, 2, 0);
  g_assert_cmpint (mtb_test_number (self, N_ABANDONED), ==, 2);
}

/* What has not been followed before begins with the present. */
static void
test_first_followed (MtbTestConnector *self, gconstpointer data)
{
  g_autofree char *old = g_strconcat (self->path, ".1", NULL);

  mtb_test_write (old, ENTER ("10", "1.0"));
  mtb_test_write (self->path, ENTER ("11", "2.0"));
  g_assert_true (follow_afresh (self, NULL));
  mtb_test_check_counts (self, 1, 0, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  MTB_TEST_ADD ("/connectors/queue-log-file/growing", test_growing);
  MTB_TEST_ADD ("/connectors/queue-log-file/waiting", test_line_without_end_waits);
  MTB_TEST_ADD ("/connectors/queue-log-file/rotated", test_rotated);
  MTB_TEST_ADD ("/connectors/queue-log-file/rotated-in-line", test_rotated_in_the_middle_of_a_line);
  MTB_TEST_ADD ("/connectors/queue-log-file/cut-off", test_cut_off);
  MTB_TEST_ADD ("/connectors/queue-log-file/begun-again", test_begun_again_and_longer);
  MTB_TEST_ADD ("/connectors/queue-log-file/written-anew", test_written_anew);
  MTB_TEST_ADD ("/connectors/queue-log-file/second-reading", test_second_reading_adds_nothing);
  MTB_TEST_ADD ("/connectors/queue-log-file/another-source", test_another_source_is_another);
  MTB_TEST_ADD ("/connectors/queue-log-file/older-program", test_taken_by_an_older_program);
  MTB_TEST_ADD ("/connectors/queue-log-file/same-lines", test_same_lines);
  MTB_TEST_ADD ("/connectors/queue-log-file/bad-lines", test_bad_lines);
  MTB_TEST_ADD ("/connectors/queue-log-file/line-ends", test_lines_may_end_as_elsewhere);
  MTB_TEST_ADD ("/connectors/queue-log-file/no-log", test_no_log_at_all);
  MTB_TEST_ADD ("/connectors/queue-log-file/restarted", test_restarted);
  MTB_TEST_ADD ("/connectors/queue-log-file/left-behind", test_left_behind);
  MTB_TEST_ADD ("/connectors/queue-log-file/left-behind-and-not-known",
                test_left_behind_and_not_known);
  MTB_TEST_ADD ("/connectors/queue-log-file/rotated-twice", test_rotated_twice);
  MTB_TEST_ADD ("/connectors/queue-log-file/copied-and-cut-off", test_copied_and_cut_off);
  MTB_TEST_ADD ("/connectors/queue-log-file/first-followed", test_first_followed);
  return g_test_run ();
}
