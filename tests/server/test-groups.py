#!/usr/bin/python3
"""Group commit: many write at once, and it is as if they had come one after the other."""
import threading

from department import call, command, new_id, run_tests

N_THREADS = 16
N_ROUNDS = 25


def at_once(work, count=N_THREADS):
    """Runs work(0), work(1) … each on a thread of its own; returns what they gave."""
    results, failures = [None] * count, []

    def run(number):
        try:
            results[number] = work(number)
        except Exception as error:  # pylint: disable=broad-except
            failures.append(error)
    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures
    return results


def test_all_are_applied_each_with_a_number_of_its_own(it):
    names = ("agent", "colleague", "stranger", "supervisor")
    desks = [it.sign_in(names[number % 4]) for number in range(N_THREADS)]
    verdicts = at_once(lambda number: [desks[number].apply("call.log", call(it))
                                       for _ in range(N_ROUNDS)])
    for mine in verdicts:
        assert [one["seq"] for one in mine] == sorted(one["seq"] for one in mine)
    numbers = [one["seq"] for mine in verdicts for one in mine]
    assert len(set(numbers)) == N_THREADS * N_ROUNDS
    stored = dict(it.rows("SELECT id, seq FROM command"))
    assert all(stored[one["id"]] == one["seq"] for mine in verdicts for one in mine)
    it.ctl("audit", "verify")


def test_the_trail_and_the_feed_have_no_gap_and_no_double(it):
    entries = [seq for seq, in it.rows("SELECT seq FROM command ORDER BY seq")]
    changes = [seq for seq, in it.rows("SELECT seq FROM change ORDER BY seq")]
    head, audit = it.rows("SELECT seq, audit_seq FROM head")[0]
    assert len(set(entries)) == len(entries) and len(set(changes)) == len(changes)
    assert set(entries) | set(changes) == set(range(1, head + 1))
    # The totals of a group come after its last command.
    assert entries[-1] == audit <= head


def test_batches_are_not_torn_apart_by_others(it):
    desks = [it.sign_in("agent") for _ in range(8)]

    def work(number):
        for _ in range(5):
            prospect = new_id()
            noted = call(it, subscriber_id=None, prospect_id=prospect)
            batch = [command("prospect.add", {"id": prospect, "name": "P"}),
                     command("call.log", noted)]
            results = desks[number].post(batch).json["results"]
            assert [one["status"] for one in results] == ["applied"] * 2, results
            assert results[0]["seq"] < results[1]["seq"]
    at_once(work, 8)


def test_the_same_batch_from_many_at_once_is_carried_out_once(it):
    desks = [it.sign_in("agent") for _ in range(N_THREADS)]
    batch = [command("call.log", call(it)) for _ in range(20)]
    before = it.value("SELECT COUNT(*) FROM call")
    answers = at_once(lambda number: desks[number].post(batch).json["results"])
    assert all(answer == answers[0] for answer in answers)
    assert it.value("SELECT COUNT(*) FROM call") == before + 20


def test_of_many_who_want_the_same_one_gets_it(it):
    desks, key = [it.sign_in("admin") for _ in range(N_THREADS)], new_id()
    answers = at_once(lambda number: desks[number].give("team.add", {"id": key, "name": "once"}))
    codes = sorted(answer.get("error", {}).get("code", "applied") for answer in answers)
    assert codes == ["applied"] + ["conflict"] * (N_THREADS - 1), codes


def test_many_sign_in_while_others_work(it):
    desk = it.desk("agent")

    def work(number):
        if number % 2:
            return it.sign_in("colleague").get("/v1/session").status
        return [desk_of[number].get("/v1/session").status for _ in range(20)][-1]
    desk_of = [it.sign_in("agent") for _ in range(N_THREADS)]
    assert at_once(work) == [200] * N_THREADS
    assert desk.get("/v1/session").status == 200


def test_the_command_line_writes_at_the_same_time(it):
    desks = [it.sign_in("agent") for _ in range(4)]

    def work(number):
        if number == 4:
            rows = "".join(f"C-{i},c{i},زبون {i},active\n" for i in range(300))
            return it.import_subscribers("account_number,username,name,status\n" + rows)
        return [desks[number].apply("call.log", call(it)) for _ in range(30)]
    at_once(work, 5)
    assert it.value("SELECT COUNT(*) FROM subscriber WHERE account_number LIKE 'C-%'") == 300
    it.ctl("audit", "verify")
    test_the_trail_and_the_feed_have_no_gap_and_no_double(it)


def test_a_changed_trail_is_told(it):
    it.desk("agent").apply("call.log", call(it))
    seq = it.value("SELECT MAX(seq) FROM command")
    for spoil in ("UPDATE command SET status = 'rejected' WHERE seq = ?",
                  "UPDATE command SET payload = payload || ' ' WHERE seq = ?",
                  "UPDATE command SET given_at = given_at - 1 WHERE seq = ?",
                  "DELETE FROM command WHERE seq = ?"):
        kept = it.rows("SELECT * FROM command WHERE seq = ?", seq)[0]
        it.write(spoil, seq)
        assert it.ctl("audit", "verify", check=False).returncode != 0, spoil
        it.write("DELETE FROM command WHERE seq = ?", seq)
        it.write(f"INSERT INTO command VALUES ({', '.join('?' * len(kept))})", *kept)
        it.ctl("audit", "verify")
    # Salt and arguments may be erased together.
    it.write("UPDATE command SET salt = NULL, payload = NULL WHERE seq = ?", seq)
    it.ctl("audit", "verify")


if __name__ == "__main__":
    run_tests(globals())
