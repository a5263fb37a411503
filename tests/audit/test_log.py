"""The history: written with the change, never changed after, and a break in the chain is found."""

import threading
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, InternalError, connection, transaction

from audit import log, registry
from audit.models import Event
from tests.factories.units import AppointmentFactory, UnitFactory, UserFactory
from units.events import PASSWORD_SET, RELIEVED

AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


def write(count: int = 1) -> list[Event]:
    user = UserFactory()
    with transaction.atomic():
        events = [log.record(PASSWORD_SET, user, by=None, at=AT, n=n) for n in range(count)]
    as_at_commit()
    return events


def as_at_commit() -> None:
    """Do now what the database does when a transaction commits: a test's own one is rolled back."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.django_db
def test_record_keeps_the_post_as_it_read():
    by = AppointmentFactory(clerk=True)
    event = log.record(RELIEVED, by, by=by, at=AT, title="Văn thư", person="A", ends_on="25/11/2026")
    by.user.full_name = "Tên Khác"
    by.user.save()
    event.refresh_from_db()
    assert (event.actor_name, event.post_id) != ("Tên Khác", None)
    assert (event.actor_id, event.post_title) == (by.user_id, by.post_title)
    assert event.sentence == "thôi giữ chức vụ Văn thư của A từ 25/11/2026"


@pytest.mark.django_db
def test_a_missing_value_and_an_unknown_name_are_still_readable():
    assert registry.sentence_for(RELIEVED, {"title": "X"}) == "thôi giữ chức vụ X của … từ …"
    assert registry.sentence_for("gone.event", {}) == "gone.event"


@pytest.mark.django_db
def test_undeclared_names_are_refused_and_no_name_is_declared_twice():
    with pytest.raises(ValueError, match="not declared"):
        log.record("no.such", UserFactory(), by=None, at=AT)
    with pytest.raises(ValueError, match="twice"):
        registry.declare(PASSWORD_SET, "…")


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="transaction"):
        log.record(PASSWORD_SET, UserFactory(), by=None, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET name = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"]
)
def test_the_database_refuses_any_change(statement):
    write()
    with pytest.raises((IntegrityError, InternalError), match="append-only"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement)
    assert Event.objects.count() == 1


@pytest.mark.django_db
def test_each_row_carries_the_hash_of_the_one_before():
    write(3)
    rows = list(Event.objects.order_by("id").values_list("previous_hash", "hash"))
    assert [before for before, _ in rows] == ["", rows[0][1], rows[1][1]]
    assert len({own for _, own in rows}) == 3
    assert {len(own) for _, own in rows} == {64}


@pytest.mark.django_db
def test_about_and_touching_tell_in_order():
    first, second, other = UserFactory(), UserFactory(), UnitFactory()
    events = [log.record(PASSWORD_SET, subject, by=None, at=AT) for subject in (first, second, first, other)]
    assert list(Event.objects.about(first)) == [events[0], events[2]]
    assert list(Event.objects.touching(first, other)) == [events[0], events[2], events[3]]
    assert list(Event.objects.touching()) == []


@pytest.mark.django_db(transaction=True)
def test_two_transactions_at_once_make_one_chain():
    """The second writer waits for the first to commit: no two rows follow the same row."""
    user, ready, go = UserFactory(), threading.Barrier(2), threading.Barrier(2)

    def writer() -> None:
        try:
            with transaction.atomic():
                ready.wait(10)
                for _ in range(5):
                    log.record(PASSWORD_SET, user, by=None, at=AT)
            go.wait(10)
        finally:
            connection.close()

    threads = [threading.Thread(target=writer) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = list(Event.objects.order_by("number").values_list("previous_hash", "hash"))
    assert [before for before, _ in rows] == ["", *[own for _, own in rows[:-1]]]
    assert list(Event.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 11))


@pytest.mark.django_db(transaction=True)
def test_writers_with_rows_locked_in_opposite_order_do_not_wait_in_a_circle():
    """One writes history and then wants a row that the other holds, who writes history only after."""
    user = UserFactory()
    wrote, holds = threading.Event(), threading.Event()
    problems: list[Exception] = []

    def attempt(steps) -> None:
        try:
            with transaction.atomic():
                steps()
        except Exception as problem:  # noqa: BLE001 (told to the test's own thread)
            problems.append(problem)
        finally:
            connection.close()

    def history_first() -> None:
        log.record(PASSWORD_SET, user, by=None, at=AT)
        wrote.set()
        holds.wait(10)
        type(user).objects.select_for_update().get(pk=user.pk)

    def row_first() -> None:
        type(user).objects.select_for_update().get(pk=user.pk)
        holds.set()
        wrote.wait(10)
        log.record(PASSWORD_SET, user, by=None, at=AT)

    threads = [threading.Thread(target=attempt, args=[steps]) for steps in (history_first, row_first)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert problems == []
    assert Event.objects.filter(number__isnull=False).count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_event_that_is_rolled_back_leaves_no_gap():
    user = UserFactory()
    with transaction.atomic():
        log.record(PASSWORD_SET, user, by=None, at=AT)
    with transaction.atomic():
        log.record(PASSWORD_SET, user, by=None, at=AT)
        transaction.set_rollback(True)
    with transaction.atomic():
        log.record(PASSWORD_SET, user, by=None, at=AT)
    assert list(Event.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


TAMPERING = {
    "changed": "UPDATE audit_event SET data = '{\"n\": 9}' WHERE id = %s",
    "deleted": "DELETE FROM audit_event WHERE id = %s",
    "rehashed": "UPDATE audit_event SET name = 'x', hash = repeat('0', 64) WHERE id = %s",
}


@pytest.mark.django_db
@pytest.mark.parametrize("how", TAMPERING)
def test_verify_audit_finds_what_was_tampered_with(how):
    victim = write(3)[1]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute(TAMPERING[how], [victim.pk])
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")
    with pytest.raises(CommandError, match="can thiệp") as found:
        call_command("verify_audit")
    assert found.value.returncode == 1


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, 3])
def test_verify_audit_passes_an_untouched_history(capsys, count):
    write(count)
    call_command("verify_audit")
    assert capsys.readouterr().out == f"Nhật ký nguyên vẹn: {count} dòng.\n"
