"""Every setting of the program, read once from the environment.

A mistake raises `SettingError`; its text is one line: the setting, what is wrong with it, the mend.
A secret's value is in no message and no `repr`.
"""

from __future__ import annotations

import difflib
import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from bot.errors import SettingError
from conference.edition import SHIPPED, Edition, open_edition, shipped_edition

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: `config.yml`, `domain.yml`, `nlu_data/`, `models/` and `var/` are in it."""

NAMES = (
    "CIEP_DATABASE_URL",
    "CIEP_REDIS_URL",
    "CIEP_SECRET",
    "CIEP_ACTIONS_URL",
    "CIEP_EDITION",
    "CIEP_CLOCK",
    "CIEP_ALLOWED_ORIGINS",
    "CIEP_HOST",
    "CIEP_PORT",
    "CIEP_BRAINS",
    "CIEP_MESSAGE_RATE",
    "CIEP_SESSION_RATE",
    "CIEP_TRUSTED_PROXIES",
    "TELEGRAM_TOKEN",
    "TELEGRAM_WEBHOOK_URL",
    "TELEGRAM_WEBHOOK_SECRET",
    "TELEGRAM_API_URL",
)


@dataclass(frozen=True)
class Settings:
    """What the program was told. Rates are messages (sessions) a second, 0 for no limit."""

    root: Path
    secret: str = field(repr=False)
    database_url: str = field(repr=False)  # it may hold a password
    redis_url: str | None = field(default=None, repr=False)
    actions_url: str | None = None
    edition: Edition = field(default_factory=shipped_edition, repr=False)
    clock: datetime | None = None
    allowed_origins: tuple[str, ...] = ()
    host: str = "127.0.0.1"
    port: int = 5005
    brains: int = 1
    message_rate: float = 10
    session_rate: float = 10
    trusted_proxies: str | None = None
    telegram_token: str | None = field(default=None, repr=False)
    telegram_webhook_url: str | None = field(default=None, repr=False)
    telegram_webhook_secret: str | None = field(default=None, repr=False)
    telegram_api_url: str | None = None

    @property
    def var(self) -> Path:
        """What the program writes: the database, the secret."""
        return self.root / "var"

    @property
    def models(self) -> Path:
        """The trained models, where Rasa's own commands look for them too."""
        return self.root / "models"

    @property
    def page_url(self) -> str:
        """Where a person on this machine opens the chat page."""
        everywhere = ("127.0.0.1", "0.0.0.0", "::", "::1")  # noqa: S104  compared, not bound
        host = "localhost" if self.host in everywhere else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/chat/"


def read_settings(environ: Mapping[str, str] | None = None, *, root: Path = ROOT) -> Settings:
    """The settings in `environ` (the process's own by default).

    Raises SettingError, or EditionError for an edition that cannot be used.

    Without `CIEP_SECRET` one is made and kept in `var/secret`, readable by its owner only.
    """
    given = os.environ if environ is None else environ
    _refuse_misspelled(given)
    values = {name: given[name].strip() for name in NAMES if given.get(name, "").strip()}
    edition = open_edition(edition_folder(values, root=root))
    token = _matching(
        values, "TELEGRAM_TOKEN", r"\d+:[\w-]+", "is not a bot token", "copy it from @BotFather"
    )
    webhook_url = _url(values, "TELEGRAM_WEBHOOK_URL", ("https", "http"))
    if webhook_url and not token:
        raise SettingError(
            "TELEGRAM_WEBHOOK_URL", "is set without TELEGRAM_TOKEN", "set both or neither"
        )
    return Settings(
        root=root,
        secret=_secret(values, root / "var"),
        database_url=_database_url(values, root),
        redis_url=_url(values, "CIEP_REDIS_URL", ("redis", "rediss", "unix")),
        actions_url=_url(values, "CIEP_ACTIONS_URL", ("http", "https")),
        edition=edition,
        clock=_clock(values, edition),
        allowed_origins=_origins(values),
        host=values.get("CIEP_HOST", Settings.host),
        port=_whole(values, "CIEP_PORT", Settings.port, least=1, most=65535),
        brains=_whole(values, "CIEP_BRAINS", Settings.brains, least=1, most=64),
        message_rate=_rate(values, "CIEP_MESSAGE_RATE", Settings.message_rate),
        session_rate=_rate(values, "CIEP_SESSION_RATE", Settings.session_rate),
        trusted_proxies=values.get("CIEP_TRUSTED_PROXIES"),
        telegram_token=token,
        telegram_webhook_url=webhook_url,
        telegram_webhook_secret=_matching(
            values,
            "TELEGRAM_WEBHOOK_SECRET",
            r"[A-Za-z0-9_-]{1,256}",  # Telegram's own rule
            "has a character that Telegram does not take",
            "use 1 to 256 letters, digits, _ or -",
        ),
        telegram_api_url=_url(values, "TELEGRAM_API_URL", ("http", "https")),
    )


def clock_of(settings: Settings, *, sample: bool) -> Callable[[], datetime]:
    """What tells the time: `CIEP_CLOCK`, else the sample's fixed time, else the real clock.

    A given time stands still, so that the same question has the same answer all day. It is told
    in the conference's time zone.
    """
    edition = settings.edition
    fixed = settings.clock or (edition.sample_now if sample else None)
    if fixed is None:
        return lambda: datetime.now(edition.zone)
    told = fixed.astimezone(edition.zone)
    return lambda: told


def edition_folder(environ: Mapping[str, str], *, root: Path = ROOT) -> Path:
    """The folder of the edition in use, relative to the project wherever a process runs."""
    given = environ.get("CIEP_EDITION", "").strip()
    return root / Path(given).expanduser() if given else SHIPPED


def _refuse_misspelled(given: Mapping[str, str]) -> None:
    """`CIEP_PROT` would otherwise be silently nothing."""
    for name in given:
        ours = name.startswith(("CIEP_", "TELEGRAM_")) and not name.startswith("CIEP_BRAIN_")
        near = difflib.get_close_matches(name, NAMES, n=1, cutoff=0.88)
        if ours and near and near != [name]:
            raise SettingError(name, "is not a setting", f"write {near[0]}")


def _secret(values: Mapping[str, str], var: Path) -> str:
    given = values.get("CIEP_SECRET")
    if given is None:
        return _kept_secret(var)
    if len(given) < 8:
        raise SettingError(
            "CIEP_SECRET",
            "is too short to be a secret",
            "give at least 8 characters, or leave it out and one is made",
        )
    return given


def _kept_secret(var: Path) -> str:
    path = var / "secret"
    try:
        var.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            made = path.with_name(f"secret.{os.getpid()}")
            descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(32))
            try:
                os.link(made, path)  # all or nothing, and the first of two processes wins
            except FileExistsError:
                pass
            finally:
                made.unlink()
        path.chmod(0o600)
        kept = path.read_text().strip()
    except OSError as error:
        raise SettingError(
            "CIEP_SECRET",
            f"is not set and cannot be kept in {path} ({error.strerror})",
            "set it, or make that directory writable",
        ) from error
    if len(kept) < 8:
        raise SettingError("CIEP_SECRET", f"as kept in {path} is damaged", "delete that file")
    return kept


def _database_url(values: Mapping[str, str], root: Path) -> str:
    url = values.get("CIEP_DATABASE_URL")
    if url is None:
        return f"sqlite:///{root / 'var' / 'ciep.db'}"
    scheme = url.partition(":")[0]
    if "://" not in url or scheme.partition("+")[0] not in ("sqlite", "postgresql"):
        raise SettingError(
            "CIEP_DATABASE_URL",
            "is not the address of a database",
            "write sqlite:///path/to/file.db or postgresql://user:password@host/name",
        )
    if not scheme.startswith("sqlite"):
        return url
    path = url.partition(":///")[2]
    if path in ("", ":memory:"):
        raise SettingError(
            "CIEP_DATABASE_URL",
            "names no file",
            "several processes share the database: write sqlite:///path/to/file.db",
        )
    return f"{scheme}:///{root / path}"  # relative to the project, wherever a process runs


def _url(values: Mapping[str, str], name: str, schemes: tuple[str, ...]) -> str | None:
    url = values.get(name)
    if url is None:
        return None
    parts = _split(url)
    if parts is None or parts.scheme not in schemes or not (parts.netloc or parts.path):
        raise SettingError(name, "is not an address", f"begin it with {schemes[0]}://")
    return url


def _split(url: str) -> SplitResult | None:
    """The address's parts, or None when it has none that make sense."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for a port that is no number
    except ValueError:
        return None
    return parts if "://" in url else None


def _clock(values: Mapping[str, str], edition: Edition) -> datetime | None:
    text = values.get("CIEP_CLOCK")
    if text is None:
        return None
    try:
        # Python 3.10 does not read the Z that ISO 8601 allows
        moment = datetime.fromisoformat(re.sub(r"[zZ]$", "+00:00", text))
    except ValueError:
        raise SettingError(
            "CIEP_CLOCK",
            f"is {text!r}, which is not an ISO 8601 time",
            "write it like 2020-09-08T10:00+08:00",
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=edition.zone)


def _origins(values: Mapping[str, str]) -> tuple[str, ...]:
    given = values.get("CIEP_ALLOWED_ORIGINS", "")
    origins = []
    for text in filter(None, re.split(r"[,\s]+", given)):
        parts = _split(text)
        right = parts is not None and parts.scheme in ("http", "https") and parts.hostname
        if parts is None or not right or parts.path not in ("", "/") or parts.query or "@" in text:
            raise SettingError(
                "CIEP_ALLOWED_ORIGINS",
                f"has {text!r}, which is not an origin",
                "write origins like https://www.example.org, with commas between",
            )
        origins.append(f"{parts.scheme}://{parts.netloc}".lower())
    return tuple(dict.fromkeys(origins))


def _whole(values: Mapping[str, str], name: str, default: int, *, least: int, most: int) -> int:
    text = values.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
        raise SettingError(name, f"is {text!r}", f"write a whole number from {least} to {most}")
    return int(text)


def _rate(values: Mapping[str, str], name: str, default: float) -> float:
    text = values.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", text):
        raise SettingError(name, f"is {text!r}", "write a number a second, or 0 for no limit")
    return float(text)


def _matching(
    values: Mapping[str, str], name: str, pattern: str, problem: str, mend: str
) -> str | None:
    text = values.get(name)
    if text is not None and not re.fullmatch(pattern, text, re.ASCII):
        raise SettingError(name, problem, mend)
    return text
