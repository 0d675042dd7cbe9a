"""Reading an edition: what it says, and one line for each way in which it may be broken."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from conference.edition import SHIPPED, open_edition, read_edition
from conference.errors import EditionError
from conference.vocabulary.terms import LANGUAGES
from tests.editions import FORUM, changed_forum


def test_an_edition_says_what_its_conference_is() -> None:
    forum = open_edition(FORUM)
    assert forum.days == (date(2031, 5, 19), date(2031, 5, 21))
    assert forum.zone.key == "Europe/Moscow"
    assert (forum.country, forum.city, forum.slug) == ("BR", "kazan", "forum-31")
    assert [each.code for each in forum.zones] == ["startup-alley", "career-hall"]
    assert forum.hours[0].days == (1, 2, 3, 4, 5)
    assert (forum.hours[0].opens, forum.hours[0].closes) == (time(9), time(18))
    assert forum.sample_now is None
    assert forum.facts["guest_of_honour"].text["zh"] == "主宾国是巴西。"


def test_the_shipped_edition_has_nothing_to_mend_and_is_the_samples() -> None:
    edition, found = read_edition(SHIPPED)
    assert found == []
    assert edition is not None
    assert edition.sample_now is not None


def test_norway_and_six_in_the_evening_are_what_they_say(tmp_path: Path) -> None:
    edition = open_edition(changed_forum(tmp_path, ("guest_of_honour: BR", "guest_of_honour: NO")))
    assert edition.country == "NO"
    assert edition.hours[0].closes == time(18)


def test_what_may_be_left_out(tmp_path: Path) -> None:
    text = (
        "name: {en: Forum, zh: 论坛}\nshort: F\nedition: 1\ntime_zone: Europe/Moscow\n"
        "dates: {first: 2031-05-19, last: 2031-05-19}\nwhen: {en: May, zh: 五月}\n"
    )
    folder = changed_forum(tmp_path)
    (folder / "conference.yml").write_text(text, encoding="utf-8")
    edition = open_edition(folder)
    assert (edition.country, edition.zones, edition.hours, edition.links) == (None, (), (), {})


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("name: {en: 31st", "nam: {en: 31st", "name is missing; write it"),
        ("short: Forum", "shorts: Forum\nshort: Forum",
         "shorts there is no such key; write short, or take it out"),
        ("first: 2031-05-19", "first: 2031-19-05", "dates.first “2031-19-05” is not what belongs"),
        ("last: 2031-05-21", "last: 2031-05-18",
         "dates.last the last day (2031-05-18) comes before the first (2031-05-19)"),
        ("Europe/Moscow", "Moscow time", "time_zone “Moscow time” is not what belongs there"),
        ("Europe/Moscow", "Europe", "time_zone “Europe” is not what belongs there"),
        ("guest_of_honour: BR", "guest_of_honour: XX", "guest_of_honour “XX” is not known"),
        ("city: kazan", "city: kasan", "city “kasan” is not known; write a code that is, such"),
        ("regions: [europe]", "regions: europe", "regions “europe” is not what belongs there"),
        ("code: career-hall", "code: startup-alley", "zones 2.code “startup-alley” is there twice"),
        ("opens: 9:00", "opens: nine", "staff_hours 1.opens “nine” is not what belongs there"),
        ("days: [sat]", "days: [sabbath]", "staff_hours 2.days “sabbath” is not known"),
        ("https://www.example.org/register", "www.example.org", "links.registration “www.example"),
        ("office@example.org", "office", "contact.email “office” is not what belongs there"),
        ("edition: 31", "edition: 31\nedition: 32", "has “edition” twice, again in line 5"),
        ("short: Forum", "short: {", "cannot be read: line"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_line_with_its_file_key_and_mend(
    tmp_path: Path, old: str, new: str, line: str
) -> None:
    folder = changed_forum(tmp_path, (old, new))
    with pytest.raises(EditionError) as raised:
        open_edition(folder)
    said = str(raised.value)
    assert said.startswith(f"{folder / 'conference.yml'}")
    assert line in said
    assert "\n" not in said
    assert said.endswith(".")
    assert "; " in said


def test_a_folder_without_files_says_which_is_missing(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match=r"conference\.yml is not there; copy the folder of"):
        open_edition(tmp_path)


def test_a_file_in_another_encoding_says_so(tmp_path: Path) -> None:
    folder = changed_forum(tmp_path)
    path = folder / "facts.yml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    with pytest.raises(EditionError, match=r"facts\.yml is not UTF-8 text .*save it again"):
        open_edition(folder)


@pytest.mark.parametrize("content", ["", "just words", "- a\n- list\n", "5"])
def test_a_file_that_is_no_mapping_says_so(tmp_path: Path, content: str) -> None:
    folder = changed_forum(tmp_path)
    (folder / "conference.yml").write_text(content, encoding="utf-8")
    with pytest.raises(EditionError, match="is not what belongs there"):
        open_edition(folder)


def test_everything_that_is_wrong_is_found_at_once(tmp_path: Path) -> None:
    folder = changed_forum(tmp_path, ("short: Forum\n", ""), ("BR", "XX"), ("9:00", "nine"))
    edition, found = read_edition(folder)
    assert edition is None
    assert [each.rule for each in found] == ["missing", "unknown_code", "wrong_form"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_in_one_language_is_found_and_does_not_stop(tmp_path: Path, language: str) -> None:
    folder = changed_forum(tmp_path, ("career-hall\n    name: {en: Career hall, zh: 招聘大厅}",
                                      "career-hall\n    name: {en: Career hall}"))  # fmt: skip
    edition, found = read_edition(folder)
    assert edition is not None
    (finding,) = found
    assert (finding.rule, finding.place) == ("untranslated", "conference.yml: zones 2.name.zh")
    assert "Career hall" in finding.says(language)


@pytest.mark.parametrize(
    ("old", "new", "rule", "place"),
    [
        ("  fees:\n", "  feess:\n", "unknown_topic", "topics.feess"),
        ("    zh: 主宾国是巴西。\n", "", "untranslated", "topics.guest_of_honour.zh"),
        ("sources: [office]", "sources: [offce]", "unknown_code", "topics.about.sources"),
        ("as_of: 2031-02", "as_of: February", "wrong_form", "sources.office.as_of"),
    ],
)
def test_what_is_wrong_with_the_facts_is_found(
    tmp_path: Path, old: str, new: str, rule: str, place: str
) -> None:
    _, found = read_edition(changed_forum(tmp_path, (old, new), file="facts.yml"))
    assert (rule, f"facts.yml: {place}") in {(each.rule, each.place) for each in found}


def test_a_topic_that_is_left_out_is_found(tmp_path: Path) -> None:
    _, found = read_edition(changed_forum(tmp_path, ("  fees:\n", "  feess:\n"), file="facts.yml"))
    assert ("missing_topic", "facts.yml: topics.fees") in {
        (each.rule, each.place) for each in found
    }
