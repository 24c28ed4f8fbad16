"""Check digits of identifiers."""

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def is_credit_code(code: str) -> bool:
    """Whether an 18-sign unified social credit code has both its check signs right.

    Rule: GB 32100-2015 for the whole, GB 11714-1997 for the organisation code within (signs 9 to 17).
    """
    if len(code) != 18 or any(sign not in _SIGNS for sign in code):  # noqa: PLR2004
        return False
    total = sum(_SIGNS.index(sign) * weight for sign, weight in zip(code, _WEIGHTS, strict=False))
    return _SIGNS[-total % 31] == code[17] and _is_organisation_code(code[8:17])


def _is_organisation_code(code: str) -> bool:
    pairs = zip(code, _ORGANISATION_WEIGHTS, strict=False)
    check = -sum(_ORGANISATION_SIGNS.index(sign) * weight for sign, weight in pairs) % 11
    return ("0123456789X")[check] == code[8]
