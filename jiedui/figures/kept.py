"""The answers of one page: what is known to be wanted is asked together, and nothing twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from jiedui.figures.answers import Answer, ask_many
from jiedui.figures.questions import Question


class Kept:
    """Approved answers that a page has already; what is missing is asked for in one go and kept.

    ``Kept()`` begins with nothing. Parts of a page ask it and need not know what the others asked.
    """

    def __init__(self, answers: Iterable[Answer] = ()) -> None:
        self._answers = {answer.question: answer for answer in answers}

    def ask(
        self, questions: Sequence[Question], *, pending: Collection[Question] = ()
    ) -> list[Answer]:
        """The answers, in order; ``pending`` are those that are asked 含待审核 too, if not kept yet."""
        missing = [question for question in questions if question not in self._answers]
        if missing:
            asked = ask_many(missing, pending=pending)
            self._answers |= {answer.question: answer for answer in asked}
        return [self._answers[question] for question in questions]
