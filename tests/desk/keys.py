"""What is done by keys alone: the table of keys, the palette, and what the ways to give the commands
have in common."""
import csv
import functools
import json
import os
import subprocess
import time
from pathlib import Path

from floor import LONG
from uidrive import (children, find, find_all, has_state, key, labels, move_focus, name, role,
                     type_text, wait_for)

NABIL = "نبيل الجديد"
NOTE = "بالأزرار وحدها"
SECRET = "a secret of my own"


class Key:
    """A line of the table of keys."""

    def __init__(self, line):
        self.trigger, self.action, count, self.title = line.split("\t")
        self.count = int(count)

    def press(self, number=0):
        """As xdotool writes it: <Control>Return|<Control>KP_Enter is ctrl+Return."""
        pressed = self.trigger.split("|")[0]
        for word in "Control", "Shift", "Alt":
            pressed = pressed.replace(f"<{word}>", "ctrl+" if word == "Control" else f"{word.lower()}+")
        if self.count > 1:
            pressed = pressed[:-1] + str(int(pressed[-1]) + number)
        key(pressed)


@functools.cache
def table():
    lines = subprocess.run([os.environ["MUTABAA_KEYS"]], check=True, capture_output=True, text=True)
    return {one.action: one for one in map(Key, lines.stdout.splitlines())}


def do(action):
    """By its key, as the table has it."""
    table()[action].press()


def by_palette(desk, title):
    """What has no key of its own, or is done by the palette as well."""
    do("win.palette")
    palette = desk.other_window("the palette")
    desk.focus_is(desk.words("Find or do anything"), root=palette)
    type_text(desk.words(title))
    wait_for(lambda: any(desk.words(title) in labels(row) for row in find_all(palette, "list item")
                         if has_state(row, "selected")), title, LONG)
    key("Return")
    wait_for(lambda: all(name(top) != desk.words("Find or Do Anything")
                         for top in children(desk.app)), "the end of the palette", LONG)


def alone(desk):
    wait_for(lambda: desk.app.get_child_count() == 1, "the end of the other window", LONG)


def close_other(desk):
    key("Escape")
    alone(desk)


def press(desk, title, root=None):
    """A button, by Tab and the space bar."""
    desk.go_to(title, root)
    key("space")


def answer(desk, title):
    """What cannot be undone is not the answer that Return gives."""
    press(desk, title, desk.other_window("a question"))
    alone(desk)


def write(desk, title, words):
    """In the place of what stands there."""
    desk.go_to(title)
    key("ctrl+a")
    type_text(words)


def choose_row(desk, title, words=None):
    """Go into a list, and down to the row with these words, or to the first."""
    desk.go_into(title)
    key("Home")
    for _ in range(60):
        if words is None or any(words in label for label in labels(desk.focused())):
            return
        key("Down")
    raise AssertionError((title, words))


def choose_password():
    """From where the new one goes; Return leads from one to the next."""
    type_text(SECRET)
    key("Return")
    type_text(SECRET)
    key("Return")


def set_teams(desk, floor, team, other_name):
    write(desk, "A new team's name", team)
    press(desk, "Add Team")
    floor.eventually(1, "SELECT count(*) FROM team WHERE name = ?", team)
    desk.wait_for_row("Teams", team)
    choose_row(desk, "Teams")
    write(desk, "Team's name", other_name)
    press(desk, "Rename")
    floor.eventually(1, "SELECT count(*) FROM team WHERE name = ?", other_name)
    choose_row(desk, "People of the team")
    before = floor.rows("SELECT username, team_id FROM person ORDER BY username")
    choose(desk, find(desk.find("filler", "MtbTeamsPanel"), "combo box", timeout=LONG), "End")
    press(desk, "Move")
    wait_for(lambda: floor.rows("SELECT username, team_id FROM person ORDER BY username") != before,
             "somebody in another team", LONG)


def choose(desk, combo, *keys):
    """What GTK focuses of a drop-down has no name."""
    for _ in range(40):
        if desk.focused(combo):
            break
        move_focus()
    key("space", *keys, "Return")


def leave_note(desk, floor):
    desk.go("Records of Calls")
    choose_row(desk, "Records of calls")
    find(desk.record(), "text", desk.words("A note for whose record it is"), timeout=LONG)
    desk.go_to("A note for whose record it is")
    type_text(NOTE)
    do("page.save")
    floor.eventually(True, "SELECT count(*) > 0 FROM note WHERE text = ?", NOTE)


def save_list(desk, floor, listed):
    """Down to the file, whose lines are returned, and to the entry of the audit trail."""
    path = Path(floor.folder.name, f"{listed}-{desk.words.language}.csv")
    do("page.export")
    chooser = desk.other_window("the file chooser")
    wait_for(lambda: (node := desk.focused(chooser)) and role(node) == "text", "the name", LONG)
    key("ctrl+a")
    type_text(str(path))
    key("Return")
    desk.hears(desk.words("The list was saved"))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    entry = desk.person, listed, "csv", len(rows) - 1
    wait_for(lambda: entry in exports(floor), f"an entry {entry}", LONG)
    return rows


def exports(floor):
    for person, payload in floor.rows("SELECT p.username, c.payload FROM command c JOIN person p"
                                      " ON p.id = c.person_id WHERE c.type = 'list.export'"):
        said = json.loads(payload)
        yield person, said["list"], said["format"], said["n_rows"]


def taken_call(number, telephone):
    """As the PBX writes it down: rima spoke for a minute and a half."""
    start = int(time.time()) - 900
    return (f"{start}|{number}|support|NONE|ENTERQUEUE||{telephone}|1\n"
            f"{start + 9}|{number}|support|rima|CONNECT|9|x|3\n"
            f"{start + 99}|{number}|support|rima|COMPLETECALLER|9|90|1\n")


def give_all(floor, ways):
    """Takes each way, in both languages by turns, and sees that it gives what it is a way to."""
    for number, ((person, way), kinds) in enumerate(ways.items()):
        before = given(floor, person)
        with floor.open(f"way-{person}", "ar" if number % 2 else "en") as desk:
            desk.sign_in(person)
            way(desk, floor)
        wait_for(lambda: all(given(floor, person).get(kind, 0) > before.get(kind, 0)
                             for kind in kinds), f"{kinds} of {person}", LONG)


def given(floor, person):
    return dict(floor.rows("SELECT c.type, count(*) FROM command c JOIN person p"
                           " ON p.id = c.person_id WHERE p.username = ? AND c.status = 'applied'"
                           " GROUP BY c.type", person))
