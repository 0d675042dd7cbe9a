"""How well the assistant understands: held-out messages and dialogues against what they expect.

An answer is right when every key of the expectation is: `type`, `kind`, `topic`, `by`, `pending`,
`language` and the whole `query`. Lists compare as sets, `text` without regard to case, and `"*"`
stands for any id.
"""

from bot.evaluation.asking import evaluate
from bot.evaluation.outcomes import Outcome, Report, compare
from bot.evaluation.page import write_page
from bot.evaluation.text import figures, print_report

__all__ = [
    "Outcome",
    "Report",
    "compare",
    "evaluate",
    "figures",
    "print_report",
    "write_page",
]
