"""`./jd soak kill`: posting clients killed at random moments, and whether the ledger kept its word.

One process, set up once, forks posting clients (lanes), and kills them with SIGKILL while they post; on PostgreSQL
every so often the backend instead, which takes the whole server through recovery. A client says in a pipe what it
is about to post and what was acknowledged. Half of what was left open is posted again by the next client, the
rest is looked at as it lies and posted again at the end. Then: what was acknowledged stands exactly once, what
was not stands whole or not at all, posted again it gets the receipt it would have got, every chain verifies, and
what is derived is what a rebuild gives.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import select
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NoReturn
from uuid import UUID

from bench import engines

if TYPE_CHECKING:
    from jiedui.ledger import NewPosting, Receipt

LANES = 3
BACKEND_EVERY = 20
"""One kill in so many takes the server's process instead of the client."""
PAUSE_S_MEAN = 0.06
FAULTS = ("early", "split", "twice")
"""Planted to see that this harness has teeth: acknowledge before posting, post piece by piece, retry as new."""
_BOOKS = ("440300-450100", "320400-610900")
_PAIRINGS = (440300450100, 320400610900)
_WEST = (450125000000, 610922000000)
_FIRST = date(2023, 1, 1)


@dataclass(slots=True)
class Counts:
    """What was seen; everything from `lost` on must be 0."""

    kills: int = 0
    backend_kills: int = 0
    calls: int = 0
    acknowledged: int = 0
    unheard: int = 0  # committed, and the client died before it heard
    cut_off: int = 0  # clients that lost their server or its answer
    lost: int = 0
    doubled: int = 0
    halved: int = 0
    other_receipts: int = 0
    unsound: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def bad(self) -> int:
        return self.lost + self.doubled + self.halved + self.other_receipts + self.unsound

    def note(self, text: str) -> None:
        if len(self.notes) < 20:
            self.notes.append(text)


def content(lane: int, call: int, target: int, numbers: dict[int, int]) -> list[NewPosting]:
    """What a call posts, the same whenever it is made: one to three records, one of them maybe a correction.

    `target` is the earlier call whose first record is corrected, or -1; `numbers` its posting by call.
    """
    from jiedui.ledger import Declaration, Entry, NewPosting

    dice = Random(lane * 1_000_003 + call)
    made: list[NewPosting] = []
    for piece in range(dice.randrange(1, 4)):
        side = dice.randrange(2)
        lines = tuple(
            Entry(
                dice.choice(("soak.paid", "soak.outlets")),
                _WEST[side] + dice.randrange(20) * 1000,
                _PAIRINGS[side],
                day := _FIRST + timedelta(dice.randrange(365)),
                day + timedelta(dice.choice((0, 0, 0, 40))),
                dice.randrange(1, 10**6),
            )
            for _ in range(dice.randrange(1, 6))
        )
        stated: tuple[Declaration, ...] = ()
        if dice.randrange(8) == 0:
            region = _WEST[side] + (lane * 300 + call % 100 * 3 + piece) * 1000
            month = _FIRST + timedelta(call // 100 % 365)
            stated = (Declaration("soak.paid", region, False, 0, _FIRST, month, 10**7),)
        record = UUID(int=lane << 64 | call << 8 | piece)
        made.append(
            NewPosting(record, 1, _BOOKS[side], lines, stated, commitment=f"{record.int:064x}")
        )
    if target >= 0:
        first = content(lane, target, -1, {})[0]
        made[0] = NewPosting(
            first.record,
            2,
            first.book,
            first.entries[1:],
            reverses=numbers[target],
            commitment="f" * 64,
        )
    return made


@dataclass(slots=True)
class Lane:
    """One client after another, posting the same row of calls."""

    number: int
    fault: str = ""
    pid: int = 0
    pipe: int = -1
    backend: int = 0
    busy: bool = False
    text: bytes = b""
    next: int = 0
    targets: dict[int, int] = field(default_factory=dict)
    receipts: dict[int, list[tuple[int, int, str]]] = field(default_factory=dict)
    repeated: set[int] = field(default_factory=set)
    aside: set[int] = field(default_factory=set)
    deaths: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def open(self) -> list[int]:
        """Calls begun and never acknowledged."""
        return [call for call in self.targets if call not in self.receipts]

    def content(self, call: int) -> list[NewPosting]:
        target = self.targets[call]
        numbers = {target: self.receipts[target][0][0]} if target >= 0 else {}
        return content(self.number, call, target, numbers)

    def start(self, dice: Random) -> None:
        """Fork a client that takes up what is open, or leaves it for the end, and goes on."""
        again = []
        for call in self.open:
            if call in self.aside:
                continue
            if dice.random() < 0.5:
                again.append(call)
            else:
                self.aside.add(call)
        reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(reading)
            self.post(writing, again)
        os.close(writing)
        os.set_blocking(reading, False)
        self.pipe, self.backend, self.busy, self.text = reading, 0, False, b""

    def post(self, out: int, again: list[int]) -> NoReturn:
        """The client: posts until it is killed, or its server is."""
        from django.db import Error

        try:
            self.run(out, again)
        except Error as error:
            _line(out, f"gone {type(error).__name__}")
        except BaseException as error:  # noqa: BLE001 - the parent reports it.
            _line(out, f"failed {error!r}"[:2000])
        finally:
            os._exit(1)

    def run(self, out: int, again: list[int]) -> NoReturn:
        from django.db import connection

        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        _connect()
        if connection.vendor == "postgresql":
            _line(out, f"backend {connection.connection.info.backend_pid}")
        for call in again:
            self.call(out, call, again=True)
        while True:
            call = self.next
            self.next += 1
            self.targets[call] = -1
            taken = set(self.targets.values())
            free = [c for c in self.receipts if c not in taken and self.targets[c] < 0]
            if call % 4 == 3 and free:
                self.targets[call] = free[call % len(free)]
            self.call(out, call)

    def call(self, out: int, call: int, *, again: bool = False) -> None:
        from jiedui.ledger import posting

        _line(out, f"try {call} {self.targets[call]}")
        new = self.content(call)
        if self.fault == "twice" and again:
            new = [_renamed(one) for one in new]
        if self.fault == "early":
            _line(out, _acknowledgement(call, [(0, 0, "0" * 64)] * len(new), repeated=False))
        now = datetime.now(UTC)
        if self.fault == "split":
            receipts = [posting.post([one], now=now)[0] for one in new]
        else:
            receipts = posting.post(new, now=now)
        self.receipts[call] = [_short(r) for r in receipts]
        if self.fault != "early":
            line = _acknowledgement(call, self.receipts[call], repeated=receipts[0].repeated)
            _line(out, line)

    def read(self) -> bool:
        """Take over what the client said; False when it is gone and has said everything."""
        while True:
            try:
                got = os.read(self.pipe, 65536)
            except BlockingIOError:
                return True
            if not got:
                return False
            self.text += got
            *lines, self.text = self.text.split(b"\n")
            for line in lines:
                self.heard(line.decode().split(" "))

    def heard(self, words: list[str]) -> None:
        match words[0]:
            case "backend":
                self.backend = int(words[1])
            case "try":
                call = int(words[1])
                self.targets[call] = int(words[2])
                self.next = max(self.next, call + 1)
                self.busy = True
            case "ack" | "again":
                call = int(words[1])
                found = [text.split(":") for text in words[2:]]
                self.receipts[call] = [(int(p), int(s), h) for p, s, h in found]
                if words[0] == "again":
                    self.repeated.add(call)
            case "gone":
                self.deaths += 1
            case "failed":
                self.failures.append(" ".join(words[1:]))

    def reap(self) -> None:
        """The client is dead or dying: hear its last words."""
        os.waitpid(self.pid, 0)
        self.read()
        os.close(self.pipe)
        self.pid, self.pipe = 0, -1


def _line(out: int, text: str) -> None:
    # A write of less than PIPE_BUF is whole or not at all, so a kill never halves a line.
    os.write(out, f"{text}\n".encode())


def _short(receipt: Receipt) -> tuple[int, int, str]:
    return receipt.posting, receipt.seq, receipt.hash


def _told(found: Sequence[tuple[int, int, str]]) -> str:
    return ", ".join(f"posting {p} ({h[:8]})" for p, _, h in found) or "nothing"


def _acknowledgement(call: int, found: Sequence[tuple[int, int, str]], *, repeated: bool) -> str:
    word = "again" if repeated else "ack"
    return f"{word} {call} {' '.join(f'{p}:{s}:{h}' for p, s, h in found)}"


def _renamed(new: NewPosting) -> NewPosting:
    from dataclasses import replace

    return replace(new, record=UUID(int=new.record.int | 1 << 120), reverses=None, declarations=())


def _connect() -> None:
    """Connect, and wait while a killed server is in recovery."""
    from django.db import OperationalError, connection

    deadline = time.monotonic() + 60
    while True:
        try:
            connection.ensure_connection()
        except OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def kill(kills: int, *, seed: int = 1, fault: str = "") -> Counts:
    """Kill `kills` posting clients on the database Django is set up for, then look at what is left."""
    from django.db import connection, connections

    from jiedui.ledger import indicators

    indicators.define({"soak.paid": "flow", "soak.outlets": "stock"})
    vendor = connection.vendor
    connections.close_all()  # A forked client must not share a connection.
    counts, dice = Counts(), Random(seed)
    lanes = [Lane(number, fault) for number in range(LANES)]
    try:
        while counts.kills < kills:
            for lane in lanes:
                if not lane.pid:
                    lane.start(dice)
            lane = dice.choice(lanes)
            if not _until_busy(lanes, lane):
                continue
            time.sleep(dice.expovariate(1 / PAUSE_S_MEAN))
            counts.kills += 1
            victim = lane.pid
            if vendor == "postgresql" and lane.backend and counts.kills % BACKEND_EVERY == 0:
                victim = lane.backend
                counts.backend_kills += 1
            with contextlib.suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
            if victim != lane.pid:
                _until_gone(lanes)
            else:
                lane.reap()
    finally:
        for lane in lanes:
            if lane.pid:
                os.kill(lane.pid, signal.SIGKILL)
                lane.reap()
    _connect()
    _judge(lanes, counts)
    return counts


def _until_busy(lanes: Sequence[Lane], wanted: Lane) -> bool:
    """Listen until the wanted client posts; False when it died by itself (its server was killed)."""
    deadline = time.monotonic() + 60
    while True:
        for lane in lanes:
            if lane.pid and not lane.read():
                lane.reap()
        if not wanted.pid:
            return False
        if wanted.busy:
            return True
        if time.monotonic() > deadline:
            raise TimeoutError("a posting client did not begin within a minute")
        select.select([lane.pipe for lane in lanes if lane.pid], [], [], 0.05)


def _until_gone(lanes: Sequence[Lane]) -> None:
    """After a backend was killed the server ends every connection, and every client with it."""
    deadline = time.monotonic() + 60
    while any(lane.pid for lane in lanes) and time.monotonic() < deadline:
        for lane in lanes:
            if lane.pid and not lane.read():
                lane.reap()
        time.sleep(0.002)


def _judge(lanes: Sequence[Lane], counts: Counts) -> None:
    from jiedui.ledger import check, posting, sql
    from jiedui.ledger.posting import PostingError

    known: set[tuple[str, int]] = set()
    for lane in lanes:
        counts.calls += len(lane.targets)
        counts.acknowledged += len(lane.receipts)
        counts.unheard += len(lane.repeated)
        counts.cut_off += lane.deaths
        for text in lane.failures:
            counts.unsound += 1
            counts.note(f"lane {lane.number} failed: {text}")
        for call in sorted(lane.targets):
            new = lane.content(call)
            known.update((str(one.record), one.revision) for one in new)
            present = _present(new, counts, f"lane {lane.number} call {call}")
            if (receipts := lane.receipts.get(call)) is not None:
                if present != receipts:
                    counts.lost += 1
                    counts.note(
                        f"lane {lane.number} call {call}: {_told(receipts)} but {_told(present)}"
                    )
                continue
            counts.unheard += bool(present)
            try:
                again = posting.post(new, now=datetime.now(UTC))
            except PostingError as error:
                counts.other_receipts += 1
                counts.note(f"lane {lane.number} call {call}: {error}")
                continue
            if present and ([_short(r) for r in again] != present or not again[0].repeated):
                counts.other_receipts += 1
                counts.note(
                    f"lane {lane.number} call {call}: {_told(present)} but again {_told([_short(r) for r in again])}"
                )
    for record, revision in sql.fetch("SELECT record, revision FROM ledger_posting"):
        if (record, revision) not in known:
            counts.doubled += 1
            counts.note(f"nobody posted {record} revision {revision}")
    for record, revision, often in sql.fetch(
        "SELECT record, revision, count(*) FROM ledger_posting GROUP BY 1, 2 HAVING count(*) > 1"
    ):
        counts.doubled += often - 1
        counts.note(f"{record} revision {revision} stands {often} times")
    difference = check.verify()
    if difference is not None:
        counts.unsound += 1
        counts.note(f"verify: {difference}")


def _present(new: Sequence[NewPosting], counts: Counts, where: str) -> list[tuple[int, int, str]]:
    """What stands of a call, [] for nothing; counts a call or a posting of which a part is missing."""
    from jiedui.ledger import sql

    found = []
    for one in new:
        for row in sql.fetch(
            "SELECT id, seq, hash FROM ledger_posting WHERE record = %s AND revision = %s",
            [str(one.record), one.revision],
        ):
            found.append(tuple(row))
            taken_back = sql.fetch(
                "SELECT count(*) FROM ledger_entry WHERE posting = %s", [one.reverses or 0]
            )[0][0]
            standing = sql.fetch(
                "SELECT region, value FROM ledger_entry WHERE posting = %s AND sign = 1 ORDER BY id",
                [row[0]],
            )
            back, stated = (
                sql.fetch(f"SELECT count(*) FROM {table} WHERE posting = %s{more}", [row[0]])[0][0]
                for table, more in (
                    ("ledger_entry", " AND sign = -1"),
                    ("ledger_declaration", " AND reverses IS NULL"),
                )
            )
            whole = (
                [tuple(r) for r in standing] == [(e.region, e.value) for e in one.entries]
                and back == taken_back
                and stated == len(one.declarations)
            )
            if not whole:
                counts.halved += 1
                counts.note(f"{where}: posting {row[0]} is not whole")
    if found and len(found) != len(new):
        counts.halved += 1
        counts.note(f"{where}: {len(found)} of {len(new)} postings stand")
    return found


@contextlib.contextmanager
def _ledger(engine: str, keep: Path | None, *, careless: bool) -> Iterator[None]:
    with (
        engines.folder_of(keep, "soak") as folder,
        engines.opened(engine, folder, careless=careless),
    ):
        from bench import load

        load.make_tables()
        yield


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="./jd soak", description="长时间并发测试")
    parser.add_argument("what", choices=("kill",), help="kill：随机强杀正在入账的进程")
    parser.add_argument("--kills", type=int, default=500, help="强杀次数（默认 500）")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="数据留在这个文件夹")
    parser.add_argument("--fault", choices=FAULTS, default="", help="故意出错，看能否查出")
    parser.add_argument("--careless", action="store_true", help="PostgreSQL 不写透磁盘（更快）")
    options = parser.parse_args(words)
    with _ledger(options.engine, options.keep, careless=options.careless):
        print(f"· {engines.engine_line()}", flush=True)
        started = time.monotonic()
        counts = kill(options.kills, seed=options.seed, fault=options.fault)
        minutes = (time.monotonic() - started) / 60
    for item in fields(counts):
        if item.name != "notes":
            print(f"{item.name.replace('_', ' '):>16}  {getattr(counts, item.name):,}")
    print(f"{'kills per minute':>16}  {counts.kills / minutes:,.0f}")
    for note in counts.notes:
        print(f"✗ {note}")
    print("✓ kept its word" if not counts.bad else f"✗ {counts.bad} broken")
    return 1 if counts.bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
