"""Last year's plan as this year's draft: what changes, place by place, before anything is saved."""

from campaigns.copying.facts import Facts, gather
from campaigns.copying.proposal import CHOICE, DAY, TEXT, Change, Proposal
from campaigns.copying.shift import move, shift

__all__ = ["CHOICE", "DAY", "TEXT", "Change", "Facts", "Proposal", "gather", "move", "shift"]
