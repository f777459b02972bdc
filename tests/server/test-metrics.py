#!/usr/bin/python3
"""What the server counts, in Prometheus' text format: read strictly, and counted exactly."""
import math
import re

from department import (Department, call, check_problem, command, eventually, new_id, password_of,
                        run_tests)
from live import Live

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"'
UP = "mutabaa_database_up", frozenset()
SAMPLE = re.compile(rf"({NAME})(?:\{{({LABEL}(?:,{LABEL})*)\}})? (\S+)")


def read_value(text):
    assert re.fullmatch(r"[+-]?(Inf|NaN|\d+(\.\d+)?(e[+-]?\d+)?)", text), text
    return float(text)


def read_sample(line):
    found = SAMPLE.fullmatch(line)
    assert found, line
    labels = re.findall(LABEL, found[2] or "")
    assert len(dict(labels)) == len(labels), ("a label twice", line)
    return found[1], frozenset(labels), read_value(found[len(found.groups())])


def check_histogram(name, samples):
    """Each of its series has all its buckets, rising, and the last of them is the count."""
    series = {}
    for sample, labels, value in samples:
        labels = dict(labels)
        bound = labels.pop("le", None)
        assert (bound is not None) == (sample == name + "_bucket"), sample
        one = series.setdefault(frozenset(labels.items()), {"buckets": []})
        if bound is None:
            assert sample in (name + "_sum", name + "_count") and sample not in one, sample
            one[sample] = value
        else:
            one["buckets"].append((float(bound.replace("+Inf", "inf")), value))
    for one in series.values():
        bounds, counts = zip(*one["buckets"])
        assert list(bounds) == sorted(set(bounds)) and bounds[-1] == math.inf, (name, bounds)
        assert list(counts) == sorted(counts) and counts[-1] == one[name + "_count"], (name, one)
        assert one[name + "_sum"] >= 0, (name, one)


def read_metrics(text):
    """{(name, labels): value}; whatever the format does not allow is a failure."""
    assert text.endswith("\n") and "\n\n" not in text
    families, found, kind, family, samples = set(), {}, None, None, []
    for line in [*text.splitlines(), "# HELP end -"]:
        if line.startswith("# HELP "):
            if kind == "histogram":
                check_histogram(family, samples)
            _, _, family, told = line.split(" ", 3)
            assert re.fullmatch(NAME, family) and family not in families and told, line
            families.add(family)
            kind, samples = None, []
        elif line.startswith("# TYPE "):
            assert kind is None and line.split(" ")[2] == family, line
            kind = line.split(" ")[3]
            assert kind in ("counter", "gauge", "histogram"), line
            assert (kind == "counter") == family.endswith("_total"), line
        else:
            name, labels, value = read_sample(line)
            endings = ("_bucket", "_sum", "_count") if kind == "histogram" else ("",)
            assert kind and name in [family + ending for ending in endings], line
            assert (name, labels) not in found, line
            assert kind == "gauge" or value >= 0, line
            found[name, labels] = value
            samples.append((name, labels, value))
    # Only a database that cannot be read leaves a number out.
    assert not found.get(UP) or not any(map(math.isnan, found.values())), found
    return found


def scrape(it):
    answer = it.client().get("/metrics")
    assert answer.status == 200, answer.body
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    return read_metrics(answer.body.decode())


def value(metrics, name, **labels):
    return metrics.get((name, frozenset(labels.items())), 0)


def test_the_reader_is_strict(_):
    good = "# HELP a_total A.\n# TYPE a_total counter\na_total{x=\"1\"} 1\n"
    assert read_metrics(good) == {("a_total", frozenset([("x", "1")])): 1}
    histogram = ("# HELP h H.\n# TYPE h histogram\nh_bucket{le=\"1\"} 2\nh_bucket{le=\"+Inf\"} 3\n"
                 "h_sum 1.5\nh_count 3\n")
    read_metrics(histogram)
    for text in (good.replace("_total", ""), good.replace("1\"", "1\\q\""), good + good,
                 good.replace("# TYPE a_total counter\n", ""), good.replace(" A.", ""),
                 good.replace("x=\"1\"", "x=\"1\",x=\"2\""), good.replace("} 1", "} one"),
                 good.replace("} 1", "} -1"), good + "a_total{x=\"1\"} 2\n", good[:-1],
                 histogram.replace("+Inf", "2"), histogram.replace("count 3", "count 4"),
                 histogram.replace("} 2", "} 4")):
        try:
            read_metrics(text)
        except (AssertionError, KeyError, ValueError):
            continue
        raise AssertionError(text)


def test_requests_are_counted_exactly(it):
    desk = it.sign_in("agent")
    before = scrape(it)
    for _ in range(3):
        assert desk.get("/v1/subscribers/" + it.subscriber("omar")).status == 200
    assert desk.get("/v1/subscribers/" + new_id()).status == 404
    assert it.client().get("/v1/session").status == 401
    for path in ("/nowhere", "/v1/nothing", "/v1/subscribers/a/b"):
        assert desk.get(path).status == 404
    after = scrape(it)

    def more(name, **labels):
        return value(after, name, **labels) - value(before, name, **labels)
    card = {"method": "GET", "route": "/v1/subscribers/*"}
    assert more("mutabaa_requests_total", **card, status="2xx") == 3
    assert more("mutabaa_requests_total", **card, status="4xx") == 1
    assert more("mutabaa_request_seconds_count", **card) == 4
    assert more("mutabaa_requests_total", method="GET", route="/v1/session", status="4xx") == 1
    assert more("mutabaa_requests_total", method="other", route="other", status="4xx") == 3
    assert more("mutabaa_requests_total", method="GET", route="/metrics", status="2xx") == 1
    assert more("mutabaa_errors_total", code="not_found") == 4
    assert more("mutabaa_errors_total", code="unauthorized") == 1
    assert sum(more(name, **dict(labels)) for name, labels in after
               if name == "mutabaa_requests_total") == 9


def test_commands_are_counted_exactly(it):
    desk = it.sign_in("agent")
    before = scrape(it)
    good = [command("call.log", call(it)) for _ in range(3)]
    desk.post(good)
    desk.post(good[:2])
    desk.post([command("call.log", call(it, subscriber_id=new_id())),
               command("team.add", {"id": new_id(), "name": "mine"}),
               command("no.such\"command\\", {})])
    after = scrape(it)

    def more(kind, verdict):
        labels = {"type": kind, "verdict": verdict}
        return (value(after, "mutabaa_commands_total", **labels)
                - value(before, "mutabaa_commands_total", **labels))
    assert more("call.log", "applied") == 3
    assert more("call.log", "repeated") == 2
    assert more("call.log", "not_found") == 1
    assert more("team.add", "forbidden") == 1
    assert more("unknown", "invalid") == 1
    sizes = value(after, "mutabaa_group_commands_sum") - value(before, "mutabaa_group_commands_sum")
    groups = (value(after, "mutabaa_group_commands_count")
              - value(before, "mutabaa_group_commands_count"))
    assert sizes == 8 and groups == 3
    assert (value(after, "mutabaa_commit_seconds_count")
            - value(before, "mutabaa_commit_seconds_count")) == 3


def test_failed_sign_ins_and_limits(it):
    before = scrape(it)
    assert it.try_sign_in("agent", "wrong").status == 401
    assert it.try_sign_in("nobody at all", "wrong").status == 401
    check_problem(it.client().ask("POST", "/v1/session", " " * (4 * 1024 * 1024 + 1)), 413,
                  "too_large")
    after = scrape(it)
    assert value(after, "mutabaa_sign_ins_failed_total") == (
        value(before, "mutabaa_sign_ins_failed_total") + 2)
    assert value(after, "mutabaa_refused_total", limit="body") == (
        value(before, "mutabaa_refused_total", limit="body") + 1)


def test_how_the_department_stands(it):
    before = scrape(it)
    with Live(it.netloc, it.sign_in("agent").token), Live(it.netloc, it.sign_in("manager").token):
        connected = eventually(lambda: (
            value(scrape(it), "mutabaa_live_connections")
            == value(before, "mutabaa_live_connections") + 2))
        assert connected
        assert eventually(lambda: value(scrape(it), "mutabaa_desks_connected") >= 2)
    assert eventually(lambda: (value(scrape(it), "mutabaa_live_connections")
                               == value(before, "mutabaa_live_connections")))
    now = scrape(it)
    head, audit = it.rows("SELECT seq, audit_seq FROM head")[0]
    assert value(now, "mutabaa_feed_number") == head
    assert value(now, "mutabaa_audit_number") == audit
    assert value(now, "mutabaa_connections", kind="subscribers", state="waiting") + value(
        now, "mutabaa_connections", kind="subscribers", state="working") == 1
    assert value(now, "process_resident_memory_bytes") > 1000000
    assert value(now, "process_start_time_seconds") > 1700000000
    assert value(now, "mutabaa_readers_waiting") == 0
    assert [dict(labels)["engine"] for name, labels in now if name == "mutabaa_info"] == ["sqlite"]


def test_a_database_that_cannot_be_read(_):
    """The numbers of the process go on, and those of the database are none."""
    with Department() as it:
        assert value(scrape(it), "mutabaa_database_up") == 1
        it.write("ALTER TABLE head RENAME TO elsewhere")
        check_problem(it.client().get("/healthz"), 503, "storage")
        gone = scrape(it)
        assert value(gone, "mutabaa_database_up") == 0
        assert value(gone, "mutabaa_requests_total", method="GET", route="/healthz", status="5xx") == 1
        assert math.isnan(value(gone, "mutabaa_feed_number"))
        assert math.isnan(value(gone, "mutabaa_connections", kind="subscribers", state="waiting"))
        it.write("ALTER TABLE elsewhere RENAME TO head")
        back = scrape(it)
        assert value(back, "mutabaa_database_up") == 1
        assert value(back, "mutabaa_feed_number") == it.rows("SELECT seq FROM head")[0][0]
        it.stop(silent=False)


def test_nothing_is_told_about_people(it):
    text = it.client().get("/metrics").body.decode()
    for word in ("omar", "A-1001", "rima", password_of("agent"), it.person("agent"),
                 it.subscriber("omar")):
        assert word not in text, word
    assert not set(it.desks) & set(re.findall(r'"([^"]*)"', text))


if __name__ == "__main__":
    run_tests(globals())
