"""A ministack that is not the one we know is refused before anything in it is replaced."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sparta.errors import LocalError
from sparta.local import launch
from sparta.local.ministack_hooks import check


def test_every_missing_or_changed_function_is_listed() -> None:
    hooks = (
        ("json", "dumps_all", ("obj",)),
        ("json", "load", ("fp", "strict")),
        ("shutil", "disk_usage", ("path",)),
    )
    with pytest.raises(LocalError) as caught:
        check(hooks)
    assert [problem.where for problem in caught.value.problems] == ["json.dumps_all", "json.load"]
    assert "no such function" in str(caught.value)
    assert "not ('fp', 'strict')" in str(caught.value)


def test_the_child_needs_the_standard_library_only_and_not_the_users_sparta() -> None:
    script = (
        "import sys; sys.argv = ['launch.py', '--help']; import runpy\n"
        f"try: runpy.run_path({launch.__file__!r}, run_name='__main__')\n"
        "except SystemExit: pass\n"
        "names = {name.partition('.')[0] for name in sys.modules} - set(sys.stdlib_module_names)\n"
        "print(sorted(name for name in names if not name.startswith('_')))\n"
        "print(hasattr(sys.modules['sparta'], 'main'))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-2:] == ["['sparta']", "False"]
