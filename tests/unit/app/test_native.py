"""The opt-in: `sparta.native` is `sparta` under another name, and loads no library."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import sparta
import sparta.native

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = """
import sys
import {imported} as sparta
hello = sparta.Function(lambda: "hi", name="hello")
if __name__ == "__main__":
    import sparta.entry as entry
    from sparta.app.application import application_of
    made = []
    entry.capture = made.append
    sparta.main("Shop", functions=[hello])
    assert not [name for name in sys.modules if name.endswith("_sparta")]
    for chosen in (None, "python", "native"):
        print(application_of(made[0], runtime=chosen).runtime)
"""


def test_the_same_objects_under_the_same_names() -> None:
    assert sparta.native.__all__ == sparta.__all__
    for name in sparta.__all__:
        assert getattr(sparta.native, name) is getattr(sparta, name)


@pytest.mark.parametrize(
    ("imported", "chosen"),
    [("sparta", "python python native"), ("sparta.native", "native python native")],
)
def test_the_import_chooses_the_runtime_and_an_argument_overrides_it(
    tmp_path: Path, imported: str, chosen: str
) -> None:
    file = tmp_path / "app.py"
    file.write_text(
        SOURCE.format(imported=imported).replace("import sparta as sparta", "import sparta")
    )
    run = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, check=False)
    assert run.stdout.split() == chosen.split(), run.stderr
