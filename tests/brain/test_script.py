"""What of an answer is put into traditional characters, and what programs must find unchanged."""

from __future__ import annotations

from typing import Any

import pytest

from bot.brain.script import in_script

ALERTS: dict[str, Any] = {
    "text": "您订阅了1项提醒：\n\n网站：https://例.example/护士?岗=医，请看",
    "image": "https://例.example/图.png",
    "buttons": [
        {"title": "关闭提醒", "payload": '/find_jobs{"text": "护士"}'},
    ],
    "custom": {
        "type": "alerts",
        "language": "zh",
        "query": {"text": "护士", "not": {"text": "实习"}},
        "items": [{"id": "3", "title": "护士职位", "query": {"text": "护士"}}],
        "item": {
            "name": "华东医院",
            "url": "https://例.example/医",
            "contact": "医@例.example",
            "contactPoint": {"email": "医@例.example"},
            "skills": ["护理", "急诊"],
            "labels": {"industry": "医疗健康"},
        },
    },
}


def test_texts_are_converted_and_what_programs_read_stays() -> None:
    shown = in_script(ALERTS, "zh-Hant")
    assert shown == {
        **ALERTS,
        "text": "您訂閱了1項提醒：\n\n網站：https://例.example/护士?岗=医，請看",
        "buttons": [{**ALERTS["buttons"][0], "title": "關閉提醒"}],
        "custom": {
            **ALERTS["custom"],
            "items": [{**ALERTS["custom"]["items"][0], "title": "護士職位"}],
            "item": {
                **ALERTS["custom"]["item"],
                "name": "華東醫院",
                "skills": ["護理", "急診"],
                "labels": {"industry": "醫療健康"},
            },
        },
    }


@pytest.mark.parametrize(
    ("script", "language"), [("zh-Hans", "zh"), (None, "zh"), ("zh-Hant", "en")]
)
def test_nobody_else_s_answer_is_touched(script: str | None, language: str) -> None:
    message = {**ALERTS, "custom": {**ALERTS["custom"], "language": language}}
    assert in_script(message, script) == message
