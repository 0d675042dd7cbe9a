from __future__ import annotations

from pathlib import Path

import pytest
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import ENTITIES, TEXT

from bot.brain.nlu import institutions
from bot.brain.nlu.gazetteer import PhraseFinder
from bot.brain.nlu.institutions import NAMES_OF, InstitutionExtractor, institution_phrases
from conference.catalogue import Catalogue, open_catalogue
from conference.database import migrate, open_database
from conference.models import Event, Institution
from tests.brain.nlu.conftest import found_in, message_of, tokens_of
from tests.conference.data import RECORDS


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    engine = open_database(f"sqlite:///{tmp_path / 'ciep.db'}")
    migrate(engine)
    opened = open_catalogue(engine)
    opened.load(RECORDS)
    return opened


def named(extractor: InstitutionExtractor, text: str) -> list[tuple[str, str, str]]:
    message = message_of(text)
    extractor.process([message])
    return found_in(text, message.get(ENTITIES))


@pytest.mark.parametrize(
    ("text", "record", "words"),
    [
        ("what does Baltic Polytechnic offer", "inst-0002", "Baltic Polytechnic"),
        ("tell me about baltic polytechnic", "inst-0002", "baltic polytechnic"),
        ("波罗的海理工大学有什么项目", "inst-0002", "波罗的海理工大学"),
        ("燕山軟件的职位", "inst-0004", "燕山軟件"),
        ("jobs at HHS", "inst-0001", "HHS"),
    ],
)
def test_names_of_the_catalogue_are_found(
    catalogue: Catalogue, text: str, record: str, words: str
) -> None:
    assert named(InstitutionExtractor(catalogue), text) == [("institution", record, words)]


def test_an_abbreviation_counts_in_its_own_letters_only(catalogue: Catalogue) -> None:
    assert named(InstitutionExtractor(catalogue), "jobs at hhs") == []


def test_an_id_of_words_counts_where_there_is_such_a_record(catalogue: Catalogue) -> None:
    catalogue.load(
        [Event(id="event-opening", name_en="Opening", starts_at="2020-09-07T09:00+08:00")]
    )
    assert named(InstitutionExtractor(catalogue), "event-opening for event-driven job-seekers") == [
        ("record", "event-opening", "event-opening")
    ]
    assert named(InstitutionExtractor(), "event-opening") == []


def test_names_that_are_words_of_every_day_are_left_out() -> None:
    names = [("inst-1", ("Energy", "深圳", "nurse", "经济", "Nanshan Power"))]
    assert [each.text for each in institution_phrases(names)] == ["Nanshan Power"]


def test_a_new_institution_is_understood_without_training(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    extractor = InstitutionExtractor(catalogue)
    assert named(extractor, "tell me about Quokka Labs") == []
    catalogue.load([Institution(id="inst-0009", name_en="Quokka Labs", type="enterprise")])
    assert named(extractor, "tell me about Quokka Labs") == []  # not looked for at every message
    monkeypatch.setattr(institutions, "_LOOK_AGAIN_SECONDS", 0.0)
    assert named(extractor, "tell me about Quokka Labs") == [
        ("institution", "inst-0009", "Quokka Labs")
    ]


def test_a_message_tells_which_version_of_the_names_it_was_read_with(catalogue: Catalogue) -> None:
    message = message_of("hello")
    InstitutionExtractor(catalogue).process([message])
    assert message.as_dict(only_output_properties=True)[NAMES_OF] == catalogue.version()


def test_without_a_catalogue_nothing_is_found() -> None:
    assert named(InstitutionExtractor(None), "Baltic Polytechnic") == []


def test_every_phrase_names_its_institution(catalogue: Catalogue) -> None:
    finder = PhraseFinder(institution_phrases(catalogue.institutions_named()))
    for record, names in catalogue.institutions_named():
        for name in names:
            assert (record, name) in {
                (each["value"], name) for each in finder.find(tokens_of(name))
            }


def test_a_name_is_no_misspelling_of_a_known_word(catalogue: Catalogue) -> None:
    catalogue.load([Institution(id="inst-0009", name_en="Enegy Labs", name_zh="金容实验室")])
    for text, mended in (("jobs at Enegy Labs", "energy"), ("金容实验室的职位", "融")):
        message = message_of(text)
        tokens = message.get(TOKENS_NAMES[TEXT])
        tokens[2 if mended == "energy" else 1].lemma = mended
        InstitutionExtractor(catalogue).process([message])
        assert [each["value"] for each in message.get(ENTITIES)] == ["inst-0009"]
        assert mended not in [each.lemma for each in tokens]
