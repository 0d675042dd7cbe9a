"""The first edition of every table: records, search, people's lists, conversations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

KINDS = ("jobs", "programs", "institutions", "intentions", "events")


def upgrade() -> None:  # noqa: PLR0915 - one statement a table and index
    op.create_table(
        "agenda_items",
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("record_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("person", "record_id"),
    )
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("frame", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person", "frame", name="alerts_once"),
    )
    op.create_index(op.f("ix_alerts_person"), "alerts", ["person"], unique=False)
    op.create_table(
        "contact_requests",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("record_id", sa.String(length=32), nullable=False),
        sa.Column("institution_id", sa.String(length=32), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("consent_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person", "record_id", name="contact_requests_once"),
    )
    op.create_index(
        op.f("ix_contact_requests_person"), "contact_requests", ["person"], unique=False
    )
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=True),
        sa.Column("state", sa.JSON(), nullable=True),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("updated_at", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_conversations_expires_at"), "conversations", ["expires_at"], unique=False
    )
    op.create_index(op.f("ix_conversations_person"), "conversations", ["person"], unique=False)
    op.create_table(
        "documents",
        sa.Column("num", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("record_id", sa.String(length=32), nullable=False),
        sa.Column("titles", sa.LargeBinary(), nullable=False),
        sa.Column("subjects", sa.LargeBinary(), nullable=False),
        sa.Column(
            "words", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=True
        ),
        sa.PrimaryKeyConstraint("num"),
        sa.UniqueConstraint("record_id"),
    )
    op.create_index(op.f("ix_documents_kind"), "documents", ["kind"], unique=False)
    op.create_table(
        "institutions",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name_en", sa.String(length=300), nullable=True),
        sa.Column("name_zh", sa.String(length=300), nullable=True),
        sa.Column("alternate_names", sa.JSON(), nullable=True),
        sa.Column("description_en", sa.Text(), nullable=True),
        sa.Column("description_zh", sa.Text(), nullable=True),
        sa.Column("type", sa.String(length=40), nullable=True),
        sa.Column("industry", sa.String(length=40), nullable=True),
        sa.Column("country", sa.String(length=40), nullable=True),
        sa.Column("city", sa.String(length=40), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.Column("contact_email", sa.String(length=200), nullable=True),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_institutions_city"), "institutions", ["city"], unique=False)
    op.create_index(op.f("ix_institutions_country"), "institutions", ["country"], unique=False)
    op.create_index(op.f("ix_institutions_industry"), "institutions", ["industry"], unique=False)
    op.create_index(op.f("ix_institutions_type"), "institutions", ["type"], unique=False)
    op.create_table(
        "meta",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "phrases",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("text", sa.String(length=600), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("lexical", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("text"),
    )
    op.create_table(
        "saved_items",
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("record_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("person", "record_id"),
    )
    op.create_table(
        "tickets",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_tickets_person"), "tickets", ["person"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name_en", sa.String(length=300), nullable=True),
        sa.Column("name_zh", sa.String(length=300), nullable=True),
        sa.Column("description_en", sa.Text(), nullable=True),
        sa.Column("description_zh", sa.Text(), nullable=True),
        sa.Column("type", sa.String(length=40), nullable=True),
        sa.Column("industry", sa.String(length=40), nullable=True),
        sa.Column("starts_at", sa.String(length=25), nullable=True),
        sa.Column("ends_at", sa.String(length=25), nullable=True),
        sa.Column("zone", sa.String(length=40), nullable=True),
        sa.Column("room_en", sa.String(length=200), nullable=True),
        sa.Column("room_zh", sa.String(length=200), nullable=True),
        sa.Column("country", sa.String(length=40), nullable=True),
        sa.Column("city", sa.String(length=40), nullable=True),
        sa.Column("institution_id", sa.String(length=32), nullable=True),
        sa.Column("speakers", sa.JSON(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institutions.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_events_city"), "events", ["city"], unique=False)
    op.create_index(op.f("ix_events_country"), "events", ["country"], unique=False)
    op.create_index(op.f("ix_events_industry"), "events", ["industry"], unique=False)
    op.create_index(op.f("ix_events_institution_id"), "events", ["institution_id"], unique=False)
    op.create_index(op.f("ix_events_starts_at"), "events", ["starts_at"], unique=False)
    op.create_index(op.f("ix_events_status"), "events", ["status"], unique=False)
    op.create_index(op.f("ix_events_type"), "events", ["type"], unique=False)
    op.create_index(op.f("ix_events_zone"), "events", ["zone"], unique=False)
    op.create_table(
        "intentions",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("direction", sa.String(length=40), nullable=True),
        sa.Column("title_en", sa.String(length=300), nullable=True),
        sa.Column("title_zh", sa.String(length=300), nullable=True),
        sa.Column("description_en", sa.Text(), nullable=True),
        sa.Column("description_zh", sa.Text(), nullable=True),
        sa.Column("institution_id", sa.String(length=32), nullable=True),
        sa.Column("industry", sa.String(length=40), nullable=True),
        sa.Column("country", sa.String(length=40), nullable=True),
        sa.Column("city", sa.String(length=40), nullable=True),
        sa.Column("date_posted", sa.String(length=10), nullable=True),
        sa.Column("valid_through", sa.String(length=10), nullable=True),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("spread", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institutions.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_intentions_city"), "intentions", ["city"], unique=False)
    op.create_index(op.f("ix_intentions_country"), "intentions", ["country"], unique=False)
    op.create_index(op.f("ix_intentions_date_posted"), "intentions", ["date_posted"], unique=False)
    op.create_index(op.f("ix_intentions_direction"), "intentions", ["direction"], unique=False)
    op.create_index(op.f("ix_intentions_industry"), "intentions", ["industry"], unique=False)
    op.create_index(
        op.f("ix_intentions_institution_id"), "intentions", ["institution_id"], unique=False
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=True),
        sa.Column("title_zh", sa.String(length=300), nullable=True),
        sa.Column("description_en", sa.Text(), nullable=True),
        sa.Column("description_zh", sa.Text(), nullable=True),
        sa.Column("institution_id", sa.String(length=32), nullable=True),
        sa.Column("industry", sa.String(length=40), nullable=True),
        sa.Column("occupation", sa.String(length=40), nullable=True),
        sa.Column("country", sa.String(length=40), nullable=True),
        sa.Column("city", sa.String(length=40), nullable=True),
        sa.Column("remote", sa.Boolean(), nullable=False),
        sa.Column("employment", sa.String(length=40), nullable=True),
        sa.Column("degree", sa.String(length=40), nullable=True),
        sa.Column("experience_years", sa.Integer(), nullable=True),
        sa.Column("salary_min", sa.Integer(), nullable=True),
        sa.Column("salary_max", sa.Integer(), nullable=True),
        sa.Column("salary_currency", sa.String(length=3), nullable=True),
        sa.Column("salary_unit", sa.String(length=10), nullable=True),
        sa.Column("salary_amount_min", sa.Float(), nullable=True),
        sa.Column("salary_amount_max", sa.Float(), nullable=True),
        sa.Column("skills_en", sa.JSON(), nullable=True),
        sa.Column("skills_zh", sa.JSON(), nullable=True),
        sa.Column("openings", sa.Integer(), nullable=False),
        sa.Column("date_posted", sa.String(length=10), nullable=True),
        sa.Column("valid_through", sa.String(length=10), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("spread", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institutions.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_jobs_institution_id"), "jobs", ["institution_id"], unique=False)
    op.create_index(
        "jobs_filter",
        "jobs",
        [
            "spread",
            "date_posted",
            "id",
            "valid_through",
            "industry",
            "city",
            "country",
            "institution_id",
            "employment",
            "degree",
            "remote",
            "experience_years",
            "salary_min",
            "salary_max",
        ],
        unique=False,
    )
    op.create_table(
        "messages",
        sa.Column("conversation_id", sa.String(length=80), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=4), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("client_id", sa.String(length=80), nullable=True),
        sa.Column("answers", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conversation_id", "seq"),
        sa.UniqueConstraint("conversation_id", "client_id", name="messages_once"),
    )
    op.create_table(
        "programs",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name_en", sa.String(length=300), nullable=True),
        sa.Column("name_zh", sa.String(length=300), nullable=True),
        sa.Column("description_en", sa.Text(), nullable=True),
        sa.Column("description_zh", sa.Text(), nullable=True),
        sa.Column("institution_id", sa.String(length=32), nullable=True),
        sa.Column("industry", sa.String(length=40), nullable=True),
        sa.Column("country", sa.String(length=40), nullable=True),
        sa.Column("city", sa.String(length=40), nullable=True),
        sa.Column("stage", sa.String(length=40), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=True),
        sa.Column("contact_email", sa.String(length=200), nullable=True),
        sa.Column("date_posted", sa.String(length=10), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("spread", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institutions.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_programs_city"), "programs", ["city"], unique=False)
    op.create_index(op.f("ix_programs_country"), "programs", ["country"], unique=False)
    op.create_index(op.f("ix_programs_date_posted"), "programs", ["date_posted"], unique=False)
    op.create_index(op.f("ix_programs_industry"), "programs", ["industry"], unique=False)
    op.create_index(
        op.f("ix_programs_institution_id"), "programs", ["institution_id"], unique=False
    )
    op.create_index(op.f("ix_programs_stage"), "programs", ["stage"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.create_index("documents_words", "documents", ["words"], postgresql_using="gin")
    else:
        for kind in KINDS:
            op.execute(
                f"CREATE VIRTUAL TABLE words_{kind} USING fts5("
                "title, labels, institution, body, tokenize = 'unicode61')"
            )
