"""Who is logged in, read together with the posts held today: every page needs both, one query has them."""

from django.contrib.auth.backends import ModelBackend
from django.utils import timezone

from units.models import Appointment, User


class PostBackend(ModelBackend):
    """Django's own check of names and passwords; only reading the person of a session is ours."""

    def get_user(self, user_id: int) -> User | None:
        """The person if the account is in use; `posts_today` of a person with posts holds them, in order."""
        # Sorted here: in the database, sorting would cost more than reading (Django compares every column).
        posts = list(Appointment.objects.filter(user_id=user_id).current(timezone.localdate()).with_people())
        if not posts:
            found: User | None = super().get_user(user_id)
            return found
        user = posts[0].user
        for post in posts:
            post.user = user
        user.posts_today = sorted(posts, key=lambda post: post.pk)
        return user
