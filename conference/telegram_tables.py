"""Telegram's tables: what came in, what is to go out, the buttons shown, the chats known.

Moments are seconds since the epoch, because they are compared and added to, never read.
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, Index, Integer, String, Table, Text

from conference.people_tables import PERSON
from conference.store import metadata

telegram_updates = Table(
    "telegram_updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("lane", String(40), nullable=False),  # what is handled in order: a chat
    Column("body", Text, nullable=False),  # as it came; empty once it is done with
    Column("arrived_at", Float, nullable=False),
    Column("not_before", Float, nullable=False, default=0),
    Column("claimed_by", String(40)),
    Column("attempts", Integer, nullable=False, default=0),
    Column("told", Boolean, nullable=False, default=False),  # "one moment" has been said
    Column("before", JSON),  # the conversation's state when it was first begun
    Column("done_at", Float),
    Index("telegram_updates_waiting", "done_at", "lane", "update_id"),
)

telegram_outbox = Table(
    "telegram_outbox",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("method", String(40), nullable=False),
    Column("params", JSON, nullable=False),
    Column("priority", Integer, nullable=False, default=0),  # 0 a reply, 1 a broadcast
    Column("attempts", Integer, nullable=False, default=0),
    Column("not_before", Float, nullable=False, default=0),
    Column("created_at", Float, nullable=False),
    # the greatest message numbers known when it was last tried: what it made has a greater one
    Column("mark", JSON),
    Column("alert_id", Integer, index=True),  # whose news it is
    Index("telegram_outbox_lane", "chat_id", "priority", "id"),
    sqlite_autoincrement=True,  # order is by id: a deleted one's must not come again
)

telegram_keyboards = Table(
    "telegram_keyboards",
    metadata,
    Column("key", String(16), primary_key=True),
    Column("chat_id", BigInteger, nullable=False, index=True),
    Column("user_id", BigInteger, nullable=False),
    Column("buttons", JSON, nullable=False),  # what each does, by its place
    Column("state", JSON),  # the conversation's state under the message that has the buttons
    Column("is_list", Boolean, nullable=False, default=False),
    Column("created_at", Float, nullable=False, index=True),
)

telegram_chats = Table(
    "telegram_chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("person", String(PERSON), nullable=False, index=True),
    Column("blocked", Boolean, nullable=False, default=False),
)

telegram_leases = Table(
    "telegram_leases",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("owner", String(40), nullable=False),
    Column("until", Float, nullable=False),
)
"""Which process does what only one may do; who holds none any more is taken for dead."""
