#!/usr/bin/python3
"""The live connection: who is told, and who is not, that there is something new."""
import time
from contextlib import ExitStack

from department import call, command, eventually, new_id, run_tests
from live import CLOSE, PING, PONG, Closed, Live

# Long enough that a poke which should not come would have come.
QUIET = 1.5


def connect(it, name):
    """Somebody's live connection, after its first beat."""
    live = Live(it.netloc, it.desk(name).token)
    assert live.head.startswith(b"HTTP/1.1 101 "), live.head
    beat = live.message()
    assert beat["type"] == "beat", beat
    return live


def look_for(*lives):
    """Waits until each is looked for: who comes while it is looked for others is poked to be safe."""
    for live in lives:
        assert live.told("connected")


def settle(it):
    """Waits until all pokes for what was committed are out."""
    with connect(it, "manager") as live:
        assert live.poke(it.desk("agent").apply("prospect.add", {"id": new_id(), "name": "P"})["seq"])


def test_who_is_not_signed_in_is_sent_away(it):
    for token in (None, "", "x", "0" * 64):
        with Live(it.netloc, token) as live:
            try:
                message = live.message()
                raise AssertionError(message)
            except Closed as closed:
                assert closed.args[0] == 1008, closed.args


def test_without_websocket_it_is_nothing(it):
    for token in (None, it.desk("agent").token):
        assert it.client(token).get("/v1/live").status == 400


def test_the_first_beat_says_where_the_feed_is(it):
    settle(it)
    seq = it.desk("agent").get("/v1/session").json["server"]["seq"]
    with Live(it.netloc, it.desk("agent").token) as live:
        assert live.message() == {"type": "beat", "seq": seq}


def test_a_poke_comes_within_a_moment(it):
    with connect(it, "manager") as live:
        seq = it.desk("agent").apply("call.log", call(it))["seq"]
        assert live.poke(seq)
        changes = it.desk("manager").changes(seq - 1).json["changes"]
        assert "call" in {change["table"] for change in changes}


def test_only_those_concerned_are_poked(it):
    names = {"agent": True, "supervisor": True, "manager": True, "quality": True,
             "colleague": False, "stranger": False, "followup": False, "field": False,
             "finance": False, "department": False, "admin": False}
    # A sign-in is a commit.
    for name in names:
        it.desk(name)
    settle(it)
    with ExitStack() as stack:
        lives = {name: stack.enter_context(connect(it, name)) for name in names}
        look_for(*lives.values())
        it.desk("agent").apply("call.log", call(it))
        for name, concerned in names.items():
            if concerned:
                assert lives[name].poke(), name
        # All of them were told at once.
        for name, concerned in names.items():
            if not concerned:
                assert lives[name].pokes_so_far() == [], name


def test_everybody_is_poked_of_what_everybody_sees(it):
    settle(it)
    with ExitStack() as stack:
        lives = [stack.enter_context(connect(it, name)) for name in ("field", "admin", "stranger")]
        it.desk("admin").apply("team.add", {"id": new_id(), "name": new_id()})
        assert all(live.poke() for live in lives)


def test_each_desk_of_a_person_is_poked(it):
    with connect(it, "agent") as one, connect(it, "agent") as other:
        it.desk("agent").apply("call.log", call(it))
        assert one.poke() and other.poke()


def test_pokes_are_held_together(it):
    settle(it)
    desk = it.desk("agent")
    with connect(it, "manager") as live:
        started = time.monotonic()
        for _ in range(200):
            seq = desk.apply("call.log", call(it))["seq"]
        count = 1
        while live.poke()["seq"] < seq:
            count += 1
        spent = time.monotonic() - started
        assert count <= spent / 0.05 + 2, (count, spent)


def test_what_was_refused_pokes_nobody(it):
    settle(it)
    with connect(it, "manager") as live:
        look_for(live)
        it.desk("agent").give("call.log", call(it, type_id=new_id()))
        assert live.pokes(QUIET) == []


def test_what_another_process_wrote_is_noticed(it):
    settle(it)
    with connect(it, "field") as live:
        it.ctl("user", "set", "colleague", "--role", "agent", "--role", "quality")
        assert live.poke()
    it.ctl("user", "set", "colleague", "--role", "agent")
    it.desks.pop("colleague", None)


def test_who_sees_something_else_is_poked(it):
    """Even if no row that they see, now or before, was touched."""
    settle(it)
    with connect(it, "agent") as live:
        seq = it.desk("agent").get("/v1/session").json["server"]["seq"]
        it.write("UPDATE sight_change SET seq = ? WHERE person_id = ?", seq + 1, it.person("agent"))
        it.write("UPDATE head SET seq = seq + 1")
        assert live.poke()


def test_a_shorter_history_pokes_too(it):
    """A standby took over that had not heard the last of it."""
    settle(it)
    with connect(it, "manager") as live:
        it.write("UPDATE change SET seq = seq + 1000 WHERE seq = (SELECT seq FROM head)")
        it.write("UPDATE head SET seq = seq + 1000")
        assert live.poke()
        it.write("UPDATE change SET seq = seq - 1000 WHERE seq = (SELECT seq FROM head)")
        it.write("UPDATE head SET seq = seq - 1000")
        assert live.poke()
        assert live.poke(it.desk("agent").apply("call.log", call(it))["seq"])


def test_a_poke_for_what_happened_while_connecting(it):
    """Whoever has had the first beat misses nothing after it."""
    desk = it.desk("agent")
    for name in ("manager", "quality", "agent", "supervisor") * 5:
        with Live(it.netloc, it.desk(name).token) as live:
            seq = desk.apply("call.log", call(it))["seq"]
            # Who is connected may be told in between.
            while (told := live.message()) and told.get("seq", -1) < seq:
                pass
            assert told, "neither a beat nor a poke has told of it"


def test_a_ping_is_answered(it):
    with connect(it, "agent") as live:
        live.send(PING, b"there?")
        # Who is connected may be told in between.
        while (frame := live.frame())[0] != PONG:
            pass
        assert frame[1] == b"there?", frame


def test_odd_frames_harm_nobody(it):
    for junk in (b"\xff" * 200, b"\x81\x05hello", b"\x88\x80\0\0\0\0", b"\x81\xff" + b"\xff" * 12,
                 b"GET / HTTP/1.1\r\n\r\n"):
        with connect(it, "agent") as live:
            live.connection.sendall(junk)
    with connect(it, "agent") as live:
        live.send(CLOSE, b"\x03\xe8")
        try:
            live.message()
        except Closed:
            pass
    with connect(it, "agent"):
        assert it.desk("agent").get("/v1/session").status == 200


def test_many_come_and_go(it):
    desk = it.desk("agent")
    for _ in range(5):
        with ExitStack() as stack:
            lives = [stack.enter_context(connect(it, "manager")) for _ in range(20)]
            desk.post([command("call.log", call(it)) for _ in range(20)])
            assert all(live.poke() for live in lives[::2])
    assert eventually(lambda: desk.get("/v1/session").status == 200)


TEAMS = ("first", "second", "third")
AGENTS = 13


def add_people(it):
    """Three teams with their supervisors; their names."""
    for team in TEAMS:
        it.add_user(f"{team}-supervisor", "supervisor", team)
        for number in range(AGENTS):
            it.add_user(f"{team}-{number}", "agent", team)
    names = [f"{team}-{number}" for team in TEAMS for number in range(AGENTS)]
    return [*names, *(f"{team}-supervisor" for team in TEAMS), "manager", "quality", "finance",
            "admin", "supervisor", "agent", "field", "followup"]


def test_a_change_costs_a_desk_little(it):
    """Nobody asks here: what comes is what the server sends of itself."""
    names = add_people(it)
    assert len(names) == 50
    with ExitStack() as stack:
        lives = {name: stack.enter_context(connect(it, name)) for name in names}
        desk = it.desk("second-0")
        look_for(*lives.values())
        settle(it)
        for live in lives.values():
            live.pokes_so_far()
        before = {name: live.received for name, live in lives.items()}
        desk.apply("call.log", call(it))
        assert lives["manager"].poke()
        concerned = {"second-0", "second-supervisor", "manager", "quality"}
        for name, live in lives.items():
            pokes = live.pokes_so_far() or ([True] if name == "manager" else [])
            assert len(pokes) == (name in concerned), (name, pokes)
            assert live.received - before[name] <= 200, (name, live.received - before[name])


if __name__ == "__main__":
    run_tests(globals())
