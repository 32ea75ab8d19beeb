"""``{% load jiedui %}``: numbers, states, names, days, fields and pages, each drawn once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, RadioSelect
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from jiedui.lib.bounds import Bound
from jiedui.lib.periods import CHINA, Precision
from jiedui.ui import navigation as bar
from jiedui.ui import numbers
from jiedui.ui.numbers import Number

register = template.Library()

BOUNDS = {
    Bound.AT_LEAST: _lazy("不低于"),
    Bound.AT_MOST: _lazy("不超过"),
    Bound.ABOUT: _lazy("约数"),
    Bound.EXACT: _lazy("确数"),
}
STATES = {
    "draft": ("draft", _lazy("草稿")),
    "submitted": ("wait", _lazy("待审核")),
    "first_approved": ("wait", _lazy("待复审")),
    "approved": ("ok", _lazy("已审核")),
    "returned": ("back", _lazy("退回")),
    "correcting": ("fix", _lazy("更正待审")),
    "void": ("void", _lazy("已作废")),
}
WEEKDAYS = tuple(map(_lazy, ("周一", "周二", "周三", "周四", "周五", "周六", "周日")))


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> list[bar.Place]:
    request = context.get("request")
    return bar.places(request.path) if request is not None else []


# Numbers.


@register.simple_tag
def number(
    value: Number | int | str | None,
    *,
    bound: str = "exact",
    href: str = "",
    unit: str = "",
    state: str = "",
    reason: str = "",
    per: int = 1,
    decimals: int = 0,
) -> SafeString:
    """A number with its bound before the digits, a quiet link to its figure.

    Takes a ``Number``, anything with a ``number`` attribute, digits as text, or an integer that
    ``per`` and ``decimals`` turn into digits. ``state`` is "", "pend", "bad" or "gone".
    """
    return draw(_as_number(value, bound, href, unit, state, reason, per, decimals))


def _as_number(
    value: Any, bound: str, href: str, unit: str, state: str, reason: str, per: int, decimals: int
) -> Number:
    given = getattr(value, "number", value)
    if isinstance(given, Number):
        return given
    shown = numbers.digits(given, per, decimals) if isinstance(given, int) else given
    return Number(shown or None, Bound(bound), unit, href, state, reason)


def draw(shown: Number) -> SafeString:
    """The markup of one number."""
    if shown.digits is None:
        why = shown.reason or _("没有记录")
        return format_html('<span class="nil" title="{}" tabindex="0">—</span>', why)
    sign = _sign(shown)
    body = format_html("{}{}", sign, shown.digits)
    kind = f"n {shown.state}".strip()
    if shown.href:
        text = format_html('<a class="{}" href="{}">{}</a>', kind, shown.href, body)
    else:
        text = format_html('<span class="{} plain">{}</span>', kind, body)
    return format_html('{} <span class="u">{}</span>', text, shown.unit) if shown.unit else text


def _sign(shown: Number) -> SafeString:
    if shown.state == "bad":
        return format_html('<span class="b" title="{}">Σ</span>', shown.reason or _("有误"))
    if shown.bound is Bound.EXACT:
        return SafeString("")
    return format_html(
        '<span class="b" title="{}">{}</span>', BOUNDS[shown.bound], shown.bound.sign
    )


@register.filter
def fen(value: int) -> str:
    """Money standing alone: "49.72 亿元"."""
    return " ".join(numbers.money(value))


@register.filter
def wan(value: int, decimals: int = 0) -> str:
    """Digits of a sum in 万元, for a column whose head names the unit."""
    return numbers.digits(value, numbers.FEN_PER_WAN, decimals)


@register.filter
def money_forms(value: int) -> str:
    """The exact other forms of a sum: "497,200 万元 = 4,972,000,000 元"."""
    return numbers.money_forms(value)


@register.filter
def slotted(text: str) -> SafeString:
    """Digits with a slot for two decimals, so that ones stay in line in a column of mixed precision."""
    whole, point, decimals = text.partition(".")
    return format_html('{}<span class="dec">{}{}</span>', whole, point, decimals)


@register.filter
def count(value: int) -> str:
    return numbers.digits(value)


@register.filter
def bound_word(value: str) -> str:
    """确数, 不低于, 不超过 or 约数."""
    return str(BOUNDS[Bound(value)])


# States and names.


@register.simple_tag
def state(value: Any, note: str = "") -> SafeString:
    """Sign and word of a state: its word ("submitted"), or a thing with a ``status`` or ``state``."""
    word = str(getattr(value, "status", getattr(value, "state", value)))
    kind, label = STATES[word]
    said = f"{label} {note}" if note else label
    return format_html('<span class="st {}">{}</span>', kind, said)


@register.simple_tag
def region(place: Any, *, code: bool = True, href: str = "") -> SafeString:
    """A region with its six digits before the name (nine or twelve below county level)."""
    name = format_html('<a href="{}">{}</a>', href, place.name) if href else place.name
    if not code:
        return format_html("{}", name)
    return format_html('<span class="code">{}</span> {}', region_code(place.code), name)


@register.filter
def region_code(code: int) -> str:
    """450125 for 450125000000; nine or twelve digits below county level."""
    text = f"{code:012d}"
    for length in (6, 9):
        if not text[length:].strip("0"):
            return text[:length]
    return text


@register.simple_tag
def pairing(pair: Any) -> SafeString:
    """深圳市 ⇄ 南宁市; takes anything with ``east`` and ``west`` that have names."""
    return format_html('<span class="nb">{} ⇄ {}</span>', pair.east.name, pair.west.name)


# Days.


@register.filter
def day(value: date | int | None) -> str:
    """2023-09-30, from a date or from the ledger's 20230930."""
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value // 10000:04d}-{value // 100 % 100:02d}-{value % 100:02d}"
    return value.isoformat()[:10]


@register.filter
def day_in(value: date, year: int) -> str:
    """12-12 within the named year, else the whole date."""
    return value.isoformat()[5:] if value.year == year else value.isoformat()


@register.filter
def weekday(value: date) -> str:
    return str(WEEKDAYS[value.weekday()])


@register.filter
def instant(value: datetime | None) -> str:
    """An instant on the wall clock of China, 2023-10-16 18:00."""
    return value.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") if value else ""


@register.simple_tag
def span(first: date, last: date, precision: str = "") -> str:
    """A span as exactly as it is known: 2023-09-30, 2023 年 9 月, 2023-01-01 至 12-12."""
    match precision:
        case Precision.MONTH:
            return _("%(year)d 年 %(month)d 月") % {"year": first.year, "month": first.month}
        case Precision.QUARTER:
            return _("%(year)d 年第 %(quarter)d 季度") % {
                "year": first.year,
                "quarter": (first.month + 2) // 3,
            }
        case Precision.YEAR:
            return _("%(year)d 年") % {"year": first.year}
    if first == last:
        return first.isoformat()
    return _("%(first)s 至 %(last)s") % {
        "first": first.isoformat(),
        "last": day_in(last, first.year),
    }


@register.simple_tag
def window(start: date | None, end: date) -> str:
    """What a question asks: 至 2023-09-30 for an open start, else a span."""
    return _("至 %s") % end.isoformat() if start is None else span(start, end)


# Forms.


@register.simple_tag
def field(bound_field: BoundField, *, unit: str = "", hint: str = "") -> SafeString:
    """Label, hint, error above the input, the input, its unit inside on the right.

    The unit and the read-back of money come from the form field's ``unit`` and ``echo``, if any.
    """
    unit = unit or getattr(bound_field.field, "unit", "")
    hint = hint or str(bound_field.help_text or "")
    widget = bound_field.field.widget
    described = " ".join(
        part
        for part in (
            f"{bound_field.auto_id}-err" if bound_field.errors else "",
            f"{bound_field.auto_id}-hint" if hint else "",
        )
        if part
    )
    attributes: dict[str, Any] = {}
    if not isinstance(widget, CheckboxInput | RadioSelect):
        attributes["class"] = f"{widget.attrs.get('class', '')} in".strip()
    if bound_field.errors:
        attributes["aria-invalid"] = "true"
    if described:
        attributes["aria-describedby"] = described
    echo = getattr(bound_field.field, "echo", "")
    if echo:
        attributes["data-echo"] = f"{bound_field.auto_id}-echo"
        attributes["data-unit"] = unit
    return render_to_string(
        "ui/_field.html",
        {
            "field": bound_field,
            "input": bound_field.as_widget(attrs=attributes),
            "unit": unit,
            "hint": hint,
            "echo": echo,
            "radios": isinstance(widget, RadioSelect),
            "checkbox": isinstance(widget, CheckboxInput),
            "optional": not bound_field.field.required,
        },
    )


@register.inclusion_tag("ui/_errors.html")
def errors(form: Any, title: str = "") -> dict[str, Any]:
    """The summary on top: every error with a link to its field. Nothing when there is none."""
    listed = [(bound_field, message) for bound_field in form for message in bound_field.errors]
    whole = list(form.non_field_errors())
    return {"listed": listed, "whole": whole, "count": len(listed) + len(whole), "title": title}


# Lists.


@register.inclusion_tag("ui/_empty.html")
def empty(text: str, *, hint: str = "", href: str = "", action: str = "") -> dict[str, str]:
    """Nothing here: why, and what to do next."""
    return {"text": text, "hint": hint, "href": href, "action": action}


@register.inclusion_tag("ui/_pages.html", takes_context=True)
def pages(context: Context, page: Page[Any], name: str = "page") -> dict[str, Any]:
    """第 1—50 件，共 320 件, with links that keep the query."""
    query = context["request"].GET.copy()

    def address(to: int) -> str:
        query[name] = str(to)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "before": address(page.previous_page_number()) if page.has_previous() else "",
        "after": address(page.next_page_number()) if page.has_next() else "",
    }


@register.simple_tag
def dots(*parts: Any) -> SafeString:
    """Parts in one line, parted by dots; empty ones fall away."""
    return format_html_join("", "<span>{}</span>", ((part,) for part in parts if part))
