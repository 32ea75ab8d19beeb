"""Who may do what with a record; each rule stands here once."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from jiedui.accounts import scope
from jiedui.accounts.models import Role, Side, User
from jiedui.lib.places import range_of
from jiedui.records.content import Content
from jiedui.records.errors import NotAllowed
from jiedui.records.kinds import Body, Errors
from jiedui.records.models import Decision, Record, Revision
from jiedui.regions import places


def may_enter(user: User, record: Record) -> bool:
    """Whether the user may write this record's next revision."""
    return scope.may(
        user, Role.ENTER, region=record.region, pairing=record.pairing, line=record.line
    )


def may_see(user: User, record: Record, revision: Revision) -> bool:
    """Whether the user may read where a revision stood; a correction may have moved the record."""
    if (revision.region, revision.pairing) == (record.region, record.pairing):
        return True
    boxes = places.boxes(revision.pairing)
    return scope.covers(user, ranges=(range_of(revision.region),), boxes=boxes, line=record.line)


def require_entry(user: User, record: Record) -> None:
    """Raises NotAllowed unless the user may write this record."""
    if not may_enter(user, record):
        raise NotAllowed(_("您在这个地区没有填报权限。"))


def entry_errors(user: User, body: type[Body], contents: Sequence[Content | None]) -> Errors:
    """A sentence at the region of every row where the user may not enter; one look a slice."""
    allowed: dict[tuple[int, int, str], bool] = {}
    errors: Errors = {}
    for row, content in enumerate(contents):
        if content is None or not content.pairing:
            continue
        key = content.region, content.pairing, body.line_of(content)
        if key not in allowed:
            allowed[key] = scope.may(user, Role.ENTER, region=key[0], pairing=key[1], line=key[2])
        if not allowed[key]:
            errors[row, "region"] = _("您在这个地区没有填报权限。")
    return errors


def side_of(user: User, content: Content) -> Side:
    """From which side of the pairing the user enters this slice."""
    held = [grant for grant in scope.grants(user) if grant.role == Role.ENTER]
    return Side.EAST if held and all(g.side == Side.EAST for g in held) else Side.WEST


class Reviewer:
    """One user's rights over many records, each slice looked up once."""

    def __init__(self, user: User) -> None:
        self.user = user
        self._rights: dict[tuple[str, int, int, str, str], bool] = {}
        self._levels: dict[int, int] = {}

    def levels(self, region: int) -> int:
        """How many levels approve a record of this region: 1, or 2 for 县初审→市复审."""
        if region not in self._levels:
            self._levels[region] = scope.review_levels(region)
        return self._levels[region]

    def may(self, role: Role, revision: Revision, record: Record) -> bool:
        """Whether the role is the user's there; the east reviews its own and confirms the west's."""
        key = role.value, revision.region, revision.pairing, record.line, record.side
        if key not in self._rights:
            self._rights[key] = scope.may(
                self.user,
                role,
                region=revision.region,
                pairing=revision.pairing,
                line=record.line,
                written_by=record.side,
            )
        return self._rights[key]

    def role_for(self, revision: Revision) -> Role:
        """Who takes the next step: 审核 first, 复审 second."""
        return Role.FINAL if revision.state == "first_approved" else Role.REVIEW

    def refusal(self, record: Record, revision: Revision, earlier: Sequence[int]) -> str:
        """Why the user may not review this revision; empty when they may.

        ``earlier`` are the users who approved it at a level before.
        """
        if self.user.pk in {revision.author_id, revision.submitted_by_id}:
            return _("本人填报的，须由他人审核。")
        if self.user.pk in earlier:
            return _("初审与复审不能是同一个人。")
        if not self.may(self.role_for(revision), revision, record):
            return _("您没有这一级的审核权限。")
        return ""


def earlier_approvers(revisions: Sequence[Revision]) -> dict[int, list[int]]:
    """Who approved each revision at a level before, by the revision's key."""
    from jiedui.records.models import ReviewStep

    found: dict[int, list[int]] = {}
    steps = ReviewStep.objects.filter(
        revision__in=[r for r in revisions if r.state == "first_approved"],
        decision=Decision.APPROVE,
    )
    for revision_id, by_id in steps.values_list("revision_id", "by_id"):
        found.setdefault(revision_id, []).append(by_id)
    return found


def other_side_of(user: User, record: Record) -> Side | None:
    """The side from which the user may confirm or dispute the record; None when they may not.

    It is the side that did not enter the record; its 审核, 复审 and 调度 speak for it. Nobody does who
    approved the record: the two sides would be one person.
    """
    wanted = Side.EAST if record.side == Side.WEST else Side.WEST
    speakers = {Role.REVIEW, Role.FINAL, Role.DISPATCH}
    for role in speakers:
        if scope.may(user, role, region=record.region, pairing=record.pairing, line=record.line):
            sides = {g.side for g in scope.grants(user) if g.role == role}
            if wanted in sides:
                return None if _approved_by(user, record) else wanted
    return None


def _approved_by(user: User, record: Record) -> bool:
    from jiedui.records.models import ReviewStep

    steps = ReviewStep.objects.filter(revision=record.posted_id, by=user)
    return steps.filter(decision=Decision.APPROVE).exists()
