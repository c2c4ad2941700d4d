"""The documents tell the truth: the site builds, lists are whole, examples run."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from tidings.model import Ending, Reason, Role, Verb
from tidings.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ALL = sorted((ROOT / "README.md", *DOCS.glob("*.md")))


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^\w.-]", requirement, maxsplit=1)[0] for requirement in requirements}


def declared() -> set[str]:
    extras = PROJECT["optional-dependencies"].values()
    return names(PROJECT["dependencies"]).union(*map(names, extras))


def commands(page: Path) -> list[str]:
    blocks = CONSOLE.findall(page.read_text(encoding="utf-8"))
    lines = "\n".join(blocks).splitlines()
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ tidings ")]


def run(command: list[str], folder: Path) -> str:
    """What it printed; fails unless it ends with 0."""
    path = f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


def serve(folder: Path) -> None:
    """Starts the local page and ends it once it says where it is."""
    command = [f"{sysconfig.get_path('scripts')}/tidings", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        first = server.stdout.readline()
        server.terminate()
    assert "http://" in first


@cache
def find_ids(folder: Path) -> dict[str, str]:
    """What stands for STORY, ARTICLE and OTHER: ids that are held."""
    stories, articles = (
        [json.loads(line) for line in run(["tidings", listing, "--json"], folder).splitlines()]
        for listing in ("stories", "articles")
    )
    return {"STORY": stories[0]["story"], "ARTICLE": articles[0]["id"], "OTHER": articles[1]["id"]}


def fill(command: str, folder: Path) -> str:
    for word in ("STORY", "ARTICLE", "OTHER"):
        if word in command:
            command = command.replace(word, find_ids(folder)[word])
    return command


def lay_input(folder: Path) -> None:
    """The files that the examples name, made of our own example pages."""
    pages = folder / "saved-pages"
    shutil.copytree(ROOT / "src" / "tidings" / "examples", pages)
    with tarfile.open(folder / "day.tar.xz", "w:xz") as archive:
        for page in sorted(pages.iterdir()):
            archive.add(page, page.name)
    record = {"id": "a1", "headline": "A call", "body": "The ministers spoke on Tuesday."}
    (folder / "dump.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    (folder / "tidings.toml").write_text("processes = 1\n", encoding="utf-8")


def test_every_dependency_is_explained() -> None:
    rows = read("docs/dependencies.md").partition("## Looked at")[0]
    assert set(re.findall(r"^\| ([\w.-]+) \|", rows, re.MULTILINE)) - {"package"} == declared()


def imported() -> set[str]:
    """Top-level names of all modules that the package imports."""
    found: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found


LATER = {"compression"}
"""Of the standard library, in a newer Python."""


def test_every_import_is_declared() -> None:
    told = names(PROJECT["dependencies"])
    used = imported() - sys.stdlib_module_names - LATER - {"tidings"}
    owners = importlib.metadata.packages_distributions()  # an extra may be absent
    homes = {
        module: {owner.lower().replace(".", "-") for owner in owners.get(module, [module])}
        for module in used
    }
    assert {module for module, home in homes.items() if not home & told} == set()


def test_every_dependency_is_locked() -> None:
    lines = [line for line in read("requirements.lock").splitlines() if line[0] != "#"]
    assert [line for line in lines if "==" not in line] == []
    assert declared() <= names(lines)


def test_every_word_of_the_model_is_explained() -> None:
    words, formats = read("docs/words.md"), read("docs/formats.md")
    assert [verb for verb in (*Verb, *Ending) if verb not in words] == []
    assert [role for role in Role if role not in words] == []
    assert [reason for reason in Reason if f"| `{reason}` |" not in formats] == []


def test_every_setting_is_explained() -> None:
    keys = {setting.name for setting in fields(Settings)} - {"assign"}  # not in tidings.toml
    assert {key for key in keys if f"| `{key}` |" not in read("docs/formats.md")} == set()


def test_decisions_are_short() -> None:
    for page in (DOCS / "decisions").glob("*.md"):
        text = page.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 40, page
        headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert headings == ["Question", "Choice", "Given up", "What would change our mind"], page


def test_ci_runs_what_the_readme_says() -> None:
    command = read(".ci/run").splitlines()[-1]
    assert command in read("README.md")
    assert command in read("docs/contributing.md")


@pytest.mark.slow
@pytest.mark.parametrize("page", [p for p in ALL if commands(p)], ids=lambda page: page.name)
def test_examples_run(page: Path, tmp_path: Path) -> None:
    lay_input(tmp_path)
    for command in commands(page):
        if command.split()[1] == "serve":
            serve(tmp_path)
        else:
            run(["bash", "-c", fill(command, tmp_path)], tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(
    "page", [p for p in ALL if PYTHON.search(p.read_text())], ids=lambda page: page.name
)
def test_library_examples_run(page: Path, tmp_path: Path) -> None:
    lay_input(tmp_path)
    code = "\n".join(PYTHON.findall(page.read_text(encoding="utf-8")))
    (tmp_path / "example.py").write_text(code, encoding="utf-8")
    assert run([sys.executable, "example.py"], tmp_path)


@pytest.mark.slow
def test_site_builds(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(tmp_path)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
