"""Tables written as lines of text: where each number has its unit from."""

from __future__ import annotations

from jiedui.checking import read


def cells(text: str) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (q.surface, q.kind, q.value, q.head)
        for q in read(text).quantities
        if q.missing_unit or q.kind == "percent"
    ]


def test_a_line_whose_label_names_its_unit_has_it_in_all_its_cells() -> None:
    text = (
        "指标名称　　　　协议数　完成数　完成率\n"
        "财政援助资金（万元）　　2400　　2520.5　　105.0%\n"
        "引导落地企业（家）　　　4　　　　3　　　　75%\n"
    )
    assert cells(text) == [
        ("2400", "amount", "24000000", "财政援助资金"),
        ("2520.5", "amount", "25205000", "财政援助资金"),
        ("105.0%", "percent", "105", "财政援助资金"),
        ("4", "count", "4", "引导落地企业"),
        ("3", "count", "3", "引导落地企业"),
        ("75%", "percent", "75", "引导落地企业"),
    ]


def test_cells_of_words_between_rules_are_passed_over() -> None:
    text = (
        "项目名称／类别／建设内容／资金（万元）／受益户\n"
        "石桥冷库／产业／库容1200吨／860／210户\n"
        "河口就业车间／就业／改造900平方米／340／95户\n"
    )
    assert [cell[:3] for cell in cells(text)] == [
        ("860", "amount", "8600000"),
        ("340", "amount", "3400000"),
    ]
    # What the other columns say is read as in any line.
    assert [q.surface for q in read(text).quantities] == [
        "1200吨", "860", "210户", "900平方米", "340", "95户",
    ]  # fmt: skip


def test_the_unit_of_a_table_is_not_the_office_that_fills_it_in() -> None:
    text = (
        "填报单位：某县协作办　　金额单位：万元\n"
        "镇\t采购额\t帮销额\t小计\t同比\n"
        "东河镇\t120.5\t80.0\t200.5\t↑12.4%\n"
        "西沟镇\t60.0\t40.5\t100.5\t↓3.1%\n"
    )
    assert [cell[:3] for cell in cells(text)] == [
        ("120.5", "amount", "1205000"), ("80.0", "amount", "800000"),
        ("200.5", "amount", "2005000"), ("12.4%", "percent", "12.4"),
        ("60.0", "amount", "600000"), ("40.5", "amount", "405000"),
        ("100.5", "amount", "1005000"), ("3.1%", "percent", "3.1"),
    ]  # fmt: skip


def test_a_line_of_prose_with_two_strokes_is_no_table() -> None:
    assert [q.missing_unit for q in read("甲村｜乙村｜丙村都通了路，共修12公里。").quantities][
        -1:
    ] == [False]
