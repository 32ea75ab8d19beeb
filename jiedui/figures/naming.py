"""From names to a question: what a person, a script or the checker types."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.utils.translation import gettext as _

from jiedui.figures.questions import BadAddress, Question, window_of
from jiedui.indicators import catalogue
from jiedui.ledger import heads
from jiedui.lib.periods import CHINA
from jiedui.lib.places import pairing_key, range_of, twelve
from jiedui.regions import places
from jiedui.regions.models import Pairing


class BadQuestion(ValueError):
    """The question cannot be asked; the message is one Chinese line."""


def question_of(
    indicator: str,
    *,
    region: str,
    to: str,
    start: str = "",
    own: bool = False,
    pairing: str = "",
    known_at: str = "",
) -> Question:
    """The question for names, codes and written dates; raises BadQuestion.

    ``region`` takes 450100, 南宁市 or 南宁市本级; ``pairing`` 440300-450100 or 深圳市-南宁市; dates
    are 2023-09-30. ``known_at`` takes a head (20418 or @20418), a day (its end in China) or an ISO time.
    """
    try:
        code = catalogue.find(indicator).code
        place, is_own = places.resolve(region)
        pair = places.resolve_pairing(pairing) if pairing else None
        window = window_of(_day(start) if start else None, _day(to))
    except (catalogue.UnknownIndicator, places.UnknownRegion, places.UnknownPairing) as error:
        raise BadQuestion(str(error)) from error
    except BadAddress as error:
        raise BadQuestion(str(error)) from error
    head = head_of(known_at) if known_at else None
    return Question(code, place, window, own=own or is_own, pairing=pair, known_at=head)


def in_the_west(region: int, pairing: int | None) -> None:
    """Work is recorded on the western side: any other place would be answered with a 0 that looks sure.

    Raises BadQuestion. A place of no pairing at all is answered: it may be recorded one day.
    """
    wanted = places.ranges(region)

    def meets(side: int) -> bool:
        return any(range_of(twelve(side)).meets(mine) for mine in wanted)

    found = Pairing.objects.order_by("id")
    sides = list(found if pairing is None else found.filter(id=pairing))
    if not sides or any(meets(one.west) for one in sides):
        return
    name = places.names([region]).get(region, str(region))
    easts = [one for one in sides if meets(one.east)]
    if easts:
        said = _(
            "%(place)s是东部一方，数都记在西部：地区请写西部的，东部用 --pairing 指明，如 %(pairing)s"
        )
        nearest = min(easts, key=lambda one: abs(twelve(one.east) - region))
        raise BadQuestion(said % {"place": name, "pairing": pairing_key(nearest.id)})
    if pairing is not None:
        pair = places.pairing_names([pairing])[pairing]
        raise BadQuestion(
            _("%(place)s不在这个结对关系里：%(pair)s") % {"place": name, "pair": pair}
        )


def head_of(text: str) -> int:
    """The head that a number, a day or a time means; raises BadQuestion."""
    written = text.strip().removeprefix("@").removeprefix("#")
    if re.fullmatch(r"[0-9]{1,18}", written):
        head, newest = int(written), heads.head()
        if head > newest:
            raise BadQuestion(
                _("账头 %(head)d 还没有，最新是 %(newest)d") % {"head": head, "newest": newest}
            )
        return head
    if re.fullmatch(r"\d{4}-\d\d-\d\d", written):
        return heads.end_of_day(_day(written))
    try:
        instant = datetime.fromisoformat(written)
    except ValueError:
        raise BadQuestion(_("看不懂这个时间：%s（例：2023-09-30 或 @20418）") % text) from None
    return heads.at(instant if instant.tzinfo else instant.replace(tzinfo=CHINA))


def _day(text: str) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip()):
            return date.fromisoformat(text.strip())
    except ValueError:
        pass
    raise BadQuestion(_("看不懂这个日期：%s（例：2023-09-30）") % text)
