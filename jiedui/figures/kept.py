"""The answers of one page: what is known to be wanted is asked together, and nothing twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from jiedui.figures.answers import Answer, ask_many, slice_of
from jiedui.figures.questions import Question
from jiedui.ledger import left_out


class Kept:
    """Approved answers that a page has already; what is missing is asked for in one go and kept.

    ``Kept()`` begins with nothing. Parts of a page ask it and need not know what the others asked.
    """

    def __init__(self, answers: Iterable[Answer] = ()) -> None:
        self._answers = {answer.question: answer for answer in answers}
        self._held: dict[Question, int] = {}

    def ask(
        self, questions: Sequence[Question], *, pending: Collection[Question] = ()
    ) -> list[Answer]:
        """The answers, in order; ``pending`` are those that are asked 含待审核 too, if not kept yet."""
        missing = [question for question in questions if question not in self._answers]
        if missing:
            asked = ask_many(missing, pending=pending)
            self._answers |= {answer.question: answer for answer in asked}
        return [self._answers[question] for question in questions]

    def held(self, questions: Sequence[Question]) -> list[int]:
        """The sum of the details alone inside each question, in order: for what adds up, at one head."""
        missing = [question for question in questions if question not in self._held]
        if missing:
            slices = [slice_of(question) for question in missing]
            found = left_out.held(slices, head=missing[0].known_at)
            self._held |= dict(zip(missing, found, strict=True))
        return [self._held[question] for question in questions]
