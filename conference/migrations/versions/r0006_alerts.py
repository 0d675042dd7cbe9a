"""When each record came, and what each alert has heard of.

What is there already is news to nobody.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

RECORDS = ("institutions", "jobs", "programs", "intentions", "events")


def upgrade() -> None:
    op.create_table(
        "arrivals",
        sa.Column("record_id", sa.String(length=32), nullable=False),
        sa.Column("load", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("record_id"),
    )
    op.create_index(op.f("ix_arrivals_load"), "arrivals", ["load"])
    for table in RECORDS:
        op.execute(f"INSERT INTO arrivals (record_id, load) SELECT id, 0 FROM {table}")  # noqa: S608
    op.add_column("alerts", sa.Column("heard", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("alerts", sa.Column("told_at", sa.String(length=32), nullable=True))
    op.add_column("alerts", sa.Column("language", sa.String(length=10), nullable=True))
    op.add_column("telegram_outbox", sa.Column("alert_id", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_telegram_outbox_alert_id"), "telegram_outbox", ["alert_id"])
