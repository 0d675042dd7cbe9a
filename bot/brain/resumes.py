"""A résumé pasted as a message: it tells of a person, and none of its words are criteria.

Read as a search, its years are a salary and its universities are employers.
"""

from __future__ import annotations

import re

_SHORTEST = 80  # bytes, so that Chinese, which is shorter, counts alike: less is no résumé
_HEADINGS = (
    r"(?:work(?:ing)? |professional |relevant )?experience|employment(?: history)?|work history"
    r"|career(?: history)?|work",
    r"education(?:al background)?|academic background|qualifications?",
    r"(?:key |technical |core |professional )?skills|competences?|expertise",
    r"language(?: skill)?s|certificat(?:es|ions)|publications|awards|interests|referees|references",
    r"(?:personal )?(?:summary|profile|details|objective)|career objective|about me",
    r"curriculum vitae|cv|r[eé]sum[eé]",
    r"(?:工作|实习|任职|职业)(?:经历|经验|履历)|经历",
    r"(?:教育|学习)(?:背景|经历)|学历|毕业院校|专业",
    r"(?:专业|个人|职业|核心)?技能|技术栈|特长",
    r"(?:语言|外语)(?:能力|水平)?|证书|资格证书|获奖情况|发表论文",
    r"求职意向|应聘职位|期望职位|自我评价|个人(?:信息|简介|总结|情况)|姓名",
    r"(?:个人)?简历",
)
"""Of each sort of section, what stands over it."""

_ENOUGH = 2  # sorts of section

_HEADING = re.compile(
    r"(?:^|[\n.。;；])[\s•\-*#]*(?:"
    + "|".join(f"({each})" for each in _HEADINGS)
    + r")\s*(?:[:：]|(?=\n)|[.。](?=\s))",
    re.IGNORECASE,
)


def is_resume(text: str) -> bool:
    """Whether a text has a résumé's sections."""
    if len(text.encode()) < _SHORTEST:
        return False
    sorts = {found.lastindex for found in _HEADING.finditer(text)}
    return len(sorts) >= _ENOUGH
