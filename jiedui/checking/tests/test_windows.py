"""What a report's title says it is about, and the window of figures that name none."""

from datetime import date

import pytest

from jiedui.checking.windows import asked, own_period
from jiedui.lib.periods import Window

YEAR = Window(date(2022, 1, 1), date(2022, 12, 31))


@pytest.mark.parametrize(
    ("title", "own"),
    [
        ("绍兴市—乐山市2022年东西部协作工作总结", YEAR),
        ("2022年度协作工作总结和2023年工作计划", YEAR),
        ("关于2022年上半年协作工作情况的报告", Window(date(2022, 1, 1), date(2022, 6, 30))),
        ("2022年1—9月协作工作简报", Window(date(2022, 1, 1), date(2022, 9, 30))),
        ("2022年前三季度协作工作报告", Window(date(2022, 1, 1), date(2022, 9, 30))),
        ("关于印发《2022年工作要点》的通知", None),
        ("2022年9月15日，项目签约。", None),
        ("2022年9月15日签约仪式", None),
        ("协作工作总结", None),
        ("", None),
    ],
)
def test_the_period_of_a_title(title: str, own: Window | None) -> None:
    assert own_period(f"\n{title}\n\n召开会议2次。2021年，两市签约。\n") == own


def test_a_figure_without_a_period_has_that_of_its_text() -> None:
    found = asked(None, date(2022, 12, 31), YEAR)
    assert (found.window, found.stated) == (YEAR, False)
    assert Window(None, YEAR.end) in found.wider
    assert asked("2022-03", date(2022, 12, 31), YEAR).window.start == date(2022, 3, 1)
