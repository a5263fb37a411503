"""Who may do what: role → permission → how far it reaches. The whole answer on one page.

`units.permissions` reads it through settings.GRANTS; STATES say when, these grants say who.
"""

from units.permissions import Scope
from units.roles import Role

UNIT, ORGANISATION = Scope.UNIT, Scope.ORGANISATION

READ_OWN = {
    "campaigns.plan.read": ORGANISATION,
    "campaigns.task.read": ORGANISATION,
    "directives.directive.read": ORGANISATION,
    "reports.report.read": ORGANISATION,
    "documents.register.read": ORGANISATION,
}
DRAFT = {
    "documents.draft": ORGANISATION,  # write plans and reports, propose them
    "documents.word.manage": ORGANISATION,  # the template of Word files
    "documents.addresses": ORGANISATION,  # recipients outside the portal
    "campaigns.plan.edit": ORGANISATION,
    "campaigns.task.assign": ORGANISATION,
    "campaigns.task.hand_over": ORGANISATION,  # of a unit that was dissolved or merged
    "campaigns.extension.decide": ORGANISATION,
    "directives.directive.record": ORGANISATION,
    "directives.vocabulary.manage": ORGANISATION,  # letters of symbols, in the own register
    "reports.period.open": ORGANISATION,
    "reports.contribution.return": ORGANISATION,
    "reports.report.compile": ORGANISATION,
    "reports.settings": ORGANISATION,  # profiles, outlines, indicators
    "reports.model.write": ORGANISATION,
    "reports.below.read": ORGANISATION,  # reports that other organisations send to this one
}
READ_BELOW = {
    "reports.below.read": ORGANISATION,
}

GRANTS = {
    Role.OFFICER: READ_OWN | {"campaigns.progress.report": UNIT},
    Role.UNIT_HEAD: READ_OWN
    | {
        "documents.confirm": UNIT,  # the content of what the unit drafted (NĐ 30/2020 Điều 12.1)
        "campaigns.task.accept": UNIT,
        "campaigns.task.confirm": UNIT,
        "campaigns.progress.report": UNIT,
        "campaigns.extension.request": UNIT,
        "directives.note.carry_out": UNIT,  # what the director's note gives to the unit (NĐ 30/2020 Điều 23)
        "reports.contribution.write": UNIT,
        "reports.model.write": UNIT,
    },
    Role.OFFICE: READ_OWN | DRAFT | {"campaigns.progress.report": UNIT},
    Role.CHIEF: READ_OWN
    | DRAFT
    | {
        "documents.confirm": UNIT,
        "documents.check": ORGANISATION,  # form (NĐ 30/2020 Điều 12.2)
        "documents.return": ORGANISATION,
        "documents.rules": ORGANISATION,
        "documents.sign": ORGANISATION,  # TL., the kinds that the house rules name (documents.permissions)
        "units.unit.create": ORGANISATION,  # a unit that an imported plan names and the portal does not know
        "campaigns.task.accept": UNIT,
        "campaigns.task.confirm": UNIT,
        "campaigns.progress.report": UNIT,
        "campaigns.extension.request": UNIT,
        "directives.note.carry_out": UNIT,
        "reports.contribution.write": UNIT,
    },
    Role.CLERK: READ_OWN
    | {
        "directives.directive.record": ORGANISATION,
        "documents.addresses": ORGANISATION,
        "documents.number": ORGANISATION,
        "documents.issue": ORGANISATION,
        "documents.return": ORGANISATION,
        "campaigns.progress.report": UNIT,
    },
    Role.DIRECTOR: READ_OWN
    | READ_BELOW
    | {
        "documents.sign": ORGANISATION,
        "documents.return": ORGANISATION,
        "documents.recall": ORGANISATION,
        "campaigns.extension.decide": ORGANISATION,
        "directives.directive.note": ORGANISATION,
    },
    Role.DEPUTY: READ_OWN
    | READ_BELOW
    | {
        "documents.sign": ORGANISATION,
        "documents.return": ORGANISATION,
        "directives.directive.note": ORGANISATION,
    },
    Role.COUNCIL: READ_OWN
    | {
        "documents.sign": ORGANISATION,  # in the council's name; documents.permissions: only what is presented to it
        "documents.return": ORGANISATION,
    },
    Role.RECIPIENT: READ_BELOW | {"documents.receive": UNIT},
    Role.ADMIN: {
        "units.people.manage": ORGANISATION,
        "units.settings.manage": ORGANISATION,
        "reports.settings": ORGANISATION,
        "directives.vocabulary.manage": ORGANISATION,
        "directives.kinds.manage": ORGANISATION,  # the kinds of documents, one list for all organisations
        "documents.word.manage": ORGANISATION,
        "documents.rules": ORGANISATION,
        "campaigns.task.hand_over": ORGANISATION,  # of a unit that was dissolved or merged
        "campaigns.calendar.edit": ORGANISATION,
    },
}
