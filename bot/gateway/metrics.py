"""What `/metrics` shows. No label tells one visitor from another."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

CONTENT_TYPE = CONTENT_TYPE_LATEST

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The gateway's counters, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "ciep_http_requests",
            "Requests of the web API by path and status.",
            ["path", "status"],
            registry=self._registry,
        )
        self.sessions = Counter(
            "ciep_sessions", "Visitors' sessions begun.", registry=self._registry
        )
        self.turns = Counter(
            "ciep_turns",
            "Turns by channel and outcome: answered, repeated, away, failed.",
            ["channel", "outcome"],
            registry=self._registry,
        )
        self.answers = Counter(
            "ciep_answers",
            "Answers by type (results, answer, fallback, ...) and language.",
            ["type", "language"],
            registry=self._registry,
        )
        self.alerts = Counter(
            "ciep_alerts",
            "Alerts looked at after new data, by channel and outcome: told, quiet, failed.",
            ["channel", "outcome"],
            registry=self._registry,
        )
        self.seconds = Histogram(
            "ciep_turn_seconds",
            "Seconds from a message's arrival to its answer, waiting in line included.",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self.waiting = Gauge(
            "ciep_turns_waiting", "Turns accepted and not yet answered.", registry=self._registry
        )

    def text(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self._registry)
