"""Templates compiled to quicker code: same text, less time. Jinja2 foresees it: `Environment.code_generator_class`.

What costs most on a page of forty kilobytes, a thousand times over:
- words: `t("key")` is the same on every page of a language, so it is looked up and escaped when a template is compiled;
  of `t("key", n=one)` the words are looked up then, and only filled in later;
- escaping: every figure becomes a `Markup` only to be joined with text; what has no sign to escape is left as it is,
  and what a macro printed is not marked as safe only to be found safe;
- calls: Jinja2 asks of each one whether it wants the context; of a macro, the words and the addresses it is known;
- parts of nouns: Jinja2 has a function for `one.part`; here Python reads it, and that function only what it lacks;
- what was asked before: `t(key)` and a figure, a day or a name by its filter are kept as they are printed.

Measured on 1,000 scorecards of 47 kB: 8.2 ms a page before the first of these, 5.1 with words, escaping and macros;
with the rest, and numbers worded once (`publisher/words.py`), 2.6 for 4.0 on a quicker machine; with macros called at
once and what was asked before as it is printed 2.6 for 3.0 on a slower one.

The plain way stays what counts: a test renders whole sites both ways and compares them.
"""

from collections.abc import Sequence
from keyword import iskeyword
from types import FunctionType, ModuleType
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef, optimizeconst
from jinja2.idtracking import VAR_LOAD_ALIAS, VAR_LOAD_RESOLVE
from jinja2.tests import TESTS

from publisher import called
from publisher.repeated import REPEATED
from publisher.words import MissingWordsError, Words

WORDS = "t"
"""The global of the catalogue."""
_MODULE, _GLOBAL, _SAID, _WORDED = "of_", "global_", "said_", "worded_"
"""Before the name of a module that is a global, of a global, of words by their key, and of a filter of known nouns."""
_CALLED = "Said, called, direct, escaped, filled, imported, joined, kept, made, printer, shown"


class Quicker(CodeGenerator):
    """Only writes other calls; what a template means is decided where it always is."""

    _whole: nodes.Expr | None = None
    """A call or a filter whose text is printed as it comes."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        self.writeline(f"from {called.__name__} import {_CALLED}")
        for name, one in self.environment.globals.items():
            if isinstance(one, ModuleType):
                self.writeline(f"import {one.__name__} as {_MODULE}{name}")
            if isinstance(one, ModuleType | Words):
                self.writeline(f"{_GLOBAL}{name} = environment.globals[{name!r}]")
            if isinstance(one, Words):
                self.writeline(f"{_SAID}{name} = Said({_GLOBAL}{name})")
        for name in sorted(called.worded_by(self.environment)):
            self.writeline(f"{_WORDED}{name} = environment.worded[{name!r}]")
        super().visit_Template(node, frame)

    def enter_frame(self, frame: Frame) -> None:
        """What is the same on all pages is not looked for each time that a macro is called."""
        for place, (action, name) in [*frame.symbols.loads.items()]:
            if action == VAR_LOAD_RESOLVE and isinstance(self.environment.globals.get(name or ""), ModuleType | Words):
                frame.symbols.loads[place] = (VAR_LOAD_ALIAS, f"{_GLOBAL}{name}")
        super().enter_frame(frame)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        name = getattr(macro_ref.node, "name", "")
        self.write(f"kept(environment, {self.name!r}, " if name in REPEATED.get(self.name or "", ()) else "made(")
        super().macro_def(macro_ref, frame)
        self.write(")")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        text = self._words(node, frame)
        return super()._output_child_to_const(nodes.Const(text) if text is not None else node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not _escapes(frame) or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        elif (isinstance(node, nodes.Call) and not self._known(node, frame)) or self._is_worded(node):
            self._whole = node
            self.write("(")
        else:
            self.write("escaped(")

    def _is_worded(self, node: nodes.Expr) -> bool:
        """A filter that is known to give text for a noun, with one thing besides at most."""
        if not isinstance(node, nodes.Filter) or node.name not in called.worded_by(self.environment):
            return False
        return not (node.node is None or node.kwargs or node.dyn_args or node.dyn_kwargs) and len(node.args) <= 1

    @optimizeconst
    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802
        if node is self._whole and node.node is not None:
            self._call(f"{_WORDED}{node.name}(", (node.node, *node.args), (), frame)
        else:
            super().visit_Filter(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        text = self._words(node, frame)
        if text is not None:
            self.write(repr(text))
        elif known := self._known(node, frame):
            self._call(*known, node.kwargs, frame)
        elif node is not self._whole or forward_caller or node.kwargs or node.dyn_args or node.dyn_kwargs:
            self.write("shown(context, " if node is self._whole else "called(context, ")
            self.visit(node.node, frame)
            self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
            self.write(")")
        else:
            self._print(node, frame)

    def _print(self, node: nodes.Call, frame: Frame) -> None:
        """A call with nothing but values in order, whose text is printed."""
        if self._is_words(node.node, frame) and len(node.args) == 1:
            self.write(f"{_SAID}{WORDS}[")
            self.visit(node.args[0], frame)
            self.write("]")
            return
        is_given = self._load(node.node, frame)[0] == VAR_LOAD_RESOLVE
        self.write("escaped(direct(context, " if is_given else "printer(context, ")
        self.visit(node.node, frame)
        self._call(")(" if is_given else f", {len(node.args)})(", node.args, (), frame)
        self.write(")" if is_given else "")

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
        if not self._is_words(node.node, frame):
            return None, ""
        words: Any = self.environment.globals[WORDS]
        alone = len(node.args) == 1 and not (node.dyn_args or node.dyn_kwargs)
        key = node.args[0].value if alone and isinstance(node.args[0], nodes.Const) else None
        return (words, key) if isinstance(key, str) else (None, "")

    def _is_words(self, node: nodes.Expr, frame: Frame) -> bool:
        known = isinstance(node, nodes.Name) and node.name == WORDS and self._is_global(node, frame)
        return known and isinstance(self.environment.globals.get(WORDS), Words)

    def _is_global(self, node: nodes.Name, frame: Frame) -> bool:
        """A name that every template has, where this one has not given it to something else."""
        known = (VAR_LOAD_RESOLVE, node.name), (VAR_LOAD_ALIAS, f"{_GLOBAL}{node.name}")
        return self._load(node, frame) in known

    def _load(self, node: nodes.Node, frame: Frame) -> tuple[str, str | None]:
        """How a name comes to its value, where it is not the template that gives it one."""
        found = frame.symbols.find_ref(node.name) if isinstance(node, nodes.Name) else None
        return (found and frame.symbols.find_load(found)) or ("", None)


def _escapes(frame: Frame) -> bool:
    """It is known, when a template is compiled, that it escapes."""
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile
