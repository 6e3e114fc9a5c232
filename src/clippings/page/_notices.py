"""Lines about a text and no part of it: whose it is, which edition, and of whom it is a report."""

from __future__ import annotations

import re

from clippings.page.lines import LONGEST_SIGNATURE, Line

_SIGN = r"(?:(?:\(c\) )?copyright(?:ed)?[,:]?(?: ?(?:©|®|\(c\)))?|©(?: ?copyright(?: of)?)?|\(c\)|c(?= \d{4} ))"
_YEAR = r"(?:\d{4}(?:[-–] ?\d+)?|M[CDILMVX]+)"
_TITLED = r"(?:[A-Z]\S*|&|and|for|of|the)"
COPYRIGHT = re.compile(
    rf"(?:all rights reserved[.,]? )?(?:{_SIGN},? ?{_YEAR}[.,]?|{_YEAR} ©|\(c\)(?-i:(?= {_TITLED}(?: {_TITLED})*$))"
    r"|(?:©(?: copyright of)?|copyright(?: ©| \(c\)|:)"
    rf"|(?:\(c\)|copyright(?: by)?)(?= ?(?-i:[A-Z])[^.;|]* {_YEAR}(?:[.,;|]|$))) ?)"
    rf"(?: ?(?:by|copyright|\(c\)|©))* "
    rf"(?P<name>[^\s.,;|][^,;|]{{0,58}}?)(?:,? [A-Z][a-z]{{2,8}}\.? \d\d?(?=,))?"
    rf"(?:,? (?:Co|GmbH|Inc|L\.?L\.?C|L\.?P|Ltd|Plc)\b\.?)?(?:,? {_YEAR})?"
    r"(?:[.,;|]?$|[.,;|] .*| all rights.*)",
    re.IGNORECASE,
)
_EDITION = re.compile(
    r"(?:(?:correct(?:ion|ed)|clarification)(?: (?:appended|version))?|(?:corrections?|clarification): .*|[\d,]+ words"
    r"|(?:(?:first|second|third|early|late|final|morning|evening|international|national|print|online|city|weekend|sunday"
    r"|english|updated) )+edition(?: \d| ?[-–,] ?final)?|(?:online|internet|print) edition of .+"
    r"|edition(?: \d|: ?\w+)|updated version"
    r"|(?:for )?immediate release:?|press (?:release|statement)|media (?:note|release)"
    r"|embargoed .+"
    r"|(?:section|sect\.) \w{1,3}[,;] .*|page \w{1,4})$",
    re.IGNORECASE,
)
# BBC Monitoring: what follows, of whom.
_RELAYED = re.compile(
    r"[\"“]?(?:(?:full|corrected|unattributed|unscheduled) )?(?:text|excerpts?|transcript|summary|report)"
    r"(?: (?:of|from)(?: (?:an?|the))?)?(?: [\w-]+){0,4} (?:by|from|in|on|published|carried|headlined) .{3,160}$",
    re.IGNORECASE,
)


def is_edition(line: Line) -> bool:
    """``Correction``, ``Late Edition``, ``UPDATED``, ``1,203 words``: a note on the edition or the length."""
    return len(line.text) <= LONGEST_SIGNATURE and bool(_EDITION.match(line.text))


def is_copyright(line: Line) -> bool:
    """``(c) 2007 DPA`` or ``Copyright 2007 by UPI. All rights reserved.``."""
    return line.text[:1] in "(aAcC©12" and bool(COPYRIGHT.match(line.text))


def is_relayed(line: Line) -> bool:
    """``Text of report by Polish radio on 2 April``: what follows was broadcast or printed elsewhere."""
    return bool(_RELAYED.match(line.text))
