#!/usr/bin/python3
"""Whom a desk's own transport trusts, through HAProxy: the organisation's certificate authority, and
nobody who does not prove to be the server."""
import os
import subprocess
from pathlib import Path

from department import run_tests
from front import Authority, Front, Server

UNKNOWN = "Nobody whom this computer trusts vouches for the server"
ELSEWHERE = "is for another address"
NOT_TODAY = "is not valid today"
UNREAD = "cannot be read"


class AskedFront(Front):
    """HAProxy, and what a desk says of it."""

    def ask(self, *certificates, host="localhost"):
        """What came of a request and of a live connection, for each file that is trusted."""
        port = self.netloc.split(":")[1]
        said = subprocess.run([os.environ["ASK_SERVER"], f"https://{host}:{port}",
                               *map(str, certificates)], capture_output=True, text=True,
                              timeout=60, check=True)
        assert said.stderr == "", said.stderr
        return said.stdout.splitlines()


def check(lines, words):
    """Both ways, and that nothing was let through."""
    assert len(lines) == 2, lines
    for line in lines:
        assert line.startswith("untrusted: ") and words in line, lines


def test_the_organisations_own_authority(it):
    authority, server = Authority(it.folder.name), Server(it)
    with AskedFront(authority.certify("own"), server) as front:
        assert front.ask(authority.path) == ["401", "live"]
        assert front.ask(authority.path, host="127.0.0.1") == ["401", "live"]
        check(front.ask(""), UNKNOWN)
        # What is chosen while the desk runs is in effect at once.
        lines = front.ask("", authority.path)
        check(lines[:2], UNKNOWN)
        assert lines[2:] == ["401", "live"], lines
    server.stop()


def test_another_authority_alone_is_not_believed(it):
    authority, server = Authority(it.folder.name), Server(it)
    other = Authority(it.folder.name, "other")
    with AskedFront(authority.certify("foreign"), server) as front:
        check(front.ask(other.path), UNKNOWN)
    server.stop()


def test_a_certificate_for_somebody_else(it):
    authority, server = Authority(it.folder.name), Server(it)
    with AskedFront(authority.certify("elsewhere", names="DNS:mutabaa.example.net"), server) as front:
        check(front.ask(authority.path), ELSEWHERE)
    server.stop()


def test_a_certificate_that_has_expired(it):
    authority, server = Authority(it.folder.name), Server(it)
    with AskedFront(authority.certify("expired", days=-1), server) as front:
        check(front.ask(authority.path), NOT_TODAY)
    server.stop()


def test_a_server_that_signs_for_itself(it):
    authority, server = Authority(it.folder.name), Server(it)
    alone = Path(it.folder.name, "alone.pem")
    alone.write_text(authority.path.read_text() + authority.key.read_text())
    other = Authority(it.folder.name, "other")
    with AskedFront(alone, server) as front:
        check(front.ask(other.path), UNKNOWN)
        check(front.ask(""), UNKNOWN)
    server.stop()


def test_a_file_that_is_no_certificate(it):
    authority, server = Authority(it.folder.name), Server(it)
    noise, empty = Path(it.folder.name, "noise.pem"), Path(it.folder.name, "empty.pem")
    noise.write_bytes(b"\0\xffnoise" * 100)
    empty.write_bytes(b"")
    with AskedFront(authority.certify("readable"), server) as front:
        for path in (noise, empty, it.folder.name, "/no/such/file", authority.key):
            check(front.ask(path), UNREAD)
    server.stop()


def test_no_server_at_all_is_another_matter(it):
    authority, server = Authority(it.folder.name), Server(it)
    front = AskedFront(authority.certify("gone"), server)
    with front:
        pass
    for line in front.ask(authority.path):
        assert line.startswith("unreachable: "), line
    server.stop()


if __name__ == "__main__":
    run_tests(globals())
