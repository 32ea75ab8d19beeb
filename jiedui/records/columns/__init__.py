"""The column types of kinds; a kind's file imports all it needs from here."""

from jiedui.records.columns.base import (
    ChoiceField,
    Column,
    Read,
    Reading,
    TextField,
    UnreadableCell,
    YesNoField,
)
from jiedui.records.columns.dates import ANY, DAYS, DateField, When
from jiedui.records.columns.lines import LinesField, lines_of
from jiedui.records.columns.numbers import BoundField, CountField, MoneyField
from jiedui.records.columns.references import PartyField, PersonField, RecordField, RegionField

__all__ = [
    "ANY",
    "DAYS",
    "BoundField",
    "ChoiceField",
    "Column",
    "CountField",
    "DateField",
    "LinesField",
    "MoneyField",
    "PartyField",
    "PersonField",
    "Read",
    "Reading",
    "RecordField",
    "RegionField",
    "TextField",
    "UnreadableCell",
    "When",
    "YesNoField",
    "lines_of",
]
