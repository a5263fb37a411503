from notifications.models.letter import Letter, secret_of
from notifications.models.message import EmailState, Message, Preference
from notifications.models.webhook import Delivery, DeliveryState, Webhook

__all__ = ["Delivery", "DeliveryState", "EmailState", "Letter", "Message", "Preference", "Webhook", "secret_of"]
