"""The tables of organisers and of what they did."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text

from conference.store import metadata

organisers = Table(
    "organisers",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("added_at", String(32), nullable=False),  # ISO 8601, UTC; part of their sessions
    Column("link", String(64)),  # SHA-256 of the link that was not used yet
    Column("link_until", String(32)),
)

organiser_actions = Table(
    "organiser_actions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", String(32), nullable=False),
    Column("organiser", String(80), nullable=False),
    Column("action", String(20), nullable=False),
    Column("subject", String(40), index=True),  # a case's reference, a table's name
    Column("state", String(10)),
    Column("note", Text),
)
