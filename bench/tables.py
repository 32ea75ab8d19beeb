"""Numbers and rows as a Markdown table that also lines up as text."""

from __future__ import annotations

from collections.abc import Sequence


def number(value: float) -> str:
    """Three digits that matter."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def rows_as_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Heads, a rule and rows; every row as long as the heads."""
    wide = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads))]

    def line(cells: Sequence[str]) -> str:
        # The first and the last two are words, the others numbers.
        texts = [
            cell.ljust(wide[i]) if i == 0 or i >= len(heads) - 2 else cell.rjust(wide[i])
            for i, cell in enumerate(cells)
        ]
        return f"| {' | '.join(texts)} |"

    return "\n".join([line(heads), line(["-" * w for w in wide]), *map(line, rows)])
