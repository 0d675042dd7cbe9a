from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from bot.gateway.sessions import SESSION_SECONDS
from bot.settings import Settings
from conference.database import open_database
from conference.people import People
from tests.gateway.conftest import ORIGIN, Site
from tests.waiting import until

JSON_TYPES = [None, True, 0, 1.5, "x", [], {}]


def code(answer: Any) -> tuple[int, str]:
    """An error's status and code; the shape is the same for every error."""
    body = answer.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    assert body["error"]["message"]
    return answer.status_code, body["error"]["code"]


# ---- saying something


async def test_a_message_is_answered_and_the_brain_knows_who_speaks(site: Site) -> None:
    token = await site.token("zh")
    messages = await site.say(token, "find jobs in energy")
    assert [each["text"] for each in messages] == ["You said: find jobs in energy"]
    assert messages[0]["custom"]["type"] == "fallback"
    (turn,) = site.brain.turns
    assert turn["channel"] == "web"
    assert turn["language"] == "zh"
    assert turn["text"] == "find jobs in energy"
    assert "payload" not in turn
    assert token not in json.dumps(turn)


async def test_visitors_do_not_share_a_conversation(site: Site) -> None:
    one, other = await site.token(), await site.token()
    await site.say(one, "mine")
    await site.say(other, "theirs")
    assert len({turn["conversation"] for turn in site.brain.turns}) == 2
    assert len({turn["person"] for turn in site.brain.turns}) == 2
    assert [each["text"] for each in await site.history(one)] == ["mine", "You said: mine"]


async def test_a_client_cannot_say_who_it_is(site: Site) -> None:
    token = await site.token()
    await site.say(token, "hello", sender="x", person="x", conversation="x", channel="telegram")
    (turn,) = site.brain.turns
    assert "x" not in (turn["person"], turn["conversation"])
    assert turn["channel"] == "web"


async def test_the_token_may_come_as_bearer(site: Site) -> None:
    token = await site.token()
    answer = await site.http.post(
        "/chat/messages", json={"text": "hi"}, headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 200


async def test_a_body_needs_no_content_type(site: Site) -> None:
    token = await site.token()
    answer = await site.http.post(
        "/chat/messages",
        content=json.dumps({"token": token, "text": "你好"}).encode(),
        headers={"Content-Type": "text/plain;charset=UTF-8"},
    )
    assert answer.json()["messages"][0]["text"] == "You said: 你好"


@pytest.mark.parametrize("text", ["/restart", '/intent{"a":1}', "/", "<b>&", "'; DROP TABLE x"])
async def test_a_typed_text_stays_a_text_whatever_it_begins_with(site: Site, text: str) -> None:
    await site.say(await site.token(), text)
    (turn,) = site.brain.turns
    assert turn["text"] == text
    assert "payload" not in turn


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("a" * 1000, "a" * 1000),
        ("能" * 1000, "能" * 1000),
        ("😀" * 1000, "😀" * 1000),
        ("  hi\t there \r\n\0\x1b[31m\x7f\x85 ", "hi  there \n[31m"),
        ("a\ud800b", "a\ufffdb"),
        ("\U0001fae0", "\U0001fae0"),  # an emoji newer than Python's tables
    ],
)
async def test_odd_texts_are_heard_in_order(site: Site, typed: str, heard: str) -> None:
    token = await site.token()
    body = json.dumps({"token": token, "text": typed})  # ASCII, a lone surrogate as \ud800
    answer = await site.http.post("/chat/messages", content=body)
    assert answer.status_code == 200
    (turn,) = site.brain.turns
    assert turn["text"] == heard


# ---- errors


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"text": ""},
        {"text": " \n\t\u3000"},
        {"text": "\u200b\ufeff"},
        {"text": "\0\x01"},
        {"text": "a" * 1001},
        {"text": "😀" * 1001},
        *({"text": wrong} for wrong in JSON_TYPES if not isinstance(wrong, str)),
        *({"payload": wrong} for wrong in JSON_TYPES),
        {"payload": "/next_page"},
        {"text": "hi", "payload": "/next_page"},
        {"text": "hi", "id": 7},
        {"text": "hi", "id": ""},
        {"text": "hi", "id": "x" * 81},
        {"text": "hi", "id": "a\0"},
        {"text": "hi", "stream": "yes"},
        {"text": "hi", "stream": 1},
    ],
)
async def test_a_malformed_message_is_400(site: Site, fields: dict[str, Any]) -> None:
    token = await site.token()
    assert code(await site.post("messages", {"token": token, **fields})) == (400, "malformed")
    assert not site.brain.turns


@pytest.mark.parametrize(
    "raw",
    [b"{", b"[]", b'"x"', b"null", b"\xff\xfe", b"[" * 9000, b"1" * 9000, b"{'a': 1}"],
)
@pytest.mark.parametrize("call", ["session", "messages", "history", "clear"])
async def test_what_is_no_json_object_is_400(site: Site, call: str, raw: bytes) -> None:
    assert code(await site.http.post(f"/chat/{call}", content=raw)) == (400, "malformed")


@pytest.mark.parametrize("after", [-1, 1.5, "1", True, [], 2**63])
async def test_a_malformed_after_is_400(site: Site, after: Any) -> None:
    body = {"token": await site.token(), "after": after}
    assert code(await site.post("history", body)) == (400, "malformed")


@pytest.mark.parametrize("language", [5, "", "<b>", ["en"], "x" * 50])
async def test_a_malformed_language_is_400(site: Site, language: Any) -> None:
    assert code(await site.post("session", {"language": language})) == (400, "malformed")


@pytest.mark.parametrize(
    ("given", "kept"), [("zh-Hant-TW", "zh"), ("en_US", "en"), ("ru", None), (None, None)]
)
async def test_a_language_we_do_not_speak_is_none(
    site: Site, given: str | None, kept: str | None
) -> None:
    await site.say(await site.token(given), "hi")
    assert site.brain.turns[0]["language"] == kept


@pytest.mark.parametrize("call", ["messages", "history", "clear"])
async def test_without_a_good_token_it_is_401(site: Site, call: str) -> None:
    good = await site.token()
    for token in (*JSON_TYPES, good[:-5], good + "x", "\ud800"):
        body = json.dumps({"token": token, "text": "hi"})
        answer = await site.http.post(f"/chat/{call}", content=body)
        assert code(answer) == (401, "unauthorized")
    for header in ("", "Bearer", "Bearer x", f"Basic {good}"):
        answer = await site.http.post(
            f"/chat/{call}", json={"text": "hi"}, headers={"Authorization": header}
        )
        assert code(answer) == (401, "unauthorized")


async def test_an_expired_token_is_401(site: Site) -> None:
    token = await site.token()
    site.clock.seconds += SESSION_SECONDS + 1
    answer = await site.post("messages", {"token": token, "text": "hi"})
    assert code(answer) == (401, "unauthorized")


async def test_a_body_over_16_kib_is_413_and_not_read_to_its_end(site: Site) -> None:
    token = await site.token()
    most = json.dumps({"token": token, "text": "hi", "padding": ""})
    fits = json.dumps({"token": token, "text": "hi", "padding": "x" * (16 * 1024 - len(most))})
    assert len(fits) == 16 * 1024
    assert (await site.http.post("/chat/messages", content=fits)).status_code == 200
    assert code(await site.http.post("/chat/messages", content=fits + " ")) == (413, "too_large")

    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while read < 2**20:
            read += 1024
            yield b" " * 1024

    answer = await site.http.post("/chat/messages", content=endless())
    assert code(answer) == (413, "too_large")
    assert len(site.brain.turns) == 1


@pytest.mark.parametrize("path", ["/nothing", "/chat/nothing", "/webhooks/rest/webhook", "/model"])
async def test_an_unknown_path_is_404_in_json(site: Site, path: str) -> None:
    assert code(await site.http.get(path)) == (404, "not_found")


async def test_a_wrong_method_is_405_in_json(site: Site) -> None:
    answer = await site.http.get("/chat/messages")
    assert code(answer) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "POST"


async def test_a_brain_that_is_away_is_503_and_the_same_id_is_answered_later(site: Site) -> None:
    token = await site.token()
    site.brain.down = True
    answer = await site.post("messages", {"token": token, "text": "hi", "id": "1"})
    assert code(answer) == (503, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    site.brain.down = False
    await site.say(token, "hi", id="1")
    assert [each["text"] for each in await site.history(token)] == ["hi", "You said: hi"]


async def test_a_bug_is_500_and_the_log_has_a_line_without_the_visitors_words(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    token = await site.token()
    site.brain.broken = True
    with caplog.at_level(logging.DEBUG, logger="bot"):
        answer = await site.post("messages", {"token": token, "text": "my secret words"})
    assert code(answer) == (500, "internal")
    assert "BrainFailedError" in caplog.text
    assert "Traceback" not in caplog.text
    assert "secret words" not in caplog.text
    assert token not in caplog.text


# ---- once, in order, to the end


async def test_a_repeated_id_is_answered_once(site: Site) -> None:
    token = await site.token()
    first = await site.say(token, "two", id="a")
    again = await site.say(token, "two", id="a")
    assert again == first
    assert len(first) == 2
    assert len(site.brain.turns) == 1
    assert len(await site.history(token)) == 3
    await site.say(await site.token(), "two", id="a")  # another visitor's own id
    assert len(site.brain.turns) == 2


async def test_an_id_repeated_while_it_is_being_answered_waits_for_that_answer(
    site: Site,
) -> None:
    token = await site.token()
    site.brain.gate = asyncio.Event()
    tries = [asyncio.create_task(site.say(token, "two", id="a")) for _ in range(2)]
    await site.waiting(2)
    site.brain.gate.set()
    first, second = await asyncio.gather(*tries)
    assert first == second
    assert len(site.brain.turns) == 1


async def test_three_quick_messages_are_answered_one_by_one_in_order(site: Site) -> None:
    token = await site.token()
    answers = await asyncio.gather(*(site.say(token, text) for text in ("one", "2", "three")))
    assert [turn["text"] for turn in site.brain.turns] == ["one", "2", "three"]
    assert site.brain.most_at_once == 1
    assert [messages[0]["text"] for messages in answers] == [
        "You said: one",
        "You said: 2",
        "You said: three",
    ]
    assert [each["seq"] for each in await site.history(token)] == [1, 2, 3, 4, 5, 6]


async def test_conversations_do_not_wait_for_each_other(site: Site) -> None:
    site.brain.gate = asyncio.Event()
    tokens = [await site.token() for _ in range(3)]
    saying = [asyncio.create_task(site.say(token, "hi")) for token in tokens]
    await until(lambda: site.brain.now_answering == 3)
    site.brain.gate.set()
    await asyncio.gather(*saying)


async def test_too_many_waiting_messages_are_429(site: Site) -> None:
    token = await site.token()
    site.brain.gate = asyncio.Event()
    saying = [asyncio.create_task(site.say(token, str(number))) for number in range(20)]
    await site.waiting(20)
    answer = await site.post("messages", {"token": token, "text": "one more"})
    assert code(answer) == (429, "too_many")
    assert answer.headers["Retry-After"] == "1"
    site.brain.gate.set()
    await asyncio.gather(*saying)
    await site.say(token, "now it may")


async def test_a_turn_goes_on_when_its_client_has_gone(site: Site) -> None:
    token = await site.token()
    site.brain.gate = asyncio.Event()
    saying = asyncio.create_task(site.say(token, "hi"))
    await until(lambda: site.brain.now_answering)
    saying.cancel()
    await asyncio.gather(saying, return_exceptions=True)
    site.brain.gate.set()
    await site.gateway.turns.finish(5)
    assert [each["author"] for each in await site.history(token)] == ["user", "bot"]


# ---- streaming


async def test_a_stream_is_an_acknowledgement_and_then_each_message(site: Site) -> None:
    token = await site.token()
    body = {"token": token, "text": "two", "stream": True, "id": "a"}
    answer = await site.post("messages", body)
    assert answer.headers["Content-Type"].startswith("application/x-ndjson")
    ack, *messages = map(json.loads, answer.text.splitlines())
    assert ack == {"type": "ack", "id": "a"}
    assert [each["text"] for each in messages] == ["You said: two", "And another."]
    assert messages == await site.say(token, "two", id="a")


async def test_a_stream_that_fails_ends_with_the_error(site: Site) -> None:
    site.brain.down = True
    body = {"token": await site.token(), "text": "hi", "stream": True}
    ack, error = map(json.loads, (await site.post("messages", body)).text.splitlines())
    assert ack["type"] == "ack"
    assert error["type"] == "error"
    assert error["error"]["code"] == "unavailable"


async def test_what_was_answered_before_a_turn_failed_is_kept_and_not_told_again(
    site: Site,
) -> None:
    async def fail() -> None:
        raise RuntimeError

    site.brain.between = fail
    token = await site.token()
    body = {"token": token, "text": "two", "stream": True, "id": "a"}
    _, first, error = map(json.loads, (await site.post("messages", body)).text.splitlines())
    assert (first["text"], error["error"]["code"]) == ("You said: two", "internal")
    assert [each["text"] for each in await site.history(token)] == ["two", "You said: two"]
    site.brain.between = None
    again = await site.say(token, "two", id="a")
    assert again[0] == first
    assert [each["text"] for each in again] == ["You said: two", "And another."]
    assert [each["seq"] for each in await site.history(token)] == [1, 2, 3]
    assert all("more" not in each for each in await site.history(token))
    assert await site.say(token, "two", id="a") == again


async def test_a_malformed_message_is_400_with_stream_too(site: Site) -> None:
    body = {"token": await site.token(), "text": "", "stream": True}
    assert code(await site.post("messages", body)) == (400, "malformed")


# ---- buttons


async def test_a_button_that_we_made_can_be_pressed_after_a_restart_too(
    site: Site, open_site: Callable[..., Site]
) -> None:
    token = await site.token()
    (message,) = await site.say(token, "buttons")
    assert [each["title"] for each in message["buttons"]] == ["More", "深圳"]
    restarted = open_site()
    payload = message["buttons"][1]["payload"]
    answer = await restarted.post("messages", {"token": token, "payload": payload})
    assert answer.status_code == 200
    (turn,) = restarted.brain.turns
    assert turn["payload"] == '/refine{"city":"shenzhen"}'
    assert "text" not in turn
    *_, pressed, _ = await restarted.history(token)
    assert (pressed["author"], pressed["text"]) == ("user", "深圳")
    assert "payload" not in pressed


async def test_the_historys_buttons_can_be_pressed(site: Site) -> None:
    token = await site.token()
    (message,) = await site.say(token, "buttons")
    history = await site.history(token)
    assert history[-1]["buttons"] == message["buttons"]


async def test_a_payload_is_good_for_nobody_else_and_for_nothing_else(site: Site) -> None:
    token, other = await site.token(), await site.token()
    (message,) = await site.say(token, "buttons")
    payload = message["buttons"][0]["payload"]
    changed = payload.replace("next_page", "delete_data")
    assert changed != payload
    for who, what in ((other, payload), (token, changed), (token, '/next_page{"x":1}')):
        answer = await site.post("messages", {"token": who, "payload": what})
        assert code(answer) == (400, "malformed")
    assert len(site.brain.turns) == 1


# ---- history and clearing


async def test_the_history_can_be_asked_for_from_a_gap_on(site: Site) -> None:
    token = await site.token()
    assert await site.history(token) == []
    await site.say(token, "one")
    await site.say(token, "two")
    everything = await site.history(token)
    assert [each["author"] for each in everything] == ["user", "bot", "user", "bot", "bot"]
    assert await site.history(token, after=everything[1]["seq"]) == everything[2:]
    assert await site.history(token, after=10**9) == []


async def test_clearing_forgets_the_conversation_here_and_in_the_brain(site: Site) -> None:
    token, other = await site.token(), await site.token()
    await site.say(token, "hi")
    await site.say(other, "hi")
    assert (await site.post("clear", {"token": token})).status_code == 200
    assert await site.history(token) == []
    assert len(await site.history(other)) == 2
    (cleared,) = site.brain.cleared
    turn = site.brain.turns[0]
    assert cleared == {"conversation": turn["conversation"], "person": turn["person"]}
    await site.say(token, "again")
    assert len(await site.history(token)) == 2


async def test_of_a_person_whose_data_is_deleted_nothing_is_kept(
    site: Site, settings: Settings
) -> None:
    people = People(open_database(settings.database_url))
    site.brain.forget = lambda person: people.forget(person=person)
    token = await site.token()
    await site.say(token, "hi")
    (answer,) = await site.say(token, "forget me", id="a")
    assert answer["text"] == "You said: forget me"
    assert await site.history(token) == []
    await site.say(token, "hi again")
    assert [each["text"] for each in await site.history(token)] == [
        "hi again",
        "You said: hi again",
    ]


# ---- other sites


@pytest.mark.parametrize("call", ["session", "messages", "history", "clear"])
@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "https://conference.example.evil.example", "http://["],
)
async def test_an_origin_that_is_not_allowed_is_403(site: Site, call: str, origin: str) -> None:
    body = {"token": await site.token(), "text": "hi"}
    answer = await site.http.post(f"/chat/{call}", json=body, headers={"Origin": origin})
    assert code(answer) == (403, "origin_not_allowed")
    assert "Access-Control-Allow-Origin" not in answer.headers
    preflight = await site.http.options(
        f"/chat/{call}", headers={"Origin": origin, "Access-Control-Request-Method": "POST"}
    )
    assert preflight.status_code == 403
    assert not site.brain.turns


@pytest.mark.parametrize("origin", [ORIGIN, "https://chat.test", "https://conference.example"])
async def test_our_own_pages_and_allowed_sites_may_call(site: Site, origin: str) -> None:
    body = {"token": await site.token(), "text": "hi"}
    for call, fields in (("messages", body), ("messages", {}), ("nothing", {})):
        answer = await site.http.post(f"/chat/{call}", json=fields, headers={"Origin": origin})
        assert answer.headers["Access-Control-Allow-Origin"] == origin
        assert "Origin" in answer.headers["Vary"]
    assert len(site.brain.turns) == 1


async def test_a_preflight_of_an_allowed_site_is_answered(site: Site) -> None:
    answer = await site.http.options(
        "/chat/messages",
        headers={
            "Origin": "https://conference.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type",
        },
    )
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "https://conference.example"
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert answer.headers["Access-Control-Allow-Headers"] == "Authorization, Content-Type"
    assert "Access-Control-Allow-Credentials" not in answer.headers


# ---- limits


async def test_one_conversation_has_a_rate_and_others_do_not_feel_it(
    open_site: Callable[..., Site],
) -> None:
    site = open_site(message_rate=0.05)  # three a minute
    token = await site.token()
    for _ in range(3):
        await site.say(token, "hi")
    answer = await site.post("messages", {"token": token, "text": "hi"})
    assert code(answer) == (429, "too_many")
    assert answer.headers["Retry-After"] == "20"
    await site.say(await site.token(), "hi")
    site.clock.seconds += 20
    await site.say(token, "hi")


async def test_one_address_has_a_rate_of_sessions(open_site: Callable[..., Site]) -> None:
    site = open_site(session_rate=0.05)
    for _ in range(3):
        await site.token()
    answer = await site.post("session", {})
    assert code(answer) == (429, "too_many")
    assert answer.headers["Retry-After"] == "20"


async def test_a_quick_client_that_waits_for_its_answers_is_not_limited(site: Site) -> None:
    tokens = [await site.token() for _ in range(70)]
    for _ in range(530):
        await site.say(tokens[0], "hi")


# ---- pages, health, metrics


async def test_the_page_says_that_the_data_is_a_sample_only_when_it_is(site: Site) -> None:
    page = await site.http.get("/chat/")
    assert page.status_code == 200
    assert "Sample data" in page.text
    assert "示例数据" in page.text
    site.sample[0] = False
    page = await site.http.get("/chat/")
    assert "Sample data" not in page.text
    assert "$sample" not in page.text


async def test_the_pages_code_is_ours_and_in_files(site: Site) -> None:
    page = await site.http.get("/chat/")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for inline in ("<style", "style=", "onclick", "<script>"):
        assert inline not in page.text
    # the line to paste has the address that the page was reached at; there is no other
    ours = f"//{site.http.base_url.netloc.decode()}/chat/widget.js"
    assert set(re.findall(r'//[^"\s<]+', page.text)) == {ours}
    for path, kind in (("widget.js", "text/javascript"), ("page.css", "text/css")):
        file = await site.http.get(f"/chat/{path}")
        assert file.status_code == 200
        assert file.headers["Content-Type"].startswith(kind)
        assert path in page.text


async def test_the_widget_is_sent_small_and_once(site: Site) -> None:
    packed = {"Accept-Encoding": "gzip"}
    first = await site.http.get("/chat/widget.js", headers=packed)
    assert first.headers["Content-Encoding"] == "gzip"
    assert int(first.headers["Content-Length"]) < 20 * 1024
    assert first.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    kept = {"If-None-Match": first.headers["ETag"], **packed}
    again = await site.http.get("/chat/widget.js", headers=kept)
    assert (again.status_code, again.content) == (304, b"")
    assert (
        again.headers["Cache-Control"] == "no-cache"
    )  # asked for at each page, sent when it changed
    plain = await site.http.get("/chat/widget.js", headers={"Accept-Encoding": "identity"})
    assert plain.content == first.content
    assert "Accept-Encoding" in plain.headers["Vary"]


@pytest.mark.parametrize(
    ("asked", "language", "checked"),
    [("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans", "in-zh"), ("en-GB,zh;q=0.5", "en", "in-en")],
)
async def test_the_page_begins_in_the_readers_language(
    site: Site, asked: str, language: str, checked: str
) -> None:
    page = await site.http.get("/chat/", headers={"Accept-Language": asked})
    assert f'<html lang="{language}">' in page.text
    (marked,) = [line for line in page.text.splitlines() if " checked>" in line]
    assert f'id="{checked}"' in marked
    assert "Accept-Language" in page.headers["Vary"]


async def test_the_bare_addresses_lead_to_the_page(site: Site) -> None:
    for path in ("/", "/chat"):
        answer = await site.http.get(path, follow_redirects=True)
        assert answer.url.path == "/chat/"


async def test_health_is_503_until_the_brain_can_answer(site: Site) -> None:
    site.brain.down = True
    assert code(await site.http.get("/health")) == (503, "starting")
    site.brain.down = False
    answer = await site.http.get("/health")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "model": "model-1", "data": "data-1"}


async def test_metrics_count_and_tell_nobody_apart(site: Site) -> None:
    token = await site.token()
    await site.say(token, "hello")
    await site.http.get("/chat/nothing-of-the-kind")
    text = (await site.http.get("/metrics")).text
    for line in (
        'ciep_turns_total{channel="web",outcome="answered"} 1.0',
        'ciep_answers_total{language="en",type="fallback"} 1.0',
        "ciep_sessions_total 1.0",
        'ciep_http_requests_total{path="/chat/messages",status="200"} 1.0',
        'ciep_http_requests_total{path="other",status="404"} 1.0',
        "ciep_turn_seconds_count 1.0",
        "ciep_turns_waiting 0.0",
    ):
        assert f"\n{line}\n" in text
    turn = site.brain.turns[0]
    for private in (token, turn["conversation"], turn["person"], "hello", "nothing-of-the-kind"):
        assert private not in text
