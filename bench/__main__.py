"""`./jd bench NAME …`: one word a measurement."""

from __future__ import annotations

import sys
from collections.abc import Callable

from bench import checking, ledger

NAMES: dict[str, Callable[[list[str]], int]] = {"checking": checking.main, "ledger": ledger.main}


def main(words: list[str]) -> int:
    if not words or words[0] not in NAMES:
        print(f"用法：./jd bench {{{','.join(NAMES)}}} …", file=sys.stderr)
        return 2
    return NAMES[words[0]](words[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
