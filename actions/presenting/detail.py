"""One record, whole."""

from __future__ import annotations

from collections.abc import Collection
from datetime import tzinfo

from actions.presenting.attributes import facts_of, sentence_for
from actions.presenting.message import Button, Message, button, lines, message, paragraphs
from actions.presenting.records import OwnList, keep_button
from actions.presenting.schema import whole_item
from actions.presenting.wording import title_of
from actions.texts import say, texts
from conference.models import Event, Institution, Intention, Job, Program, Record
from conference.record_ids import kind_of


def present_detail(
    record: Record,
    institution: Institution | None,
    *,
    language: str,
    zone: tzinfo,
    attribute: str | None = None,
    in_list: bool = False,
    open_already: bool = False,
    kept: Collection[OwnList] = (),
) -> Message:
    """A record with all that it tells; a question about one `attribute` is answered first.

    `attribute` is one of `attributes.ATTRIBUTES`, `zone` the conference's, by whose clock times
    are; `in_list` offers the way back to a list; `kept` are the person's own lists that the record
    is in. Of a record that is `open_already`, a question's answer is not followed by all the rest
    again.
    """
    kind = kind_of(record.id)
    facts = facts_of(record, institution, language, zone=zone)
    answer = sentence_for(attribute, record, facts, language) if attribute else None
    status = getattr(record, "status", None)
    if answer and attribute != "time" and status in ("cancelled", "postponed"):
        answer = say("sentences", language, first=answer, second=say(f"detail.{status}", language))
    asked = {"attribute": attribute} if attribute else {}
    title = title_of(record, language).marked(language)
    if answer and open_already and attribute != "description":
        text = paragraphs(answer, title)
    else:
        told = (
            _line(name, value, record, language)
            for name, value in facts.items()
            if name != "description"
        )
        text = paragraphs(answer, lines(title, *told), facts.get("description"))
    return message(
        text,
        type_="detail",
        language=language,
        buttons=_buttons(record, institution, language, in_list=in_list, kept=kept),
        kind=kind.value if kind else None,
        item=whole_item(record, institution, language),
        **asked,
    )


def _line(name: str, value: str, record: Record, language: str) -> str:
    own = f"detail.label.{name}_{type(record).__name__.lower()}"
    key = own if own in texts(language) else f"detail.label.{name}"
    return say("detail.line", language, name=say(key, language), value=value)


def _buttons(
    record: Record,
    institution: Institution | None,
    language: str,
    *,
    in_list: bool,
    kept: Collection[OwnList],
) -> list[Button]:
    own = {"record": record.id}
    result = [keep_button("saved", record, language, kept="saved" in kept)]
    if isinstance(record, Event) and (record.status != "cancelled" or "agenda" in kept):
        result.append(keep_button("agenda", record, language, kept="agenda" in kept))
    if isinstance(record, Institution):
        result.append(button("find_jobs_of", language, "find_jobs", institution=record.id))
        result.append(button("find_programs_of", language, "find_programs", institution=record.id))
    elif institution is not None:
        result.append(button(_OWNER[type(record)], language, "ask_institution", **own))
    result.append(button("contact_item", language, **own))
    result.append(button("find_similar", language, **own))
    if in_list:
        result.append(button("back_to_list", language, "previous_page"))
    return result


_OWNER = {
    Job: "employer",
    Program: "provider",
    Intention: "institution",
    Event: "organizer",
}
