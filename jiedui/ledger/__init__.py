"""The ledger (账本): entries and declarations, append-only; every figure is a question to it.

This package knows numbers and ids, never records. Its words stand in `facts.py`, its laws in README.md.
"""

from jiedui.ledger.facts import (
    Declaration,
    Entry,
    Measure,
    NewPosting,
    Receipt,
    Slice,
    Total,
)

__all__ = ["Declaration", "Entry", "Measure", "NewPosting", "Receipt", "Slice", "Total"]
