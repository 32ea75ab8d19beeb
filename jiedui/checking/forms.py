"""What a person hands in for a check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jiedui.accounts.scope import Anyone
from jiedui.figures import permissions
from jiedui.indicators import catalogue
from jiedui.lib.clock import today
from jiedui.lib.places import pairing_key
from jiedui.regions import places

from . import files
from .by_hand import MOST, Correction, NotACorrection

PASTED_LONGEST = 200_000
TOGETHER_LONGEST = 500_000
FILES_MOST = 5
CARRIED_MOST = FILES_MOST + 1


class Carried(forms.Widget):
    """Texts that travel with a page, because nothing is stored: fields ``name`` and ``body``."""

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> list[tuple[str, str]]:
        if not isinstance(data, QueryDict):
            return []
        # One more than is allowed is kept, so that it can be refused.
        return list(zip(data.getlist("name"), data.getlist("body"), strict=False))


class CarriedField(forms.Field):
    widget = Carried

    def clean(self, value: Any) -> list[tuple[str, str]]:
        given: list[tuple[str, str]] = [(name[:200], with_plain_ends(text)) for name, text in value]
        if len(given) > CARRIED_MOST or any(len(text) > PASTED_LONGEST for _name, text in given):
            raise forms.ValidationError(gettext("文稿太多或太长，请重新选择文件。"))
        return [(name, text) for name, text in given if text.strip()]


class CorrectionsField(forms.Field):
    """Readings set by hand, which travel with the texts as one line each (``by_hand``)."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[Correction]:
        given = [str(line) for line in value or []]
        try:
            found = [Correction.parse(line) for line in given[: MOST + 1]]
        except NotACorrection as error:
            raise forms.ValidationError(gettext("手工改认的内容不完整，请重新核对。")) from error
        if len(found) > MOST:
            raise forms.ValidationError(gettext("一次最多手工改认 %d 个数。") % MOST)
        known = {one.code for one in catalogue.all()}
        return [one for one in found if one.indicator is None or one.indicator in known]


def with_plain_ends(text: str) -> str:
    """The text with line ends as ``\\n``: a browser sends others than it was given."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Up to five files; each is read to text here, so that what cannot be used is said here."""

    widget = ManyFiles(attrs={"accept": ".txt,.docx,.xlsx,.pdf", "class": "in"})

    def clean(self, data: Any, initial: Any = None) -> list[tuple[str, str]]:
        given: list[UploadedFile[Any]] = [one for one in data or [] if one]
        if len(given) > FILES_MOST:
            raise forms.ValidationError(gettext("一次最多核校 %d 个文件。") % FILES_MOST)
        return [(one.name or "", self._text(one)) for one in given]

    def _text(self, file: UploadedFile[Any]) -> str:
        try:
            if (file.size or 0) > files.FILE_BYTES:
                raise files.Unreadable(gettext("文件超过20MB，请拆分后再核校。"))
            text = with_plain_ends(files.text_of(file.read(), PASTED_LONGEST))
        except files.Unreadable as error:
            raise forms.ValidationError(f"{file.name}：{error}") from error
        return text


class CheckForm(forms.Form):
    """A text or files, of which pair of places, and of which day.

    What a result page posts again (``checking/_carried.html``) is read by the same form.
    """

    text = forms.CharField(
        label=_("文稿"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"class": "in check-text", "rows": 14}),
    )
    documents = ManyFilesField(
        label=_("或选择文件（纯文本、Word、Excel、有文字的 PDF）"), required=False
    )
    carried = CarriedField(required=False)
    correction = CorrectionsField(required=False)
    pairing = forms.ChoiceField(label=_("结对"), required=False)
    published_on = forms.DateField(
        label=_("发布或截止日期"),
        required=False,
        widget=forms.TextInput(
            attrs={"class": "in", "inputmode": "numeric", "placeholder": "2024-05-31"}
        ),
    )

    def __init__(self, *args: Any, user: Anyone, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        readable = {pairing for _region, pairing in permissions.places_of(user, today())}
        named = places.pairing_names(readable)
        choices = [(pairing_key(one), named[one].replace("—", " ⇄ ")) for one in sorted(readable)]
        field = self.fields["pairing"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", gettext("由文中所写的地方判断")), *choices]
        field.widget.attrs["class"] = "in"

    def clean_text(self) -> str:
        """The pasted text; the length is asked here, as a browser would cut off more and say nothing."""
        text: str = self.cleaned_data["text"]
        if len(text) > PASTED_LONGEST:
            raise forms.ValidationError(gettext("文稿超过20万字，请拆分后再核校。"))
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        together = sum(len(text) for _name, text in self.texts())
        if not together:
            self.add_error("text", gettext("请粘贴文稿，或选择文件。"))
        elif together > TOGETHER_LONGEST:
            self.add_error("text", gettext("几篇文稿合计超过50万字，请分几次核校。"))
        return cleaned

    def texts(self) -> list[tuple[str, str]]:
        """Name and text of everything handed in; to be asked of a valid form."""
        pasted = with_plain_ends(self.cleaned_data["text"])
        named = [(gettext("粘贴的文稿"), pasted)] if pasted.strip() else []
        return named + list(self.cleaned_data["carried"]) + list(self.cleaned_data["documents"])

    def corrections(self) -> list[Correction]:
        """The readings set by hand that came with the texts; to be asked of a valid form."""
        found: list[Correction] = self.cleaned_data["correction"]
        return found
