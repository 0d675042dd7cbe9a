"""The report as one page that needs nothing beside it: no script, no font, no request."""

from __future__ import annotations

import statistics
from datetime import date
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.evaluation.outcomes import Report, Share
from bot.evaluation.plots import COLOURS, confidences, shares
from bot.evaluation.tables import brief, place, tables, wording
from bot.evaluation.text import shown
from conference.vocabulary.terms import LANGUAGES

_PICTURED = ("kind", "tag", "turn")


def write_page(report: Report, path: Path, *, language: str, day: date) -> None:
    """Write the page in `language`; `day` is when it was measured. Raises OSError."""
    words = wording(language)
    environment = Environment(
        loader=PackageLoader("bot.evaluation", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("page.html.j2").render(
        words=words,
        language={"zh": "zh-Hans"}.get(language, language),
        languages=LANGUAGES,
        colours=COLOURS,
        measured=words["measured"].format(**_measured(report), date=day.isoformat()),
        tables=tables(report, words),
        confidences={each: confidences(report.of(each), language=each) for each in LANGUAGES},
        pictures={
            name: shares(groups)
            for name, groups in zip(
                _PICTURED, (report.by_kind(), report.by_tag(), report.by_turn()), strict=True
            )
        },
        dialogues={each: report.dialogues(each) for each in LANGUAGES},
        shown=shown,
        is_share=lambda cell: isinstance(cell, Share | float),
        value=lambda cell: cell.value if isinstance(cell, Share) else cell,
        place=lambda each: place(each, words),
        brief=brief,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")


def _measured(report: Report) -> dict[str, float]:
    seconds = sorted(each.seconds for each in report.outcomes)
    turns = sum(bool(each.dialogue) for each in report.outcomes)
    return {
        "messages": len(seconds) - turns,
        "turns": turns,
        "median": 1000 * statistics.median(seconds) if seconds else 0,
        "slow": 1000 * seconds[int(0.95 * (len(seconds) - 1))] if seconds else 0,
    }
