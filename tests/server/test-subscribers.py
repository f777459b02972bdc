#!/usr/bin/python3
"""Search, the card, and the catalogue."""
import re

from department import call, check_problem, check_server, new_id, parse_time, run_tests, stamp
from scene import Scene


def found(it, text, **query):
    answer = it.desk("agent").get("/v1/subscribers", q=text, **query)
    assert answer.status == 200, answer.body
    return [row.get("username", row["name"]) for row in answer.json["subscribers"]]


def test_search_by_any_word(it):
    for text in ("عمر", "الأحمد", "الاحمد", "عُمَر", "عـــمر", "الا", "الأ", "omar", "OM", "A-1001",
                 "0114018827", "011-4018827", "٠١١٤٠١٨٨٢٧", "عمر الاح", "الاح عمر",
                 "عمر 011"):
        assert found(it, text) == ["omar"], (text, found(it, text))
    assert found(it, "هدي السيد") == ["huda"] and found(it, "ليلي") == ["layla"]


def test_search_finds_nobody(it):
    for text in ("", " ", "زيد", "عمر هدى", "'; DROP TABLE person", "%", "*", "\\"):
        assert found(it, text) == [], text


def test_search_finds_prospects_too(it):
    it.desk("agent").apply("prospect.add", {"id": new_id(), "name": "وائل الجديد",
                                            "telephone": "0955 000 111"})
    assert found(it, "وائل") == ["وائل الجديد"] == found(it, "0955000111")


def test_search_has_a_limit(it):
    rows = "".join(f"B-{i},many{i},كثير {i},active\n" for i in range(150))
    it.import_subscribers("account_number,username,name,status\n" + rows)
    for asked, given in ((1, 1), (10, 10), (1000, 100), (0, 1), (-1, 50), ("x", 50)):
        assert len(found(it, "كثير", limit=asked)) == given, asked


def test_search_gives_no_figures(it):
    answer = it.desk("agent").get("/v1/subscribers", q="omar")
    check_server(answer)
    assert set(answer.json["subscribers"][0]) == {
        "id", "kind", "name", "name_folded", "telephone", "username", "account_number", "package",
        "tier", "status"}


def test_the_card(it):
    answer = it.desk("agent").get("/v1/subscribers/" + it.subscriber("omar"))
    check_server(answer)
    assert set(answer.json) == {"subscriber", "card", "calls", "server"}
    assert answer.json["subscriber"]["name"] == "عمر الأحمد"
    card = answer.json["card"]
    assert (card["volume_allowed"], card["volume_up"], card["volume_down"]) == (5 * 10 ** 10, 1000, 2000)
    assert (card["balance"], card["currency"]) == (-1500, "SYP")
    assert abs(parse_time(card["measured_at"]) - parse_time(stamp())) < 600


def test_the_card_shows_the_latest_call_first(it):
    desk, key = it.desk("agent"), it.subscriber("huda")
    given = [call(it, subscriber_id=key, started_at=stamp(-86400 * days), notes=str(days),
                  ended_at=stamp(-86400 * days + 60)) for days in (3, 91, 1, 89)]
    for args in given:
        desk.apply("call.log", args)
    calls = desk.get("/v1/subscribers/" + key).json["calls"]
    assert [row["notes"] for row in calls] == ["1", "3", "89"]
    assert calls[0]["person_name"] and calls[0]["type_name"] and calls[0]["customer_name"]


def test_a_card_of_nobody(it):
    for key in (new_id(), "x", "%27", it.person("agent")):
        check_problem(it.desk("agent").get("/v1/subscribers/" + key), 404, "not_found")


TABLES = {"person", "team", "call_type", "threshold", "setting", "subscriber", "card", "prospect",
          "pbx_call", "pbx_source", "pbx_pause", "pbx_event", "call", "call_version", "call_link",
          "note", "presence", "auxiliary", "queue_total", "agent_total", "record_total",
          "connection", "document", "document_version", "document_receipt"}
INTERNAL = {"account.password", "account.change", "session.begin", "session.end",
            "presence.lapse", "connection.report", "epoch.begin", "epoch.end"}


def test_the_catalogue_lists_every_table(it):
    answer = it.desk("finance").get("/v1/catalogue")
    check_server(answer)
    assert set(answer.json["tables"]) == TABLES
    for name, schema in answer.json["tables"].items():
        columns = {column for _, column, *_ in it.rows(f"PRAGMA table_info({name})")} - {"row_n"}
        assert set(schema["properties"]) == columns and set(schema["required"]) <= columns, name
    points_to = {name: field.get("references")
                 for name, field in answer.json["tables"]["call_link"]["properties"].items()}
    assert points_to["pbx_call_id"] == "pbx_call" and points_to["joined"] is None, points_to


def test_the_catalogue_lists_every_public_command(it):
    catalogue = it.desk("finance").get("/v1/catalogue").json
    used = {kind for kind, in it.rows("SELECT DISTINCT type FROM command")}
    assert not INTERNAL & set(catalogue["commands"])
    assert used - INTERNAL <= set(catalogue["commands"]), used
    for name, entry in catalogue["commands"].items():
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", name) and entry["title"] and entry["roles"], name
        schema = entry["args"]
        assert schema["additionalProperties"] is False and schema["type"] == "object"
        assert set(schema["required"]) <= set(schema["properties"]), name
        assert isinstance(entry["online_only"], bool)
    assert not catalogue["commands"]["call.log"]["online_only"]
    assert catalogue["commands"]["threshold.set"]["online_only"]
    assert catalogue["limits"]["batch"] == 500 and catalogue["limits"]["body"] == 4 * 1024 * 1024


def test_what_the_catalogue_says_holds_for_the_feed(it):
    Scene(it)
    it.write("DELETE FROM sight_change")
    tables = it.desk("manager").get("/v1/catalogue").json["tables"]
    rows, _ = it.desk("manager").pull()
    for (table, key), row in rows.items():
        if row is not None and table != "window":
            check_row(row, tables[table], (table, key))


KINDS = {"string": str, "integer": int, "boolean": bool, "array": list}


def check_row(row, schema, where):
    assert set(schema["required"]) <= set(row) <= set(schema["properties"]), where
    for name, value in row.items():
        said = schema["properties"][name]
        assert isinstance(value, KINDS[said["type"]]), (where, name, value)
        if "enum" in said:
            assert value in said["enum"], (where, name, value)
        if said.get("format") == "date-time":
            parse_time(value)


if __name__ == "__main__":
    run_tests(globals())
