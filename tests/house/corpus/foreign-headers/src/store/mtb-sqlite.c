#include <sqlite3.h>
#include <libsoup/soup.h>
