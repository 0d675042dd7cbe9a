from __future__ import annotations

import pytest

from bot.gateway.sessions import SESSION_SECONDS, Button, Sessions

SECRET = "a secret of the tests"  # noqa: S105  made up


class Clock:
    def __init__(self) -> None:
        self.seconds = 1_600_000_000.0

    def __call__(self) -> float:
        return self.seconds


def test_a_token_is_good_after_a_restart_and_tells_the_same_visitor() -> None:
    token = Sessions(SECRET).create("zh")
    first, second = Sessions(SECRET).read(token), Sessions(SECRET).read(token)
    assert first == second
    assert first is not None
    assert first.language == "zh"


def test_two_visitors_share_nothing() -> None:
    sessions = Sessions(SECRET)
    one, other = sessions.read(sessions.create()), sessions.read(sessions.create())
    assert one is not None
    assert other is not None
    keys = {one.conversation, one.person, other.conversation, other.person}
    assert len(keys) == 4


def test_the_keys_do_not_give_the_token_away() -> None:
    sessions = Sessions(SECRET)
    token = sessions.create()
    session = sessions.read(token)
    assert session is not None
    for key in (session.conversation, session.person):
        channel, _, digest = key.partition(":")
        assert channel == "web"
        assert digest not in token


@pytest.mark.parametrize("how", ["", "x", "a.b.c", "\ud800", "né", "." * 5000])
def test_what_is_no_token_is_nobodys(how: str) -> None:
    assert Sessions(SECRET).read(how) is None


def test_a_changed_token_is_nobodys() -> None:
    sessions = Sessions(SECRET)
    token = sessions.create()
    for place in range(len(token)):
        other = "A" if token[place] != "A" else "B"
        changed = token[:place] + other + token[place + 1 :]
        session = sessions.read(changed)
        # the last character of a base64 text has bits that mean nothing
        assert session is None or session == sessions.read(token)
        assert session is None or place == len(token) - 1


def test_another_servers_token_is_nobodys() -> None:
    assert Sessions(SECRET).read(Sessions("another secret").create()) is None


def test_a_token_expires() -> None:
    clock = Clock()
    sessions = Sessions(SECRET, now=clock)
    token = sessions.create()
    clock.seconds += SESSION_SECONDS
    assert sessions.read(token) is not None
    clock.seconds += 1
    assert sessions.read(token) is None


def test_a_payload_is_good_for_the_visitor_that_it_was_made_for() -> None:
    sessions = Sessions(SECRET)
    one, other = sessions.read(sessions.create()), sessions.read(sessions.create())
    assert one is not None
    assert other is not None
    button = Button("护士职位", '/refine{"text":"氢能.护士"}')
    signed = sessions.sign_button(button, one)
    assert signed.startswith(button.payload)
    assert Sessions(SECRET).read_button(signed, one) == button
    assert sessions.read_button(signed, other) is None


@pytest.mark.parametrize("forged", ["", "/next_page", "/next_page.", "/next_page.c2ln", "\ud800.x"])
def test_a_forged_payload_is_none(forged: str) -> None:
    sessions = Sessions(SECRET)
    session = sessions.read(sessions.create())
    assert session is not None
    assert sessions.read_button(forged, session) is None
