"""Answers that the process remembers as long as nothing is posted and no place moves.

For those who ask the same again and again, as the check of a text that is corrected figure by figure. An answer
belongs to the newest posting with its hash, and to the moves of places it was found with; what stands in an open
transaction may be taken back and is not remembered. Who may ask is looked at before, each time.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection

from jiedui.figures.answers import Answer, ask_many
from jiedui.figures.questions import Question
from jiedui.ledger import heads
from jiedui.regions import moves

MOST = 20_000
"""Answers of one ledger; a text has some hundred."""
LONGEST_S = 600.0
"""Tables that were mended by `ledger rebuild` show after this without a posting."""


@dataclass(slots=True)
class _Memory:
    stamp: heads.Stamp
    moves: object
    until: float
    answers: dict[Question, Answer] = field(default_factory=dict)


_memories: dict[str, _Memory] = {}
"""By database."""


def forget() -> None:
    """Remember nothing, as a process that has just begun."""
    _memories.clear()


def ask(questions: Sequence[Question]) -> list[Answer]:
    """The same as `ask_many` without 含待审核, in order; what is remembered is not asked."""
    if connection.in_atomic_block:
        return ask_many(questions, pending=False)
    _head, found = heads.steady(lambda: _ask(questions))
    return found


def _ask(questions: Sequence[Question]) -> list[Answer]:
    memory = _memory()
    missing = [one for one in dict.fromkeys(questions) if one not in memory.answers]
    known = {one: memory.answers[one] for one in questions if one in memory.answers}
    if missing:
        found = {answer.question: answer for answer in ask_many(missing, pending=False)}
        known |= found
        if len(memory.answers) + len(found) > MOST:
            memory.answers.clear()
        # Not what was found while somebody posted, or moved a place.
        if heads.newest() == memory.stamp and moves.chains() is memory.moves:
            memory.answers |= found
    return [known[one] for one in questions]


def _memory() -> _Memory:
    """What belongs to the posting of the steady look and to the moves in use; begun anew for others."""
    database = str(connection.settings_dict["NAME"])
    stamp, chains, now = heads.stamp(), moves.chains(), time.monotonic()
    memory = _memories.get(database)
    if memory is None or memory.stamp != stamp or memory.moves is not chains or now > memory.until:
        memory = _memories[database] = _Memory(stamp, chains, now + LONGEST_S)
    return memory
