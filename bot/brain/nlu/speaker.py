"""What a message tells of its speaker: where they are from, live and work, what they speak.

Such places, countries and sorts of organisation get the role `origin`: they are no criteria.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from bot.brain.nlu.clauses import CLAUSE_END, PLACES, Clauses, Entity
from conference.query import Kind
from conference.text import FIRST_PERSON
from conference.vocabulary import load_vocabulary

_OWN = re.compile(
    r"\b(?:our|my|we are an?|we're an?|at an?)\s+(?:\w+\s+)?$"
    r"|(?<![给帮替让])我们?(?:是|的|这|这个|这家)?$|(?<!日)[本敝]$|(?:这里|这边|这儿)是[^,，]{0,3}$"
)
_KIN = (
    "son|daughter|child|kids?|boy|girl|brother|sister|cousin|nephew|niece|friend|colleague|boss"
    "|father|mother|dad|mum|mom|parents|fianc[eé]e?|partner|husband|wife"
)
_KIN_ZH = (
    "女儿|儿子|孩子|闺女|老公|老婆|爱人|先生|太太|弟弟|妹妹|哥哥|姐姐|父母|朋友|同学|室友"
    "|侄子|侄女|外甥"
)
_SELF = re.compile(
    r"(?<!can )(?<!could )(?<!may )(?<!might )(?<!should )"
    r"\b(?:i|we|he|she)(?:'m|'re|'s|'ve| have| am| is| are| was| were)?"
    r"(?: (?:currently|now|still|both|two|originally|just))*"
    r" (?:lives?|lived|living|come|came|reside|stay|study|studied|teach|taught|represent"
    r"|representing"
    r"|graduated|grew up|work (?:in|at|for)|working (?:in|at|for)|run|own|manage|lead|head|born"
    r"|spent|worked|trained|served|practised|practiced)\b"
    r"|\b(?:i|we)(?:'m|'re| am| are) (?:an? |the )?"
    r"(?:delegates?|representatives?|citizens?|members?) (?:of|from)\b"
    r"|\b(?:i|we)(?:'m|'re| am| are) (?:an? |the )?(?:\w+ ){0,2}(?:hospital|clinic|company|firm"
    r"|factory|bank|university|college|institute|school|lab|park|association|chamber)"
    r" (?:in|at|near|from|of)\b"
    r"|\b(?:my|our) (?:institute|institution|company|firm|university|school|lab|laboratory|factory"
    r"|office|employer|family|home|hometown|wife|husband|team|group|association|ministry)"
    r"(?:'s| is| are| comes?| lives?| was)\b"
    r"|(?:我|本人|我们|俺)(?:这边)?(?:代表|目前|现在|就|人)*(?:代表|来自|住|从|毕业|任教|就读)"
    r"|我们(?:公司|单位|学校|研究所|企业)?(?:是|在)"
    rf"|\b(?:my|our) (?:\w+ )?(?:{_KIN})(?:'s| (?:just |now |also )?(?:came|comes?|is|are|was|were"
    r"|lives?|studie[sd]|graduated|works?|worked|returned|returns|finished|has|had|got))\b"
    rf"|我?家?(?:{_KIN_ZH})[^\s想要找求]{{0,4}}[在从](?=\S{{1,8}}(?:念|读|上学|工作|留学|毕业|待|呆|住|打工|回))"
    r"|\b(?:on behalf of|representing|writing from|calling from)\b"
    r"|\b(?:i|we)(?:'m| am|'re| are) (?:[\w-]+ ){0,5}?from\b"
    r"|\b(?:my|our) (?:[\w-]+ )?[\w-]*[^\Ws] (?:in|at|near|from)(?= [^,.;?!]+ \w+s\b)"
    r"|\b(?:i|i'm|i've|my)\b[^.?!;]*\d+ (?:years?|yrs?)\b[^,.;?!]{0,30}?\b(?:in|at)\b"
    r"|(?:^|[.!?]\s*)(?:just |recently |newly )?(?:came|got|moved|returned|arrived|flew|back)\b"
    r"(?: \w+){0,3}? from\b"
    r"|(?:我|本人|鄙人|俺|在下)从"
    r"|^(?:(?:hi|hello|hey)\W+)?(?!how|wh|any|are|is|list|show)(?:\w+ ){1,3}from"
    r"(?= [^,.;?!]{2,30} here\s*(?:$|[.,;!]))"
)
_WISH = re.compile(
    r"\b(?:after|looking|seeking|interested|want|need|find|programmes|programs|jobs|openings"
    r"|institutions|companies|universities|partners)\b"
)
_SEEKS = re.compile(
    r"\b(?:want|look|looking|search|seek|need|find|show|list|interested|would like|'d like|hope"
    r"|jobs?|programmes?|programs?)\b|想|找|要|求|希望|寻|了解|看|对接|合作"
)
_I_AM = re.compile(r"\b(?:i|we)(?: am| are|'m|'re|m)(?: an?| both| all)? $|我们?是$")
_AND_SO = re.compile(r"\s*(?:$|[,.;?!，。；]|and\b|but\b|so\b|with\b|looking\b|人)")
_LANGUAGE_BEFORE = re.compile(
    r"\b(?:my|speaks?|speaking|fluent in|knows?|understand|without|no|any|little|good)\s+"
    r"(?:english(?: and| or|,)?\s*|\w+ and )?$"
)
_LANGUAGE_AFTER = re.compile(
    r"\s*(?:$|[,.;?!]|and\b|or\b|but\b|is\b|at all|very|well|fluently|skills?|required|needed)"
)
_OF_SELF = re.compile(rf"{FIRST_PERSON.pattern}|\bas an?\b")
_ORGANISATION = re.compile(
    r"\b(?:compan|enterpris|firm|employer|institut|universit|organi[sz]ation)\w*"
)
_MEANT_FOR = re.compile(
    r"\b(?:for|open to|available to|suit(?:s|able for)?|hir(?:e|es|ing)|accept(?:s|ing)?"
    r"|tak(?:e|es|ing)|employ(?:s|ing)?|recruit(?:s|ing)?|welcom(?:e|es|ing)) (?:the |us )?$"
)
_FROM = re.compile(r"\s*(?:from|of|living in|based in)\s*(?:the )?")
_PROFESSIONS = frozenset(
    [
        "engineer",
        "engineers",
        "scientist",
        "scientists",
        "professor",
        "researcher",
        "developer",
        "specialist",
        "nurse",
        "doctor",
        "team",
        "group",
        "people",
        "colleagues",
        "family",
    ]
)
"""Before these a nationality may as well say where the work is: "Russian engineers wanted"."""
_CAME = re.compile(r"(?:来|过来|出来|回国|回来|归国|毕业)的?(?:[,，。]|$)")
_STAYED = re.compile(
    r"的?(?:夜班|日子|生活|房租|天气|雾霾|冬天|夏天|工作)?"
    r"(?:待|呆|住|漂|混|干|熬|上|打拼|打工|工作|生活|奋斗|读书|上学|教书|看|做|跑|闯荡)(?:了|得|过)?"
    r"(?:(?:快|将近|近|有|整整|都|差不多)*(?:[一二两三四五六七八九十几半\d]+(?:来|多|几)?|多|好几|好多)个?[年月]"
    r"|好久|很久|多久|腻|够|怕|烦|累|厌|不下去|不动|不起|不惯|不习惯)"
)
"""在广州漂了快十年, 上海呆够了: what is told of a place where somebody has been."""
_LEAVES = re.compile(
    r"\b(?:ditch|leav|swap|trad|quit|exchang|abandon|forsak|mov|relocat|giv|chang|transfer)\w*"
    r"(?: up| out of| away| over)?(?: from)?(?: \w+)? $"
)
_FOR = re.compile(r"(?: \w+)? ?(?:for|to|->|→|over to) (?:the )?")
_TO = re.compile(r"(?:回|去|到|搬到|搬去|搬回|调到|转到|跳到|来|,|，|回老家|想|要|打算)+")
_OPENS = re.compile(r"(?:\W*(?:hi|hello|hey|greetings|an?)\b)*\W*")
_HERE = re.compile(
    r"(?: \w+)? here\s*(?:$|[,.;!:-])"
    r"|\s*[,.;]\s*(?:\d{2}\b|aged|male|female|sitting|living|based|currently|now in|born)"
)
_LOOKS_FOR_WORK = re.compile(
    r"(?:这边|那边|本地|当地)?(?:想)?(?:找|求职|有|能|可以|应聘|上班的|工作的|的)"
)

_AM = re.compile(
    r"\b(?:i|we)(?: am| are|'m|'re) (?:an? (?:\w+ )?)?$|\bas an? (?:\w+ )?$"
    r"|(?:我|我们|本人)是[个名]?$"
)
"""Round what somebody is: "investor here", "we're suppliers"."""

_SENT = re.compile(r"[^,，。的\s]{0,8}(?:委托|派|托)(?:我|咱|俺)")
"""After a place: 广州市科技局委托我找..."""

_AT_WORK = re.compile(r"的?[^想找,，。]{0,6}(?:上班|任职|做事|打工|教书|工作)(?:[,，。了呢]|多?年)")
"""After a place: 我在昆明的银行上班，..."""


def mark_speaker(clauses: Clauses, things: list[Entity], cues: Iterable[Entity]) -> None:
    """Set the role of all that is said of the speaker."""
    named: dict[str, list[Entity]] = {"origin": [], "person": [], "dwelling": []}
    for cue in cues:
        if cue["value"] in named:
            named[cue["value"]].append(cue)
    for cue in named["origin"]:
        _mark_origin(clauses, cue)
    _mark_profession(clauses, things, named["origin"])
    _mark_self(clauses.text, things)
    _mark_left(clauses, things)
    _mark_land_of_city(clauses.text, things)
    for thing in things:
        _mark_nationals(clauses, thing, named["person"])
        _mark_dwelling(clauses, thing, named["dwelling"])
        _mark_came(clauses.text, thing)
        _mark_own(clauses, thing)
        _mark_nationality(clauses, thing)
        _mark_language(clauses, thing)


def _mark_origin(clauses: Clauses, cue: Entity) -> None:
    """Where a person comes from or lives: "I'm a chemist from Russia", 我在莫斯科读书."""
    said = clauses.text[cue["start"] : cue["end"]]
    if said.startswith("老家") and clauses.text[: cue["start"]].endswith(("回", "去", "到")):
        return  # 想回老家南昌
    for thing in clauses.after(cue, where=lambda each: each["entity"] in PLACES):
        gap = clauses.gap(cue, thing)
        if re.match(r"\s*(?:for|to)\b", gap):
            return  # "leaving for Chengdu"
        describes = re.search(r"(?:\ban?|是|为|本人|俺|們是)$", said)
        if describes and gap.strip() and not re.search(r"\bfrom\b|来自", gap):
            return
        if said.startswith(
            ("based", "living", "born", "passport", "headquartered", "studying", "hail")
        ) and (
            re.search(
                r"(?:compan\w+|firms?|employers?|institut\w+|universit\w+|jobs?|programmes?|"
                r"programs?)\s*$",
                clauses.text[: cue["start"]],
            )
            or _of_others(clauses, cue)
        ):
            return
        if said.endswith("在") and _AT_WORK.match(clauses.text[thing["end"] :]):
            thing["role"] = "origin"
            continue
        if said.endswith("在") and _LOOKS_FOR_WORK.match(clauses.text[thing["end"] :]):
            return
        thing["role"] = "origin"


def _mark_profession(clauses: Clauses, things: list[Entity], cues: list[Entity]) -> None:
    """ "As a fund manager, which programmes ...": only a job is looked for by what one is."""
    kinds = {each["value"] for each in things if each["entity"] == "kind"}
    if not kinds or Kind.JOBS.value in kinds:
        return
    for thing in things:
        if thing["entity"] == "subject" and any(
            cue["end"] <= thing["start"] and not clauses.gap(cue, thing).strip() for cue in cues
        ):
            thing.setdefault("role", "origin")


def _of_others(clauses: Clauses, cue: Entity) -> bool:
    """ "Enterprises in finance based in ...": said of those, where nobody speaks of themself."""
    clause = CLAUSE_END.split(clauses.text[: cue["start"]])[-1]
    return bool(_ORGANISATION.search(clause)) and not _OF_SELF.search(clause)


def _mark_land_of_city(text: str, things: list[Entity]) -> None:
    """ "From Lagos, Nigeria": the land said with a city that somebody is from."""
    for city, land in pairwise(things):
        gap = text[city["end"] : land["start"]]
        if (
            city["entity"] == "city"
            and city.get("role") == "origin"
            and land["entity"] in ("region", "country")
            and re.fullmatch(r"\s*[,，]?\s*", gap)
        ):
            land.setdefault("role", "origin")


def _mark_left(clauses: Clauses, things: list[Entity]) -> None:
    """ "Ditch Guangzhou for Hangzhou", 从北京去西安: the place that somebody leaves."""
    places = [each for each in things if each["entity"] in PLACES]
    for left, reached in pairwise(places):
        before = clauses.text[: left["start"]]
        if (_LEAVES.search(before) and _FOR.fullmatch(clauses.gap(left, reached))) or (
            before.endswith(("从", "由", "离开")) and _TO.fullmatch(clauses.gap(left, reached))
        ):
            left["role"] = "origin"


def _mark_self(text: str, things: list[Entity]) -> None:
    """ "I represent a Thai company", 我们是西安的研究所: what a clause tells of the speaker."""
    for match in _SELF.finditer(text):
        if _WISH.search(match[0]):  # "I'm after energy programmes from Russia"
            continue
        rest = text[match.end() :]
        ends = [found.start() for found in (CLAUSE_END.search(rest), _SEEKS.search(rest)) if found]
        end = match.end() + min(ends, default=len(rest))
        for thing in things:
            of_speaker = thing["entity"] in PLACES | {"institution_type"}
            if of_speaker and match.end() <= thing["start"] and thing["end"] <= end:
                thing.setdefault("role", "origin")


def _mark_nationals(clauses: Clauses, thing: Entity, persons: list[Entity]) -> None:
    """ "Russian citizens", "hire Russians", "a student from Kazan", 俄罗斯留学生: who one is."""
    if thing["entity"] not in PLACES:
        return
    said = clauses.text[thing["start"] : thing["end"]]
    if said in _peoples() and _MEANT_FOR.search(clauses.text[: thing["start"]]):
        thing.setdefault("role", "origin")
    for person in persons:
        after = person["start"] >= thing["end"] and not clauses.gap(thing, person).strip()
        before = person["end"] <= thing["start"] and _FROM.fullmatch(clauses.gap(person, thing))
        noun = clauses.text[person["start"] : person["end"]]
        if (after and noun not in _PROFESSIONS) or (before and _says_i(clauses.text, person)):
            thing.setdefault("role", "origin")


def _says_i(text: str, person: Entity) -> bool:
    """Whether the speaker speaks of themself before this word: "we are two students ..."."""
    return _OF_SELF.search(text[: person["start"]]) is not None


def _mark_dwelling(clauses: Clauses, thing: Entity, verbs: list[Entity]) -> None:
    """在圣彼得堡执教, 在莫斯科读书: where somebody lives."""
    if thing["entity"] not in PLACES or not clauses.text[: thing["start"]].endswith(
        ("在", "于", "从")
    ):
        return
    if any(0 <= verb["start"] - thing["end"] <= 2 for verb in verbs):
        thing.setdefault("role", "origin")


def _mark_came(text: str, thing: Entity) -> None:
    """从多伦多回国的, 明斯克来的, 广州漂了快十年: where somebody came from or has been."""
    if thing["entity"] in PLACES and (
        _CAME.match(text[thing["end"] :]) or _STAYED.match(text[thing["end"] :])
    ):
        thing.setdefault("role", "origin")


def _mark_own(clauses: Clauses, thing: Entity) -> None:
    """ "Our association needs ...", 我哈尔滨的: the speaker's own, not what they look for."""
    before, after = clauses.text[: thing["start"]], clauses.text[thing["end"] :]
    if thing["entity"] == "institution_type" and _OWN.search(before):
        thing.setdefault("role", "origin")
    if thing["entity"] == "kind" and (re.match(" here[,.;!:]", after) or _AM.search(before)):
        thing.setdefault("role", "origin")
    if thing["entity"] in PLACES and _SENT.match(after):
        thing.setdefault("role", "origin")
    if thing["entity"] in PLACES and (
        (before.endswith("我") and re.match(r"的?(?:[,，。;；]|$)", after))
        or (_OF_SELF.search(before) and re.match(r"(?:来|过来|出来)的", after))
    ):
        thing.setdefault("role", "origin")


def _mark_nationality(clauses: Clauses, thing: Entity) -> None:
    """ "I am Russian", "we're Kenyan and ...", "Turk here": the speaker's own country."""
    before, after = clauses.text[: thing["start"]], clauses.text[thing["end"] :]
    if thing["entity"] == "country" and (
        (_I_AM.search(before) and _AND_SO.match(after))
        or (_OPENS.fullmatch(before) and _HERE.match(after))
    ):
        thing.setdefault("role", "origin")


def _mark_language(clauses: Clauses, thing: Entity) -> None:
    """ "I speak Russian", "no Chinese needed": a language, not a place."""
    said = clauses.text[thing["start"] : thing["end"]]
    if thing["entity"] != "country" or said in _countries():  # "no Brazil" is no language
        return
    before, after = clauses.text[: thing["start"]], clauses.text[thing["end"] :]
    if _LANGUAGE_BEFORE.search(before) and _LANGUAGE_AFTER.match(after):
        thing.setdefault("role", "origin")


@cache
def _peoples() -> frozenset[str]:
    """The countries' people in English, in lower case: "russians"."""
    terms = load_vocabulary().terms("country").values()
    names = {each.lower() for term in terms for each in getattr(term, "demonyms", {}).get("en", ())}
    return frozenset(each for each in names if each.removesuffix("s") in names - {each})


@cache
def _countries() -> frozenset[str]:
    """The countries' English names in lower case; what else names one may be a language."""
    terms = load_vocabulary().terms("country").values()
    return frozenset(each.labels["en"].lower() for each in terms)
