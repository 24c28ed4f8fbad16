"""Templates compiled to quicker code: same text, less time. Jinja2 foresees it: `Environment.code_generator_class`.

What costs most on a page of forty kilobytes, a thousand times over:
- words: `t("key")` is the same on every page of a language, so it is looked up and escaped when a template is compiled;
  of `t("key", n=one)` the words are looked up then, and only filled in later;
- escaping: every figure becomes a `Markup` only to be joined with text; what has no sign to escape is left as it is,
  and what a macro printed is not marked as safe only to be found safe;
- calls: Jinja2 asks of each one whether it wants the context; of a macro, the words and the addresses it is known;
- parts of nouns: Jinja2 has a function for `one.part`; here Python reads it, and that function only what it lacks.

Measured on 1,000 scorecards of 47 kB: 8.2 ms a page before the first of these, 5.1 with words, escaping and macros;
with the rest, and numbers worded once (`publisher/words.py`), 2.6 for 4.0 on a quicker machine.

The plain way stays what counts: a test renders whole sites both ways and compares them.
"""

from collections.abc import Callable, MutableMapping, Sequence
from decimal import Decimal
from keyword import iskeyword
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

import markupsafe
from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.runtime import Context, Macro, markup_join
from jinja2.tests import TESTS
from jinja2.utils import missing
from markupsafe import Markup, escape

from publisher.words import MissingWordsError, Words

WORDS = "t"
"""The global of the catalogue."""
_MODULE = "of_"
"""Before the name of a module that is a global."""
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
        text = None if named else _printed(context, what, given)
        # As the macro itself marks it.
        return what(context.eval_ctx, *given, **named) if text is None else Markup(text)  # noqa: S704
    if kind is Words or (kind in _PLAIN and not hasattr(what, "jinja_pass_arg")):
        return what(*given, **named)
    return context.call(what, *given, **named)


def shown(context: Context, what: Any, /, *given: Any, **named: Any) -> str:
    """`escaped(called(...))`: what a macro prints is not marked as safe only to be found safe."""
    text = _printed(context, what, given) if type(what) is Macro and not named else None
    return escaped(called(context, what, *given, **named)) if text is None else text


def _printed(context: Context, macro: Macro, given: Sequence[Any]) -> str | None:
    """What its function prints, which fills in what is not given; none where there is more to its call than that."""
    left = len(macro.arguments) - len(given)
    if left < 0 or macro.caller or macro.catch_varargs or macro.catch_kwargs or not context.eval_ctx.autoescape:
        return None
    return macro._func(*given, *((missing,) * left)) if left else macro._func(*given)  # noqa: SLF001


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
        super().__init__(*given, **named)

    def lasting(self, make: Callable[..., Any], *given: Any) -> Any:
        """What is made of templates for all pages."""
        of_page, self.passing = self.passing, []
        try:
            return make(*given)
        finally:
            self.passing = of_page

    def begin(self) -> None:
        """A page begins; the one before it was made."""
        for one in self.passing:
            one.vars.clear()
        self.passing.clear()

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


class Quicker(CodeGenerator):
    """Only writes other calls; what a template means is decided where it always is."""

    _whole: nodes.Expr | None = None
    """A call whose text is printed as it comes."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        self.writeline(f"from {__name__} import called, escaped, filled, imported, joined, shown")
        for name, one in self.environment.globals.items():
            if isinstance(one, ModuleType):
                self.writeline(f"import {one.__name__} as {_MODULE}{name}")
        super().visit_Template(node, frame)

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        text = self._words(node, frame)
        return super()._output_child_to_const(nodes.Const(text) if text is not None else node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not _escapes(frame) or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        elif isinstance(node, nodes.Call) and not self._known(node, frame):
            self._whole = node
            self.write("(")
        else:
            self.write("escaped(")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        text = self._words(node, frame)
        if text is not None:
            self.write(repr(text))
        elif known := self._known(node, frame):
            self._call(*known, node.kwargs, frame)
        else:
            self.write("shown(context, " if node is self._whole else "called(context, ")
            self.visit(node.node, frame)
            self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
            self.write(")")

    def _call(self, start: str, given: Sequence[nodes.Expr], named: Sequence[nodes.Keyword], frame: Frame) -> None:
        self.write(start)
        for one in (*given, *named):
            self.visit(one, frame)
            self.write(", ")
        self.write(")")

    def _known(self, node: nodes.Call, frame: Frame) -> tuple[str, Sequence[nodes.Expr]] | None:
        """How a call is written whose function is known, up to its arguments, and those of them that have no name."""
        if node.dyn_args or node.dyn_kwargs or any(iskeyword(one.key) for one in node.kwargs):
            return None
        forms = self._forms(node, frame)
        if forms:
            return (f"{forms[0]!r}.format(" if len(forms) == 1 else f"filled({forms!r}, "), ()
        place, function = self._of_module(node.node, frame)
        return (f"{place}(", node.args) if isinstance(function, FunctionType) else None

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        place, found = self._of_module(node, frame)
        if found is not None:
            self.write(place)
            return
        self.write("(part if (part := getattr((noun := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing else environment.getattr(noun, {node.attr!r}))")

    @optimizeconst
    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:  # noqa: N802
        if node.name != "none" or self.environment.tests.get("none") is not TESTS["none"] or node.args:
            super().visit_Test(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(" is None)")

    @optimizeconst
    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        if not _escapes(frame):
            super().visit_Concat(node, frame)
            return
        self._call("joined((", node.nodes, (), frame)
        self.write(")")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if node.with_context:
            super()._import_common(node, frame)
            return
        self.write("imported(environment, ")
        self.visit(node.template, frame)
        self.write(f", {self.name!r}, context)")

    def _of_module(self, node: nodes.Node, frame: Frame) -> tuple[str, Any]:
        """What stands under a name of a module of all templates, and how it is called; none if it is none of it."""
        name = node.node if isinstance(node, nodes.Getattr) else None
        if not (isinstance(node, nodes.Getattr) and isinstance(name, nodes.Name) and self._is_global(name, frame)):
            return "", None
        module = self.environment.globals.get(name.name)
        found = getattr(module, node.attr, None) if isinstance(module, ModuleType) else None
        return f"{_MODULE}{name.name}.{node.attr}", found

    def _forms(self, node: nodes.Call, frame: Frame) -> Sequence[str]:
        """The words of a call with a key and values; none where it fails as it always did, at its line."""
        words, key = self._key(node, frame)
        forms = words.messages.get(key, ()) if words and node.kwargs else ()
        if len(forms) > 1 and not any(one.key == "n" for one in node.kwargs):
            return ()
        return forms if forms and forms[0] else ()

    def _words(self, node: nodes.Node, frame: Frame) -> str | None:
        """What a call with nothing but a key says; a key without words fails where it always did, at its line."""
        if not isinstance(node, nodes.Call) or node.kwargs:
            return None
        words, key = self._key(node, frame)
        try:
            return words(key) if words else None
        except (MissingWordsError, KeyError, IndexError):
            return None

    def _key(self, node: nodes.Call, frame: Frame) -> tuple[Words | None, str]:
        """The catalogue and the key, where a call asks for words and says itself which."""
        words = self.environment.globals.get(WORDS)
        if not (isinstance(node.node, nodes.Name) and node.node.name == WORDS and self._is_global(node.node, frame)):
            return None, ""
        alone = len(node.args) == 1 and not (node.dyn_args or node.dyn_kwargs)
        key = node.args[0].value if alone and isinstance(node.args[0], nodes.Const) else None
        return (words, key) if isinstance(words, Words) and isinstance(key, str) else (None, "")

    def _is_global(self, node: nodes.Name, frame: Frame) -> bool:
        """A name that every template has, where this one has not given it to something else."""
        found = frame.symbols.find_ref(node.name)
        return found is not None and frame.symbols.find_load(found) == ("resolve", node.name)


def _escapes(frame: Frame) -> bool:
    """It is known, when a template is compiled, that it escapes."""
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile
