#!/usr/bin/python3
"""The calls report of a small log: its figures, their sum, and the file that is saved of it."""
import csv
import time
from pathlib import Path

from floor import LONG, NAMES, run_tests
from uidrive import choose, click, close, find_all, key, labels, name, wait_for

# Queue, wait, what became of it, talk: the threshold is 30 s.
CALLS = [("support", 10, "rima", 60), ("support", 40, "rima", 120), ("support", 5, None, 0),
         ("support", 50, None, 0), ("sales", 20, "rima", 30)]
# Offered, answered, abandoned, timed out, other, short, unanswered, left after, late, level.
SUPPORT = ["4", "2", "2", "0", "0", "1", "2", "1", "1", "33.3"]
SALES = ["1", "1", "0", "0", "0", "0", "0", "0", "0", "100.0"]
TOTAL = ["5", "3", "2", "0", "0", "1", "2", "1", "1", "50.0"]


def import_calls(floor):
    if floor.value("SELECT count(*) FROM pbx_call"):
        return
    floor.write("UPDATE threshold SET in_force_from = 0")
    midnight = int(time.mktime(time.localtime()[:3] + (0,) * 5 + (-1,)))
    lines = []
    for number, (queue, wait, agent, talk) in enumerate(CALLS):
        start = min(midnight + 60 * number, int(time.time()) - 600)
        head = f"c{number}|{queue}"
        lines.append(f"{start}|{head}|NONE|ENTERQUEUE||0119990{number}|1")
        if agent:
            lines += [f"{start + wait}|{head}|{agent}|CONNECT|{wait}||1",
                      f"{start + wait + talk}|{head}|{agent}|COMPLETECALLER|{wait}|{talk}|1"]
        else:
            lines.append(f"{start + wait}|{head}|NONE|ABANDON|1|1|{wait}")
    lines.sort(key=lambda line: int(line.partition("|")[0]))
    floor.import_log("\n".join(lines) + "\n")


def figures(desk):
    """The rows as they are read, the sum last."""
    page = desk.find("filler", "MtbReportsPage")
    return [found for row in find_all(page, "table row") if (found := labels(row))]


def shown(desk, title, expected):
    separator = "." if desk.words.digits(0) == "0" else "٫"
    wanted = [title, *(desk.words.digits(figure).replace(".", separator) for figure in expected)]
    wait_for(lambda: any(row[:len(wanted)] == wanted for row in figures(desk)),
             f"{wanted} in the report", LONG)


def save(desk, path):
    key("ctrl+shift+e")
    desk.save_file(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def open_calls(desk, queue):
    """What is behind a row opens with it."""
    page = desk.find("filler", "MtbReportsPage")
    row = next(row for row in find_all(page, "table row") if labels(row)[:1] == [queue])
    click(row, 2)
    opened = desk.other_window("the calls behind a row")
    wait_for(lambda: any(NAMES["rima"] in name(node) for node in find_all(opened, "label")),
             "the call that rima took", LONG)
    close(opened)
    wait_for(lambda: desk.app.get_child_count() == 1, "the end of the calls", LONG)


def read(floor, language):
    import_calls(floor)
    with floor.open(language, language) as desk:
        desk.sign_in("hadi")
        desk.go("Reports")
        shown(desk, "support", SUPPORT)
        shown(desk, "sales", SALES)
        shown(desk, desk.words("Total"), TOTAL)
        desk.check_names("reports")
        open_calls(desk, "sales")
        path = Path(floor.folder.name, language + ".csv")
        heading, *rows = save(desk, path)
        assert heading[0] == desk.words("Queue") and heading[1] == desk.words("Offered"), heading
        assert [row[:11] for row in rows] == [["sales", *SALES], ["support", *SUPPORT],
                                              [desk.words("Total"), *TOTAL]], rows
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        choose(next(node for node in desk.all("combo box", desk.words("A row for each"))),
               desk.words("By agent"))
        shown(desk, NAMES["rima"], ["3", "1"])


def test_report_in_arabic(floor):
    read(floor, "ar")


def test_report_in_english(floor):
    read(floor, "en")


if __name__ == "__main__":
    run_tests(globals())
