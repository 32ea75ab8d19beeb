"""What an indicator (指标) is: the typed values the catalogue is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

DISPLAY_SCALES = {"元": 1, "万元": 10_000, "亿元": 100_000_000, "万人": 10_000, "万人次": 10_000}
"""How many base units one display unit holds; a unit that is not here is its own base unit."""


class Line(StrEnum):
    """The lines of work (条线), in the order of a board."""

    SECONDMENT = "secondment"
    WORK = "work"
    FUNDS = "funds"
    INDUSTRY = "industry"
    LABOUR = "labour"
    CONSUMPTION = "consumption"
    SOCIETY = "society"

    @property
    def label(self) -> str:
        """The Chinese name a page shows."""
        return _LINES[self]


class Measure(StrEnum):
    """How entries become a figure; all but RATIO are the ledger's own words."""

    FLOW = "flow"  # 发生量: summed inside a window
    STOCK = "stock"  # 时点数: summed up to a day
    DISTINCT = "distinct"  # 去重: subjects that stand inside a window
    READING = "reading"  # 读数: the newest statement, never summed
    RATIO = "ratio"  # 比率: Σ numerators / Σ denominators

    @property
    def label(self) -> str:
        """The Chinese name a page shows."""
        return _MEASURES[self]

    @property
    def adds_up(self) -> bool:
        """Whether the figures of child places add up to the figure of the whole place."""
        return self in {Measure.FLOW, Measure.STOCK}


class Basis(StrEnum):
    """How firm a definition (口径) is; every one of them is the office's own to change."""

    STATED = "stated"  # 公开文件所述
    INFERRED = "inferred"  # 由报告行文推断
    KNOWN = "known"  # 通行做法，未见文件

    @property
    def label(self) -> str:
        """The Chinese name a page shows."""
        return _BASES[self]


_LINES = {
    Line.SECONDMENT: "挂职与人才",
    Line.WORK: "协作机制",
    Line.FUNDS: "资金与项目",
    Line.INDUSTRY: "产业协作",
    Line.LABOUR: "劳务协作",
    Line.CONSUMPTION: "消费帮扶",
    Line.SOCIETY: "社会帮扶",
}
_MEASURES = {
    Measure.FLOW: "发生量",
    Measure.STOCK: "时点数",
    Measure.DISTINCT: "去重数",
    Measure.READING: "读数",
    Measure.RATIO: "比率",
}
_BASES = {
    Basis.STATED: "公开报道所述",
    Basis.INFERRED: "由报道行文推断，可由本单位改定",
    Basis.KNOWN: "通行做法，可由本单位改定",
}


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of a definition (口径版本), in force from a business date on."""

    number: int
    valid_from: date
    definition: str
    excludes: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of the catalogue.

    ``scale`` is the number of smallest units (what the ledger holds) in one base unit: 100 for 元.
    ``display_scale`` is the number of base units in one ``display_unit``: 10 000 for 万元.
    ``decimals`` are the decimals of a ratio's value; ``display_decimals`` those a table shows.
    ``whole`` is the code of the indicator this one is a part of (其中), or "". ``by`` names the
    kind of split; parts of one whole with the same ``by`` do not overlap. ``numerator`` and
    ``denominator`` are codes for a ratio and "" otherwise. ``date_name`` says which date a flow
    counts on. ``versions`` holds at least one wording, oldest first.
    """

    code: str
    line: Line
    name: str
    aliases: tuple[str, ...]
    unit: str
    scale: int
    display_unit: str
    display_scale: int
    display_decimals: int
    decimals: int
    measure: Measure
    whole: str
    by: str
    numerator: str
    denominator: str
    basis: Basis
    date_name: str
    group: str
    evaluation: str
    department: str
    versions: tuple[Version, ...]

    @property
    def definition(self) -> str:
        """The newest wording of the definition (口径)."""
        return self.versions[-1].definition

    @property
    def excludes(self) -> str:
        """What the newest wording leaves out (不含); may be empty."""
        return self.versions[-1].excludes

    @property
    def valid_from(self) -> date:
        """The day the first wording holds from."""
        return self.versions[0].valid_from

    @property
    def is_money(self) -> bool:
        """Whether the base unit is 元, stored in fen."""
        return self.unit == "元"

    def versions_in(self, start: date | None, end: date) -> tuple[Version, ...]:
        """The wordings in force on some day of start..end (``start`` None: since ever).

        A window wholly before the first wording is read by the first one, so the answer is never
        empty. More than one means the figure mixes definitions and has to say so.
        """
        found = tuple(
            version
            for index, version in enumerate(self.versions)
            if version.valid_from <= end
            and (
                start is None
                or index + 1 == len(self.versions)
                or self.versions[index + 1].valid_from > start
            )
        )
        return found or self.versions[:1]
