#!/usr/bin/python3
"""`document list`, `document issue`, and the documents that a department begins with."""
from tool import DATA, run_tests

APPROVALS = ("--prepared-by", "مدير خدمة الزبائن", "--reviewed-by", "قسم الجودة و التدقيق",
             "--approved-by", "المدير العام")


def prepare(it):
    it.give("init")


def documents(it):
    return {row["number"]: row for row in it.ask("document", "list")["documents"]}


def issue(it, number, issued, version, text="- نص", date="2026-03-01", status=0):
    return it.give("document", "issue", number, it.write("text.txt", text), "--issue", str(issued),
                   "--version", str(version), "--date", date, *APPROVALS, status=status)


def test_the_procedure_is_there_word_for_word(it):
    text = it.value("SELECT text FROM document_version")
    assert text == (DATA / "documents" / "QP-14.txt").read_text(encoding="utf-8")
    assert text.startswith("1- الغاية:\n") and text.rstrip().endswith("ضمن كل فترة حسب الأيام .")
    assert it.rows("SELECT d.number, d.title, v.issue, v.version, v.dated, v.prepared_by,"
                   " v.reviewed_by, v.approved_by FROM document d"
                   " JOIN document_version v ON v.document_id = d.id") == [
        ("QP-14", "إجراء خدمة الزبائن", 5, 1, "2019-01-01", "مدير خدمة الزبائن",
         "قسم الجودة و التدقيق",
         "المدير العام\nلمجموعة فرعون محدودة المسؤولية\nم. محمد نبيل فرعون")]


def test_list(it):
    listed = documents(it)
    assert set(listed) == {"QP-14", "WI-14-01"}
    assert (listed["QP-14"]["issue"], listed["QP-14"]["version"]) == (5, 1), listed
    assert "issue" not in listed["WI-14-01"], listed
    printed = it.give("document", "list").splitlines()
    assert len(printed) == 2 and "QP-14" in printed[0] and "2019-01-01" in printed[0], printed
    assert "no version yet" in printed[1], printed


def test_issue(it):
    issue(it, "WI-14-01", 1, 0, "1- الغاية:\nمتابعة المكالمات")
    listed = documents(it)["WI-14-01"]
    assert (listed["issue"], listed["version"], listed["dated"]) == (1, 0, "2026-03-01"), listed
    assert it.value("SELECT text FROM document_version WHERE issue = 1").endswith("المكالمات")
    issue(it, "WI-14-01", 1, 1, "جديد")
    assert it.value("SELECT COUNT(*) FROM document_version") == 3
    assert it.ask("audit", "verify")["intact"]


def test_never_over_what_was_issued(it):
    before = it.rows("SELECT * FROM document_version")
    for issued, version in ((5, 1), (5, 0), (4, 9)):
        assert "newer" in issue(it, "QP-14", issued, version, status=1)
    assert it.rows("SELECT * FROM document_version") == before


def test_what_cannot_be_issued(it):
    before = it.rows("SELECT * FROM document_version")
    assert "document list" in issue(it, "QP-15", 6, 0, status=1)
    assert "dated" in issue(it, "QP-14", 6, 0, date="1/3/2026", status=1)
    assert "text" in issue(it, "QP-14", 6, 0, " \n", status=1)
    assert "text" in issue(it, "QP-14", 6, 0, "نص\0بعده", status=1)
    assert "text: This is too long" in issue(it, "QP-14", 6, 0, "ن" * 100001, status=1)
    path = it.write("text.txt", "نص")
    for missing in range(0, len(APPROVALS), 2):
        given = APPROVALS[:missing] + APPROVALS[missing + 2:]
        it.give("document", "issue", "QP-14", path, "--issue", "6", "--version", "0", "--date",
                "2026-03-01", *given, status=1)
    it.give("document", "issue", "QP-14", path, "--date", "2026-03-01", *APPROVALS, status=1)
    it.give("document", "issue", "QP-14", str(it.folder / "nothing"), "--issue", "6", "--version",
            "0", "--date", "2026-03-01", *APPROVALS, status=1)
    assert it.rows("SELECT * FROM document_version") == before


if __name__ == "__main__":
    run_tests(globals(), prepare)
