#!/usr/bin/python3
"""A sign-in outlives the program where the session has a keyring, and nobody has to sign in again;
without a keyring the desk works as ever."""
import subprocess

from floor import AHMAD, JUMANA, LONG, run_tests
from uidrive import close, wait_for


def start_keyring():
    """With an empty password, so that it is open."""
    daemon = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock",
                               "--components=secrets"], stdin=subprocess.PIPE,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    daemon.stdin.write(b"\n")
    daemon.stdin.close()
    return daemon


def kept(floor):
    """What the keyring has of this server: attributes, a dictionary each."""
    answer = subprocess.run(["secret-tool", "search", "--all", "server", floor.relay.url],
                            check=False, capture_output=True, text=True)
    lines = (answer.stdout + answer.stderr).splitlines()
    return {line.removeprefix("attribute.").split(" = ")[0]: line.split(" = ")[1]
            for line in lines if line.startswith("attribute.")}


def keeps_nothing(floor):
    wait_for(lambda: not kept(floor), "an empty keyring", LONG)


def leave(desk):
    close(desk.window)
    assert desk.wait(LONG) == 0


def secrets(floor):
    """All that could be a token in the desk's files and in what it has printed."""
    folder = floor.folder.name
    found = subprocess.run(["grep", "-rlaE", "[0-9a-f]{64}", folder + "/desk", folder + "/bare"],
                           check=False, capture_output=True, text=True)
    return [path for path in found.stdout.splitlines() if not path.endswith((".db", "-wal"))]


def test_without_a_keyring(floor):
    with floor.open("bare") as desk:
        desk.sign_in("rima")
        desk.log_call("احمد الحلبي", AHMAD)
        leave(desk)
        assert desk.output().count("the sign-in is not kept") == 1
    with floor.open("bare") as desk:
        desk.focus_is(desk.words("User name"))
        desk.sign_in("rima")


def test_it_outlives_the_program(floor):
    floor.keyring = start_keyring()
    wait_for(lambda: subprocess.run(["secret-tool", "search", "server", "x"], check=False,
                                    capture_output=True).returncode == 0, "the keyring", LONG)
    with floor.open() as desk:
        desk.sign_in("rima")
        wait_for(lambda: kept(floor).get("user") == "rima", "the sign-in in the keyring", LONG)
        assert kept(floor)["desk"] == str(floor.folder.name) + "/desk"
        leave(desk)
    with floor.open() as desk:
        desk.places()
        desk.log_call("جمانه", JUMANA)
    floor.eventually(2, "SELECT count(*) FROM call")
    assert floor.value("SELECT count(*) FROM session s JOIN person p ON p.id = s.person_id"
                       " WHERE p.username = 'rima'") == 3
    assert not secrets(floor)


def test_also_without_the_network(floor):
    floor.relay.cut()
    with floor.open() as desk:
        desk.places()
        desk.says(desk.words("Offline"), desk.find("filler", "MtbNotice"))
        floor.relay.restore()
        desk.find("push button", ". ".join((desk.words("Connected"),
                                            desk.words("Nothing waits to be sent."))))


def test_not_at_another_desk(floor):
    with floor.open("other") as desk:
        desk.focus_is(desk.words("User name"))


def test_not_after_signing_out(floor):
    with floor.open() as desk:
        desk.places()
        desk.sign_out()
        keeps_nothing(floor)
    with floor.open() as desk:
        desk.focus_is(desk.words("User name"))
        desk.sign_in("hadi")
        wait_for(lambda: kept(floor).get("user") == "hadi", "the other sign-in", LONG)


def test_not_when_the_server_has_ended_it(floor):
    floor.ctl("user", "set", "hadi", "--password", secret="another secret of hadi")
    with floor.open() as desk:
        desk.focus_is(desk.words("User name"))
        keeps_nothing(floor)
    floor.keyring.terminate()
    floor.keyring.wait()


if __name__ == "__main__":
    run_tests(globals())
