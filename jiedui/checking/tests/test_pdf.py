"""PDF as text: what a page breaks is whole again, what it adds is gone, what cannot be read is said."""

from __future__ import annotations

import resource
import time

import pytest
import typst
from pylopdf_fonts_zh_cn import sans_path

from jiedui.checking import files, layout, read
from jiedui.checking.files import Unreadable, text_of
from jiedui.checking.layout import Line, Page

from .printed import HEIGHT, LEFT, PICTURE, SIZE, encrypted, page, paragraph, pdf

WHOLE = (
    "截至2023年9月底，全市累计引进东部企业，实际到位投资42602万元，同比增长12.5%，建成帮扶车间38个，"
    "其中乡村车间21个，吸纳农村劳动力就业4680人，其中脱贫人口1200人，协作取得实效。"
)
NEXT = "全年组织干部人才培训12期，共培训1300人次，劳务对接活动136场。"


def test_lines_that_a_page_breaks_are_one_paragraph() -> None:
    lines = paragraph(WHOLE, 120) + paragraph(NEXT, 200)
    ends = [text[-5:] for _x, _top, text in lines]
    assert ends[0] == "42602"
    assert lines[-1][2].startswith("136")
    text = text_of(pdf([page(lines)]))
    assert text.splitlines() == [WHOLE, NEXT]
    found = {q.surface: q.value for q in read(text).quantities}
    assert found["42602万元"] == "426020000"
    assert found["136场"] == "136"


def test_a_paragraph_goes_on_over_the_page_and_its_number() -> None:
    head, lines = (200.0, 50.0, "2023年度简报第9期"), paragraph(WHOLE * 3, 120)
    rest = [(x, top - 140, text) for x, top, text in lines[6:]]
    first, second = (290.0, 800.0, "— 1 —"), (290.0, 800.0, "— 2 —")
    pages = [page([head, *lines[:6], first]), page([head, *rest, second])]
    assert text_of(pdf(pages)).splitlines() == [WHOLE * 3]


def test_what_counts_the_pages_is_dropped_and_what_counts_anything_else_stays() -> None:
    rows = [(12, 7, 90), (15, 8, 91), (11, 9, 92)]
    pages = [
        page([(LEFT, 60, f"车间{many}个"), (LEFT, 400, "正文"), (200, 780, f"{other}"), (290, 800, f"{number}")])
        for many, other, number in rows
    ]  # fmt: skip
    text = text_of(pdf(pages))
    assert "车间12个" in text
    assert "车间11个" in text
    assert not {"90", "91", "92"} & set(text.splitlines())
    # 7, 8 and 9 count the pages too; a figure that does so by chance in three pages is rare.
    odd = [(many, other * other, number) for many, other, number in rows]
    pages = [page([(LEFT, 400, "正文"), (200, 790, f"{other}")]) for _, other, _ in odd]
    assert {"49", "64", "81"} <= set(text_of(pdf(pages)).splitlines())


@pytest.mark.parametrize("columns", [1, 2])
def test_what_a_typesetter_set_reads_as_its_text_does(columns: int) -> None:
    """Justified lines, gaps beside numbers, columns, running heads and numbers of pages."""
    paragraphs = [WHOLE, NEXT, "常安携手——互访 考察86次。", WHOLE.replace("42602", "39857")] * 8
    source = f"""
        #set page("a4", columns: {columns}, header: [协作简报 2023年第9期], numbering: "— 1 —")
        #set text(font: "Noto Sans SC", size: 16pt, lang: "zh")
        #set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 1em, spacing: 1em)
        """ + "\n\n".join(paragraphs)
    compiler = typst.Compiler(font_paths=[str(sans_path().parent)], ignore_system_fonts=True)
    content = compiler.compile(source.encode(), format="pdf")
    assert isinstance(content, bytes)
    assert text_of(content).splitlines() == paragraphs


def test_a_heading_a_list_and_another_size_stay_lines_of_their_own() -> None:
    title = page([(LEFT, 90, "东西部协作工作总结")], size=22)
    names = ("南宁市", "柳州市", "百色市本级")
    short = [(LEFT, 300.0 + 20 * n, f"{name}：{n + 118}人") for n, name in enumerate(names)]
    text = text_of(pdf([title + b"\n" + page([*paragraph(WHOLE, 120), *short])]))
    assert text.splitlines() == [
        "东西部协作工作总结",
        WHOLE,
        "南宁市：118人",
        "柳州市：119人",
        "百色市本级：120人",
    ]


def test_the_cells_of_a_row_stand_apart() -> None:
    row = [(LEFT, 200.0, "上林县"), (LEFT + 150.0, 200.0, "42602"), (LEFT + 250.0, 200.0, "12")]
    assert text_of(pdf([page(row)])).split() == ["上林县", "42602", "12"]
    assert "\t" in text_of(pdf([page(row)]))


def test_wide_marks_come_back_wide() -> None:
    text = text_of(pdf([page([(LEFT, 100, "投资（含贷款）3,000万元：1，200人")])]))
    assert text == "投资（含贷款）3,000万元：1，200人"


def test_a_page_that_is_a_picture_is_named() -> None:
    text = text_of(pdf([page([(LEFT, 100, "共18场。")]), PICTURE, page([])]))
    assert text.splitlines()[0] == "共18场。"
    assert "第2页是图片" in text
    assert "第3页" not in text
    assert [q.surface for q in read(text).quantities if not q.optional and q.kind != "ordinal"] == [
        "18场"
    ]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (encrypted(), "密码"),
        (pdf([page(paragraph(WHOLE, 100))])[:300], "损坏"),
        (b"%PDF-1.7\nnothing", "损坏"),
        (pdf([PICTURE, PICTURE]), "扫描"),
        (pdf([page([])]), "扫描"),
        (pdf([b""] * 501), "500页"),
    ],
    ids=["encrypted", "cut", "broken", "scanned", "blank", "pages"],
)
def test_what_cannot_be_read_is_one_sentence(content: bytes, word: str) -> None:
    with pytest.raises(Unreadable, match=word):
        text_of(content)


def test_more_text_than_is_read_is_one_sentence() -> None:
    lines = [(9.0, 9.0 + 4 * n, "字" * 190) for n in range(200)]
    with pytest.raises(Unreadable, match="2万字"):
        text_of(pdf([page(lines, size=3)]), 20_000)
    assert len(text_of(pdf([page(lines, size=3)]), 40_000)) > 35_000


def test_a_page_that_unpacks_to_very_much_ends_with_its_child() -> None:
    bomb = pdf([b"q Q " * 60_000_000], packed=True)
    assert len(bomb) < 1_000_000
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    with pytest.raises(Unreadable, match=r"没有文字|超出可读|读得太久"):
        text_of(bomb)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert time.monotonic() - began < files._WALL_SECONDS + 5
    assert used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime < 20


def test_an_empty_page_is_an_empty_text() -> None:
    assert layout.text_of([]) == ""
    assert layout.text_of([Page(HEIGHT, ())]) == ""


def test_many_lines_take_linear_time() -> None:
    """Counted, not timed: each line looks at no more than its neighbours."""
    lines = tuple(Line(WHOLE[:30], LEFT, 440, HEIGHT - 20 * n, SIZE) for n in range(3000))
    assert layout.text_of([Page(HEIGHT, lines)]).count(WHOLE[:30]) == 3000
