from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from jiedui.lib.bounds import Bound
from jiedui.ui.numbers import Number, digits, money, money_forms, signed

pytestmark = pytest.mark.one_engine


def render(source: str, **context: Any) -> str:
    return Template("{% load jiedui %}" + source).render(Context(context))


def test_digits_are_grouped_by_three_and_rounded_half_up() -> None:
    assert digits(4_972_000_000_00, 1_000_000) == "497,200"
    assert digits(1_500_000, 1_000_000) == "2"
    assert digits(-1_500_000, 1_000_000) == "−2"
    assert digits(785, 10, 1) == "78.5"
    assert digits(5, 1000, 2) == "0.01"
    assert digits(-4, 1000, 2) == "0.00"


def test_a_change_shows_its_sign_unless_it_rounds_to_nothing() -> None:
    assert signed(69) == "+69"
    assert signed(-26) == "−26"
    assert signed(0) == "0"
    assert signed(1, 100) == "0"


def test_money_standing_alone_takes_the_unit_that_reads_best() -> None:
    assert money(4_972_000_000_00) == ("49.72", "亿元")
    assert money(40_000_000_00) == ("4,000", "万元")
    assert money(99_99) == ("99.99", "元")
    assert money_forms(4_972_000_000_00) == "497,200 万元 = 4,972,000,000 元"
    assert money_forms(12_345_67) == "12,345.67 元"


def test_a_number_is_a_quiet_link_with_its_bound_before_the_digits() -> None:
    shown = Number("2,000", Bound.AT_LEAST, href="/f/x")
    assert render("{% number n %}", n=shown) == (
        '<a class="n" href="/f/x"><span class="b" title="不低于">≥</span>2,000</a>'
    )
    assert 'class="n pend"' in render("{% number n %}", n=Number("1", href="/", state="pend"))


def test_no_number_is_a_dash_that_says_why() -> None:
    assert render("{% number n %}", n=Number(None, reason="本年无记录")) == (
        '<span class="nil" title="本年无记录" tabindex="0">—</span>'
    )
    assert ">0<" in render("{% number 0 %}")


def test_mixed_precision_keeps_a_slot_for_decimals() -> None:
    assert render("{{ t|slotted }}", t="5.3") == '5<span class="dec">.3</span>'
    assert render("{{ t|slotted }}", t="1,200") == '1,200<span class="dec"></span>'


def test_text_in_a_number_is_escaped() -> None:
    assert "&lt;b&gt;" in render("{% number n %}", n=Number("<b>"))


def test_states_have_a_sign_and_a_word() -> None:
    assert render("{% state 'submitted' %}") == '<span class="st wait">待审核</span>'
    assert render("{% state 'returned' '缺佐证' %}") == '<span class="st back">退回 缺佐证</span>'


def test_days_are_written_one_way() -> None:
    assert render("{{ d|day }}", d=20230930) == "2023-09-30"
    assert render("{{ d|day_in:2023 }}", d=date(2023, 12, 12)) == "12-12"
    assert render("{{ d|day_in:2022 }}", d=date(2023, 12, 12)) == "2023-12-12"
    assert render("{{ d|weekday }}", d=date(2023, 12, 12)) == "周二"
    assert render("{{ d|instant }}", d=datetime(2023, 10, 16, 17, 0, tzinfo=UTC)) == (
        "2023-10-17 01:00"
    )
    begin, end = date(2023, 1, 1), date(2023, 12, 12)
    assert render("{% span a b %}", a=begin, b=end) == "2023-01-01 至 12-12"
    assert render("{% span a b 'month' %}", a=begin, b=end) == "2023 年 1 月"
    assert render("{% window a b %}", a=None, b=end) == "至 2023-12-12"


def test_a_region_shows_six_digits_for_a_county_and_more_below() -> None:
    assert render("{{ c|region_code }}", c=450125000000) == "450125"
    assert render("{{ c|region_code }}", c=450125102000) == "450125102"
    assert render("{{ c|region_code }}", c=450100000000) == "450100"


class ReceiptForm(forms.Form):
    received_on = forms.DateField(label="到账日期", help_text="照进账单")
    amount = forms.CharField(label="金额", required=False)


def test_a_field_names_its_error_above_the_input() -> None:
    form = ReceiptForm({"received_on": "明天"})
    html = render("{% field f unit='万元' %}", f=form["received_on"])
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_received_on-err id_received_on-hint"' in html
    assert 'value="明天"' in html
    assert html.index('class="err"') < html.index("<input")
    assert "<span>万元</span>" in html


def test_the_summary_links_every_error_to_its_field() -> None:
    html = render("{% errors f %}", f=ReceiptForm({"received_on": "明天"}))
    assert "有 1 处要改" in html
    assert 'href="#id_received_on"' in html
    assert render("{% errors f %}", f=ReceiptForm({"received_on": "2023-09-30"})).strip() == ""


def test_pages_keep_the_query() -> None:
    request = RequestFactory().get("/list?state=draft&page=2")
    page = Paginator(range(120), 50).page(2)
    html = render("{% pages page %}", page=page, request=request)
    assert "第 51—100 件，共 120 件" in html
    assert "?state=draft&amp;page=3" in html


def test_nothing_says_why_and_what_next() -> None:
    html = render("{% empty '没有记录。' hint='最近一笔为 9 月。' href='/new' action='登记' %}")
    assert "没有记录。" in html
    assert '<a class="btn sm" href="/new">登记</a>' in html
