"""Loading the sample catalogue. As a module it is the supervisor's child and tells its progress.

The child writes lines of `step done total`; it is a process of its own because the sentence
encoder and 27,000 records would otherwise stay in the gateway's memory.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from rich.console import Console
from sqlalchemy.engine import Engine

from bot.errors import SettingError
from bot.preparation import has_data, open_data, sample_bar
from bot.settings import Settings, read_settings
from conference.catalogue import open_catalogue
from conference.edition import Edition
from conference.sample import generate

_UNSET = "leave it out to try the sample, with another CIEP_DATABASE_URL"
SEED = 18
"""The seed of the sample that everybody has: the conference's number."""


def load_sample(
    engine: Engine,
    *,
    seed: int,
    progress: Callable[[str, int, int], None],
    edition: Edition | None = None,
) -> int:
    """Replace the catalogue by the sample of `seed`; how many records it has."""
    records = list(generate(seed=seed))
    catalogue = open_catalogue(engine, edition=edition)
    catalogue.load(records, replace_all=True, progress=progress)
    return len(records)


def load_with_bar(settings: Settings, console: Console, *, seed: int | None, force: bool) -> bool:
    """Load a sample with a progress bar; False when there is data and it was not forced."""
    if settings.edition.sample_now is None:
        raise SettingError(
            "CIEP_EDITION", "names a real edition, to which the sample does not belong", _UNSET
        )
    engine = open_data(settings)
    if has_data(engine) and not force:
        return False
    with sample_bar(console) as tell:
        load_sample(
            engine,
            seed=SEED if seed is None else seed,
            progress=tell,
            edition=settings.edition,
        )
    return True


def main() -> None:
    """Load the default sample, telling the parent how far it is."""
    settings = read_settings()
    engine = open_data(settings)
    load_sample(engine, seed=SEED, progress=_tell, edition=settings.edition)


def _tell(step: str, done: int, total: int) -> None:
    sys.stdout.write(f"{step} {done} {total}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
