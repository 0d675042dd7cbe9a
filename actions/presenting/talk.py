"""What is said around the answers: greetings, help, privacy, and when nothing else fits."""

from __future__ import annotations

from typing import Literal

from actions.presenting.describing import place_name
from actions.presenting.message import Button, Message, button, message, paragraphs, titled
from actions.presenting.staff import hours_of
from actions.presenting.wording import text_in
from actions.texts import languages, say
from conference.edition import Edition

FallbackReason = Literal[
    "not_understood", "out_of_scope", "nothing_in_hand", "beyond_list", "gone", "nothing_pending"
]

_SEARCHES = ("find_jobs", "find_programs", "find_events", "find_intentions", "find_institutions")


def present_greeting(*, edition: Edition, language: str, again: bool = False) -> Message:
    """A welcome; `again` after starting over."""
    key = "greeting.again" if again else "greeting.first"
    return message(
        say(key, language, conference=text_in(edition.name, language).text),
        type_="greeting",
        language=language,
        buttons=[*_searches(language), button("help", language), *_other_languages(language)],
    )


def present_goodbye(*, language: str, thanks: bool = False) -> Message:
    """The answer to a goodbye or to thanks."""
    text = say("goodbye.thanks" if thanks else "goodbye.bye", language)
    return message(text, type_="goodbye", language=language)


def present_help(*, edition: Edition, language: str, sample: bool = False) -> Message:
    """What can be asked, with examples; says so when the data is the sample."""
    guest = place_name("country", edition.country, language) if edition.country else ""
    programs = say(f"help_programs.{'guest' if guest else 'any'}", language, country=guest)
    return message(
        paragraphs(
            say("help", language, programs=programs), say("sample", language) if sample else None
        ),
        type_="help",
        language=language,
        buttons=[
            *_searches(language),
            button("ask_about", language),
            *_other_languages(language),
        ],
        sample=sample,
    )


def present_language(*, language: str) -> Message:
    """The conversation goes on in `language`."""
    return message(
        say("switched", language),
        type_="language",
        language=language,
        buttons=[*_searches(language)[:3], *_other_languages(language)],
    )


def present_privacy(
    *, language: str, pending: bool = False, deleted: bool = False, learning: bool = False
) -> Message:
    """What is kept; `pending` asks before deleting it all, `deleted` says that it is done.

    `learning` is whether the person agreed that their messages be learnt from.
    """
    key = "pending" if pending else "deleted" if deleted else "kept"
    buttons = {
        "pending": [button("yes_delete", language, "affirm"), button("decline", language, "deny")],
        "deleted": [],
        "kept": [_consent(not learning, language), button("delete_data", language)],
    }
    waiting = {"pending": True} if pending else {}
    text = say(f"privacy.{key}", language)
    if key == "kept":
        text = paragraphs(text, say(f"learning.{'on' if learning else 'off'}", language))
    return message(text, type_="privacy", language=language, buttons=buttons[key], **waiting)


def present_learning(agreed: bool, *, language: str) -> Message:
    """The person's messages may be learnt from, or may not; the way back is offered."""
    return message(
        say(f"learning.{'agreed' if agreed else 'refused'}", language),
        type_="privacy",
        language=language,
        buttons=[_consent(not agreed, language)],
    )


def present_declined(*, language: str) -> Message:
    """The person said no to deleting: nothing has changed."""
    return message(say("privacy.declined", language), type_="privacy", language=language)


def present_handoff(ticket: str, *, edition: Edition, language: str) -> Message:
    """The question was passed to staff, under the number `ticket`."""
    return message(
        paragraphs(say("handoff", language, ticket=ticket), hours_of(edition, language)),
        type_="handoff",
        language=language,
        ticket=ticket,
    )


def present_fallback(
    reason: FallbackReason, *, language: str, ask: bool = False, count: int = 0
) -> Message:
    """Why there is no answer, and what could be asked instead.

    `ask` offers to have the message learnt from; `count` is the length of the list shown.
    """
    return message(
        say(f"fallback.{reason}", language, count=count),
        type_="fallback",
        language=language,
        buttons=[
            *_searches(language)[:3],
            button("help", language),
            button("handoff", language),
            *([button("learning_this", language, "privacy", consent="yes")] if ask else []),
        ],
        reason=reason,
    )


def _consent(agreed: bool, language: str) -> Button:
    answer = "yes" if agreed else "no"
    return button(f"learning_{answer}", language, "privacy", consent=answer)


def _searches(language: str) -> list[Button]:
    return [button(name, language) for name in _SEARCHES]


def _other_languages(language: str) -> list[Button]:
    return [
        titled(say("language.self", each), "switch_language", to_language=each)
        for each in languages()
        if each != language
    ]
