#include <adwaita.h>
#include <gtk/gtk.h>
#include <libsoup/soup.h>
