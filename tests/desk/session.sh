#!/bin/sh
# session.sh COMMAND…: run COMMAND with a screen, a session bus and folders of its own, so that
# nothing of the person's session is seen or touched, and many can run at once.
#   SCREEN  the screen's size, 1366x768
#   WM      a window manager; none is enough to drive windows, metacity makes true pictures
set -eu

session=$(mktemp -d)
x_server=
# shellcheck disable=SC2317  # the trap calls it
end () {
  [ -z "$x_server" ] || kill "$x_server" 2>/dev/null || true
  [ -z "$x_server" ] || wait "$x_server" 2>/dev/null || true
  rm -rf "$session"
}
trap end EXIT
trap 'exit 143' HUP INT TERM

for folder in home runtime config cache data state; do
  mkdir -m 700 "$session/$folder"
done
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS AT_SPI_BUS_ADDRESS XAUTHORITY GTK_A11Y
export HOME="$session/home" XDG_RUNTIME_DIR="$session/runtime" XDG_CONFIG_HOME="$session/config" \
  XDG_CACHE_HOME="$session/cache" XDG_DATA_HOME="$session/data" XDG_STATE_HOME="$session/state" \
  LANG="${LANG:-C.UTF-8}" GSETTINGS_BACKEND=memory GDK_BACKEND=x11 \
  GSK_RENDERER="${GSK_RENDERER:-cairo}" GDK_DEBUG="${GDK_DEBUG:-gl-disable}"

# Without a window manager nobody looks: what moves by itself would only be painted.
if [ "${WM:-none}" = none ]; then
  mkdir "$session/config/gtk-4.0"
  printf '[Settings]\ngtk-enable-animations=false\ngtk-cursor-blink=false\n' \
    >"$session/config/gtk-4.0/settings.ini"
fi

# No keyring but the one that a test starts: D-Bus would start the machine's, which asks for a password.
mkdir -p "$session/data/dbus-1/services"
printf '[D-BUS Service]\nName=org.freedesktop.secrets\nExec=/bin/false\n' \
  >"$session/data/dbus-1/services/org.freedesktop.secrets.service"

# The server picks a free number and writes it when it is ready.
mkfifo "$session/number"
Xvfb -displayfd 3 -screen 0 "${SCREEN:-1366x768}x24" -nolisten tcp -noreset \
  3>"$session/number" 2>"$session/x.log" &
x_server=$!
read -r number <"$session/number" || { cat "$session/x.log" >&2; exit 1; }
export DISPLAY=":$number"

# With Arabic letters in the keymap, typing Arabic needs no remapping, which loses letters.
setxkbmap -layout us,ara -option grp:alt_shift_toggle

# What the buses and the window manager say stays out of the command's output.
exec 4>&1 5>&2
status=0
# shellcheck disable=SC2016  # for the inner shell
WM="${WM:-none}" dbus-run-session -- sh -c '
  if [ "$WM" != none ]; then
    "$WM" 4>&- 5>&- &
    tries=0
    until xdotool get_num_desktops >/dev/null || [ $((tries += 1)) -gt 100 ]; do
      sleep 0.1
    done
  fi
  exec "$@" >&4 2>&5 4>&- 5>&-' sh "$@" >"$session/bus.log" 2>&1 || status=$?
exit $status
