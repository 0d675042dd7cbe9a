"""Contact requests without the message that never went with one."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    with op.batch_alter_table("contact_requests") as table:
        table.drop_column("message")
