"""A check sheet (核校单) as a file: HTML that stands alone, and PDF typeset in a child process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from jiedui.lib.periods import CHINA

from .checksheet import CheckSheet

CHILD = Path(__file__).with_name("checksheet_child.py")
TEMPLATE = Path(__file__).with_name("templates") / "checking" / "checksheet.typ"
LIMITS = {"cpu_seconds": 60, "memory_bytes": 4_000_000_000}
"""Five long texts take six seconds; fonts and compiler reserve addresses that they never use."""
WALL_SECONDS = 90


class NotTypeset(ValueError):
    """The sheet could not be set within the limits; the message is a Chinese sentence."""


def html(sheet: CheckSheet) -> str:
    """The sheet as one HTML file: its style inside, no script, nothing fetched."""
    return render_to_string("checking/checksheet.html", {"sheet": sheet, "labels": labels()})


def pdf(sheet: CheckSheet) -> bytes:
    """The sheet as a PDF on A4, the same bytes for the same sheet. Raises NotTypeset.

    PDF/A-2b, fonts inside, as archives ask; plain PDF where the text has characters that no font
    of ours holds.
    """
    moment = sheet.made_at.astimezone(CHINA)
    question = {
        "template": TEMPLATE.read_text(encoding="utf-8"),
        "data": {
            **asdict(sheet),
            "made_at": [
                moment.year,
                moment.month,
                moment.day,
                moment.hour,
                moment.minute,
                moment.second,
            ],
            "labels": labels(),
        },
        "timestamp": int(moment.timestamp()),
        "limits": LIMITS,
    }
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(CHILD)],
            input=json.dumps(question, ensure_ascii=False).encode("utf-8", "replace"),
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
            env={key: os.environ[key] for key in ("LD_LIBRARY_PATH",) if key in os.environ},
            cwd="/",
        )
    except subprocess.TimeoutExpired as error:
        raise NotTypeset(_("核校单排版太久，已停止；请把文稿拆成几篇，或改存为网页。")) from error
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF"):
        raise NotTypeset(_("核校单没有排成；请把文稿拆成几篇，或改存为网页。"))
    return done.stdout


def file_name(sheet: CheckSheet, suffix: str) -> str:
    """核校单-常安协作简报-2023-12-15.pdf, without what a file name must not hold."""
    title = "".join(" " if sign in '\\/:*?"<>|' else sign for sign in sheet.title).strip()
    return f"{_('核校单')}-{title}-{sheet.day}.{suffix}"


def labels() -> dict[str, str]:
    """The fixed words of a sheet."""
    return {
        "name": _("数据核校单"),
        "troubles": _("一、需要处理"),
        "text": _("二、文稿与标记"),
        "lines": _("三、逐数对照"),
        "notes": _("四、提示（四舍五入与写法）"),
        "number": _("序号"),
        "written": _("文中"),
        "indicator": _("对应指标"),
        "known": _("账上"),
        "when": _("账上期间"),
        "reason": _("说明"),
        "no_lines": _("文中没有可与账相比的数。"),
        "no_troubles": _("没有发现与账不符或自相矛盾的数。"),
        "signs": _(
            "标记：✓ 相符，≠ 与账不符，Σ 自相矛盾或存疑，? 账上没有；方括号里是序号，与各表相同；一个数可以有两种标记。"
        ),
        "terms": _(
            "账上的数皆为已审核。时间、年龄、序号、编号不核对；核对只读账，不改账，文字原样。"
        ),
        "signed": _("核校人（签字）："),
        "seconded": _("复核人（签字）："),
        "dated": _("日期："),
        "pages": _("第%(page)s页／共%(pages)s页"),
    }
