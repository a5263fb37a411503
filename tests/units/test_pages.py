"""Log-in, posts, and the administrator's pages."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from tests.factories.units import PASSWORD, AppointmentFactory, UnitFactory, UserFactory
from units import accounts
from units.forms import LoginForm, PasswordForm
from units.models import Appointment, Unit, User
from units.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client) -> Appointment:
    post = AppointmentFactory(admin=True, unit=UnitFactory())
    client.force_login(post.user)
    return post


# --- doors ----------------------------------------------------------------------------------------------------------
def refusals(client, username: str, password: str) -> list[str]:
    response = client.post(reverse("login"), {"username": username, "password": password})
    return response.context["form"].non_field_errors()


def test_log_in_says_the_same_for_unknown_wrong_and_closed(client):
    UserFactory(username="co")
    UserFactory(username="khoa", closed=True)
    pairs = [("khong-co", "x"), ("co", "sai-mat-khau"), ("khoa", PASSWORD), ("x" * 500, "x")]
    assert [refusals(client, *pair) for pair in pairs] == [[LoginForm.error_messages["invalid_login"]]] * 4


def test_log_in_works_and_locks_after_five_wrong_passwords(client):
    UserFactory(username="co")
    for _ in range(4):
        refusals(client, "co", "sai-mat-khau")
    last = client.post(reverse("login"), {"username": "co", "password": "sai-mat-khau"})
    right = client.post(reverse("login"), {"username": "co", "password": PASSWORD})
    assert [last.status_code, right.status_code] == [429, 429]
    assert "units/locked_out.html" in [template.name for template in right.templates]


def test_a_page_that_stood_open_learns_whose_session_it_is(client):
    first = AppointmentFactory()
    second = AppointmentFactory(user=first.user, unit=UnitFactory())
    seen = [client.get(reverse("units:session")).json()]
    client.force_login(first.user)
    seen.append(client.get(reverse("units:session")).json())
    client.post(reverse("units:act_as"), {"post": str(second.pk)})
    seen.append(client.get(reverse("units:session")).json())

    name = first.user.username
    assert [(now["user"], now["post"]) for now in seen] == [("", ""), (name, str(first.pk)), (name, str(second.pk))]
    assert all(len(now["token"]) == 64 for now in seen)


def test_password_form_knows_only_the_own_password(rf):
    user = UserFactory()
    request = rf.post("/")
    forms = [PasswordForm({"password": value}, user=user, request=request) for value in (PASSWORD, "khac", "")]
    found = [form.is_valid() for form in forms]
    assert found == [True, False, False]


def test_wrong_passwords_at_the_signature_lock_the_account_like_log_ins(rf):
    user, request = UserFactory(), rf.post("/")
    tries = [PasswordForm({"password": "khac"}, user=user, request=request).is_valid() for _ in range(5)]
    assert tries == [False] * 5
    assert not PasswordForm({"password": PASSWORD}, user=user, request=request).is_valid()


def test_without_a_post_one_page_says_what_to_do(client):
    client.force_login(UserFactory())
    response = client.get(reverse("notifications:list"))
    assert response.status_code == 403
    assert "Hãy nhờ người quản trị" in response.content.decode()


def test_expired_post_is_no_post(client):
    post = AppointmentFactory(ended=True)
    client.force_login(post.user)
    assert client.get(reverse("notifications:list")).status_code == 403


def test_switch_to_an_own_post_and_stay_there(client):
    first = AppointmentFactory(clerk=True)
    second = AppointmentFactory(user=first.user, admin=True, unit=UnitFactory())
    client.force_login(first.user)
    assert client.get(reverse("units:people")).status_code == 403
    answer = client.post(reverse("units:act_as"), {"post": second.pk, "next": reverse("units:people")})
    assert answer.url == reverse("units:people")
    assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_switch_never_leads_out(client, target):
    post = AppointmentFactory()
    client.force_login(post.user)
    answer = client.post(reverse("units:act_as"), {"post": post.pk, "next": target})
    assert answer.url == reverse("home")


@pytest.mark.parametrize("wanted", ["foreign", "ended", "", "abc", "-1"])
def test_switch_to_any_other_post_is_404(client, wanted):
    post = AppointmentFactory()
    client.force_login(post.user)
    pks = {"foreign": AppointmentFactory().pk, "ended": AppointmentFactory(user=post.user, ended=True).pk}
    assert client.post(reverse("units:act_as"), {"post": pks.get(wanted, wanted)}).status_code == 404


def test_post_that_ends_while_signed_in_falls_back_to_another(client):
    first = AppointmentFactory(admin=True, unit=UnitFactory())
    AppointmentFactory(user=first.user, clerk=True)
    client.force_login(first.user)
    client.post(reverse("units:act_as"), {"post": first.pk})
    Appointment.objects.filter(pk=first.pk).update(ends_on=timezone.localdate())
    assert client.get(reverse("units:people")).status_code == 403  # the clerk's post


# --- who may see the administrator's pages -------------------------------------------------------------------------
def pages(person: User, post: Appointment, unit: Unit) -> list[str]:
    plain = [reverse(f"units:{name}") for name in ("people", "person_create", "units", "unit_create")]
    of_person = [
        reverse(f"units:{name}", args=[person.pk]) for name in ("person", "person_edit", "appoint", "password")
    ]
    of_unit = [reverse(f"units:{name}", args=[unit.pk]) for name in ("unit_rename", "unit_dissolve")]
    return [*plain, *of_person, reverse("units:relieve", args=[post.pk]), *of_unit]


@pytest.mark.parametrize("role", Role)
def test_pages_are_for_administrators(client, role):
    by = AppointmentFactory(role=role, unit=UnitFactory())
    client.force_login(by.user)
    post = AppointmentFactory(unit=UnitFactory(department=True, parent=by.unit))
    expected = {200} if role == Role.ADMIN else {403}
    assert {client.get(page).status_code for page in pages(post.user, post, post.unit)} == expected


def test_foreign_ids_are_unknown(client, admin):
    post = AppointmentFactory()
    assert {client.get(page).status_code for page in pages(post.user, post, post.unit)[4:]} == {404}
    assert client.post(reverse("units:set_active", args=[post.user_id])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_people_list_costs_the_same_for_one_and_three(client, admin, count, django_assert_num_queries):
    for _ in range(count):
        AppointmentFactory(unit=UnitFactory(department=True, parent=admin.unit))
    client.get(reverse("units:people"))
    with django_assert_num_queries(6):
        assert client.get(reverse("units:people")).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_unit_tree_costs_the_same_for_one_and_three(client, admin, count, django_assert_num_queries):
    for _ in range(count):
        UnitFactory(department=True, parent=admin.unit)
    client.get(reverse("units:units"))
    with django_assert_num_queries(4):
        assert client.get(reverse("units:units")).status_code == 200


def test_people_are_found_without_marks(client, admin):
    wanted = AppointmentFactory(unit=admin.unit, user=UserFactory(full_name="Đỗ Thị Hường"))
    AppointmentFactory(user=UserFactory(full_name="Đỗ Thị Hường"))  # of another organisation
    for text in ("do thi huong", "Hường", "HUO"):
        page = client.get(reverse("units:people"), {"q": text}).context["page"]
        assert list(page.object_list) == [wanted.user]


# --- what administrators do ----------------------------------------------------------------------------------------
def new_person(organisation: Unit, **values) -> dict:
    fields = {"username": "tranmoi", "full_name": "Trần Mới", "email": "tm@so.example", "password": ""}
    return fields | {"unit": organisation.pk, "role": "clerk", "title": "Văn thư", "starts_on": "25/11/2020"} | values


def test_new_person_without_password_chooses_one_by_link(client, admin):
    answer = client.post(reverse("units:person_create"), new_person(admin.unit), follow=True)
    link = answer.context["link"]
    user = User.objects.get(username="tranmoi")
    assert (user.has_usable_password(), user.appointments.get().title) == (False, "Văn thư")
    client.logout()
    form = client.get(link, follow=True)
    chosen = {"new_password1": "mot-mat-khau-rieng", "new_password2": "mot-mat-khau-rieng"}
    assert client.post(form.redirect_chain[-1][0], chosen).url == reverse("login")
    user.refresh_from_db()
    assert user.check_password("mot-mat-khau-rieng")
    assert "không còn dùng được" in client.get(link, follow=True).content.decode()
    assert Event.objects.about(user).values_list("name", flat=True).last() == "units.password_set"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"username": "co-roi"}, "username"),
        ({"username": "có dấu cách"}, "username"),
        ({"full_name": ""}, "full_name"),
        ({"password": "12345"}, "password"),
        ({"starts_on": "31/02/2026"}, "starts_on"),
        ({"ends_on": "01/01/2020"}, "ends_on"),
        ({"authority": "KT."}, "stands_for"),
        ({"unit": "999999"}, "unit"),
        ({"role": "king"}, "role"),
    ],
)
def test_new_person_with_bad_input_makes_nothing(client, admin, values, field):
    UserFactory(username="co-roi")
    before = User.objects.count()
    answer = client.post(reverse("units:person_create"), new_person(admin.unit, **values))
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert User.objects.count() == before


def test_second_director_leaves_no_account_behind(client, admin):
    AppointmentFactory(director=True, unit=admin.unit)
    answer = client.post(reverse("units:person_create"), new_person(admin.unit, role="director"))
    assert answer.context["form"].non_field_errors() == ["Cơ quan đã có Giám đốc trong khoảng ngày này."]
    assert not User.objects.filter(username="tranmoi").exists()


def test_appoint_and_relieve(client, admin):
    post = AppointmentFactory(unit=admin.unit)
    values = {"unit": admin.unit_id, "role": "clerk", "title": "Văn thư", "starts_on": "01/01/2022"}
    client.post(reverse("units:appoint", args=[post.user_id]), values)
    assert set(post.user.appointments.values_list("role", flat=True)) == {"officer", "clerk"}
    twice = client.post(reverse("units:appoint", args=[post.user_id]), values)
    assert twice.context["form"].non_field_errors() == ["Người này đã giữ chức vụ đó trong khoảng ngày này."]
    client.post(reverse("units:relieve", args=[post.pk]), {"ends_on": "01/03/2023"})
    post.refresh_from_db()
    assert post.ends_on == date(2023, 3, 1)
    again = client.post(reverse("units:relieve", args=[post.pk]), {"ends_on": "01/03/2024"})
    assert again.context["form"].non_field_errors() == ["Chức vụ này đã kết thúc ngày 01/03/2023."]


def test_account_is_corrected_closed_and_given_a_password(client, admin):
    user = AppointmentFactory(unit=admin.unit).user
    client.post(reverse("units:person_edit", args=[user.pk]), {"full_name": "Tên Đúng", "email": ""})
    client.post(reverse("units:password", args=[user.pk]), {"password": "mat-khau-moi-dai-hon"})
    client.post(reverse("units:set_active", args=[user.pk]), {"active": "0"})
    user.refresh_from_db()
    found = (user.full_name, user.is_active, user.check_password("mat-khau-moi-dai-hon"))
    assert found == ("Tên Đúng", False, True)
    client.post(reverse("units:set_active", args=[user.pk]), {"active": "1"})
    user.refresh_from_db()
    assert user.is_active


def test_account_of_somebody_who_works_elsewhere_by_now_is_not_touched(client, admin):
    """Who sets the password of a former colleague would act in the other organisation's post."""
    left = AppointmentFactory(unit=admin.unit, starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1))
    AppointmentFactory(user=left.user, unit=UnitFactory(), starts_on=date(2021, 1, 1))
    user, before = left.user, User.objects.filter(pk=left.user_id).values().get()
    user.set_unusable_password()

    edited = client.post(reverse("units:person_edit", args=[user.pk]), {"full_name": "Tên Khác", "email": ""})
    given = client.post(reverse("units:password", args=[user.pk]), {"password": "mat-khau-moi-dai-hon"})
    client.post(reverse("units:set_active", args=[user.pk]), {"active": "0"})

    refused = ["Tài khoản này do cơ quan khác quản lý."]
    assert [page.context["form"].non_field_errors() for page in (edited, given)] == [refused, refused]
    assert User.objects.filter(pk=user.pk).values().get() == before
    User.objects.filter(pk=user.pk).update(password=user.password)
    assert client.get(reverse("units:person", args=[user.pk])).context["link"] == ""


def test_nobody_closes_the_own_account(client, admin):
    client.post(reverse("units:set_active", args=[admin.user_id]), {"active": "0"})
    admin.user.refresh_from_db()
    assert admin.user.is_active


def test_unit_is_made_renamed_and_ended(client, admin):
    values = {
        "parent": admin.unit_id,
        "kind": "department",
        "name": "Phòng Một",
        "position": "1",
        "starts_on": "01/01/2022",
    }
    client.post(reverse("units:unit_create"), values)
    unit = Unit.objects.get(name="Phòng Một")
    change = {"name": "Phòng Hai", "starts_on": "01/02/2023", "legal_basis": "QĐ 5/QĐ-STN"}
    client.post(reverse("units:unit_rename", args=[unit.pk]), change)
    again = client.post(reverse("units:unit_rename", args=[unit.pk]), change | {"starts_on": "01/02/2021"})
    assert again.status_code == 200
    late = "Tên mới phải có hiệu lực sau ngày bắt đầu của tên đang dùng."
    assert again.context["form"].non_field_errors() == [late]
    end = {"kind": "dissolved", "on": "01/03/2024", "legal_basis": "QĐ 9/QĐ-STN"}
    client.post(reverse("units:unit_dissolve", args=[unit.pk]), end)
    unit.refresh_from_db()
    assert (unit.name, unit.dissolved_on) == ("Phòng Hai", date(2024, 3, 1))
    assert client.get(reverse("units:unit_rename", args=[unit.pk])).status_code == 404


def test_merging_needs_a_successor_and_the_future_is_refused(client, admin):
    unit = UnitFactory(department=True, parent=admin.unit)
    values = {"kind": "merged", "on": "01/01/2090", "legal_basis": "QĐ"}
    answer = client.post(reverse("units:unit_dissolve", args=[unit.pk]), values)
    assert set(answer.context["form"].errors) == {"successors", "on"}


def test_the_organisation_itself_does_not_end_here(client, admin):
    assert client.get(reverse("units:unit_dissolve", args=[admin.unit_id])).status_code == 403


def test_password_link_of_an_unknown_account_says_so(client):
    page = client.get(reverse("units:choose_password", args=["MTIzNDU", "x-y"]))
    assert "không còn dùng được" in page.content.decode()
    assert accounts.password_link(UserFactory()).startswith("/co-quan/mat-khau/")


# --- the command ----------------------------------------------------------------------------------------------------
def run(monkeypatch, username: str, password: str) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    call_command("create_administrator", username, name="Lý Quản Trị", organisation="Sở Mới Lập", symbol="SML")


def test_create_administrator_makes_organisation_account_and_post(monkeypatch, capsys):
    run(monkeypatch, "quantri1", "mat-khau-that-dai")
    run(monkeypatch, "quantri2", "mat-khau-that-dai")
    organisation = Unit.objects.get()
    posts = Appointment.objects.values_list("user__username", "unit", "role")
    assert set(posts) == {(name, organisation.pk, "admin") for name in ("quantri1", "quantri2")}
    assert get_user_model().objects.get(username="quantri1").check_password("mat-khau-that-dai")


@pytest.mark.parametrize(
    ("username", "password"), [("co", "mat-khau-that-dai"), ("moi", "123"), ("a b", "mat-khau-dai-x")]
)
def test_create_administrator_refuses_bad_input_with_exit_2(monkeypatch, username, password):
    UserFactory(username="co")
    with pytest.raises(CommandError) as refused:
        run(monkeypatch, username, password)
    assert refused.value.returncode == 2
    assert Unit.objects.count() == 0
