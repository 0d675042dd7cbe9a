"""Alerts on the search in hand, switched on and off."""

from __future__ import annotations

from actions.act import Act, Answer, Turn
from actions.narrowing import next_search
from actions.own_lists import own_alert, show_alerts


class ActionAlert(Act):
    """subscribe_alert, stop_alerts. "Tell me about new energy jobs" names its search itself."""

    def answer(self, turn: Turn) -> Answer:
        people, reading = turn.services.people, turn.reading
        if reading.intent == "stop_alerts":
            stopped = people.stop_alerts(person=turn.person, alert_id=reading.alert)
            if reading.alert is not None:
                return show_alerts(turn, note="stopped_one", about=own_alert(turn, reading.alert))
            return show_alerts(turn, note="stopped" if stopped else "nothing_to_stop")
        frame = turn.conversation.search
        if reading.kind and reading.changes:
            frame = next_search(reading, frame, institution=None, now=turn.services.now())
        if frame is None:
            return show_alerts(turn, note="no_search")
        known = {alert.id for alert in people.alerts(person=turn.person) if alert.active}
        alert = people.subscribe(
            person=turn.person, frame=frame.first_page(), language=turn.written
        )
        return show_alerts(turn, note="already" if alert.id in known else "added", about=alert)
