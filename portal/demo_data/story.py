"""What happened in the demonstration: the campaign of 2023 is finished, this year's is in the middle of its work."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import F
from django.utils import timezone

from campaigns.models import Campaign, Task
from campaigns.workflow import extensions, tasks
from documents import addresses, corrections, deliveries, outside, workflow
from documents.correction_text import Passage
from documents.models import Document, OutsideLink
from notifications.models import EmailState, Letter, Message
from portal.demo_data import months, texts
from portal.demo_data.teller import Teller, moment
from reports import contributions, skilful
from reports import workflow as reporting
from reports.models import Contribution
from reports.periods import month_span


class Story(Teller):
    """Tells one house's story as of `today`."""

    def tell(self) -> None:
        self.address_book()
        self.skilful_models()
        self.campaign_of_2023()
        months.before(self, *self.last_period())
        months.above(self, *self.last_period())
        self.campaign_of_this_year()
        self.desks()
        settle_messages(moment(self.today, 6))

    def campaign_of_2023(self) -> None:
        """A finished campaign: plan and report issued, the board has acknowledged."""
        issued_on = date(2023, 10, 12)
        campaign = Campaign.objects.create(
            organisation=self.house.organisation,
            name="Tháng cao điểm dân vận năm 2023",
            starts_on=date(2023, 10, 1),
            ends_on=date(2023, 10, 31),
        )
        plan = self.draft(
            "Tổ chức các hoạt động “Tháng cao điểm” thực hiện công tác dân vận nhân kỷ niệm 93 năm Ngày truyền thống "
            "công tác dân vận của Đảng (15/10/1930 - 15/10/2023)",
            on=date(2023, 10, 9),
            bases=texts.BASES_2023,
            items=texts.ITEMS_2023,
            tasks_told=texts.TASKS_2023,
            due_from=date(2023, 10, 15),
            campaign=campaign,
        )
        self.issue(plan.document, issued_on)
        results = (
            ("Đã ban hành văn bản triển khai và tổng hợp kết quả của các đơn vị.", {"van-ban-ban-hanh": 2}),
            ("Đã đăng 14 tin, bài về hoạt động Tháng cao điểm.", {"tin-bai": 14}),
            ("Đã tặng 25 bộ thiết bị tưới cho hợp tác xã.", {"suat-qua": 25}),
        )
        for task, (text, figures) in zip(plan.tasks.order_by("position"), results, strict=True):
            self.accept(task, date(2023, 10, 13))
            self.report(task, text, date(2023, 10, 26), figures=figures)
        period = self.open_period(2023, 11, date(2023, 11, 1))
        self.confirm_contributions(period, date(2023, 11, 15))
        report = reporting.compile(period=period, by=self.posts["vanphong"], at=moment(date(2023, 11, 16), 9))
        for key, text in texts.REPORT_2023.items():
            before = next(section["text"] for section in report.sections if section["key"] == key)
            report = reporting.edit_section(
                report=report,
                key=key,
                text=text,
                before=before,
                by=self.posts["vanphong"],
                at=moment(date(2023, 11, 16), 9, 20),
            )
        self.issue(report.document, date(2023, 11, 16))
        letter = self.correct(plan.document, texts.CORRECTED_2023, date(2023, 10, 16))
        for document in (plan.document, letter, report.document):
            deliveries.acknowledge(document=document, by=self.posts["bandanvan"], at=moment(date(2023, 11, 17), 8))
        workflow.close(document=plan.document, by=self.posts["vanphong"], at=moment(date(2023, 12, 1), 9))

    def address_book(self) -> None:
        """Recipients without an account."""
        for name, email, kind in texts.OUTSIDE:
            addresses.keep(
                organisation=self.house.organisation, name=name, email=email, kind=kind, by=self.posts["vanthu"],
                at=moment(date(2023, 10, 2)),
            )  # fmt: skip

    def correct(self, document: Document, passage: tuple[str, str, str], on: date) -> Document:
        """A letter of correction, written and issued in a day."""
        office = self.posts["vanphong"]
        made = corrections.draft(corrects=document, by=office, at=moment(on, 7, 50))
        corrections.edit(
            correction=made, opening=made.opening, passages=[Passage(*passage)], closing=made.closing,
            signer=made.document.signer, by=office, at=moment(on, 8),
        )  # fmt: skip
        self.issue(made.document, on)
        return made.document

    def read_outside(self, document: Document, on: date) -> None:
        """One recipient outside opens its link twice and confirms; the other has not looked yet."""
        link = OutsideLink.objects.filter(recipient__document=document).order_by("id")[0]
        outside.note_opening(link=link, at=moment(on, 8, 12))
        outside.note_opening(link=link, at=moment(on, 14, 30))
        outside.receive(link=link, name="Nguyễn Thị Mai Lan", at=moment(on, 14, 31))

    def skilful_models(self) -> None:
        """The register of "Dân vận khéo" models, kept the year round."""
        for key, name, area, bearer, place, results, days, recognition in texts.SKILFUL_MODELS:
            skilful.save(
                model=None,
                values={
                    "unit": self.house.units[key], "name": name, "area": area, "bearer": bearer, "place": place,
                    "starts_on": self.today - timedelta(days=days), "results": results,
                    "registration": "kept" if days > 100 else "new", "recognition": recognition,
                },
                version=0, by=self.posts["vanphong"], at=moment(self.today - timedelta(days=days - 10)),
            )  # fmt: skip

    def last_period(self) -> tuple[int, int]:
        """The latest month whose contributions were due at least five days ago."""
        day = self.today
        while True:
            span = month_span(day.year, day.month, self.profile.first_day)
            if span.ends_on + timedelta(days=6) <= self.today:
                return day.year, day.month
            day = day.replace(day=1) - timedelta(days=1)

    def campaign_of_this_year(self) -> None:
        """A running campaign with a task in every state and deadline class, and a unit late with its report."""
        year, month = self.last_period()
        span = month_span(year, month, self.profile.first_day)
        issued_on = span.starts_on + timedelta(days=2)
        campaign = Campaign.objects.create(
            organisation=self.house.organisation,
            name=f"Tháng cao điểm dân vận năm {issued_on.year}",
            starts_on=issued_on,
            ends_on=self.today + timedelta(days=30),
        )
        plan = self.draft(
            f"Tổ chức Tháng cao điểm thực hiện công tác dân vận năm {issued_on.year}",
            on=issued_on - timedelta(days=3),
            bases=tuple(text.format(year=issued_on.year) for text in texts.BASES_NOW),
            items=texts.ITEMS_NOW,
            tasks_told=texts.TASKS_NOW,
            due_from=self.today,
            campaign=campaign,
            recipients=texts.RECIPIENTS_NOW,
        )
        self.issue(plan.document, issued_on)
        self.read_outside(plan.document, issued_on + timedelta(days=1))
        self.work(list(plan.tasks.order_by("position")), issued_on)
        months.since(self, year, month)
        period = self.open_period(year, month, span.ends_on)
        self.confirm_contributions(period, span.ends_on + timedelta(days=1), late="ttud")
        contributions.return_for_changes(
            contribution=Contribution.objects.get(period=period, unit=self.house.units["khtc"]),
            reason=texts.PART_RETURNED, by=self.posts["vanphong"], at=moment(span.ends_on + timedelta(days=2), 9),
        )  # fmt: skip

    def work(self, given: list[Task], issued_on: date) -> None:
        """Move this year's tasks to where they stand today."""
        first, today = issued_on + timedelta(days=1), self.today

        def ago(days: int) -> date:
            return max(first + timedelta(days=2), today - timedelta(days=days))

        for task in (*given[:7], given[8], given[10], given[11]):
            self.accept(task, first)
        self.report(given[0], "Đã ban hành 02 văn bản triển khai, mở chuyên mục trên trang của Sở.", ago(14),
                    figures={"van-ban-ban-hanh": 2, "hoi-nghi": 1})  # fmt: skip
        self.report(given[1], "Hội nghị quán triệt có 86 lượt người dự, trực tiếp và trực tuyến.", ago(5),
                    figures={"hoi-nghi": 1, "luot-nguoi": 86})  # fmt: skip
        self.report(given[2], "Đã đăng 6 bài; đang dựng đoạn phim thứ nhất.", ago(20), percent=60,
                    figures={"tin-bai": 6}, with_photo=True)  # fmt: skip
        self.report(given[4], "Đã rà soát 11 đơn, mời công dân đối thoại.", ago(15), percent=70,
                    figures={"luot-tiep": 11})  # fmt: skip
        self.report(given[5], "Hai mô hình đã vận hành, bàn giao cho hợp tác xã.", ago(1),
                    figures={"mo-hinh": 2, "luot-nguoi": 40}, with_photo=True, is_confirmed=False)  # fmt: skip
        self.report(given[6], "Danh sách gồm 4 mô hình.", ago(2), figures={"mo-hinh": 4}, is_confirmed=False)
        tasks.redo(
            task=given[6], reason="Thiếu số điện thoại liên hệ và minh chứng của mô hình thứ tư.",
            by=self.head_of("qlcn"), at=moment(ago(1), 10),
        )  # fmt: skip
        self.report(given[8], "Đã chốt danh sách 30 gia đình, trao 12 suất quà đợt đầu.",
                    issued_on + timedelta(days=20), percent=40,
                    figures={"suat-qua": 12, "gia-tri-qua": 18})  # fmt: skip
        extensions.ask(
            task=given[8], proposed_on=today + timedelta(days=27), reason="Nhà tài trợ chuyển quà chậm một tuần.",
            by=self.head_of("ttud"), at=moment(ago(1), 15),
        )  # fmt: skip
        tasks.hand_back(
            task=given[9], reason="Nội dung thuộc chức năng của Văn phòng Sở, đề nghị giao lại.",
            by=self.head_of("khtc"), at=moment(ago(6), 9),
        )  # fmt: skip
        self.report(given[10], "Cập nhật 9 văn bản, đăng 5 tin.", ago(18), percent=50, figures={"tin-bai": 5})
        self.report(given[11], "Tiếp 7 lượt công dân, không có đoàn đông người.", ago(16), percent=50,
                    figures={"luot-tiep": 7})  # fmt: skip
        granted = extensions.ask(
            task=given[4], proposed_on=today + timedelta(days=3), reason="Công dân đề nghị lùi buổi đối thoại.",
            by=self.head_of("ttra"), at=moment(ago(7), 9),
        )  # fmt: skip
        extensions.refuse(
            request=granted, answer="Giữ đúng lịch đã báo cáo Tỉnh ủy.", by=self.posts["vanphong"], at=moment(ago(6), 9)
        )

    def desks(self) -> None:
        """Something on every desk: a plan at each step of its life."""
        today, year = self.today, self.today.year
        short = replace(texts.TASKS_SHORT[0]), replace(texts.TASKS_SHORT[1])

        def plan(title: str, days: int) -> Document:
            made = self.draft(
                title, on=today - timedelta(days=days), bases=texts.BASES_SHORT, items=texts.ITEMS_SHORT,
                tasks_told=short, due_from=today,
            )  # fmt: skip
            return made.document

        council = self.draft(
            f"Phát động thi đua “Dân vận khéo” năm {year + 1}", on=today - timedelta(days=6), bases=texts.BASES_SHORT,
            items=texts.ITEMS_SHORT, tasks_told=short, due_from=today, signer="truongban",
            council=self.house.units["bcd"],
        )  # fmt: skip
        self.present(council.document, today - timedelta(days=3))
        self.sign(
            plan(f"Đối thoại với hợp tác xã ứng dụng khoa học và công nghệ năm {year}", 4), today - timedelta(days=1)
        )
        self.present(plan(f"Tổng kết phong trào thi đua “Dân vận khéo” năm {year}", 5), today - timedelta(days=2))
        self.submit(plan(f"Tiếp công dân, giải quyết đơn thư quý IV năm {year}", 3), today - timedelta(days=1))
        self.propose(plan(f"Kiểm tra thực hiện dân chủ ở cơ sở năm {year}", 2), today - timedelta(days=1))
        returned = plan(f"Hưởng ứng Ngày Chuyển đổi số tại cơ sở năm {year}", 6)
        self.submit(returned, today - timedelta(days=3))
        workflow.return_for_changes(
            document=returned, reason="Bổ sung kinh phí và đơn vị phối hợp ở nhiệm vụ thứ hai.",
            by=self.posts["chanhvanphong"], at=moment(today - timedelta(days=2), 9),
        )  # fmt: skip
        plan(f"Công tác dân vận năm {year + 1}", 0 if timezone.localtime().hour >= 8 else 1)


def settle_messages(read_before: datetime) -> None:
    """What happened before today is read, and nothing of the story is mailed."""
    sent = {"email_state": EmailState.SENT, "sent_at": F("created_at"), "next_try_at": None}
    Letter.objects.filter(email_state=EmailState.WAITING).update(**sent)
    Message.objects.exclude(email_state=EmailState.NONE).update(email_state=EmailState.NONE, next_try_at=None)
    Message.objects.filter(created_at__lt=read_before - timedelta(days=7)).update(read_at=read_before)
