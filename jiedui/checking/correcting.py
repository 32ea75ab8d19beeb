"""One figure corrected by hand: what a person says it is, checked before anything is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jiedui.accounts.models import User
from jiedui.accounts.scope import Anyone
from jiedui.indicators import catalogue
from jiedui.indicators.catalogue import Indicator, UnknownIndicator
from jiedui.lib.periods import Window
from jiedui.regions import places

from . import by_hand, ledger, sayings
from . import finding_indicators as finding
from .by_hand import Correction
from .checks import Said
from .naming import is_countable
from .reader.model import Quantity

FORM = "again"
"""The form of the page that the fields belong to: it carries the texts."""
_SPOT = re.compile(r"(\d{1,2}):(\d{1,7}):(\d{1,7})")
_AROUND = 60
_WORDS = 12


@dataclass(frozen=True, slots=True)
class Target:
    """The figure to be corrected: its text (counted from 1), itself, and what was said of it so far."""

    number: int
    said: Said
    quantity: Quantity
    correction: Correction

    @property
    def spot(self) -> str:
        """How a page names the figure: 1:20:28."""
        return f"{self.number}:{self.quantity.start}:{self.quantity.end}"

    @property
    def before(self) -> str:
        """The words of the same line before the figure."""
        left = self.said.text[max(self.quantity.start - _AROUND, 0) : self.quantity.start]
        return left.rpartition("\n")[2]

    @property
    def after(self) -> str:
        """The words of the same line after the figure."""
        return self.said.text[self.quantity.end : self.quantity.end + _AROUND].partition("\n")[0]

    @property
    def indicator(self) -> Indicator | None:
        """The indicator it is read as now."""
        code = self.said.reading[self.quantity.id].indicator
        return catalogue.get(code) if code else None

    @property
    def words(self) -> str:
        """The words an office would keep for it: what it counts, or what stands before it."""
        head = self.quantity.head or sayings.beside(
            self.said.text, self.said.reading, self.quantity
        )
        return re.sub(r"[\d\W]", "", head)[-_WORDS:]


def target(found: Sequence[Said], spot: str) -> Target | None:
    """The figure that a page names; None where the texts have no such figure to be compared."""
    match = _SPOT.fullmatch(spot)
    if match is None:
        return None
    number, start, end = (int(part) for part in match.groups())
    if not 1 <= number <= len(found):
        return None
    said = found[number - 1]
    for quantity in said.reading.quantities:
        if (quantity.start, quantity.end) == (start, end) and is_countable(said.text, quantity):
            given = said.by_hand.get(quantity.id) or by_hand.about(number, said.text, quantity)
            return Target(number, said, quantity, given)
    return None


def _picker(url: str, name: str, **query: str) -> forms.TextInput:
    asked = urlencode({"name": name, **query})
    return forms.TextInput(
        attrs={
            "form": FORM,
            "autocomplete": "off",
            "hx-trigger": "input changed delay:300ms",
            "hx-get": f"{reverse(url)}?{asked}",
            "hx-target": f"#id_{name}-found",
            "hx-params": name,
        }
    )


class CorrectionForm(forms.Form):
    """What the figure is; what is left empty stays as it was read."""

    indicator = forms.CharField(label=_("指标"), required=False, max_length=100)
    place = forms.CharField(label=_("地区"), required=False, max_length=100)
    own = forms.BooleanField(
        label=_("只算本级（不含下辖县区）"),
        required=False,
        widget=forms.CheckboxInput({"form": FORM}),
    )
    since = forms.DateField(label=_("期间自"), required=False)
    until = forms.DateField(label=_("期间至，或截至"), required=False)
    remember = forms.BooleanField(
        label=_("本单位记住这个说法，以后都这样认"),
        required=False,
        widget=forms.CheckboxInput({"form": FORM}),
    )
    words = forms.CharField(label=_("说法"), required=False, max_length=60)

    def __init__(self, *args: Any, target: Target, user: Anyone, **kwargs: Any) -> None:
        self.target = target
        self.office = user.office.strip() if isinstance(user, User) else ""
        super().__init__(*args, **{**kwargs, "initial": self._said()})
        quantity = target.quantity
        self.fields["indicator"].widget = _picker(
            "checking:find_indicators",
            "indicator",
            kind=quantity.kind,
            unit=quantity.unit or "",
        )
        self.fields["indicator"].widget.attrs["autofocus"] = True
        self.fields["place"].widget = _picker("accounts:find_regions", "place")
        for name in ("since", "until"):
            self.fields[name].widget = forms.TextInput(
                attrs={
                    "form": FORM,
                    "inputmode": "numeric",
                    "placeholder": "2023-09-30",
                    "maxlength": 10,
                }
            )
        self.fields["words"].widget = forms.TextInput(attrs={"form": FORM, "autocomplete": "off"})
        if not self.office:
            del self.fields["remember"], self.fields["words"]

    def _said(self) -> dict[str, Any]:
        """What was corrected before, and the words that could be kept."""
        given = self.target.correction
        start, end = given.window or (None, None)
        try:
            region = [places.get(given.region)] if given.region else []
        except places.UnknownRegion:
            region = []
        return {
            "indicator": catalogue.get(given.indicator).name if given.indicator else "",
            "place": next(iter(places.full_names(region).values()), ""),
            "own": given.own,
            "since": start,
            "until": end,
            "words": self.target.words,
        }

    def clean_indicator(self) -> Indicator | None:
        typed = self.cleaned_data["indicator"].strip()
        if not typed:
            return None
        try:
            found = catalogue.find(typed)
        except UnknownIndicator as error:
            # What was typed and not chosen from the list counts where the list had one line.
            quantity = self.target.quantity
            likely = [one for one in finding.find(typed) if by_hand.fits(quantity, one.unit)]
            if len(likely) != 1:
                raise forms.ValidationError(str(error)) from error
            (found,) = likely
        if not by_hand.fits(self.target.quantity, found.unit):
            raise forms.ValidationError(
                gettext("“%(name)s”以“%(unit)s”计，文中的%(surface)s不能与它相比，请另选指标。")
                % {"name": found.name, "unit": found.unit, "surface": self.target.quantity.surface}
            )
        return found

    def clean_place(self) -> tuple[int, bool] | None:
        typed = self.cleaned_data["place"].strip()
        if not typed:
            return None
        try:
            return places.resolve(typed)
        except places.UnknownRegion as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and not until and not self.errors.get("until"):
            self.add_error("until", gettext("写了起始日，还要写截止日。"))
        if since and until and since > until:
            self.add_error("since", gettext("起始日在截止日之后，请改正。"))
        if cleaned.get("own") and not cleaned.get("place") and not self.errors.get("place"):
            self.add_error("place", gettext("只算本级时，请写明是哪里。"))
        if cleaned.get("remember"):
            self._clean_words(cleaned)
        if not self.errors and self.correction() == by_hand.about(
            self.target.number, self.target.said.text, self.target.quantity
        ):
            self.add_error("indicator", gettext("指标、地区、期间请至少写一项。"))
        return cleaned

    def _clean_words(self, cleaned: dict[str, Any]) -> None:
        found: Indicator | None = cleaned.get("indicator")
        words = cleaned.get("words", "").strip()
        if found is None:
            if not self.errors.get("indicator"):
                self.add_error("indicator", gettext("要记住说法，请写明它指哪个指标。"))
            return
        wrong = sayings.wrong_with(words, ledger.known_names(), found.code)
        said = self.target.said
        if not wrong and not sayings.is_beside(
            words, said.text, said.reading, self.target.quantity
        ):
            wrong = gettext("说法要是文中紧挨着这个数、同一分句里的词，照抄即可。")
        if wrong:
            self.add_error("words", wrong)

    def correction(self) -> Correction:
        """What was said, of a valid form."""
        cleaned = self.cleaned_data
        bare = by_hand.about(self.target.number, self.target.said.text, self.target.quantity)
        found, place, until = cleaned["indicator"], cleaned["place"], cleaned["until"]
        return replace(
            bare,
            indicator=found.code if found else None,
            region=place[0] if place else None,
            own=bool(place and (place[1] or cleaned["own"])),
            window=Window(cleaned["since"], until) if until else None,
        )

    def kept_words(self) -> str:
        """The words to be kept for the office; "" where none are, of a valid form."""
        return self.cleaned_data["words"].strip() if self.cleaned_data.get("remember") else ""
