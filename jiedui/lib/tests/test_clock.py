from datetime import UTC, date, datetime, timedelta

import pytest

from jiedui.lib import clock
from jiedui.lib.periods import china_day


def test_without_a_wanted_day_the_clock_is_the_real_one() -> None:
    assert clock.shift(datetime(2026, 11, 22, 3, tzinfo=UTC), "") == timedelta(0)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_the_clock_moves_by_whole_china_days() -> None:
    late = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)  # 01:30 on the 23rd in China
    assert china_day(late + clock.shift(late, "2023-12-15")) == date(2023, 12, 15)
    assert clock.shift(late, "2023-12-15").seconds == 0


def test_a_wrong_day_is_refused() -> None:
    with pytest.raises(ValueError, match="month"):
        clock.shift(datetime.now(UTC), "2023-15-15")
