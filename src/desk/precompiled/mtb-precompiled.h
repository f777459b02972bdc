/* Read once for all of desk/, since it is long; each file includes nonetheless what it uses. */
#include <adwaita.h>
