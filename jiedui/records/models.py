"""The life of a record: its header, revisions, review steps, evidence and confirmation (decision 0006)."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jiedui.accounts.models import Side
from jiedui.records.content import Change, Content
from jiedui.records.querysets import EvidenceQuerySet, RecordQuerySet


class State(models.TextChoices):
    """The state of a revision."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审核")
    FIRST_APPROVED = "first_approved", _("待复审")
    APPROVED = "approved", _("已审核")
    RETURNED = "returned", _("退回")
    VOID = "void", _("已放弃")


WAITING = (State.SUBMITTED, State.FIRST_APPROVED)
OPEN = (State.DRAFT, State.RETURNED)


class Record(models.Model):
    """One piece of work, whatever its kind: the header that queues, search and scope read.

    ``posted`` is the revision the ledger holds, ``pending`` the one on its way; slice, dates, title and
    words are those of the posted revision, or of the newest while none is posted.
    """

    uid = models.UUIDField(unique=True, editable=False)
    kind = models.CharField(_("种类"), max_length=60)
    line = models.CharField(_("工作线"), max_length=30)
    region = models.BigIntegerField(_("地区"))
    pairing = models.BigIntegerField(_("结对"))
    book = models.CharField(_("账册"), max_length=13)
    first_on = models.DateField(_("起"), null=True)
    last_on = models.DateField(_("止"), null=True)
    title = models.CharField(_("名称"), max_length=300, blank=True)
    words = models.TextField(_("检索词"), blank=True)
    side = models.CharField(_("填报方"), max_length=4, choices=Side, default=Side.WEST)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("登记时间"))
    posted = models.ForeignKey("Revision", models.PROTECT, null=True, related_name="+")
    pending = models.ForeignKey("Revision", models.PROTECT, null=True, related_name="+")

    objects: ClassVar[RecordQuerySet] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("记录")
        indexes = [
            models.Index(fields=["kind", "-last_on", "-id"], name="record_by_kind"),
            models.Index(fields=["region", "kind"], name="record_by_region"),
            # What is on its way, by place: few among many. Queries say pending__isnull=False to be answered by it.
            models.Index(
                fields=["region", "pending"],
                condition=Q(pending__isnull=False),
                name="record_on_its_way",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_on__lte=F("last_on")) | Q(first_on=None),
                name="record_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        """The short number people say: R-000418."""
        return f"R-{self.pk:06d}"

    @property
    def newest(self) -> Revision:
        """The revision to read first: the one on its way, else the posted, else the one given up."""
        newest = self.pending or self.posted or self.revisions.order_by("-number").first()
        if newest is None:
            raise Revision.DoesNotExist(self.uid)
        return newest

    @property
    def status(self) -> str:
        """One word for lists: a revision's state, ``correcting`` for 更正待审, or ``void`` for 已作废."""
        if self.pending is None:
            if self.posted is None or self.posted.change == Change.VOID:
                return "void"
            return str(self.posted.state)
        if self.posted is not None and self.pending.state in WAITING:
            return "correcting"
        return str(self.pending.state)


class Revision(models.Model):
    """One version of a record. What was submitted is never edited; a return leads to a next one.

    ``content`` is canonical JSON and the truth; ``hash`` its SHA-256; the ledger holds
    SHA-256(salt ‖ hash). ``typed`` keeps a draft's cells as they were typed.
    """

    record = models.ForeignKey(Record, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("版"))
    state = models.CharField(_("状态"), max_length=15, choices=State, default=State.DRAFT)
    change = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Change])
    content = models.TextField()
    hash = models.CharField(max_length=64)
    salt = models.BinaryField(max_length=32)
    typed = models.JSONField(default=dict)
    region = models.BigIntegerField()
    pairing = models.BigIntegerField()
    book = models.CharField(max_length=13)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    reason = models.TextField(_("更正或作废的理由"), blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True)
    posting = models.BigIntegerField(null=True)  # the ledger's posting, once approved
    evidence: models.ManyToManyField[Evidence, models.Model] = models.ManyToManyField(
        "Evidence", related_name="revisions"
    )

    class Meta:
        verbose_name = _("版本")
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="revision_once"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="revision_submitted_when_and_by",
            ),
        ]
        indexes = [
            models.Index(fields=["posting"], name="revision_by_posting"),
            models.Index(fields=["change", "region"], name="revision_by_change"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}/{self.number}"

    @property
    def data(self) -> Content:
        return Content.of(self.content)

    @property
    def mark(self) -> str:
        """What a form carries to notice that somebody else was faster: "3.9f86d081884c7d65"."""
        return f"{self.number}.{self.hash[:16]}"


class Decision(models.TextChoices):
    """What a person did with a submitted revision."""

    SUBMIT = "submit", _("报送")
    APPROVE = "approve", _("审核通过")
    RETURN = "return", _("退回")
    WITHDRAW = "withdraw", _("撤回")
    DISCARD = "discard", _("放弃")


class SignedSheet(models.Model):
    """A paper list signed by those responsible (签字表) that approves a batch."""

    title = models.CharField(_("名称"), max_length=200)
    signed_on = models.DateField(_("签字日期"))
    signers = models.CharField(_("签字人"), max_length=200)
    scan = models.ForeignKey("Evidence", models.PROTECT, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("签字表")

    def __str__(self) -> str:
        return self.title


class ReviewStep(models.Model):
    """Who did what with a revision, when, at which level (1 县初审 or only one, 2 市复审)."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="steps")
    decision = models.CharField(max_length=10, choices=Decision)
    level = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    signed_sheet = models.ForeignKey(SignedSheet, models.PROTECT, null=True, related_name="steps")

    class Meta:
        verbose_name = _("审核步骤")

    def __str__(self) -> str:
        return f"{self.revision_id} {self.decision}"


class Evidence(models.Model):
    """A file by its SHA-256, or a citation (题名, 发布者, 日期, 网址, 摘要值); never changed once linked."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    is_citation = models.BooleanField(default=False)
    sha256 = models.CharField(_("摘要值"), max_length=64, db_index=True)
    name = models.CharField(_("题名"), max_length=200)
    media_type = models.CharField(max_length=100, blank=True)
    bytes = models.PositiveBigIntegerField(default=0)
    publisher = models.CharField(_("发布者"), max_length=200, blank=True)
    published_on = models.DateField(_("日期"), null=True)
    url = models.CharField(_("网址"), max_length=500, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects: ClassVar[EvidenceQuerySet] = EvidenceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("佐证材料")

    def __str__(self) -> str:
        return self.name


class Confirmation(models.Model):
    """What the other side says of a posted record: 确认 or 有异议; the newest counts."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="confirmations")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    side = models.CharField(max_length=4, choices=Side)
    agrees = models.BooleanField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("双方确认")
        constraints = [
            models.CheckConstraint(
                condition=Q(agrees=True) | ~Q(reason=""), name="confirmation_dispute_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {'确认' if self.agrees else '有异议'}"
