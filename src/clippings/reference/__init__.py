"""The state of the world on a day: treaties, who was bound by them, who belonged to what, and what happened.

Small tables, each row with its source, the grade of that source and what is contested (``README.md`` beside them).
Every function returns a new frame, text as pandas ``string``, blanks as ``pd.NA``, ``verified`` as ``bool``.
Dates stay as printed, some only a year or a year and month; questions are asked of them as periods:

- a period is ``[from, to)``: the day in ``to`` is the first on which it no longer held;
- a partial start counts from its first day, a partial end to its last day;
- a blank end is open; a treaty without a date of entry into force was never in force, as far as is known.

>>> from clippings import reference
>>> "BY" in reference.parties("INF", on="2007-11-02")["country"].tolist()
True
"""

from clippings.reference.claims import standing
from clippings.reference.days import Day
from clippings.reference.queries import aftermath, alliances, events, members, parties, treaties
from clippings.reference.tables import UnknownName

__all__ = ["Day", "UnknownName", "aftermath", "alliances", "events", "members", "parties", "standing", "treaties"]
