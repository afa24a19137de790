"""Options of commands made from the list of settings, the file that gives them defaults, and where each value came from."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from pipeline.settings import FILE, FILE_VARIABLE, SETTINGS, SIZE, SWITCH, Setting, from_file

BY_VARIABLE = {setting.variable: setting for setting in SETTINGS.values()}


def option(setting: Setting[Any], *names: str) -> Any:
    """The option of a setting, under its own flag and under further names; for `Annotated[type, option(SETTING)] = SETTING.default`."""
    flag = f"{setting.flag}/--no-{setting.flag[2:]}" if setting.kind is SWITCH else setting.flag
    return typer.Option(flag, *names, **_told(setting))


def argument(setting: Setting[Any], metavar: str | None = None) -> Any:
    """A setting as a command's argument, which then counts as its flag."""
    return typer.Argument(**(_told(setting) | {"metavar": metavar or setting.name.upper()}))


def _told(setting: Setting[Any]) -> dict[str, Any]:
    default = setting.shown(setting.default) if setting.instead or setting.kind is SIZE else True
    told: dict[str, Any] = {"help": setting.meaning, "envvar": setting.variable, "show_default": default}
    return told if setting.kind is SWITCH else told | {"parser": _parser(setting), "metavar": setting.kind.metavar}


def _parser(setting: Setting[Any]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        try:
            return setting.kind.read(value)
        except ValueError as error:
            raise typer.BadParameter(f"{value!r} is not {setting.kind.called}") from error

    return read


def file_named(named: Path | None) -> Path | None:
    """The settings file: the one that is named (which must exist), else the one in the working folder, else none."""
    return named or (Path(FILE) if Path(FILE).exists() else None)


def take_defaults(context: typer.Context, named: Path | None) -> None:
    """Give every command below `context` the file's values as defaults. Raises BadSettings."""
    path = file_named(named)
    values = from_file(path) if path else {}
    context.obj = path
    commands: dict[str, Any] = getattr(context.command, "commands", {})
    context.default_map = {
        command: {param.name: values[setting.name] for param, setting in settings_of(found) if setting.name in values} for command, found in commands.items()
    }


def settings_of(command: Any) -> Iterator[tuple[Any, Setting[Any]]]:
    """Each parameter of a typer command that is a setting, whatever the command calls it, with that setting."""
    for param in command.params:
        if param.envvar in BY_VARIABLE:
            yield param, BY_VARIABLE[param.envvar]


def came_from(context: typer.Context, param: str) -> str:
    """Where the value of a parameter came from: `default`, the path of the file, the name of the variable, or the flag."""
    source = context.get_parameter_source(param)
    setting = next(setting for known, setting in settings_of(context.command) if known.name == param)
    told = {"COMMANDLINE": setting.flag, "ENVIRONMENT": setting.variable, "DEFAULT_MAP": str(context.find_root().obj)}
    return told.get(source.name if source else "", "default")


def takes_every_setting(function: Callable[..., int]) -> Callable[..., int]:
    """The function, for typer, with one option for each setting after its own parameters."""
    own = [param for param in inspect.signature(function, eval_str=True).parameters.values() if param.kind is not param.VAR_KEYWORD]
    options = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=setting.default, annotation=Annotated[_type(setting), option(setting)])
        for name, setting in SETTINGS.items()
    ]
    function.__signature__ = inspect.Signature([*own, *options], return_annotation=int)  # type: ignore[attr-defined]
    return function


def _type(setting: Setting[Any]) -> Any:
    # What the parser makes is what arrives; typer asks only whether it is a switch.
    return bool if setting.kind is SWITCH else Any


def explained(error: TyperException) -> str:
    """The sentence of a wrong call. Of a setting's value it names the variable or the flag that gave it, whichever it was."""
    param, context = getattr(error, "param", None), getattr(error, "ctx", None)
    if param is None or context is None or param.envvar not in BY_VARIABLE or not error.message:
        return error.format_message()
    if context.get_parameter_source(param.name).name == "ENVIRONMENT":
        return f"{param.envvar}: {error.message}"
    return f"{param.metavar if param.param_type_name == 'argument' else max(param.opts, key=len)}: {error.message}"


Named = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", envvar=FILE_VARIABLE, help="The file of settings.", show_default=f"{FILE} where there is one")
]
