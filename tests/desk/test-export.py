#!/usr/bin/python3
"""A list leaves the desk: the file says what is shown, in its order, and the audit trail knows."""
import csv
import json
import os
import re
import subprocess
from pathlib import Path

from floor import AHMAD, JUMANA, LONG, NAMES, department, run_tests
from uidrive import (act, choose, click, find, find_all, has_state, key, labels, name, role,
                     type_text, wait_for)

FORMULA = "=HYPERLINK(1)"
EXPORTS = "SELECT count(*) FROM command WHERE type = 'list.export'"


def log_calls(desk, floor):
    """Once for both languages: two that were solved, one that was not."""
    if floor.value("SELECT count(*) FROM call"):
        return
    desk.log_call("أحمد سامي", AHMAD, notes=FORMULA)
    desk.log_call("جمانة", JUMANA, solved=False)
    desk.log_call("جمانة", JUMANA, notes="أخرى")
    floor.eventually(3, "SELECT count(*) FROM call")


def plain(words):
    """Without the marks of direction, and with the digits of programs."""
    words = re.sub("[\u2066-\u2069]", "", words).replace("\u00a0", " ")
    return words.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789"))


def shown_rows(page):
    """The cells of the table's rows as they are read, without the headings."""
    return [[plain(words) for words in found] for row in find_all(page, "table row")
            if (found := labels(row))][1:]


def read_csv(path):
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def save_main_list(desk, path):
    key("ctrl+shift+e")
    desk.save_file(path)
    return read_csv(path)


def from_menu(desk, title, listing=None):
    """Of the list with this title; of the first where that is the only one."""
    button = desk.find("filler", "MtbExportButton")
    act(next(node for node in find_all(button, "push button")))
    find(button, "menu item", desk.words(title), sized=False, timeout=LONG)
    found = listing is None
    for node in find_all(button, sized=False):
        found = found or name(node) == desk.words(listing)
        if found and role(node) == "menu item" and name(node) == desk.words(title):
            act(node)
            return
    raise AssertionError((listing, [name(node) for node in find_all(button, sized=False)]))


def save_from_menu(desk, floor, listing):
    """The rows of a list's file, with its entry in the audit trail."""
    before = floor.value(EXPORTS)
    path = Path(floor.folder.name, f"{desk.words.language}-{before}.csv")
    from_menu(desk, "Save as CSV…", listing)
    desk.save_file(path)
    rows = read_csv(path)
    floor.eventually(before + 1, EXPORTS)
    assert last_export(floor)[2:] == ("csv", len(rows) - 1), last_export(floor)
    return rows, last_export(floor)[:2]


def last_export(floor):
    person, payload = floor.rows("SELECT p.username, c.payload FROM command c JOIN person p"
                                 " ON p.id = c.person_id WHERE c.type = 'list.export'"
                                 " ORDER BY c.seq DESC LIMIT 1")[0]
    said = json.loads(payload)
    return person, said["list"], said["format"], said["n_rows"]


def export_records(floor, language):
    before = floor.value(EXPORTS)
    with floor.open(language, language) as desk:
        desk.sign_in("rima")
        log_calls(desk, floor)
        desk.go("Records of Calls")
        page = desk.find("filler", "MtbRecordsPage")
        wait_for(lambda: len(shown_rows(page)) == 3, "the three records", LONG)
        choose(desk.find("combo box", desk.words("Result")), desk.words("Solved"))
        wait_for(lambda: len(shown_rows(page)) == 2, "the two that are solved", LONG)

        heading, *rows = save_main_list(desk, Path(floor.folder.name, language + "-records.csv"))
        assert heading == [desk.words(title) for title in
                           ("Began", "Customer", "Type of call", "Length", "Result")], heading
        shown = shown_rows(page)
        assert [(row[1], row[2], row[4]) for row in rows] \
            == [(row[1], row[2], row[4]) for row in shown], (rows, shown)
        assert [row[1] for row in rows] == [JUMANA, AHMAD], rows
        for row, seen in zip(rows, shown):
            assert row[0][11:16] == seen[0][-5:], (row, seen)
            assert row[3].lstrip("0:") == seen[3].lstrip("0:"), (row, seen)
            assert re.fullmatch(r"\d+:\d\d:\d\d", row[3]), row
        floor.eventually(before + 1, EXPORTS)
        assert last_export(floor) == ("rima", "records", "csv", 2), last_export(floor)

        pdf = Path(floor.folder.name, language + "-records.pdf")
        from_menu(desk, "Save as PDF…")
        desk.save_file(pdf)
        told = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
        assert re.search(r"Pages: +1\n", told) and "A4" in told, told
        assert pdf.stat().st_mode & 0o077 == 0
        floor.eventually(before + 2, EXPORTS)
        assert last_export(floor) == ("rima", "records", "pdf", 2), last_export(floor)
        desk.check_names("records")


def test_records_in_arabic(floor):
    export_records(floor, "ar")


def test_records_in_english(floor):
    export_records(floor, "en")


def test_formulas_and_telephones_stay_texts(floor):
    with floor.open("texts", "en") as desk:
        desk.sign_in("rima")
        wait_for(lambda: len(desk.rows("Today's calls")) == 3, "today's calls", LONG)
        heading, *rows = save_main_list(desk, Path(floor.folder.name, "today.csv"))
        shown = desk.rows("Today's calls")
        assert len(rows) == 3, rows
        for row, seen in zip(rows, shown):
            assert row[heading.index("Name")] in seen, (row, seen)
        notes = [row[heading.index("Notes")] for row in rows]
        assert notes == ["أخرى", "", "'" + FORMULA], notes
        numbers = [row[heading.index("Telephone")] for row in rows]
        assert numbers[2].startswith("021 531"), numbers


def test_what_was_begun(floor):
    with floor.open("begun", "en") as desk:
        desk.sign_in("rima")
        desk.search("أحمد سامي", AHMAD)
        desk.go_to("Notes")
        type_text(FORMULA)
        key("Escape")
        desk.wait_for_row("Begun, not saved", AHMAD)
        rows, entry = save_from_menu(desk, floor, "Begun, not saved")
        assert entry == ("rima", "drafts"), entry
        assert rows[0] == ["Began", "Direction", "Name", "Telephone", "Notes"], rows
        assert [row[2::2] for row in rows[1:]] == [[AHMAD, "'" + FORMULA]], rows


def test_connections(floor):
    with floor.open("connections", "ar") as desk:
        desk.sign_in("majd")
        desk.go("Connections")
        desk.says(desk.words("Last taken"))
        shown = labels(desk.find("list", desk.words("Connections")))
        rows, entry = save_from_menu(desk, floor, "Connections")
        assert entry == ("majd", "connections"), entry
        assert rows[0] == [desk.words(title) for title in (
            "Connection", "Name", "State", "Since", "Last taken", "What it says",
            "What to do")], rows
        assert all(words in map(plain, shown) for row in rows[1:] for words in row[:3]), (rows, shown)


def test_offline_the_entry_follows_once(floor):
    before = floor.value(EXPORTS)
    with floor.open("away", "en") as desk:
        desk.sign_in("rima")
        wait_for(lambda: len(desk.rows("Today's calls")) == 3, "today's calls", LONG)
        floor.relay.cut()
        desk.says(desk.offline())
        assert len(save_main_list(desk, Path(floor.folder.name, "away.csv"))) == 4
        assert floor.value(EXPORTS) == before
        floor.relay.restore()
        floor.eventually(before + 1, EXPORTS)
        assert last_export(floor) == ("rima", "today", "csv", 3), last_export(floor)
        floor.ctl("audit", "verify")


def test_what_cannot_be_written_is_said(floor):
    before = floor.value(EXPORTS)
    with floor.open("nowhere", "ar") as desk:
        desk.sign_in("rima")
        wait_for(lambda: len(desk.rows("Today's calls")) == 3, "today's calls", LONG)
        key("ctrl+shift+e")
        desk.save_file(Path("/proc/list.csv"),
                       desk.words("The list could not be saved: %s").partition("%s")[0])
        floor.eventually(before + 1, EXPORTS)


def print_to_file(desk):
    dialog = desk.other_window("the print dialog")
    click(find(dialog, "label", "Print to File", timeout=LONG))
    button = find(dialog, "push button", "Print", timeout=LONG)
    wait_for(lambda: has_state(button, "sensitive"), "a printer to be chosen", LONG)
    act(button)


def test_print_into_a_file(floor):
    before = floor.value(EXPORTS)
    with floor.open("paper", "en") as desk:
        desk.sign_in("rima")
        wait_for(lambda: len(desk.rows("Today's calls")) == 3, "today's calls", LONG)
        key("ctrl+p")
        desk.other_window("the print dialog")
        assert floor.value(EXPORTS) == before
        print_to_file(desk)
        floor.eventually(before + 1, EXPORTS)
        assert last_export(floor) == ("rima", "today", "paper", 3), last_export(floor)
        printed = Path(os.environ["HOME"], "Today's calls.pdf")
        wait_for(printed.exists, printed, LONG)


def amend_and_leave_note(floor):
    """A record that was corrected, with two notes on it."""
    call = department.call(floor, subscriber_id=floor.subscriber("ahmad.halabi"), notes="قبل")
    kept = ("subscriber_id", "direction", "type_id", "resolution", "notes")
    floor.sign_in("rima").apply("call.log", call)
    floor.sign_in("rima").apply("call.amend", {
        **{field: call[field] for field in kept}, "id": call["id"], "notes": FORMULA,
        "solved": False, "version_id": department.new_id(), "version": 1})
    for text in "أحسنتِ", "=1+1":
        floor.sign_in("hadi").apply("note.add", {"id": department.new_id(), "call_id": call["id"],
                                                 "text": text})
    return call["id"]


def notes_and_corrections(floor, language):
    call = amend_and_leave_note(floor)
    with floor.open("record-" + language, language) as desk:
        desk.sign_in("hadi")
        desk.start_again(f"mutabaa:call/{call}")
        desk.says(desk.words("What it said before"), desk.record())
        rows, entry = save_from_menu(desk, floor, "Notes on this record")
        assert entry == ("hadi", "notes"), entry
        assert rows[0] == [desk.words(title) for title in
                           ("Written at", "Written by", "Read on", "Note")], rows
        assert [row[1:] for row in rows[1:]] \
            == [[NAMES["hadi"], "", text] for text in ("أحسنتِ", "'=1+1")], rows

        rows, entry = save_from_menu(desk, floor, "Corrections of this record")
        assert entry == ("hadi", "corrections"), entry
        assert [row[1:] for row in rows[1:]] == [
            [NAMES["rima"], desk.words("Solved"), desk.words("Yes")],
            [NAMES["rima"], desk.words("Notes"), "قبل"]], rows


def test_notes_and_corrections_in_arabic(floor):
    notes_and_corrections(floor, "ar")


def test_notes_and_corrections_in_english(floor):
    notes_and_corrections(floor, "en")


def test_a_document_is_printed(floor):
    before = floor.value(EXPORTS)
    with floor.open("document", "en") as desk:
        desk.sign_in("rima")
        document = floor.value("SELECT id FROM document WHERE number = 'QP-14'")
        desk.start_again(f"mutabaa:document/{document}")
        act(desk.find("push button", "Print the document as an official form"))
        print_to_file(desk)
        floor.eventually(before + 1, EXPORTS)
        assert last_export(floor) == ("rima", "document QP-14 5.1", "paper", 0), last_export(floor)
        printed = Path(os.environ["HOME"], "إجراء خدمة الزبائن.pdf")
        wait_for(printed.exists, printed, LONG)


def test_nothing_to_export(floor):
    before = floor.value(EXPORTS)
    with floor.open("empty", "ar") as desk:
        desk.sign_in("karim")
        desk.go("Refused")
        key("ctrl+p")
        desk.hears(desk.words("There is nothing in a list here to save or print"))
        assert floor.value(EXPORTS) == before


if __name__ == "__main__":
    run_tests(globals())
