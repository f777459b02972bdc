#include <gio/gio.h>
#  include <sqlite3.h>
#include <libpq-fe.h>
// #include <gtk/gtk.h>
