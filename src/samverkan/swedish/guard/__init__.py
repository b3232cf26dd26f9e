"""The guard of EST: finds what points out a person in a short Swedish text.

Question answered: which parts of this text name, number or describe a single person?
Guarantee: time in proportion to the length of the text; the same answer whether letters come
composed or decomposed, with or without invisible characters; findings lie within the text, in
order, and do not overlap.
Not for: proving that a text is anonymous. What the guard leaves may still point out somebody in a
small place, which is why a person reviews each report.
"""

from samverkan.swedish.guard.findings import Finding, FindingKind, Severity
from samverkan.swedish.guard.guard import find_persons

__all__ = ["Finding", "FindingKind", "Severity", "find_persons"]
