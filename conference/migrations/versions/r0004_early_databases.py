"""What databases of the first days lack, whose first two revisions said less than they do now.

`phrases.lexical` and `telegram_outbox.mark` were written into revisions that some databases had
passed already; such databases also have indexes of openings that were taken out again. Nothing
tells them apart by number, so each is asked what it has.

A catalogue loaded before `lexical` has no words to translate questions with until it is loaded
again: they need the encoder, which no revision should.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

# They lure SQLite's planner away from `jobs_filter`, which answers without reading the texts.
NEEDLESS = tuple(
    f"ix_jobs_{column}"
    for column in (
        "city",
        "country",
        "date_posted",
        "degree",
        "employment",
        "industry",
        "occupation",
        "salary_max",
        "salary_min",
    )
)


def upgrade() -> None:
    has = sa.inspect(op.get_bind())
    if not any(each["name"] == "lexical" for each in has.get_columns("phrases")):
        op.add_column(
            "phrases",
            sa.Column("lexical", sa.Boolean(), nullable=False, server_default=sa.false()),
        )
    if not any(each["name"] == "mark" for each in has.get_columns("telegram_outbox")):
        op.add_column("telegram_outbox", sa.Column("mark", sa.JSON(), nullable=True))
    for name in {each["name"] for each in has.get_indexes("jobs")}.intersection(NEEDLESS):
        op.drop_index(name, "jobs")
