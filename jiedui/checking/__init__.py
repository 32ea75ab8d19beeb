"""数据核校: find every figure of a Chinese text, how the figures relate, and what does not add up."""

from .reader.lexicon import DEFAULT, Lexicon, load_regions
from .reader.model import Finding, Interval, Quantity, Reading, Relation
from .reader.reading import read, read_many

__all__ = [
    "DEFAULT",
    "Finding",
    "Interval",
    "Lexicon",
    "Quantity",
    "Reading",
    "Relation",
    "load_regions",
    "read",
    "read_many",
]
