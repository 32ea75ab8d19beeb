"""Excel in and out: rows pasted from a sheet, and a list taken away as one."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook  # type: ignore[import-untyped]
from playwright.sync_api import expect

from jiedui.records.models import Record
from tests.journeys.visits import House, written

HEADS = "县区\t培训班名称\t结业日期\t培训人数\t其中脱贫人口"
ROWS = [
    "原州区\t养老护理\t2023-11-08\t42\t17",
    '原州区\t=HYPERLINK("http://example.org","电焊")\t2023年11月\t35\t12',
    "原州区\t缝纫\t2023-11-20\t30\t31",
]


def test_pasted_rows_show_the_bad_cell_and_then_all_go_in_and_out_again(
    house: House, tmp_path: Path
) -> None:
    before = written()
    visit = house.visit("yuanzhou-tianbao")
    visit.go("/records/k/labour.training/")
    visit.page.get_by_role("link", name="从 Excel 粘贴").click()
    visit.page.get_by_label("表格内容").fill("\n".join([HEADS, *ROWS]))
    visit.press("预览")
    visit.read("1 行共 1 处要改，一行也没有写入")
    bad = visit.page.locator("td.bad-cell")
    expect(bad).to_have_count(1)
    expect(bad).to_contain_text("31")
    expect(bad).to_contain_text("大于培训人次（30 人次），请核对。")
    expect(visit.page.get_by_role("button", name="报送 3 件")).to_have_count(0)
    visit.look("6-bad-cell")
    assert written() == before

    visit.page.get_by_label("表格内容").fill("\n".join([HEADS, *ROWS]).replace("\t31", "\t13"))
    visit.press("预览")
    visit.read("共 3 行")
    visit.press("报送 3 件")
    visit.read("已报送 3 件，等待审核。")
    assert written() == (before[0] + 3, before[1] + 3, before[2])

    # Out of the list again, as narrow as it is shown.
    visit.page.get_by_label("日期自").fill("2023-11-01")
    visit.page.get_by_label("至", exact=True).fill("2023-11-30")
    visit.press("筛选")
    visit.look("6-list")
    shown = visit.page.locator("table.t tbody tr")
    numbers = shown.get_by_role("link").filter(has_text="R-").all_inner_texts()
    with visit.page.expect_download() as coming:
        visit.page.get_by_role("link", name="导出 Excel").click()
    path = tmp_path / coming.value.suggested_filename
    coming.value.save_as(path)
    assert path.name == "劳务协作培训-2023-12-15.xlsx"
    sheet = load_workbook(path).worksheets[0]
    heads, *rows = list(sheet.iter_rows())
    assert [cell.value for cell in heads][:5] == [
        "编号",
        "地区",
        "班次或工种",
        "结业日期",
        "培训人次",
    ]
    assert [row[0].value for row in rows] == numbers
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    told = {row[2].value: [str(row[3].value), row[4].value, row[5].value] for row in rows}
    assert told['=HYPERLINK("http://example.org","电焊")'] == ["2023 年 11 月", 35, 12]
    assert told["养老护理"] == ["2023-11-08 00:00:00", 42, 17]
    assert told["缝纫"] == ["2023-11-20 00:00:00", 30, 13]
    assert Record.objects.filter(title__startswith="=HYPERLINK").count() == 1
