"""The tables of what a person keeps and says. A person is an opaque key, never a name."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from conference.store import metadata

PERSON = 80  # characters of a person's key
LESSON = 200  # of a message to learn from: what is longer tells of a life rather than asks


def _person(*, primary_key: bool = False) -> Column[str]:
    return Column(
        "person", String(PERSON), primary_key=primary_key, nullable=False, index=not primary_key
    )


def _moment(name: str = "created_at") -> Column[str]:
    return Column(name, String(32), nullable=False)  # ISO 8601, UTC


saved_items = Table(
    "saved_items",
    metadata,
    _person(primary_key=True),
    Column("record_id", String(32), primary_key=True),
    _moment(),
)

agenda_items = Table(
    "agenda_items",
    metadata,
    _person(primary_key=True),
    Column("record_id", String(32), primary_key=True),
    _moment(),
)

alerts = Table(
    "alerts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _person(),
    Column(
        "frame", Text, nullable=False
    ),  # JSON with its keys sorted: the same search, the same text
    Column("active", Boolean, nullable=False, default=True),
    # the load of the data up to which it was told what is new, or found that nothing is
    Column("heard", Integer, nullable=False, server_default="0"),
    Column("told_at", String(32)),
    Column("language", String(10)),  # in which it was set, with the script: zh-Hant
    _moment(),
    UniqueConstraint("person", "frame", name="alerts_once"),
)

contact_requests = Table(
    "contact_requests",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _person(),
    Column("record_id", String(32), nullable=False),
    Column("institution_id", String(32)),
    _moment("consent_at"),  # when the person agreed that it be passed on
    # open, passed-on, answered, closed; tickets have the same
    Column("status", String(10), nullable=False, server_default="open"),
    UniqueConstraint("person", "record_id", name="contact_requests_once"),
)

tickets = Table(
    "tickets",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _person(),
    Column("text", Text, nullable=False),
    Column("status", String(10), nullable=False),
    _moment(),
    sqlite_autoincrement=True,  # a deleted ticket's number is not given to someone else
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(PERSON), primary_key=True),
    _person(),
    Column("channel", String(20), nullable=False),
    Column("language", String(10)),
    Column("state", JSON),
    Column("last_seq", Integer, nullable=False, default=0),
    _moment(),
    _moment("updated_at"),
    Column("expires_at", String(32), index=True),
)

messages = Table(
    "messages",
    metadata,
    Column(
        "conversation_id",
        String(PERSON),
        ForeignKey("conversations.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("seq", Integer, primary_key=True),
    Column("author", String(4), nullable=False),  # user, bot
    Column("payload", JSON, nullable=False),
    _moment(),
    # the client's own id of a user's message; the bot's answers carry it as `answers`
    Column("client_id", String(80)),
    Column("answers", String(80)),
    UniqueConstraint("conversation_id", "client_id", name="messages_once"),
)

learning_consents = Table(
    "learning_consents",
    metadata,
    _person(primary_key=True),
    Column("agreed", Boolean),  # NULL: asked, and not answered yet
    _moment("at"),
)

lessons = Table(
    "lessons",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _person(),
    Column("text", String(LESSON), nullable=False),  # without names
    Column("language", String(10), nullable=False),
    Column("reason", String(10), nullable=False),  # declined, clarify, corrected, unhelpful
    Column("intent", String(40), nullable=False),  # what it was taken for
    Column("confidence", Float, nullable=False),
    Column("meant", String(40)),  # the intent that the person chose of those offered
    Column("correction", String(LESSON)),  # what they said next, without names
    Column("outcome", String(10)),  # learnt, dropped; NULL while nobody has looked at it
    _moment(),
    UniqueConstraint("person", "text", name="lessons_once"),
)
