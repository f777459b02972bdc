#!/usr/bin/python3
"""What `meson install` leaves is whole and runs where it lies: test-installed.py SOURCE BUILD."""
import configparser
import gettext
import os
import subprocess
import sys
import tempfile
from fnmatch import fnmatch
from pathlib import Path

SOURCE, BUILD = sys.argv[1:]
sys.path += [f"{SOURCE}/tests/desk", f"{SOURCE}/tests/server"]

from gi.repository import Gio, GLib  # noqa: E402
from department import Department, password_of  # noqa: E402
from uidrive import Program, find, find_all, has_state, key, name, type_text, wait_for  # noqa: E402

LONG = 30.0
FINDER = "Find a customer by name, telephone, user name or account number"
PROGRAMS = {"mutabaa", "mutabaa-server", "mutabaactl"}
APP = "org.mutabaa.Mutabaa"


def install(folder):
    """The prefix, somewhere else than it was configured to be, as in a package's making."""
    subprocess.run(["meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", folder],
                   check=True, stdout=subprocess.DEVNULL)
    desk, = Path(folder).rglob("bin/mutabaa")
    prefix = desk.parent.parent
    schemas = prefix / "share/glib-2.0/schemas"
    if schemas.is_dir():  # what is done for a package when it is unpacked
        subprocess.run(["glib-compile-schemas", "--strict", schemas], check=True)
    return prefix


def check_files(prefix):
    """Only what is for use, and nothing that needs the machine it was built on."""
    assert {path.name for path in (prefix / "bin").iterdir()} == PROGRAMS
    files = [path for path in prefix.rglob("*") if path.is_file()]
    strange = [path for path in files if path.suffix in {".a", ".h", ".pc", ".py", ".la"}]
    assert not strange, strange
    for path in files:
        if path.parent.name == "bin":
            stripped = Path(prefix, path.name)
            subprocess.run(["strip", "-o", stripped, path], check=True)
            path = stripped
        data = path.read_bytes()
        for folder in SOURCE, BUILD:
            assert folder.encode() not in data, f"{path} names {folder}"


def check_packages(prefix):
    """Each file is in one of Debian's packages, and they ask for nothing that is not there."""
    files = [path.relative_to(prefix).as_posix() for path in prefix.rglob("*") if path.is_file()]
    files = [path if path.startswith("etc/") else "usr/" + path for path in files]
    wanted = [line.split()[0] for path in Path(SOURCE, "data/debian").glob("*.install")
              for line in path.read_text().splitlines()]
    taken = {want: [path for path in files if fnmatch(path, want) or path.startswith(want + "/")]
             for want in wanted}
    left = set(files).difference(*taken.values())
    assert not left, f"in no package: {left}"
    idle = [want for want in wanted if not taken[want]]
    assert not idle, f"packages ask for what is not installed: {idle}"


def check_tool(prefix, words):
    helped = subprocess.run([prefix / "bin/mutabaactl", "--help"], check=True, text=True,
                            capture_output=True, env={**os.environ, "LANGUAGE": "ar"}).stdout
    assert words("Add a person") in helped, helped


def offered_actions(prefix):
    launcher = configparser.RawConfigParser()
    launcher.read(prefix / f"share/applications/{APP}.desktop", encoding="utf-8")
    return launcher["Desktop Entry"]["Actions"].rstrip(";").split(";")


def launch(action):
    """What a launcher does with one of the desktop file's actions."""
    Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
        APP, "/" + APP.replace(".", "/"), "org.freedesktop.Application", "ActivateAction",
        GLib.Variant("(sava{sv})", (action, [], {})), None, Gio.DBusCallFlags.NONE, 10_000)


def focus_is(window, title):
    wait_for(lambda: any(name(node) == title for node in find_all(window)
                         if has_state(node, "focused")), f"the focus on {title}", LONG)


def check_desk(prefix, department, words):
    """Signs in, in Arabic, and follows each action that the launcher offers."""
    with Program([prefix / "bin/mutabaa", "--server", department.url]) as desk:
        window = find(desk.app, "frame", timeout=LONG)
        focus_is(window, words("User name"))
        type_text("rima")
        key("Tab")
        type_text(password_of("rima"))
        key("Return")
        find(window, "list", words("Places"), timeout=LONG)
        key("F10", "Escape")  # away from where one searches
        effects = {
            "find": lambda: focus_is(window, words(FINDER)),
            "new-call": lambda: find(window, "label", words("On a call"), timeout=LONG),
        }
        for action in offered_actions(prefix):
            launch(action)
            effects[action]()


def main():
    for variable in "MUTABAA_LOCALEDIR", "GSETTINGS_SCHEMA_DIR", "XDG_DATA_DIRS":
        os.environ.pop(variable, None)
    with tempfile.TemporaryDirectory(prefix="mutabaa-install-") as folder:
        prefix = install(folder)
        os.environ["MUTABAA_SERVER"] = str(prefix / "bin/mutabaa-server")
        os.environ["MUTABAA_CTL"] = str(prefix / "bin/mutabaactl")
        words = gettext.translation("mutabaa", prefix / "share/locale", ["ar"]).gettext
        check_packages(prefix)
        check_files(prefix)
        check_tool(prefix, words)
        with Department(cast={"rima": ("agent", "north", "rima")}) as department:
            check_desk(prefix, department, words)


if __name__ == "__main__":
    main()
