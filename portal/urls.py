"""Every address of the portal. Slugs are Vietnamese, names are English."""

from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from portal import design, health, views
from units.forms import LoginForm

login = auth_views.LoginView.as_view(
    template_name="units/login.html", authentication_form=LoginForm, redirect_authenticated_user=True
)

urlpatterns = [
    path("", views.home, name="home"),
    path("tim/", views.search, name="search"),
    path("dang-nhap/", login, name="login"),
    path("dang-xuat/", auth_views.LogoutView.as_view(redirect_field_name=""), name="logout"),
    path("ngon-ngu/", login_not_required(set_language), name="set_language"),
    path("thiet-ke/", design.page, name="design"),
    path("healthz/", include(health.urlpatterns)),
    path("ke-hoach/", include("campaigns.urls.plans")),
    path("nhiem-vu/", include("campaigns.urls.tasks")),
    path("y-kien/", include("campaigns.urls.comments")),
    path("lich/", include("campaigns.urls.feeds")),
    path("van-ban-chi-dao/", include("directives.urls")),
    path("bao-cao/", include("reports.urls")),
    path("van-ban/", include("documents.urls")),
    path("tra-cuu/", include("documents.lookup_urls")),
    path("thong-bao/", include("notifications.urls")),
    path("co-quan/", include("units.urls")),
]

handler403 = "portal.views.forbidden"
handler404 = "portal.views.not_found"
handler500 = "portal.views.failed"
