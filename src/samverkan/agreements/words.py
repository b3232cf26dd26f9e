"""Clauses as sentences that a person can agree or disagree with."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from samverkan.platform.access.capabilities import Detail, Information

# What is seen, in each degree of detail: whole sentences, since words bend in Swedish.
SENTENCES = {
    (Information.INCIDENTS, Detail.DETAIL): gettext_noop(
        "%(receiver)s may see the EST incidents of %(giver)s one by one"
    ),
    (Information.INCIDENTS, Detail.AGGREGATE): gettext_noop(
        "%(receiver)s may see how many EST incidents %(giver)s has, not each one"
    ),
    (Information.POLICE_FIGURES, Detail.DETAIL): gettext_noop(
        "%(receiver)s may see the crime figures that %(giver)s has put in"
    ),
    (Information.POLICE_FIGURES, Detail.AGGREGATE): gettext_noop(
        "%(receiver)s may see the crime figures that %(giver)s has put in, summed up"
    ),
    (Information.SITUATIONAL_PICTURES, Detail.DETAIL): gettext_noop(
        "%(receiver)s may read the situational pictures of %(giver)s"
    ),
    (Information.SITUATIONAL_PICTURES, Detail.AGGREGATE): gettext_noop(
        "%(receiver)s may read the summaries of the situational pictures of %(giver)s"
    ),
    (Information.PROBLEMS, Detail.DETAIL): gettext_noop(
        "%(receiver)s may see the problems and measures of %(giver)s"
    ),
    (Information.PROBLEMS, Detail.AGGREGATE): gettext_noop(
        "%(receiver)s may see how many problems and measures %(giver)s has"
    ),
    (Information.MEETINGS, Detail.DETAIL): gettext_noop(
        "%(receiver)s may see the groups of %(giver)s and their meetings"
    ),
    (Information.MEETINGS, Detail.AGGREGATE): gettext_noop(
        "%(receiver)s may see how often the groups of %(giver)s meet"
    ),
    (Information.PLANS, Detail.DETAIL): gettext_noop(
        "%(receiver)s may read the action plans of %(giver)s"
    ),
    (Information.PLANS, Detail.AGGREGATE): gettext_noop(
        "%(receiver)s may see how many measures the action plans of %(giver)s hold"
    ),
    (Information.SURVEYS, Detail.DETAIL): gettext_noop(
        "%(receiver)s may see the answers to the safety surveys of %(giver)s, question by question"
    ),
    (Information.SURVEYS, Detail.AGGREGATE): gettext_noop(
        "%(receiver)s may see the results of the safety surveys of %(giver)s, summed up"
    ),
    (Information.CONTACTS, Detail.DETAIL): gettext_noop(
        "%(receiver)s may see the contact paths of %(giver)s"
    ),
    (Information.CONTACTS, Detail.AGGREGATE): gettext_noop(
        "%(receiver)s may see how many contact paths %(giver)s has"
    ),
}


def clause_sentence(
    giver: str,
    receiver: str,
    information: Information,
    detail: Detail,
    municipalities: Sequence[str],
) -> str:
    """Who may see what of whom, and where when the clause says where."""
    sentence = _(SENTENCES[information, detail]) % {"giver": giver, "receiver": receiver}
    if municipalities:
        sentence = _("%(sentence)s, only in %(places)s") % {
            "sentence": sentence,
            "places": ", ".join(municipalities),
        }
    return f"{sentence}."
