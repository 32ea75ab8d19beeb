from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet, Subquery

from jiedui.accounts import scope
from jiedui.accounts.models import Role, User
from jiedui.lib.places import Box, Range

if TYPE_CHECKING:
    from jiedui.records.models import Evidence, Record
else:
    Evidence = Record = Model

WAITING = ("submitted", "first_approved")

TABS: dict[str, Q] = {
    "waiting": Q(pending__state__in=WAITING),
    "returned": Q(pending__state="returned"),
    "draft": Q(pending__state="draft"),
    "approved": Q(posted__isnull=False) & ~Q(posted__change="void"),
    "void": Q(pending=None) & (Q(posted=None) | Q(posted__change="void")),
}
"""What the tabs of a list hold; a record with a correction on its way is in two of them."""


class RecordQuerySet(QuerySet["Record"]):
    def visible_to(self, user: User | AnonymousUser) -> RecordQuerySet:
        """Records inside one of the user's grants; what others wrote and never sent is left out."""
        from jiedui.records.models import Revision

        if not user.is_authenticated:
            return self.none()
        sent = Revision.objects.filter(record=OuterRef("pk"), submitted_at__isnull=False)
        given_up = Q(posted=None, pending=None) & ~Exists(sent)
        return self.filter(scope.region_q(user, line="line")).exclude(
            (Q(posted=None, pending__state="draft") | given_up) & ~Q(author=user)
        )

    def of_kind(self, kind: str) -> RecordQuerySet:
        return self.filter(kind=kind)

    def in_ranges(self, ranges: Iterable[Range]) -> RecordQuerySet:
        """Records whose region lies in one of the ranges."""
        spans = Q(pk__in=[])
        for span in ranges:
            spans |= Q(region__range=tuple(span))
        return self.filter(spans)

    def in_boxes(self, boxes: Iterable[Box]) -> RecordQuerySet:
        """Records whose pairing lies in one of the boxes."""
        inside = Q(pk__in=[])
        east, west = F("pairing") / 10**6, F("pairing") % 10**6
        for box in boxes:
            inside |= Q(east6__range=tuple(box.east), west6__range=tuple(box.west))
        return self.alias(east6=east, west6=west).filter(inside)

    def in_state(self, tab: str) -> RecordQuerySet:
        """Records of a tab of TABS; all for any other word."""
        return self.filter(TABS[tab]) if tab in TABS else self

    def to_review_by(self, user: User) -> RecordQuerySet:
        """Waiting records whose next step this user has the right to take and did not author."""
        mine = {"line": "line", "written_by": "side"}
        first = scope.role_q(user, Role.REVIEW, **mine) & Q(pending__state="submitted")
        second = scope.role_q(user, Role.FINAL, **mine) & Q(pending__state="first_approved")
        # Said apart, so that the few that wait are looked through and not all records.
        waiting = self.filter(pending__isnull=False)
        return waiting.filter(first | second).exclude(
            Q(pending__author=user) | Q(pending__submitted_by=user) | Q(pending__steps__by=user)
        )

    def disputed(self) -> RecordQuerySet:
        """Records of which the other side's newest word is 有异议."""
        from jiedui.records.models import Confirmation

        newest = Confirmation.objects.filter(record=OuterRef("pk")).order_by("-pk").values("agrees")
        return self.alias(agreed=Subquery(newest[:1])).filter(agreed=False)

    def matching(self, text: str) -> RecordQuerySet:
        """Records whose title, search words or number hold every word of the text."""
        found = self
        for word in text.split():
            number = word.upper().removeprefix("R-")
            by_number = (
                Q(pk=int(number))
                if number.isascii() and number.isdigit() and (len(number) < 10)
                else Q()
            )
            found = found.filter(Q(words__icontains=word) | Q(title__icontains=word) | by_number)
        return found

    def with_evidence(self, wanted: bool) -> RecordQuerySet:
        """Records whose newest revision has some evidence, or has none."""
        from jiedui.records.models import Revision

        through = Revision.evidence.through._default_manager  # noqa: SLF001
        has = Exists(through.filter(revision_id=OuterRef("pending_id"))) | Exists(
            through.filter(revision_id=OuterRef("posted_id"))
        )
        return self.filter(has if wanted else ~has)

    def for_pages(self) -> RecordQuerySet:
        """With the revisions and people a list or a page shows."""
        return self.select_related(
            "posted", "pending", "author", "posted__author", "pending__author"
        )

    def tab_counts(self, user: User) -> dict[str, int]:
        """How many records each tab holds, in one query; ``all`` too, and ``mine`` to review by the user."""
        mine = Q(pk__in=self.order_by().to_review_by(user).values("pk"))
        counts: dict[str, Any] = {name: Count("pk", filter=q) for name, q in TABS.items()}
        return self.order_by().aggregate(all=Count("pk"), mine=Count("pk", filter=mine), **counts)


class EvidenceQuerySet(QuerySet["Evidence"]):
    def visible_to(self, user: User | AnonymousUser) -> EvidenceQuerySet:
        """Evidence of records the user may see, and what the user added and no record holds yet."""
        from jiedui.records.models import Record

        if not user.is_authenticated:
            return self.none()
        held = Record.objects.filter(revisions__evidence=OuterRef("pk"))
        seen = Record.objects.visible_to(user).filter(revisions__evidence=OuterRef("pk"))
        return self.filter(Exists(seen) | Q(~Exists(held), added_by=user))
