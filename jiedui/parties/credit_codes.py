"""统一社会信用代码: 18 characters with a check character (GB 32100)."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidLength
from stdnum.exceptions import ValidationError as StdnumError


def clean_credit_code(text: str) -> str:
    """The code in its one form; raises ValidationError with a Chinese sentence."""
    code = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    try:
        return str(uscc.validate(code))
    except InvalidLength as error:
        raise ValidationError(_("统一社会信用代码应为18位"), code="credit_code") from error
    except InvalidChecksum as error:
        raise ValidationError(
            _("统一社会信用代码的校验位不对，请核对是否有错位"), code="credit_code"
        ) from error
    except StdnumError as error:
        raise ValidationError(_("统一社会信用代码中有不该有的字符"), code="credit_code") from error


def validate_credit_code(text: str) -> None:
    """Accept a code only in its one form: upper case, no spaces, right check character."""
    if clean_credit_code(text) != text:
        raise ValidationError(_("统一社会信用代码应为大写、无空格"), code="credit_code")
