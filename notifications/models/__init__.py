from notifications.models.message import EmailState, Message, Preference
from notifications.models.webhook import Delivery, DeliveryState, Webhook

__all__ = ["Delivery", "DeliveryState", "EmailState", "Message", "Preference", "Webhook"]
