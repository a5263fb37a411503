"""Who may make a move on which file. `check_…` raises NotAllowed with the sentence a person reads; `can_…` wraps it."""

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from documents.models import Document, rules_of
from documents.states import STEPS, DocumentMove, DocumentState
from units import permissions
from units.models import Appointment, Unit
from units.permissions import NotAllowed
from units.roles import Authority, Role

RETURNERS = {
    DocumentState.PROPOSED: "documents.confirm",
    DocumentState.SUBMITTED: "documents.check",
    DocumentState.CHECKED: "documents.sign",
    DocumentState.SIGNED: "documents.number",
}
"""Who sends a file back: the post whose turn it is."""


def _needed(document: Document, move: DocumentMove) -> tuple[str, Unit]:
    """The permission a move needs now, and the unit it must reach."""
    if move is DocumentMove.RETURN:
        permission = RETURNERS.get(DocumentState(document.state), STEPS[move].permission)
    else:
        permission = STEPS[move].permission
    return permission, document.drafting_unit if permission == "documents.confirm" else document.organisation


def check_move(by: Appointment, document: Document, move: DocumentMove, *, at: datetime) -> None:
    """Raise NotAllowed unless the post may make `move` and the state allows it."""
    permission, unit = _needed(document, move)
    permissions.check(by, permission, at=at, unit=unit)
    if not document.allows(move):
        raise NotAllowed(str(STEPS[move].refusal))
    signing = move is DocumentMove.SIGN or (move is DocumentMove.RETURN and document.state == DocumentState.CHECKED)
    if signing and document.signer_id != by.pk:
        raise NotAllowed(_("Văn bản này trình người khác ký."))
    if move is DocumentMove.SIGN and by.role == Role.CHIEF:
        check_signs_by_order(by, document.kind)


def check_signs_by_order(by: Appointment, kind: str) -> None:
    """The chief of office signs TL., and only kinds that the agency's rules name (NĐ 30/2020 Điều 13.3). One query."""
    if by.authority != Authority.BY_ORDER:
        raise NotAllowed(_("Chức vụ “%(post)s” không được giao ký thừa lệnh (TL.).") % {"post": by.post_title})
    if kind not in rules_of(by.organisation).kinds_signed_by_order:
        raise NotAllowed(_("Quy chế của cơ quan không giao Chánh Văn phòng ký thừa lệnh loại văn bản này."))


def check_signs_for_issuer(document: Document) -> None:
    """A council's files are signed by who leads it (TM.), the organisation's by nobody of a council."""
    signer = document.signer
    if signer is not None and document.council_id != (signer.unit_id if signer.unit.is_council else None):
        raise NotAllowed(_("%(person)s không ký nhân danh nơi ban hành văn bản này.") % {"person": signer.person_name})


def signers(organisation: Unit, kind: str, *, on: date, council: Unit | None = None) -> QuerySet[Appointment]:
    """The posts that may sign a file of this kind for the organisation, or its council. Asks for the rules at once."""
    if council is not None:
        return Appointment.objects.current(on).filter(role=Role.COUNCIL, unit=council).with_people().order_by("id")
    may = Q(role__in=[Role.DIRECTOR, Role.DEPUTY])
    if kind in rules_of(organisation).kinds_signed_by_order:
        may |= Q(role=Role.CHIEF, authority=Authority.BY_ORDER)
    return Appointment.objects.current(on).filter(may, unit__organisation=organisation).with_people().order_by("id")


def can_move(by: Appointment, document: Document, move: DocumentMove, *, at: datetime) -> bool:
    try:
        check_move(by, document, move, at=at)
    except NotAllowed:
        return False
    return True


def moves_of(by: Appointment, document: Document, *, at: datetime) -> list[DocumentMove]:
    """The moves that the post can make now, in the order of the table."""
    return [move for move in STEPS if can_move(by, document, move, at=at)]
