from __future__ import annotations

import re
import shutil
import stat
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.errors import SettingError
from bot.settings import NAMES, ROOT, clock_of, read_settings
from conference.errors import EditionError
from tests.editions import FORUM

HONG_KONG = timezone(timedelta(hours=8))


def test_nothing_has_to_be_set(tmp_path: Path) -> None:
    settings = read_settings({}, root=tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path}/var/ciep.db"
    assert settings.page_url == "http://localhost:5005/chat/"
    assert settings.allowed_origins == ()
    assert settings.telegram_token is None


def test_an_empty_setting_is_one_that_is_not_set(tmp_path: Path) -> None:
    empty = dict.fromkeys(NAMES, " ")
    assert read_settings(empty, root=tmp_path) == read_settings({}, root=tmp_path)


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = read_settings({}, root=tmp_path).secret
    assert len(first) >= 32
    assert read_settings({}, root=tmp_path).secret == first
    assert stat.S_IMODE((tmp_path / "var" / "secret").stat().st_mode) == 0o600
    assert [each.name for each in (tmp_path / "var").iterdir()] == ["secret"]


def test_a_given_secret_is_kept_nowhere(tmp_path: Path) -> None:
    settings = read_settings({"CIEP_SECRET": "long enough to be one"}, root=tmp_path)
    assert settings.secret == "long enough to be one"  # noqa: S105  made up
    assert not (tmp_path / "var").exists()


def test_a_secret_that_cannot_be_kept_is_a_mistake_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where a directory should be")
    with pytest.raises(SettingError, match=r"^CIEP_SECRET is not set and cannot be kept in .*\.$"):
        read_settings({}, root=tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CIEP_DATABASE_URL", "ciep.db"),
        ("CIEP_DATABASE_URL", "mysql://host/name"),
        ("CIEP_DATABASE_URL", "sqlite://"),
        ("CIEP_DATABASE_URL", "sqlite:///:memory:"),
        ("CIEP_REDIS_URL", "localhost:6379"),
        ("CIEP_SECRET", "hunter2"),
        ("CIEP_ACTIONS_URL", "ftp://host"),
        ("CIEP_CLOCK", "tomorrow"),
        ("CIEP_CLOCK", "2020-13-01T00:00"),
        ("CIEP_ALLOWED_ORIGINS", "*"),
        ("CIEP_ALLOWED_ORIGINS", "https://example.org, example.net"),
        ("CIEP_ALLOWED_ORIGINS", "https://example.org/page"),
        ("CIEP_ALLOWED_ORIGINS", "https://example.org:port"),
        ("CIEP_PORT", "0"),
        ("CIEP_PORT", "65536"),
        ("CIEP_PORT", "http"),
        ("CIEP_PORT", "５００５"),
        ("CIEP_BRAINS", "0"),
        ("CIEP_BRAINS", "-1"),
        ("CIEP_MESSAGE_RATE", "fast"),
        ("CIEP_SESSION_RATE", "nan"),
        ("TELEGRAM_TOKEN", "not-a-token"),
        ("TELEGRAM_WEBHOOK_URL", "https://example.org/hook"),
        ("TELEGRAM_WEBHOOK_SECRET", "with spaces"),
        ("TELEGRAM_API_URL", "api.example.org"),
    ],
)
def test_a_mistake_is_one_line_that_names_the_setting(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(SettingError) as caught:
        read_settings({name: value}, root=tmp_path)
    assert str(caught.value).startswith(f"{name} ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "secret"),
    [
        ("CIEP_SECRET", "hunter2", "hunter2"),
        ("CIEP_DATABASE_URL", "mysql://root:hunter2@host/name", "hunter2"),
        ("CIEP_REDIS_URL", "http://:hunter2@host", "hunter2"),
        ("TELEGRAM_TOKEN", "123:hunter2 hunter2", "hunter2"),
        ("TELEGRAM_WEBHOOK_SECRET", "hunter2 hunter2", "hunter2"),
    ],
)
def test_a_mistake_never_shows_a_secret(tmp_path: Path, name: str, value: str, secret: str) -> None:
    with pytest.raises(SettingError) as caught:
        read_settings({name: value}, root=tmp_path)
    assert secret not in str(caught.value)


def test_the_settings_can_be_printed_without_their_secrets(tmp_path: Path) -> None:
    settings = read_settings(
        {
            "CIEP_SECRET": "hunter2-hunter2",
            "CIEP_DATABASE_URL": "postgresql://me:hunter2@host/name",
            "CIEP_REDIS_URL": "redis://:hunter2@host",
            "TELEGRAM_TOKEN": "123:hunter2",
            "TELEGRAM_WEBHOOK_URL": "https://example.org/hunter2",
            "TELEGRAM_WEBHOOK_SECRET": "hunter2",
        },
        root=tmp_path,
    )
    assert "hunter2" not in repr(settings)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("CIEP_DATABSE_URL", "CIEP_DATABASE_URL"), ("TELEGRAM_TOKENS", "TELEGRAM_TOKEN")],
)
def test_a_misspelled_setting_is_a_mistake(tmp_path: Path, typed: str, meant: str) -> None:
    with pytest.raises(SettingError, match=f"^{typed} is not a setting; write {meant}.$"):
        read_settings({typed: "x"}, root=tmp_path)


def test_other_programs_variables_are_none_of_ours(tmp_path: Path) -> None:
    given = {"PATH": "/bin", "CIEP_BRAIN_PORT": "1", "CIEP_BRAIN_SECRET": "x", "CIEP_THEIRS": "x"}
    assert read_settings(given, root=tmp_path) == read_settings({}, root=tmp_path)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2020-09-08T10:00+08:00", datetime(2020, 9, 8, 10, tzinfo=HONG_KONG)),
        ("2020-09-08T02:00:00Z", datetime(2020, 9, 8, 10, tzinfo=HONG_KONG)),
        ("2020-09-08T10:00", datetime(2020, 9, 8, 10, tzinfo=HONG_KONG)),
        ("2020-09-08", datetime(2020, 9, 8, tzinfo=HONG_KONG)),
    ],
)
def test_the_clock_is_iso_8601_and_stands_still(
    tmp_path: Path, text: str, moment: datetime
) -> None:
    clock = clock_of(read_settings({"CIEP_CLOCK": text}, root=tmp_path), sample=True)
    assert clock() == clock() == moment


def test_without_a_clock_the_sample_has_its_own_time_and_real_data_the_real_one(
    tmp_path: Path,
) -> None:
    settings = read_settings({}, root=tmp_path)
    assert clock_of(settings, sample=True)() == datetime.fromisoformat("2020-09-08T10:00+08:00")
    late = abs(clock_of(settings, sample=False)() - datetime.now(timezone.utc))
    assert late < timedelta(seconds=5)


def test_an_edition_is_read_with_the_settings_and_sets_the_clocks_zone(tmp_path: Path) -> None:
    settings = read_settings({"CIEP_EDITION": str(FORUM), "CIEP_CLOCK": "2031-05-19T10:00"})
    assert settings.edition.name["zh"] == "第三十一届开放人才论坛"
    assert clock_of(settings, sample=False)().isoformat() == "2031-05-19T10:00:00+03:00"
    real = clock_of(read_settings({"CIEP_EDITION": str(FORUM)}, root=tmp_path), sample=True)()
    assert real.utcoffset() == timedelta(hours=3)
    assert real.year > 2020  # the sample's time is the shipped edition's alone


def test_a_relative_edition_is_in_the_project(tmp_path: Path) -> None:
    shutil.copytree(FORUM, tmp_path / "mine")
    settings = read_settings({"CIEP_EDITION": "mine"}, root=tmp_path)
    assert settings.edition.folder == tmp_path / "mine"


def test_a_broken_edition_is_one_line_with_its_file(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match=r"^\S+/nowhere/conference\.yml is not there; "):
        read_settings({"CIEP_EDITION": "nowhere"}, root=tmp_path)


def test_origins_are_a_list_with_commas_or_spaces(tmp_path: Path) -> None:
    given = {"CIEP_ALLOWED_ORIGINS": "https://A.example, http://b.example:8080/ https://a.example"}
    settings = read_settings(given, root=tmp_path)
    assert settings.allowed_origins == ("https://a.example", "http://b.example:8080")


def test_a_relative_database_file_is_in_the_project(tmp_path: Path) -> None:
    relative = read_settings({"CIEP_DATABASE_URL": "sqlite:///var/my.db"}, root=tmp_path)
    assert relative.database_url == f"sqlite:///{tmp_path}/var/my.db"
    absolute = read_settings({"CIEP_DATABASE_URL": "sqlite:////data/my.db"}, root=tmp_path)
    assert absolute.database_url == "sqlite:////data/my.db"


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    missing = [name for name in NAMES if not re.search(rf"`{name}`", page)]
    assert not missing
