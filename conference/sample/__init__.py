"""The sample catalogue: a conference of the reported size, all of it invented.

`generate` makes the same records from the same seed on every machine: it draws from one
`random.Random` of its own, reads no clock and walks no sets.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from conference.models import Record
from conference.sample.content import load_content
from conference.sample.events import make_events
from conference.sample.institutions import make_institutions
from conference.sample.intentions import make_intentions
from conference.sample.jobs import make_jobs
from conference.sample.programs import make_programs


def generate(*, seed: int = 18) -> Iterator[Record]:
    """The sample's records, institutions before what refers to them; takes a few seconds."""
    content = load_content()
    random = Random(seed)
    hosts = make_institutions(content, random)
    for host in hosts:
        yield host.record
    yield from make_jobs(content, random, hosts)
    yield from make_programs(content, random, hosts)
    yield from make_intentions(content, random, hosts)
    yield from make_events(content, random, hosts)
