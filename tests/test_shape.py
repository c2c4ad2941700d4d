"""The sizes and habits that keep the code easy to read; docs/contributing.md says why."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "tidings"
MODULES = sorted(PACKAGE.rglob("*.py"))
PURE = ("annotators", "errors", "extractors", "model", "ports", "reading", "story", "text")
PURE = (*PURE, "times", "urls", "posts", "idtimes")
CLOCK = {"now", "utcnow", "today", "monotonic", "perf_counter", "process_time", "time_ns"}
FILES = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "input"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def nodes(module: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(module.read_text(encoding="utf-8")))


def functions() -> Iterator[tuple[str, Function]]:
    for module in MODULES:
        for node in nodes(module):
            if isinstance(node, Function):
                yield f"{module.relative_to(PACKAGE)}:{node.lineno} {node.name}", node


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def called(node: ast.AST) -> str:
    """The last part of a called name, of ``a.b.c()`` hence ``c``; empty for all else."""
    match node:
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
            return name
    return ""


def is_resource(module: Path) -> bool:
    return "importlib.resources" in module.read_text(encoding="utf-8")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]


def test_modules_are_short() -> None:
    sizes = {str(m): len(m.read_text(encoding="utf-8").splitlines()) for m in MODULES}
    assert {name: size for name, size in sizes.items() if size > 300} == {}


def test_functions_are_short() -> None:
    sizes = {name: length(node) for name, node in functions()}
    assert {name: size for name, size in sizes.items() if size > 60} == {}
    assert sorted(sizes.values())[int(len(sizes) * 0.95)] <= 30


def test_functions_take_few_arguments() -> None:
    def count(node: Function) -> int:
        names = [a.arg for a in node.args.posonlyargs + node.args.args + node.args.kwonlyargs]
        return len([name for name in names if name not in ("self", "cls")])

    assert [name for name, node in functions() if count(node) > 5] == []


def test_module_names_say_what_is_inside() -> None:
    vague = {"utils", "util", "helpers", "common", "base", "core", "misc"}
    assert [m for m in MODULES if {m.stem, m.parent.name} & vague] == []


def test_pure_modules_read_no_clock_and_no_file() -> None:
    found = []
    for module in MODULES:
        parts = module.relative_to(PACKAGE).with_suffix("").parts
        if parts[0] in PURE:
            barred = CLOCK if is_resource(module) else CLOCK | FILES
            found += [f"{module}: {called(n)}" for n in nodes(module) if called(n) in barred]
    assert found == []


def is_broad(node: ast.AST) -> bool:
    """A handler that swallows everything; one that tidies up and raises again is none."""
    match node:
        case ast.ExceptHandler(body=[*_, ast.Raise(exc=None)]):
            return False
        case ast.ExceptHandler():
            pass
        case _:
            return False
    return node.type is None or bool(re.search(r"\b(Base)?Exception\b", ast.unparse(node.type)))


def test_one_broad_except_in_the_whole_code() -> None:
    found = [module for module in MODULES for node in nodes(module) if is_broad(node)]
    assert found in ([], [PACKAGE / "pipeline.py"])


@pytest.mark.parametrize(
    "words",
    [
        ("/", "work/"),  # paths of the machine that this was written on
        ("/", "root/"),
        ("pypi", ".org"),  # a mirror must do as well
        ("pythonhosted", ".org"),
    ],
    ids="".join,
)
def test_files_hold_no_machine_path_and_no_registry(words: tuple[str, ...]) -> None:
    needle = "".join(words).encode()
    assert [path for path in tracked() if needle in path.read_bytes()] == []


def test_stories_are_called_stories() -> None:
    places = [m for m in MODULES if m.relative_to(PACKAGE).parts[0] not in ("story", "executors")]
    said = re.compile(r"cluster", re.IGNORECASE)
    assert [m for m in places if said.search(m.read_text(encoding="utf-8"))] == []
