from reports.models.contribution import Contribution, ContributionFigure, ContributionLine, ContributionState
from reports.models.period import Period, ReportProfile, SignerRule
from reports.models.report import FrozenFigure, Remark, Report
from reports.models.skilful import Area, Bearer, Recognition, Registration, SkilfulModel

__all__ = [
    "Area", "Bearer", "Contribution", "ContributionFigure", "ContributionLine", "ContributionState", "FrozenFigure",
    "Period", "Recognition", "Registration", "Remark", "Report", "ReportProfile", "SignerRule", "SkilfulModel",
]  # fmt: skip
