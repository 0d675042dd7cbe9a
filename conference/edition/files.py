"""The edition's files as texts, lists and mappings: YAML without its guesses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from conference.edition.findings import Finding

_Base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Loader(_Base):  # type: ignore[misc]
    """Every value a text: YAML takes 18:00 for the number 1080, and NO (Norway) for false."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:  # YAML would silently take the last
                raise _RepeatedKeyError(str(key.value), key.start_mark.line + 1)
            seen.add(key.value if isinstance(key.value, str) else None)
        result: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return result


class _RepeatedKeyError(yaml.YAMLError):
    def __init__(self, key: str, line: int) -> None:
        super().__init__(key)
        self.key, self.line = key, line


def read_file(path: Path) -> tuple[dict[str, Any], list[Finding]]:
    """What a file says, or nothing and why."""
    name = path.name
    try:
        data = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_Loader)  # noqa: S506
    except FileNotFoundError:
        return {}, [Finding("no_file", name, str(path.parent))]
    except OSError as error:
        return {}, [Finding("unreadable", name, error.strerror or "")]
    except UnicodeDecodeError as error:
        return {}, [Finding("not_utf8", name, str(error.start))]
    except _RepeatedKeyError as error:
        return {}, [Finding("repeated_key", name, error.key, hint=str(error.line))]
    except yaml.YAMLError as error:
        return {}, [Finding("unreadable", name, _where(error))]
    if not isinstance(data, dict) or not data:
        return {}, [Finding("wrong_form", name, hint="key: value")]
    return data, []


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or error).split("\n")[0]
    return f"line {mark.line + 1}: {problem}" if mark else problem
