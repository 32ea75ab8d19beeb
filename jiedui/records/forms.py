"""Forms built from a kind: they carry cells and sentences; reading cells is the columns' work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import Widget
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jiedui.accounts import scope
from jiedui.accounts.models import Role, User
from jiedui.lib.places import pairing_key, range_of, twelve
from jiedui.records.columns import (
    ChoiceField,
    Column,
    CountField,
    DateField,
    LinesField,
    MoneyField,
    PartyField,
    PersonField,
    TextField,
    YesNoField,
)
from jiedui.records.kinds import Body, columns_of
from jiedui.regions.models import Pairing, Region
from jiedui.regions.places import OWN, pairing_names

MOST_CHOICES = 300
FEW_CHOICES = 4


class CellField(forms.Field):
    """A cell of a form: anything goes in, and what is wrong with it the column says."""

    def __init__(self, *, unit: str = "", echo: str = "", **kwargs: Any) -> None:
        self.unit = unit
        self.echo = echo
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return True


class RecordForm(forms.Form):
    """One row of cells with its uid and the mark of the revision it started from."""

    uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    # The browser's own check would speak before ours and in its own language.
    use_required_attribute = False

    more: tuple[str, ...] = ()
    """Optional columns, folded away on a new form."""

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [f for f in self.visible_fields() if f.name not in self.more]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [f for f in self.visible_fields() if f.name in self.more]

    @property
    def more_is_open(self) -> bool:
        """Folded fields with something in them, or something wrong, are shown."""
        return any(field.errors or field.value() for field in self.more_fields)

    def cells(self) -> dict[str, Any]:
        """The cells as typed, by column."""
        own = {"uid", "seen", "reason", "evidence"}
        return {
            name: self.data.get(self.add_prefix(name), "")
            for name in self.fields
            if name not in own
        }

    def tell(self, errors: Mapping[str, str]) -> None:
        """Put each sentence at its field; what has no field stands above the form."""
        for name, sentence in errors.items():
            self.add_error(name if name in self.fields else None, sentence)


def form_for(
    body: type[Body],
    user: User,
    *,
    data: Any = None,
    initial: Mapping[str, Any] | None = None,
    correcting: bool = False,
) -> RecordForm:
    """The form of a kind for a user, bound to ``data`` if given; a correction also asks its reason."""
    regions = region_choices(user, body)
    typed = str(data.get("region", "")).strip() if data is not None else ""
    if typed and 0 < len(regions) <= MOST_CHOICES and typed not in dict(regions):
        # A place that is not the user's, out of an older page: what was sent stays in sight.
        regions.append((typed, typed))
    pairings = pairing_choices(user)
    fields: dict[str, forms.Field] = {
        "region": CellField(label=body.kind.region_label, widget=region_widget(regions)),
    }
    more = []
    for name, column in columns_of(body).items():
        fields[name] = field_for(column)
        if not column.required:
            more.append(name)
    fields["pairing"] = CellField(
        label=_("结对"),
        required=False,
        help_text=_("不选即按地区取最低一级的结对"),
        widget=forms.Select(choices=[("", _("按地区取")), *pairings]),
    )
    if correcting:
        fields["reason"] = CellField(
            label=_("更正的理由"), widget=forms.Textarea(attrs={"rows": 3})
        )
    else:
        more.append("pairing")
    if body.kind.evidence:
        fields["evidence"] = CellField(label=_("佐证"), required=False, widget=forms.HiddenInput)
    given = {"region": regions[0][0] if len(regions) == 1 else ""} | dict(initial or {})
    form = RecordForm(data, initial=given)
    form.fields.update(fields)
    form.more = tuple(more)
    return form


def field_for(column: Column) -> CellField:
    """The field of a column, with its unit inside and its hint under the label."""
    unit = str(column.unit)
    return CellField(
        label=column.label,
        required=column.required,
        help_text=str(column.hint),
        unit=unit,
        echo=unit if isinstance(column, MoneyField) else "",
        widget=widget_for(column),
    )


def widget_for(column: Column) -> Widget:
    match column:
        case ChoiceField():
            few = len(column.words) <= FEW_CHOICES
            first = [] if few and column.required else [("", _("未填"))]
            widget = forms.RadioSelect if few else forms.Select
            return widget(choices=[*first, *column.words])
        case YesNoField():
            return forms.Select(choices=[("", _("否")), (_("是"), _("是"))])
        case LinesField():
            labels = " ".join(inner.label for inner in column.columns.values())
            hint = _("每行：%(labels)s") % {"labels": labels}
            return forms.Textarea(attrs={"rows": 4, "placeholder": hint})
        case TextField() if column.long:
            return forms.Textarea(attrs={"rows": 3})
        case MoneyField():
            return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        case CountField() | DateField():
            return forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"})
        case PartyField():
            return forms.TextInput(
                attrs={
                    "autocomplete": "off",
                    "hx-trigger": "input changed delay:300ms",
                    "hx-get": f"{reverse('parties:find')}?only={column.only}&for={column.name}",
                    "hx-target": f"#id_{column.name}-found",
                    "hx-params": column.name,
                }
            )
        case PersonField():
            return forms.TextInput(
                attrs={
                    "autocomplete": "off",
                    "hx-trigger": "input changed delay:300ms",
                    "hx-get": f"{reverse('parties:find_person')}?for={column.name}",
                    "hx-target": f"#id_{column.name}-found",
                    "hx-params": column.name,
                }
            )
    return forms.TextInput(attrs={"autocomplete": "off"})


def region_widget(choices: list[tuple[str, str | Promise]]) -> Widget:
    """A list of the user's own places; who has too many of them types a name or a code."""
    if 0 < len(choices) <= MOST_CHOICES:
        first = [] if len(choices) == 1 else [("", _("请选择"))]
        return forms.Select(choices=[*first, *choices])
    return forms.TextInput(
        attrs={
            "autocomplete": "off",
            "hx-trigger": "input changed delay:300ms",
            "hx-get": f"{reverse('accounts:find_regions')}?for=enter&name=region",
            "hx-target": "#id_region-found",
            "hx-params": "region",
        }
    )


def region_choices(user: User, body: type[Body]) -> list[tuple[str, str | Promise]]:
    """The places where the user may enter this kind: code and "上林县 450125", by code.

    Kinds that keep 本级 apart offer it beside its city or county.
    """
    found = Region.objects.real().filter(scope.places_q(user, Role.ENTER)).order_by("code")
    choices: list[tuple[str, str | Promise]] = []
    for region in found[: MOST_CHOICES + 1]:
        code = f"{region.code:012d}"
        choices.append((code, f"{region.name} {code[:6]}"))
        if body.kind.own:
            choices.append((code + OWN, f"{region.name}{OWN} {code[:6]}"))
    return choices


def pairing_choices(user: User) -> list[tuple[str, str]]:
    """The registered pairings that meet the places where the user may enter."""
    held = [grant for grant in scope.grants(user) if grant.role == Role.ENTER]
    spans = [(grant.side, range_of(grant.region)) for grant in held]
    found = [
        pairing.id
        for pairing in Pairing.objects.order_by("id")
        if any(
            span.meets(range_of(twelve(pairing.west if side == "west" else pairing.east)))
            for side, span in spans
        )
    ]
    names = pairing_names(found)
    return [(pairing_key(pairing), names[pairing].replace("—", " ⇄ ")) for pairing in found]


__all__ = ["RecordForm", "form_for", "pairing_choices", "region_choices"]
