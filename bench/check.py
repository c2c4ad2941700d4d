"""Runs benches and holds their figures against bench/floors.json.

    python bench/check.py [BENCH ...]

Ends with 1 where a figure lies below its floor; a bench whose data is missing is told as skipped.
A floor names a figure by its path in the bench's JSON; floors only rise.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def main() -> None:
    floors: dict[str, dict[str, Any]] = json.loads((HERE / "floors.json").read_text())
    chosen = sys.argv[1:] or list(floors)
    unknown = set(chosen) - set(floors)
    if unknown:
        raise SystemExit(f"no floors for {sorted(unknown)}; there are: {sorted(floors)}")
    is_low = False
    for name in chosen:
        for line in hold(name, floors[name]):
            print(json.dumps(line))
            is_low = is_low or line.get("ok") is False
    sys.exit(1 if is_low else 0)


def hold(name: str, floor: dict[str, Any]) -> list[dict[str, Any]]:
    """One line a figure."""
    command = [sys.executable, str(HERE / f"{floor['bench']}.py"), *floor["options"]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return [{"bench": name, "ok": False, "error": done.stderr.strip().splitlines()[-1:]}]
    report = json.loads(done.stdout)
    if "skipped" in report:
        return [{"bench": name, "skipped": report["skipped"]}]
    return [
        {
            "bench": name,
            "figure": path,
            "is": find(report, path),
            "floor": least,
            "ok": find(report, path) >= least,
        }
        for path, least in floor["floors"].items()
    ]


def find(report: Any, path: str) -> float:
    """``day.bcubed.f1`` → the number there. Raises KeyError."""
    for key in path.split("."):
        report = report[int(key)] if isinstance(report, list) else report[key]
    return float(report)


if __name__ == "__main__":
    main()
