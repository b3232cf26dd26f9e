"""What a function may do. A capability opens a door; the access rule says what is behind it."""

from __future__ import annotations

from enum import StrEnum


class Capability(StrEnum):
    OVERVIEW_READ = "overview.read"
    INCIDENTS_REPORT = "incidents.report"
    INCIDENTS_READ = "incidents.read"
    INCIDENTS_REVIEW = "incidents.review"
    PROBLEMS_READ = "problems.read"
    PROBLEMS_WRITE = "problems.write"
    STATISTICS_READ = "statistics.read"
    STATISTICS_WRITE = "statistics.write"
    IMPORTS_WRITE = "imports.write"
    PICTURES_READ = "pictures.read"
    PICTURES_WRITE = "pictures.write"
    PICTURES_DECIDE = "pictures.decide"
    AGREEMENTS_READ = "agreements.read"
    AGREEMENTS_WRITE = "agreements.write"
    GROUPS_READ = "groups.read"
    GROUPS_WRITE = "groups.write"
    ORGANISATIONS_READ = "organisations.read"
    ORGANISATIONS_WRITE = "organisations.write"
    MEETINGS_RUN = "meetings.run"
    PLANS_READ = "plans.read"
    PLANS_WRITE = "plans.write"
    SURVEYS_READ = "surveys.read"
    SURVEYS_WRITE = "surveys.write"
    PUBLICATION_WRITE = "publication.write"
    CONTACTS_READ = "contacts.read"
    CONTACTS_WRITE = "contacts.write"
    CONTINUITY_READ = "continuity.read"
    CONTINUITY_WRITE = "continuity.write"
    AGREEMENTS_SIGN = "agreements.sign"
    AUDIT_READ = "audit.read"
    API_TOKENS_WRITE = "api_tokens.write"


class Information(StrEnum):
    """The kinds of information that a sharing clause can let across a party's border."""

    INCIDENTS = "incidents"
    POLICE_FIGURES = "police_figures"
    SITUATIONAL_PICTURES = "situational_pictures"
    PROBLEMS = "problems"
    MEETINGS = "meetings"
    PLANS = "plans"
    SURVEYS = "surveys"
    CONTACTS = "contacts"


class Detail(StrEnum):
    """How much of it: every object, or only counts."""

    DETAIL = "detail"
    AGGREGATE = "aggregate"


class InformationClass(StrEnum):
    """How sensitive a model's rows are (KLASSA's confidentiality, in words)."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PROTECTED = "protected"
