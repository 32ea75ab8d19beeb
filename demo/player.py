"""Takes the steps of the demonstration through the product's own actions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from django.db import transaction

from demo.script import (
    Approve,
    Citation,
    Clock,
    Correct,
    Enter,
    Return,
    Say,
    Step,
    Void,
)
from jiedui.accounts.models import User
from jiedui.lib.periods import china_day
from jiedui.records import actions, evidence, review
from jiedui.records.errors import CellErrors
from jiedui.records.kinds import body_of
from jiedui.records.models import WAITING, Evidence, Record, SignedSheet

# A commit waits for the disk; the demonstration takes this many steps in one.
STEPS_A_COMMIT = 60

T = TypeVar("T")


class Stumbled(RuntimeError):
    """A step was refused: the script says what the product does not take."""

    def __init__(self, step: Step, problem: CellErrors) -> None:
        rows = step.rows if isinstance(step, Enter) else []
        told = [
            f"{name}: {text} {rows[row] if rows else step}"
            for (row, name), text in problem.errors.items()
        ]
        super().__init__("\n".join(told[:5]))


class Player:
    """Plays steps; remembers sets of records by name and citations already entered."""

    def __init__(self, users: dict[str, User]) -> None:
        self.users = users
        self.sets: dict[str, list[int]] = defaultdict(list)
        self.citations: dict[Citation, Evidence] = {}
        self.clock = Clock(20231215)

    def play(self, steps: Iterable[Step]) -> int:
        """Take all steps in order; answers how many records were entered."""
        entered = 0
        stream = iter(steps)
        while chunk := list(islice(stream, STEPS_A_COMMIT)):
            with transaction.atomic():
                for step in chunk:
                    try:
                        entered += self.take(step)
                    except CellErrors as problem:
                        raise Stumbled(step, problem) from problem
        return entered

    def take(self, step: Step) -> int:
        """One step; answers how many records it entered."""
        by = self.users[step.by]
        match step:
            case Enter():
                return self.enter(step, by)
            case Approve():
                self.approve(step, by)
            case Return():
                review.return_many(
                    records=[self.nth(step.set, step.nth)], reason=step.reason, by=by, now=step.at
                )
            case Correct():
                record = self.nth(step.set, step.nth)
                cells = actions.cells_of(body_of(record.kind), record.newest.data) | dict(
                    step.cells
                )
                actions.revise(
                    record=record,
                    cells=cells,
                    by=by,
                    now=step.at,
                    seen=record.newest.mark,
                    submit=True,
                    reason=step.reason,
                )
                self.sets[step.into].append(record.pk)
            case Void():
                record = self.nth(step.set, step.nth)
                actions.void(
                    record=record, reason=step.reason, by=by, now=step.at, seen=record.newest.mark
                )
                self.sets[step.into].append(record.pk)
            case Say():
                record = self.nth(step.set, step.nth)
                if step.reason:
                    review.dispute(record=record, reason=step.reason, by=by, now=step.at)
                else:
                    review.confirm(record=record, by=by, now=step.at)
            case _:
                raise TypeError(step)
        return 0

    def enter(self, step: Enter, by: User) -> int:
        rows = [{"uid": self.clock.uid(step.at), **row} for row in step.rows]
        linked: dict[object, Sequence[Evidence]] = {}
        if step.citation:
            cited = self.cited(step.citation, by, step)
            linked = {row["uid"]: [cited] for row in rows}
        records = actions.record_many(
            kind=step.kind,
            rows=rows,
            by=by,
            now=step.at,
            submit=step.submit,
            evidence=linked,  # type: ignore[arg-type]
        )
        self.sets[step.into] += [record.pk for record in records]
        return len(records)

    def approve(self, step: Approve, by: User) -> None:
        waiting = [
            record
            for keys in chunks(self.sets[step.set], 500)
            for record in Record.objects.filter(pk__in=keys, pending__state__in=WAITING).order_by(
                "pk"
            )
        ]
        sheet = None
        if step.sheet:
            sheet = SignedSheet.objects.create(
                title=step.sheet,
                signed_on=china_day(step.at),
                signers=step.signers,
                created_by=by,
                created_at=step.at,
            )
        for some in chunks(waiting, 2000):
            review.approve_many(records=some, by=by, now=step.at, signed_sheet=sheet)

    def cited(self, citation: Citation, by: User, step: Step) -> Evidence:
        if citation not in self.citations:
            self.citations[citation] = evidence.cite(
                title=citation.title,
                publisher=citation.publisher,
                url=citation.url,
                published_on=citation.published_on,
                by=by,
                now=step.at,
            )
        return self.citations[citation]

    def nth(self, name: str, nth: int) -> Record:
        return Record.objects.select_related("posted", "pending").get(pk=self.sets[name][nth])


def chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))
