"""Reading in a child process: a text made to be slow takes its own time and memory, and no more.

python -m jiedui.checking.apart      the child: a question in, readings out, on its pipes
"""

from __future__ import annotations

import os
import pickle
import resource
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from .reader.lexicon import DEFAULT, Lexicon
from .reader.model import Reading
from .reader.reading import read_many

HERE_LONGEST = 30_000
"""Texts up to this length are read at once: a second or two at the very worst."""
CPU_SECONDS = 20
WALL_SECONDS = 45
MEMORY_BYTES = 1_500_000_000
ROOT = Path(__file__).parents[2]


class TookTooLong(ValueError):
    """The texts could not be read within the limits; the message is a Chinese sentence."""


def read_bounded(
    texts: Sequence[tuple[str, str]],
    *,
    published_on: str | None,
    indicators: Mapping[str, str],
    regions: frozenset[str],
) -> list[Reading]:
    """``read_many`` with these names added; what is long is read in a child. Raises TookTooLong."""
    if sum(len(text) for _name, text in texts) <= HERE_LONGEST:
        known = _lexicon(indicators, regions)
        return read_many(texts, published_on=published_on, lexicon=known)
    question = pickle.dumps((list(texts), published_on, dict(indicators), regions))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "jiedui.checking.apart"],
            input=question,
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
            env={key: os.environ[key] for key in ("LD_LIBRARY_PATH",) if key in os.environ},
            cwd=ROOT,
        )
    except subprocess.TimeoutExpired as error:
        raise TookTooLong("这些文字读得太久，已停止；请拆分后再核校。") from error
    if done.returncode != 0:
        raise TookTooLong("这些文字读得太久或太大，已停止；请拆分后再核校。")
    # The child is this very module: only what it made itself comes back.
    readings: list[Reading] = pickle.loads(done.stdout)  # noqa: S301
    return readings


def lexicon(indicators: Mapping[str, str], regions: frozenset[str]) -> Lexicon:
    """The reader's words with these indicators in place of its few, and these places besides."""
    bare = replace(DEFAULT, indicators={}, indicator_names=())
    return bare.with_indicators(indicators).with_regions(regions).with_divisions()


_last: tuple[Mapping[str, str], frozenset[str], Lexicon] | None = None


def _lexicon(indicators: Mapping[str, str], regions: frozenset[str]) -> Lexicon:
    """The same one again for the very same names, so that no check compares some hundred of them."""
    global _last
    last = _last
    if last is None or last[0] is not indicators or last[1] is not regions:
        last = _last = indicators, regions, lexicon(indicators, regions)
    return last[2]


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # macOS has no limit of memory; the length of a text still bounds it.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def _main(load: Iterable[bytes]) -> None:
    texts, published_on, indicators, regions = pickle.loads(b"".join(load))  # noqa: S301
    _limit()
    known = lexicon(indicators, regions)
    readings = read_many(texts, published_on=published_on, lexicon=known)
    sys.stdout.buffer.write(pickle.dumps(readings))


if __name__ == "__main__":
    _main([sys.stdin.buffer.read()])
