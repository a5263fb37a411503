from units.models.appointment import Appointment
from units.models.unit import DateRange, Succession, Unit, UnitKind, UnitName, in_force
from units.models.user import User

__all__ = ["Appointment", "DateRange", "Succession", "Unit", "UnitKind", "UnitName", "User", "in_force"]
