"""Numbers as pages show them: digits, bound, unit, state. Integers in, text out; never a float."""

from __future__ import annotations

from dataclasses import dataclass

from jiedui.lib.bounds import Bound

MINUS = "−"
FEN_PER_YUAN = 100
FEN_PER_WAN = 1_000_000
FEN_PER_YI = 10_000_000_000

STATES = ("", "pend", "bad", "gone")


@dataclass(frozen=True, slots=True)
class Number:
    """One number on a page. ``digits`` None is 无数: a dash, with ``reason`` on hover and focus."""

    digits: str | None
    bound: Bound = Bound.EXACT
    unit: str = ""
    href: str = ""
    state: str = ""  # one of STATES: 已审核, 含待审核, 有误, 作废
    reason: str = ""

    def __str__(self) -> str:
        return "—" if self.digits is None else f"{self.bound.sign}{self.digits}"


def rounded(value: int, per: int) -> int:
    """``value / per`` to the nearest whole number, halves away from zero (四舍五入)."""
    quotient, rest = divmod(abs(value), per)
    if rest * 2 >= per:
        quotient += 1
    return -quotient if value < 0 else quotient


def digits(value: int, per: int = 1, decimals: int = 0) -> str:
    """``value`` (in smallest units, ``per`` of them one shown unit) as "497,200" or "−12.50"."""
    step = 10**decimals
    scaled = rounded(value * step, per)
    whole, part = divmod(abs(scaled), step)
    text = f"{whole:,}" + (f".{part:0{decimals}d}" if decimals else "")
    return MINUS + text if scaled < 0 else text


def signed(value: int, per: int = 1, decimals: int = 0) -> str:
    """A change: "+69", "−26", "0"."""
    text = digits(value, per, decimals)
    return f"+{text}" if value > 0 and text.strip("0.,") else text


def money(fen: int) -> tuple[str, str]:
    """Money standing alone: digits and unit, 亿元 from one 亿 on, 万元 from one 万 on, else 元."""
    size = abs(fen)
    if size >= FEN_PER_YI:
        return _bare(fen, FEN_PER_YI, 2), "亿元"
    if size >= FEN_PER_WAN:
        return _bare(fen, FEN_PER_WAN, 2), "万元"
    return _bare(fen, FEN_PER_YUAN, 2), "元"


def money_forms(fen: int) -> str:
    """The other forms of a sum, exact: "497,200 万元 = 4,972,000,000 元"."""
    yuan = f"{_exact(fen, FEN_PER_YUAN)} 元"
    return f"{_exact(fen, FEN_PER_WAN)} 万元 = {yuan}" if abs(fen) >= FEN_PER_YI else yuan


def _bare(value: int, per: int, decimals: int) -> str:
    """Rounded digits, whole numbers without decimals."""
    text = digits(value, per, decimals)
    whole, _, part = text.partition(".")
    return whole if not part.strip("0") else text


def _exact(value: int, per: int) -> str:
    """All digits there are and no more."""
    text = digits(value, per, len(str(per)) - 1)
    return text.rstrip("0").rstrip(".") if "." in text else text
