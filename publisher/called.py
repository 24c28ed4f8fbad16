"""What templates call while a page is made, once they are compiled by `publisher/quicker.py`.

Each is what Jinja2 has for it, without asking what is known.
"""

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from decimal import Decimal
from functools import partial
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

import markupsafe
from jinja2 import Environment
from jinja2.runtime import Context, Macro, markup_join
from jinja2.utils import missing
from markupsafe import Markup, escape

from publisher.repeated import Repeated
from publisher.words import Words

_NUMBERS = frozenset({int, float, Decimal})
_PLAIN = (FunctionType, BuiltinFunctionType, MethodType)
_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", None) or (lambda text: str(escape(text)))
"""What the library itself calls, where it has it: `escape` without a `Markup` made of it."""


def escaped(value: Any) -> str:
    """`escape` for text that is joined to other text at once, so that nobody asks whether it is safe already."""
    kind = type(value)
    if kind is str:
        return _text(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    if kind in _NUMBERS:
        return str(value)
    return escape(value)


def called(context: Context, what: Any, /, *given: Any, **named: Any) -> Any:
    """`Context.call`, without asking what is known."""
    kind = type(what)
    if kind is Macro:
        count, function = what.direct
        if named or len(given) > count or not context.eval_ctx.autoescape:
            return what(context.eval_ctx, *given, **named)
        return Markup(function(*given))  # noqa: S704  (as the macro itself marks it)
    if kind is Words or (kind in _PLAIN and not hasattr(what, "jinja_pass_arg")):
        return what(*given, **named)
    return context.call(what, *given, **named)


def shown(context: Context, what: Any, /, *given: Any, **named: Any) -> str:
    """As it is printed."""
    return escaped(called(context, what, *given, **named))


def direct(context: Context, what: Any) -> Callable[..., Any]:
    """What a call without names calls: mostly a function that was given to the page."""
    return what if type(what) is FunctionType and not what.__dict__ else partial(called, context, what)


def printer(context: Context, what: Any, count: int) -> Callable[..., str]:
    """`shown`, for that many values in order: mostly the function of a macro, which is there to be called at once."""
    if type(what) is Macro and count <= what.direct[0]:  # type: ignore[attr-defined]
        return what.direct[1]  # type: ignore[attr-defined, no-any-return]
    return partial(shown, context, what)


def made(macro: Macro) -> Macro:
    """Notes how many values its function takes, which fills in those it is not given; -1: it takes more than values."""
    function = macro._func  # noqa: SLF001
    count = -1 if macro.caller or macro.catch_varargs or macro.catch_kwargs else len(macro.arguments)
    if count > 0:
        function.__defaults__ = (missing,) * count
    macro.direct = count, function  # type: ignore[attr-defined]
    return macro


def kept(environment: Environment, template: str, macro: Macro) -> Macro:
    """A macro that prints the same for a noun on many pages, and need not be asked again."""
    made(macro)
    repeated = environment.repeated if isinstance(environment, Plain) else None
    if repeated:
        count, function = macro.direct  # type: ignore[attr-defined]
        macro.direct = count, repeated.of(template, macro.name, function)  # type: ignore[attr-defined]
    return macro


class Said(dict[str, str]):
    """Words by their key, ready to be printed."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def __missing__(self, key: str) -> str:
        text = self[key] = escaped(self._words(key))
        return text


def worded_by(environment: Environment) -> Mapping[str, Callable[..., str]]:
    """Filters that give text for a noun, ready to be printed."""
    return environment.worded if isinstance(environment, Plain) else {}


def joined(parts: Sequence[Any]) -> str:
    """`markup_join` of text in which nothing is marked as safe."""
    for one in parts:
        if type(one) is not str and (not isinstance(one, str) or hasattr(one, "__html__")):
            return markup_join(parts)
    return "".join(parts)


def filled(forms: Sequence[str], /, **values: Any) -> str:
    """Words that have a form for one and a form for many."""
    return forms[0 if values["n"] == 1 else 1].format(**values)


def imported(environment: "Plain", name: str, parent: str | None, context: Context) -> Any:
    """A template imported without a context is made once; nobody here gives a template globals of its own."""
    template = environment.get_template(name, parent)
    return template._module or environment.lasting(template._get_default_module, context)  # noqa: SLF001


class Passing(Context):
    """The names of a template on one page.

    Macros are among them, and each macro knows them all: rings, for which Python would have to look among everything
    that it holds. That took a fortieth of a build, and the rings of hundreds of pages were in memory until then.
    """

    def __init__(self, environment: "Plain", *given: Any, **named: Any) -> None:
        super().__init__(environment, *given, **named)
        environment.passing.append(self)


class Plain(Environment):
    """Its templates have its globals and none of their own, so that nothing is asked of both for each page."""

    context_class = Passing

    def __init__(self, *given: Any, **named: Any) -> None:
        self.passing: list[Passing] = []
        """Of the page that was begun last."""
        self.worded: dict[str, Callable[..., str]] = {}
        self.repeated: Repeated | None = None
        super().__init__(*given, **named)

    def lasting(self, make: Callable[..., Any], *given: Any) -> Any:
        """What is made of templates for all pages."""
        of_page, self.passing = self.passing, []
        try:
            return make(*given)
        finally:
            self.passing = of_page

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Of a noun its part: that it has none by numbers or keys need not be tried first."""
        if type(argument) is str and not hasattr(type(obj), "__getitem__"):
            part = getattr(obj, argument, missing)
            if part is not missing:
                return part
        return super().getitem(obj, argument)

    def begin(self, above: str | None) -> None:
        """A page begins, from which the way up to the site is that; the one before it was made."""
        if self.repeated:
            self.repeated.begin(above)
        for one in self.passing:
            one.vars.clear()
        self.passing.clear()

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals
