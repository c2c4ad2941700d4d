"""What the commands have in common: their options, and how they open the engine."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from tidings import settings
from tidings.engine import Engine
from tidings.errors import NotFound
from tidings.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])


def inherit(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
    """What the group was given holds for its commands: ``tidings stories --store X show ID``."""
    name = parameter.name or ""
    above = context.parent.params if context.parent else {}
    is_given = context.get_parameter_source(name) is not ParameterSource.DEFAULT
    return value if is_given or name not in above else above[name]


language_option = click.option(
    "--language", callback=inherit, help="Headlines in this language (en, uk, …) where there are."
)
limit_option = click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, callback=inherit
)


def shared(command: Command) -> Command:
    """The options that every command has."""
    for option in (
        click.option(
            "--quiet", is_flag=True, callback=inherit, help="Say nothing but results and errors."
        ),
        click.option(
            "--store",
            type=click.Path(path_type=Path),
            callback=inherit,
            help="The store's file.",
        ),
        click.option(
            "--json", "as_json", is_flag=True, callback=inherit, help="One JSON object a line."
        ),
    ):
        command = option(command)
    return command


def read_settings(store: Path | None) -> Settings:
    """Those in this folder, with the store that was named."""
    told = settings.read_settings(settings.SETTINGS_FILE)
    return told if store is None else replace(told, store=store)


def open_engine(store: Path | None) -> Engine:
    """Over a store that is there. Raises NotFound."""
    told = read_settings(store)
    if not told.has_store():
        raise NotFound(f"no store at {str(told.store)!r}; make one: tidings add PATH")
    return Engine(told)


def make_engine(store: Path | None, paths: Sequence[str]) -> Engine:
    """Over a store that is made where there is none. Raises WrongUse, and makes none, where one
    of ``paths`` is not there."""
    told = read_settings(store)
    told.has_store()  # raises where nobody could tell
    for _ in told.open_readers(paths):
        pass
    return Engine(told)


def name_command(words: str, engine: Engine, store: Path | None) -> str:
    """The command as it is typed, for the store that is open."""
    named = f" --store {shlex.quote(str(engine.settings.store))}" if store else ""
    return f"tidings {words}{named}"
