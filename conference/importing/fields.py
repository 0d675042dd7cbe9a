"""One row's values, read field by field; what is not understood is noted down."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import Any

from conference.importing import cells
from conference.importing.codes import Codes
from conference.importing.headings import to_simplified
from conference.importing.places import Places
from conference.importing.problems import Problems
from conference.importing.times import UnclearDateError, read_date, read_last_day

_LENGTHS = {
    "title": 300,
    "name": 300,
    "room": 200,
    "url": 500,
    "contact_email": 200,
    "occupation": 40,
}
_LONGEST_TEXT = 50_000
LEFT_OUT = "left-out"
"""In `labels.yml`, the statuses of what is closed, withdrawn or not accepted."""
_OPEN_ENDED = re.compile(
    r"长期|不限|永久|随时|招[满到聘]|额满|待定|有效|open|ongoing|rolling|until (?:filled|further)"
    r"|asap|tb[ad]|n/?a$|-+$",
    re.I,
)
_NO_ADDRESS = {"无", "暂无", "没有", "待定", "n/a", "-", "--", "/", "tba", "tbd"}
_TOTALS = {"合计", "总计", "小计", "共计", "total", "totals", "sum", "subtotal", "grand total"}
_SEGMENT = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Owner:
    """Whose record it is, as its row says: an id, names by language, other names."""

    id: str | None = None
    names: dict[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.id or self.names)


@dataclass
class Options:
    """How values are read."""

    zone: tzinfo
    near: date | None = None
    """A day of the conference: 9月8日 is in the year in which it is nearest to it."""
    order: str | None = None
    """`dmy` or `mdy`: how 09/08/2020 is meant."""
    values: dict[str, dict[str, str | None]] = field(default_factory=dict)
    """By field: the user's own codes for values."""
    simplify: bool = False
    """Whether the texts are in traditional characters, to be converted."""


@dataclass(frozen=True)
class Readers:
    """What reading values takes, the same for all rows of a file."""

    codes: Codes
    places: Places
    problems: Problems
    options: Options


class RowError(Exception):
    """A row that cannot be a record."""

    def __init__(self, rule: str, *, column: str = "", value: Any = "", hint: str = "") -> None:
        super().__init__(rule)
        self.rule, self.column, self.value, self.hint = rule, column, value, hint


class RowReader:
    """One row's values, read field by field."""

    def __init__(
        self,
        readers: Readers,
        place: str,
        values: dict[str, Any],
        headings: dict[str, str],
    ) -> None:
        self.values = values
        self.owner: Owner | None = None
        self.options = readers.options
        self._readers = readers
        self._place = place
        self._headings = headings

    def has(self, *names: str) -> bool:
        """Whether the row says anything, if only nothing, about one of the fields."""
        return any(each in self.values for each in names)

    def text(self, name: str) -> str | None:
        """A field's clean text."""
        value = self.values.get(name)
        if isinstance(value, list):
            value = ", ".join(str(each) for each in value if not isinstance(each, dict | list))
        return None if value is None else cells.text_of(value)

    @property
    def says_something(self) -> bool:
        """Whether any of its fields is filled."""
        return any(value not in (None, "", [], False) for value in self.values.values())

    def warn(self, rule: str, name: str, *, hint: str = "", value: Any = None) -> None:
        """Note down what is the matter with a field's value."""
        shown = self.values.get(name, "") if value is None else value
        self._readers.problems.add(
            rule, place=self._place, column=self.heading(name), value=shown, hint=hint
        )

    def heading(self, name: str) -> str:
        """What the field's column is called in the file."""
        return self._headings.get(name, name)

    def fail(self, rule: str, name: str, *, hint: str = "") -> RowError:
        """The error of a field."""
        return RowError(rule, column=self.heading(name), value=self.values.get(name, ""), hint=hint)

    def texts(self, name: str, *, needed: bool = False) -> dict[str, Any]:
        """The two columns of a text, from its plain column and those with a language."""
        found: dict[str, Any] = {}
        plain = self.text(name)
        if plain is not None:
            plain = cells.plain_text(plain)
            found = {
                f"{name}_{language}": each for language, each in cells.by_language(plain).items()
            }
        for language in ("en", "zh"):
            key = f"{name}_{language}"
            if key in self.values:
                text = self.text(key)
                if text is not None or key not in found:
                    found[key] = text
        if name in self.values and not found:
            found = {f"{name}_en": None, f"{name}_zh": None}
        if needed and not any(found.values()):
            raise self.fail("name_missing", name)
        if needed and any(str(each).strip(" :：").lower() in _TOTALS for each in found.values()):
            raise self.fail("total_row", name)
        most = _LENGTHS.get(name, _LONGEST_TEXT)
        for key, each in found.items():
            if each is not None:
                if self.options.simplify and not each.isascii():
                    each = to_simplified(each)  # noqa: PLW2901
                if name in _LENGTHS:  # a line of its own, wherever the cell was broken
                    each = " ".join(each.split())  # noqa: PLW2901
                if len(each) > most:
                    self.warn("text_too_long", name if name in self.values else key, hint=str(most))
                    each = each[:most]  # noqa: PLW2901
                found[key] = each
        return found

    def code(self, name: str, field: str | None = None, *, quiet: bool = False) -> str | None:
        """A field's code; what is not understood is noted down unless `quiet`."""
        text = self.text(name)
        if text is None:
            return None
        vocabulary = field or name
        own = self.options.values.get(name, {})
        if text in own:
            return own[text]
        found = self._readers.codes.find(vocabulary, text)
        if found is None:
            if not quiet:
                known = self._readers.codes.codes(vocabulary)
                self.warn("code_unknown", name, hint=", ".join(known[:12]))
            return None
        if found[1] and not quiet:
            self.warn("read_as", name, hint=found[1])
        return found[0]

    def status(self, *, quiet: bool) -> str | None:
        """The status, if one is given; raises RowError for what is no longer offered."""
        code = self.code("status", quiet=quiet)
        if code == LEFT_OUT:
            raise self.fail("not_open", "status")
        return code

    def day(self, name: str) -> str | None:
        """A field's date, ISO 8601; raises RowError."""
        text = self.text(name)
        if text is None or (_OPEN_ENDED.match(text) and not re.search(r"\d", text)):
            return None
        read = read_last_day if name == "valid_through" else read_date
        options = self.options
        try:
            return read(text, options.order, options.zone, near=options.near).isoformat()
        except UnclearDateError as error:
            raise self.fail("date_unclear", name) from error
        except ValueError as error:
            raise self.fail("date_unreadable", name) from error

    def day_if_any(self, name: str) -> str | None:
        """The same for a date that a record can do without: "2 weeks ago" is left out."""
        try:
            return self.day(name)
        except RowError as error:
            if error.rule == "date_unclear":
                raise  # an option says how it is meant
            self.warn("date_left_out", name)
            return None

    def number(self, name: str, *, otherwise: int | None) -> int | None:
        """A field's whole number; raises RowError."""
        text = self.text(name)
        if text is None:
            return otherwise
        found = cells.whole_number(text)
        if found is None:
            raise self.fail("number_unreadable", name)
        return found

    def address(self, name: str) -> str | None:
        """A web or mail address; a bare domain gets its https."""
        text = self.text(name)
        if text is None or text.lower() in _NO_ADDRESS:
            return None
        if name == "contact_email":
            found = re.search(r"[^\s@<>:;,]+@[^\s@<>:;,]+\.[^\s@<>:;,]+", text)
            if found:
                return found[0][: _LENGTHS[name]]
        elif re.fullmatch(r"https?://\S+", text, re.I) and len(text) <= _LENGTHS["url"]:
            return text
        elif re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?", text, re.I):
            return f"https://{text}"
        self.warn("address_unreadable", name)
        return None

    def whereabouts(self) -> dict[str, Any]:
        """City, country and whether remote work is named among them."""
        if not self.has("city", "country", "province"):
            return {}
        town, nation = self.text("city"), self.text("country")
        province = self.text("province")
        if not (province or self.has("city", "country")):
            return {}
        places = self._readers.places
        country = None
        if nation is not None:
            country = self.options.values.get("country", {}).get(nation) or places.country(nation)
            if country is None:
                found = places.find(nation)
                country = found.country if found else None
                if found is None:
                    self.warn("place_unknown", "country")
                elif town is None and found.city:
                    town = nation
        if town is None and nation is None and province and not places.country(province):
            town, province = province, None  # but "CA" alone is no country's letters
        if town is None:
            return {"city": None, "country": country} if self.has("city") else {"country": country}
        own = self.options.values.get("city", {})
        found = places.find(own[town] or "", country=country) if town in own else None
        if town not in own:
            whole = f"{town}, {province}" if province else town
            found = places.find(whole, country=country)
        if found is None:
            self.warn("place_unknown", "city")
            return {"city": None, "country": country}
        if found.partly:
            self.warn("place_partly", "city", hint=found.country or "")
        for rule, hint in (
            ("read_as", found.read_as),
            ("place_new", found.city if found.new else None),
            ("place_first", found.city if found.more else None),
        ):
            if hint:
                self.warn(rule, "city", hint=hint)
        result: dict[str, Any] = {"city": found.city, "country": found.country or country}
        if found.remote:
            result["remote"] = True
        return result

    def whose(self) -> None:
        """Note whose record it is."""
        names: dict[str, str] = {}
        plain = self.text("institution")
        if plain:
            names = cells.by_language(plain[:300])
        for language in ("en", "zh"):
            text = self.text(f"institution_{language}")
            if text:
                names[language] = text[:300]
        if self.options.simplify:
            names = {key: to_simplified(each) for key, each in names.items()}
        alias = self.text("institution_alias")
        if alias and not names:
            names = cells.by_language(alias[:300])
        aliases = (alias,) if alias and alias not in names.values() else ()
        given = ("institution", "institution_en", "institution_zh", "institution_id")
        if self.has(*given, "institution_alias"):
            self.owner = Owner(self.text("institution_id"), names, aliases)

    def several(self, name: str) -> dict[str, Any]:
        """The two columns of a list of words, such as skills."""
        found: dict[str, Any] = {}
        if name in self.values:
            found = {f"{name}_en": [], f"{name}_zh": []}
            for each in self._words(name):
                language = "zh" if "zh" in cells.by_language(each) else "en"
                found[f"{name}_{language}"].append(each)
        for language in ("en", "zh"):
            if f"{name}_{language}" in self.values:
                found[f"{name}_{language}"] = self._words(f"{name}_{language}")
        return found

    def _words(self, name: str) -> list[str]:
        listed = (cells.text_of(each) for each in cells.list_of(self.values[name]))
        return list(dict.fromkeys(each[:100] for each in listed if each))

    def languages(self) -> dict[str, Any]:
        """Language tags."""
        if not self.has("languages"):
            return {}
        tags = []
        for each in cells.list_of(self.values["languages"]):
            text = str(each).strip()
            found = self._readers.codes.find("language", text)
            if found and found[0]:
                tags.append(found[0])
            elif _SEGMENT.fullmatch(text):
                tags.append(text)
            else:
                self.warn("code_unknown", "languages", hint="en, zh, ru, …", value=text)
        return {"languages": list(dict.fromkeys(tags))}

    def only(self, **readers: Callable[[], Any]) -> dict[str, Any]:
        """The columns whose field the row has, read."""
        return {name: read() for name, read in readers.items() if name in self.values}
