"""Drive a GTK 4 program from outside, as a person would.

AT-SPI finds and reads, xdotool points and types, ImageMagick takes pictures.  Runs under
session.sh with /usr/bin/python3.  What GTK 4.8 tells assistive technology is not always what
one expects; the function that copes with it says so.
"""
import functools
import os
import re
import subprocess
import tempfile
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

Atspi.init()
Atspi.set_timeout(5000, 15000)

TOP_LEVELS = ("frame", "dialog", "window", "alert")
HEARD_BY_LABELS = ("list item", "table row", "table cell", "tree item", "column header", "filler")
UNHEARD = ("scroll pane", "frame", "GtkColumnListView")
LEAVES = ("label",)
WHOLES = ("combo box", "push button")
CLASS_NAME = re.compile(r"(Gtk|Adw|Mtb)[A-Z]\w+")


class NotFound(Exception):
    """What was looked for did not come in time."""


# What asking comes to while a window is made or goes away.
NOT_YET = (GLib.Error, StopIteration, IndexError, subprocess.CalledProcessError)


# Time


def pump(seconds=0.05):
    """Sleep, while libatspi takes in the events that keep its picture of the tree fresh."""
    context = GLib.MainContext.default()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not context.iteration(False):
            time.sleep(0.005)


def wait_for(check, what, timeout=10.0):
    """The first true answer of check(); a node that went away meanwhile means "not yet".

    It rests as long as it looked: the program is busy answering while one looks.
    """
    end = time.monotonic() + timeout
    while True:
        began = time.monotonic()
        try:
            answer = check()
        except NOT_YET:
            answer = None
        if answer:
            return answer
        if time.monotonic() > end:
            raise NotFound(what)
        pump(min(max(0.05, time.monotonic() - began), 0.5))


# The program


class Program:
    """A program that runs from `with Program([path, …]) as it:` until the end of the block.

    it.app is its accessible root, it.output() all that it has printed, it.status how it ended.
    """

    def __init__(self, command, language="ar", timeout=20.0, **environment):
        self.command = [str(word) for word in command]
        self.environment = {**os.environ, "LANG": "C.UTF-8", "LANGUAGE": language, **environment}
        self.environment.pop("LC_ALL", None)
        self.timeout = timeout
        self.status = None

    def __enter__(self):
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(self.command, env=self.environment, stdout=self.log,
                                        stderr=subprocess.STDOUT)
        try:
            self.app = wait_for(self.look_up, f"the windows of {self.command[0]}", self.timeout)
        except NotFound as error:
            self.end()
            raise NotFound(f"{error}; it printed: {self.output()}") from None
        return self

    def __exit__(self, *error):
        self.end()

    def look_up(self):
        if self.process.poll() is not None:
            raise NotFound(f"{self.command[0]} ended: {self.output()}")
        for app in children(Atspi.get_desktop(0)):
            if app.get_process_id() == self.process.pid and app.get_child_count() > 0:
                return app
        return None

    def output(self):
        self.log.seek(0)
        return self.log.read()

    def end(self, timeout=10.0):
        """Ask the program to end, and make it."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.status = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.status = self.process.wait()

    def wait(self, timeout=10.0):
        """How the program ended by itself."""
        self.status = self.process.wait(timeout)
        return self.status


# The focus


class Focus:
    """Hears where the programs say that the focus is."""

    told = None

    @classmethod
    def hear(cls, event, *_):
        if event.detail1:
            cls.told = event.source


LISTENER = Atspi.EventListener.new(Focus.hear, None)
LISTENER.register("object:state-changed:focused")


# The tree


def children(node):
    """The children, without those that went away while one looked; a label has none."""
    if role(node) in LEAVES:
        return
    for i in range(node.get_child_count()):
        child = node.get_child_at_index(i)
        if child is not None:
            yield child


def shown_children(node):
    """The children, but none of a hidden page of a stack."""
    below = list(children(node))
    return below if role(node) != "panel" or any(map(is_shown, below)) else []


def walk(node, hidden=True):
    """A node and all below it, in the order of the widgets; hidden pages of stacks only where said."""
    rest = [node]
    while rest:
        node = rest.pop()
        yield node
        try:
            below = list(children(node) if hidden else shown_children(node))
        except GLib.Error:
            continue
        rest += reversed(below)


def is_shown(node):
    """Whether it has a size, or is nothing that could have one."""
    try:
        return has_size(node)
    except GLib.Error:
        return True


def parents(node):
    while (node := node.get_parent()) is not None:
        yield node


@functools.cache
def role(node):
    """What it is, which never changes: the program answers each question only once."""
    return node.get_role_name()


def name(node):
    """The name as a person hears it: GTK 4.8 leaves the mnemonic's mark and says some twice."""
    words = (node.get_name() or "").replace("_", "")
    half = len(words) // 2
    if len(words) % 2 and words[half] == " " and words[:half] == words[half + 1:]:
        return words[:half]
    return words


def focused(root):
    """What has the keyboard's focus in a part of a program. All are asked only where what was told of
    it last is not so any more, since that takes long."""
    told = Focus.told
    try:
        if told is not None and has_state(told, "focused") and has_size(told):
            above = [told, *parents(told)]
            if root in above:
                return told
            if any(node in above and role(node) in TOP_LEVELS for node in parents(root)):
                return None
    except GLib.Error:
        pass
    return next((node for node in walk(root, hidden=False)
                 if has_state(node, "focused") and has_size(node)), None)


def labels(node):
    """The labels below: GTK 4.8 gives rows, cells and column titles no name of their own."""
    return [name(n) for n in walk(node) if role(n) == "label"]


def text(node):
    """What is written in an entry or a text view."""
    return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))


def value(node):
    return Atspi.Value.get_current_value(node)


def has_state(node, state):
    return node.get_state_set().contains(getattr(Atspi.StateType, state.upper()))


def extents(node):
    """x, y, width and height in the window; GTK 4 knows no place on the screen."""
    box = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    return box.x, box.y, box.width, box.height


def has_size(node):
    return min(extents(node)[2:]) > 0


# Where an argument has the function's name.
role_of, name_of = role, name


def find_all(root, role=None, name=None, label=None, sized=True):
    """All below a node that fit.

    Without a size are the hidden twins of a dialog's buttons, and pages of a stack.
    """
    for node in walk(root, hidden=not sized):
        try:
            if role is not None and role_of(node) != role:
                continue
            if name is not None and name_of(node) != name:
                continue
            if label is not None and label not in labels(node):
                continue
            if sized and not has_size(node):
                continue
        except GLib.Error:
            continue
        yield node


def find(root, role=None, name=None, label=None, sized=True, timeout=10.0):
    """The first that fits, as soon as it is there."""
    return wait_for(lambda: next(find_all(root, role, name, label, sized), None),
                    f"{role or 'a node'} named {name}, labelled {label}", timeout)


def gone(root, timeout=10.0, **what):
    """Wait until nothing fits any more."""
    wait_for(lambda: not any(find_all(root, **what)), f"the end of {what}", timeout)


def says(root, words, timeout=10.0):
    """Wait for a label that has these words in it: a toast, a status, a total."""
    return wait_for(lambda: next((n for n in find_all(root, "label") if words in name(n)), None),
                    f"a label with “{words}”", timeout)


def page(window, title):
    """A page of a stack: those that are hidden stay in the tree, so search in the right one."""
    return find(window, "panel", title, sized=False)


def nameless(root):
    """The nodes that keys can reach and a screen reader has no word for, as a path each.

    A class's name is no word.  A row or a cell is heard by the labels in it, the parts of a
    drop-down or a menu button by the name of the whole.  Keys reach no hidden page of a stack.
    """
    found = []

    def look(node, part):
        whole = role(node) in WHOLES
        asked = not part and role(node) not in UNHEARD and has_state(node, "focusable")
        word = name(node) if whole or asked else ""
        named = bool(word) and not CLASS_NAME.fullmatch(word)
        if asked and not named and word not in UNHEARD:
            if has_size(node) and not heard_by_labels(node):
                found.append(where(node))
        for child in shown_children(node):
            look(child, part or named and whole)

    look(root, False)
    return found


def heard_by_labels(node):
    return role(node) in HEARD_BY_LABELS and any(labels(node))


def where(node):
    """A node and what it is in, from the window down, to find it in the sources."""
    chain = [node]
    for parent in parents(node):
        chain.insert(0, parent)
        if role(parent) in TOP_LEVELS:
            break
    return " / ".join(f"{role(n)} “{name(n)}”" if name(n) else role(n) for n in chain)


# Acts


def actions(node):
    return [Atspi.Action.get_action_name(node, i)
            for i in range(Atspi.Action.get_n_actions(node))]


def act(node, action=None):
    """Do an action by its name, or the only one; any win.* action is one of the frame's.

    Check buttons, rows and column titles have none: click() them.  A menu button's is at the
    button inside of it.
    """
    def look():
        there = actions(node)
        if there and action in (None, *there):
            return node, there.index(action) if action else 0
        inner = next((n for n in walk(node) if n is not node and actions(n)), None)
        return (inner, 0) if action is None and inner is not None else None

    actor, number = wait_for(look, f"action {action} of {where(node)}")
    Atspi.Action.do_action(actor, number)
    pump()
    return actor


def close(window):
    """Close a window; the program may be gone before it answers."""
    try:
        act(window, "window.close")
    except GLib.Error:
        pass


def set_text(node, words):
    """Fill an entry or a text view; for a spin button see set_value()."""
    wait_for(lambda: Atspi.EditableText.set_text_contents(node, words),
             f"a text to change in {where(node)}")
    pump()


def set_value(node, number):
    Atspi.Value.set_current_value(node, number)
    pump()


def select(list_node, index):
    """Select a row of a list box or a list by its place among the rows in the tree."""
    Atspi.Selection.select_child(list_node, index)
    pump()


def xdotool(*words):
    done = subprocess.run(["xdotool", *map(str, words)], check=True, capture_output=True, text=True)
    return done.stdout


def x_window(top):
    """The X window of a top level."""
    title = f"^{re.escape(top.get_name())}$"
    return xdotool("search", "--all", "--onlyvisible", "--pid", top.get_process_id(),
                   "--name", title).split()[-1]


def screen_point(node):
    """The middle of a node on the screen.

    AT-SPI leaves out a window's shadow, which X counts, so its window stands in the middle of
    the X window.  In popovers of GTK 4.8 the places are wrong: use act() or keys there.
    """
    x, y, width, height = extents(node)
    top = node if role(node) in TOP_LEVELS else next(p for p in parents(node)
                                                     if role(p) in TOP_LEVELS)
    top_x, top_y, top_width, top_height = extents(top)
    lines = xdotool("getwindowgeometry", "--shell", x_window(top)).split()
    place = {key: int(number) for key, number in (line.split("=") for line in lines)}
    left = place["X"] + (place["WIDTH"] - top_width) // 2
    above = place["Y"] + (place["HEIGHT"] - top_height) // 2
    return left + x - top_x + width // 2, above + y - top_y + height // 2


def mouse_to(node):
    """The words that bring the mouse to a node, for xdotool()."""
    x, y = wait_for(lambda: screen_point(node), f"the place of {where(node)}")
    return "mousemove", x, y


def click(node, count=1):
    xdotool(*mouse_to(node), "click", "--repeat", count, "--delay", 60, 1)
    pump(0.1)


def double_click(node):
    """As a hand does it, which is never quite still."""
    xdotool(*mouse_to(node), "click", 1, "sleep", 0.1, "mousemove_relative", 1, 1, "click", 1)
    pump(0.1)


def type_text(words):
    """Type where the focus is, Arabic too."""
    xdotool("type", "--delay", 15, words)
    pump(0.1)


def key(*names):
    """Press keys by their X names, one after the other: key("ctrl+f"), key("Tab", "space")."""
    xdotool("key", "--delay", 40, *names)
    pump(0.1)


def move_focus(pressed="Tab"):
    """Press a key that leads on, until the program has told where to; nothing else may be there."""
    Focus.told = None
    key(pressed)
    try:
        wait_for(lambda: Focus.told, "another focus", 1)
    except NotFound:
        pass


def choose(combo, label):
    """Choose an item of a drop-down or a combo row: its items have no action, so by keys."""
    def look():
        items = [labels(item)[0] for item in find_all(combo, "list item")]
        return items if label in items else None

    click(next(find_all(combo, "push button"), combo))
    items = wait_for(look, f"{label} to choose from")
    if items[0] in items[1:]:  # a combo row's own label
        items = items[1:]
    key("Home", *["Down"] * items.index(label), "Return")
    wait_for(lambda: label in labels(combo), f"{label} to be chosen")


def screenshot(path):
    """A picture of the whole screen."""
    subprocess.run(["import", "-window", "root", str(path)], check=True)
