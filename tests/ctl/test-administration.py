#!/usr/bin/python3
"""`setting list`, `setting set`, `session list`, `connection list`, `audit erase`."""
from tool import run_tests


def prepare(it):
    it.give("init")


def settings(it):
    return {row["name"]: row["value"] for row in it.ask("setting", "list")["settings"]}


def test_settings(it):
    before = settings(it)
    assert "retention_days" not in before and "wipe_at_sign_out" not in before
    good = {"directory_keep": ("all", "dealt_with"), "offline_days": ("0", "90"),
            "retention_days": ("0", "30", "36500"), "wipe_at_sign_out": ("0", "1")}
    for name, values in good.items():
        for value in values:
            it.give("setting", "set", name, value)
            assert settings(it)[name] == value
    assert "wipe_at_sign_out" in it.give("setting", "list")


def test_what_is_no_setting(it):
    before = settings(it)
    for name, value in (("retention_days", "29"), ("retention_days", "-1"), ("retention_days", "x"),
                        ("retention_days", "36501"), ("wipe_at_sign_out", "2"),
                        ("wipe_at_sign_out", "yes"), ("offline_days", "91"),
                        ("directory_keep", "some"), ("colour", "red"), ("", "1")):
        complaint = it.give("setting", "set", name, value, status=1)
        assert complaint.startswith("mutabaactl: "), complaint
    assert settings(it) == before


def test_nobody_is_signed_in(it):
    it.add_user("rima")
    assert it.ask("session", "list") == {"sessions": []}
    assert it.give("session", "list") == ""


if __name__ == "__main__":
    run_tests(globals(), prepare)
