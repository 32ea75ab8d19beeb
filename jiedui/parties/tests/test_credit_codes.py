"""统一社会信用代码: one form, a right check character, a sentence for what is wrong."""

import pytest
from django.core.exceptions import ValidationError

from jiedui.parties.credit_codes import clean_credit_code, validate_credit_code
from jiedui.parties.models import Enterprise

RIGHT = "91110000600037341L"


@pytest.mark.parametrize(
    "text",
    [RIGHT, " 9111 0000 6000 3734 1L ", RIGHT.lower(), "９１１１００００６０００３７３４１Ｌ"],
)
def test_a_right_code_gets_its_one_form(text: str) -> None:
    assert clean_credit_code(text) == RIGHT


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("91110000600037341M", "校验位"),
        ("91110000600037314L", "校验位"),
        ("9111000060003734", "18位"),
        ("", "18位"),
        ("9111000060003734IL", "字符"),
    ],
)
def test_a_wrong_code_is_named_by_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        clean_credit_code(text)


@pytest.mark.django_db
def test_an_enterprise_keeps_only_the_one_form() -> None:
    validate_credit_code(RIGHT)
    with pytest.raises(ValidationError, match="大写"):
        Enterprise(credit_code=RIGHT.lower(), name="某公司").full_clean()
