#!/usr/bin/python3
"""A controlled document from the manager who issues it to the agent who has read it, and back."""
from floor import LONG, NAMES, run_tests
from uidrive import (act, choose, click, find, find_all, key, labels, set_text, text,
                     type_text, wait_for)

INSTRUCTION = "WI-14-01"
TEXT = "1- الغاية:\nمتابعة جميع مكالمات الزبائن\n• CRM : تسجيل المكالمة كتابةً"


def badge(desk, count):
    """Wait until the place says that so many documents are to be read."""
    words = {desk.words.digits(count)} if count else set()
    wait_for(lambda: any({desk.words("Documents")} | words == set(row)
                         for row in desk.rows("Places")), f"{count} documents to read", LONG)


def view_of(desk, number):
    """Each document that was chosen has a view of its own, which stays in the tree."""
    return wait_for(lambda: next((view for view in desk.all("filler", "MtbDocumentView")
                                  if any(number in label for label in labels(view))), None),
                    number, LONG)


def open_document(desk, number):
    desk.go("Documents")
    click(wait_for(lambda: next((row for row in find_all(desk.list("Documents"), "list item")
                                 if any(number in label for label in labels(row))), None),
                   number, LONG))
    view = view_of(desk, number)
    desk.check_names(number)
    return view


def part(desk, view, title):
    click(wait_for(lambda: next((node for node in find_all(view, name=desk.words(title))
                                 if node.get_role_name() != "label"), None), title, LONG))


def shown(view):
    """What is written in the document that is read."""
    return "".join(text(node) for node in find_all(view, "text")).replace("\u200f", "")


def fill_in(desk, view, issue, written):
    for field, words in (("Issue number", desk.words.digits(issue)),
                         ("Version number", desk.words.digits(0)),
                         ("Date of issue: year, month and day", "2026-03-01"),
                         ("Prepared by", "مدير خدمة الزبائن"),
                         ("Reviewed by", "قسم الجودة و التدقيق"), ("Approved by", "المدير العام")):
        set_text(find(view, "text", desk.words(field), timeout=LONG), words)
    set_text(find(view, "text", desk.words("Text of the new version"), timeout=LONG), written)


def issue_version(desk, view, answer="Issue"):
    desk.press(view, "Issue This Version…")
    dialog = find(desk.app, "dialog", timeout=LONG)
    act(find(dialog, "push button", desk.words(answer, "document" if answer == "Issue" else None),
             timeout=LONG))
    wait_for(lambda: desk.app.get_child_count() == 1, "the end of the question", LONG)


def enter_first_version(floor, language, issue):
    with floor.open("manager-" + language, language) as desk:
        desk.sign_in("nadia")
        view = open_document(desk, INSTRUCTION)
        if issue == 1:
            desk.says(desk.words("Its text has not been entered yet"), view)
        part(desk, view, "New version")
        fill_in(desk, view, issue, TEXT)
        set_text(find(view, "text", desk.words("Approved by")), "")
        desk.press(view, "Issue This Version…")
        desk.says(desk.words("This is needed"), view)
        set_text(find(view, "text", desk.words("Approved by")), "المدير العام")
        issue_version(desk, view, "Cancel")
        assert floor.value("SELECT COUNT(*) FROM document_version WHERE issue = ?", issue) == 0
        issue_version(desk, view)
        # With this the text is shown again, wherever one has gone meanwhile.
        desk.hears(desk.words("The new version is in force"))
        floor.eventually(TEXT, "SELECT text FROM document_version WHERE issue = ? AND version = 0",
                         issue)
        wait_for(lambda: "تسجيل المكالمة" in shown(view), "the text", LONG)
        part(desk, view, "New version")
        fill_in(desk, view, issue, "غيره")
        issue_version(desk, view)
        desk.says(desk.words("This is not newer than the version in force; what was issued is never"
                             " overwritten"), view)
    assert floor.value("SELECT COUNT(*) FROM document_version WHERE issue = ?", issue) == 1


def read_and_acknowledge(floor, language, issue):
    """Without the server too; what is said goes out by itself."""
    with floor.open("agent-" + language, language) as desk:
        desk.sign_in("rima")
        badge(desk, 2 if issue == 1 else 1)
        floor.relay.cut()
        desk.says(desk.offline())
        view = open_document(desk, INSTRUCTION)
        wait_for(lambda: "تسجيل المكالمة" in shown(view), "the text", LONG)
        assert not any(find_all(view, "text", desk.words("Text of the new version")))
        desk.press(view, "I Have Read It")
        desk.says(desk.words("You read it: %s").partition("%s")[0].strip(), view)
        badge(desk, 1 if issue == 1 else 0)
        assert floor.value("SELECT COUNT(*) FROM document_receipt r JOIN document_version v"
                           " ON v.id = r.version_id WHERE v.issue = ?", issue) == 0
        floor.relay.restore()
        floor.eventually("rima", "SELECT p.username FROM document_receipt r"
                                 " JOIN person p ON p.id = r.person_id"
                                 " JOIN document_version v ON v.id = r.version_id"
                                 " WHERE v.issue = ?", issue)
        if issue == 1:
            view = open_document(desk, "QP-14")
            wait_for(lambda: shown(view).startswith("1- الغاية:"), "the procedure", LONG)
            desk.press(view, "I Have Read It")
            badge(desk, 0)


def see_receipt(floor, language):
    with floor.open("manager-" + language, language) as desk:
        desk.sign_in("nadia")
        view = open_document(desk, INSTRUCTION)
        part(desk, view, "Who has read it")
        words = desk.words("Read by %1$u of %2$u").replace("%1$u", "1").replace("%2$u", "8")
        desk.says(desk.words.digits(words), view)
        rows = desk.rows("Who has read it", view)
        unread = desk.words("Not read yet", "document")
        assert [NAMES["rima"] in row for row in rows] == [False] * 7 + [True], rows
        assert [row[-1] == unread for row in rows] == [True] * 7 + [False], rows


def test_from_manager_to_agent_in_arabic(floor):
    enter_first_version(floor, "ar", 1)
    read_and_acknowledge(floor, "ar", 1)
    see_receipt(floor, "ar")


def test_from_manager_to_agent_in_english(floor):
    enter_first_version(floor, "en", 2)
    read_and_acknowledge(floor, "en", 2)
    see_receipt(floor, "en")


def test_an_older_version_is_marked(floor):
    with floor.open("agent-en", "en") as desk:
        desk.sign_in("rima")
        view = open_document(desk, INSTRUCTION)
        versions = find(view, "combo box", desk.words("Version"), timeout=LONG)
        choose(versions, "Issue 1, version 0 · 1 March 2026")
        desk.says("This version is no longer in force. In force is issue 2, version 0.", view)
        desk.press(view, "Open the Version in Force")
        wait_for(lambda: "Issue 2, version 0 · 1 March 2026" in labels(versions),
                 "the version in force", LONG)


def test_a_document_is_added(floor):
    with floor.open("manager-ar", "ar") as desk:
        desk.sign_in("nadia")
        desk.go("Documents")
        act(desk.find("push button", desk.words("Add a Document")))
        adder = desk.find("filler", "MtbDocumentAdder")
        desk.focus_is(desk.words("Number, such as WI-14-02"))
        type_text(INSTRUCTION)
        for title, typed in (("Title in Arabic", "تعليمة عمل المشرف"),
                             ("Title in English", "Work of the supervisor")):
            desk.go_to(title, adder)
            type_text(typed)
        key("Return")
        desk.says(desk.words("There is a document of this number; issue a new version of it"), adder)
        desk.focus_is(desk.words("Number, such as WI-14-02"))
        key("ctrl+a")
        type_text("WI-14-02")
        key("Return")
        desk.says(desk.words("Its text has not been entered yet"), view_of(desk, "WI-14-02"))


def begin_version(desk):
    view = open_document(desk, INSTRUCTION)
    part(desk, view, "New version")
    return [find(view, "text", desk.words(field), timeout=LONG)
            for field in ("Version number", "Approved by", "Text of the new version")]


def test_what_is_begun_stays_when_the_program_is_killed(floor):
    begun = ["٧٧", "المدير العام", "نصف نص"]
    with floor.open("manager-ar", "ar") as desk:
        desk.sign_in("nadia")
        for field, words in zip(begin_version(desk), begun):
            set_text(field, words)
        wait_for(lambda: begun[-1] in desk.read_drafts(), "the draft in the file", LONG)
        desk.process.kill()
        desk.process.wait()
    with floor.open("manager-ar", "ar") as desk:
        desk.sign_in("nadia")
        fields = begin_version(desk)
        wait_for(lambda: [text(field) for field in fields] == begun, "what was begun", LONG)


if __name__ == "__main__":
    run_tests(globals())
