"""Check digits that tell a number of a person from any other number."""

from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SIGNS = "10X98765432"
_PROVINCES = frozenset(
    str(number)
    for run in (
        range(11, 16),
        range(21, 24),
        range(31, 38),
        range(41, 47),
        range(50, 55),
        range(61, 66),
        (71, 81, 82, 83),
    )
    for number in run
)
"""First two digits of GB/T 2260 codes; 83 is used for residents of Taiwan who live on the mainland."""
_NEW, _OLD = 18, 15
_FIRST_YEAR, _LAST_YEAR = 1880, 2099


def is_identity_number(number: str) -> bool:
    """Whether 18 signs are a resident identity number by GB 11643-1999.

    Six digits of a place, eight of a day of birth, three of a serial, and a check sign: the sum of digit times
    weight, modulo 11, read from a table. The place is looked at by its province only, since counties come and go.
    """
    if len(number) != _NEW or not (number[:17].isascii() and number[:17].isdigit()):
        return False
    if not is_place_and_birth(number):
        return False
    return _SIGNS[sum(int(d) * w for d, w in zip(number[:17], _WEIGHTS, strict=True)) % 11] == number[17].upper()


def is_place_and_birth(number: str) -> bool:
    """Whether an 18-sign number begins with a province and has a day of birth; the check sign is not looked at."""
    return number[:2] in _PROVINCES and _is_day(number[6:14])


def is_old_identity_number(number: str) -> bool:
    """Whether 15 digits are a resident identity number of before 1999: no century, no check digit."""
    if len(number) != _OLD or not (number.isascii() and number.isdigit()):
        return False
    return number[:2] in _PROVINCES and _is_day(f"19{number[6:12]}")


def passes_luhn(number: str) -> bool:
    """Whether the digits pass the check of ISO/IEC 7812-1, as bank cards do.

    From the right every second digit is doubled, and 9 taken off what exceeds 9; the sum divides by 10.
    """
    if not (number.isascii() and number.isdigit()):
        return False
    doubled = (int(d) * 2 for d in number[-2::-2])
    return (sum(int(d) for d in number[-1::-2]) + sum(d - 9 if d > 9 else d for d in doubled)) % 10 == 0  # noqa: PLR2004


def _is_day(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return _FIRST_YEAR <= day.year <= _LAST_YEAR
