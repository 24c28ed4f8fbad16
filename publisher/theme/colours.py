"""Colours as style sheets write them: which are any, and how far two of them are apart."""

import re

_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_COMPUTED = re.compile(r"(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark|var|env)\(.*\)", re.DOTALL)
_LONG, _OPAQUE = 6, "ff"
_LINEAR = 0.04045
"""Below it the light of a colour grows with its number."""
_NAMES = """
aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood
cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray
darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen
darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue
firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew
hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan
lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray
lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue
mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred
midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid
palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple
rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue
slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet wheat white
whitesmoke yellow yellowgreen transparent currentcolor inherit initial unset revert canvas canvastext linktext
visitedtext activetext buttonface buttontext buttonborder field fieldtext highlight highlighttext mark marktext
graytext selecteditem selecteditemtext accentcolor accentcolortext
"""
"""Of CSS Color 4: those of fixed colours, of the system, and what stands for another."""


def is_colour(value: str) -> bool:
    plain = value.lower().removesuffix("!important").strip()
    return is_plain(plain) or bool(_COMPUTED.fullmatch(plain)) or plain in _NAMES.split()


def is_plain(value: str) -> bool:
    """In hexadecimal; only such are compared."""
    return bool(_HEX.fullmatch(value))


def contrast(one: str, other: str) -> float | None:
    """Of two colours, to one, as WCAG 2.2 defines it; none for those that are not plain or let the ground through."""
    lights = [_light(colour) for colour in (one, other)]
    if None in lights:
        return None
    low, high = sorted(light for light in lights if light is not None)
    return (high + 0.05) / (low + 0.05)


def _light(colour: str) -> float | None:
    """Relative luminance, from 0 to 1."""
    if not is_plain(colour):
        return None
    digits = colour[1:] if len(colour) > _LONG else "".join(2 * digit for digit in colour[1:])
    if digits[_LONG:].lower() not in ("", _OPAQUE):
        return None
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= _LINEAR else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
