"""Forms of the registers; what is allowed is decided by the actions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from jiedui.parties.models import Organisation
from jiedui.regions import places


class RegionText(forms.CharField):
    """A region by name or code; its value is the 12-digit code, None for nothing."""

    def clean(self, value: object) -> int | None:
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        try:
            return places.resolve(text)[0]
        except places.UnknownRegion as error:
            raise forms.ValidationError(str(error)) from error


class EnterpriseForm(forms.Form):
    credit_code = forms.CharField(label=_("统一社会信用代码"), max_length=40)
    name = forms.CharField(label=_("名称"), max_length=200)
    region = RegionText(label=_("注册地区"), required=False, help_text=_("写名称或代码"))


class EnterpriseChangeForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=200)
    region = RegionText(label=_("注册地区"), required=False, help_text=_("写名称或代码"))
    reason = forms.CharField(
        label=_("更名的理由"), max_length=200, required=False, help_text=_("名称没有改动可不填")
    )


class OrganisationForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=200)
    kind = forms.ChoiceField(label=_("类别"), choices=Organisation.Kind.choices)
    region = RegionText(label=_("所在地区"), required=False, help_text=_("写名称或代码"))
    valid_from = forms.DateField(label=_("设立日期"), required=False, help_text=_("例 2019-03-01"))


class OrganisationChangeForm(OrganisationForm):
    reason = forms.CharField(
        label=_("更名的理由"), max_length=200, required=False, help_text=_("名称没有改动可不填")
    )


class SuccessorForm(forms.Form):
    """By whom an organisation is continued, and from which day on."""

    successor = forms.CharField(label=_("承接单位"), help_text=_("写名录里的全称"))
    on = forms.DateField(label=_("自何日起"), help_text=_("例 2019-03-01"))
