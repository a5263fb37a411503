"""Who may make a move on which file. `check_…` raises NotAllowed with the sentence a person reads; `can_…` wraps it."""

from datetime import datetime

from django.utils.translation import gettext as _

from documents.models import Document
from documents.states import STEPS, DocumentMove, DocumentState
from units import permissions
from units.models import Appointment, Unit
from units.permissions import NotAllowed

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


def can_move(by: Appointment, document: Document, move: DocumentMove, *, at: datetime) -> bool:
    try:
        check_move(by, document, move, at=at)
    except NotAllowed:
        return False
    return True


def moves_of(by: Appointment, document: Document, *, at: datetime) -> list[DocumentMove]:
    """The moves that the post can make now, in the order of the table."""
    return [move for move in STEPS if can_move(by, document, move, at=at)]
