/* A list that leaves a desk: anybody may, offline too, and no row follows from it. */

#include "mtb-export.h"
#include "mtb-test-department.h"

static MtbListExport *
take_out (const char *list, gint64 format, gint64 n_rows)
{
  MtbListExport *arguments = mtb_record_new (&mtb_list_export.shape);

  arguments->id = g_strdup (mtb_test_id ("export"));
  arguments->list = g_strdup (list);
  arguments->format = format;
  arguments->n_rows = n_rows;
  return arguments;
}

static void
test_export (void)
{
  MtbTestDepartment *department = mtb_test_department_new ();

  mtb_test_accept (department, "agent", take_out ("records", MTB_EXPORT_CSV, 0));
  mtb_test_accept (department, "supervisor", take_out ("records", MTB_EXPORT_PAPER, 24000));
  g_assert_false (mtb_command_is_online_only (&mtb_list_export));
  mtb_test_refuse (department, "agent", take_out (NULL, MTB_EXPORT_PDF, 3), MTB_ERROR_INVALID,
                   "list");
  mtb_test_refuse (department, "agent", take_out ("records", 3, 3), MTB_ERROR_INVALID, "format");
  mtb_test_refuse (department, "agent", take_out ("records", MTB_EXPORT_PDF, -1), MTB_ERROR_INVALID,
                   "n_rows");
  mtb_test_department_free (department);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/leaves-an-entry", test_export);
  return g_test_run ();
}
