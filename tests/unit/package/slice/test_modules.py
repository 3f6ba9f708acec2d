"""Several modules of one application: what they ask of each other decides what may go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sparta.package.slice.slicing import Slice

if TYPE_CHECKING:
    from tests.unit.package.slice.conftest import Slicer

APP = """import boto3
import reports

CLIENT = boto3.client("s3")
LIMIT = 5


def other(event):
    return CLIENT, reports.total


def handler(event):
    return event
"""


def test_own_module_without_effects_goes(slicer: Slicer) -> None:
    text = slicer.text({"app.py": APP, "reports.py": "import pandas\n\n\ndef total():\n    pass\n"})
    assert "import reports" not in text
    assert "import boto3" not in text


@pytest.mark.parametrize(
    "reports",
    [
        "print('imported')\n",
        "import registry\n",
        "from registry import *\n",
        "import sys\nsys.path.append('x')\n",
        "def broken(:\n",
        "import no_such_library\n",
    ],
)
def test_own_module_with_effects_stays(slicer: Slicer, reports: str) -> None:
    files = {"app.py": APP, "reports.py": reports, "registry.py": "SEEN = []\nSEEN.append(1)\n"}
    assert "import reports" in slicer.text(files)


REGISTRY = {
    "jobs/__init__.py": "",
    "jobs/registry.py": "ALL = []\n",
    "jobs/models.py": "from jobs.registry import ALL\nALL.append('model')\n",
    "jobs/glue.py": "from jobs import models\n",
}


@pytest.mark.parametrize(
    "line", ["from jobs import models", "from jobs import glue", "from jobs import registry, glue"]
)
def test_submodule_with_effects_stays(slicer: Slicer, line: str) -> None:
    app = APP.replace("import reports", line).replace("reports.total", "1")
    assert line in slicer.text({"app.py": app, **REGISTRY})
    assert line not in slicer.text({"app.py": app, **REGISTRY, "jobs/models.py": "X = 1\n"})


def test_relative_submodule_with_effects_stays(slicer: Slicer) -> None:
    glue = {"jobs/glue.py": "from . import models\n"}
    app = APP.replace("import reports", "from jobs import glue").replace("reports.total", "1")
    assert "from jobs import glue" in slicer.text({"app.py": app, **REGISTRY, **glue})


def test_own_package_with_effects_stays(slicer: Slicer) -> None:
    app = APP.replace("import reports", "import jobs.reports as reports")
    files = {"app.py": app, "jobs/__init__.py": "print(1)\n", "jobs/reports.py": "def total(): 1\n"}
    assert "import jobs" in slicer.text(files)
    assert "import jobs" not in slicer.text(files | {"jobs/__init__.py": ""})


def test_own_module_hides_one_of_the_standard_library(slicer: Slicer) -> None:
    app = APP.replace("import reports", "import statistics as reports")
    assert "import statistics" not in slicer.text({"app.py": app})
    assert "import statistics" in slicer.text({"app.py": app, "statistics.py": "print(1)\n"})


def test_own_class_under_the_name_of_a_known_one(slicer: Slicer) -> None:
    head = "from decimal import Decimal\nimport boto3\n\nMADE = Decimal('1')\n"
    app = f"{head}\n\ndef handler(event):\n    return event\n"
    assert "MADE" not in slicer.text({"app.py": app})
    own = "class Decimal:\n    def __init__(self, text):\n        print(text)\n"
    assert "MADE" in slicer.text({"app.py": app, "decimal.py": own})


def test_modules_that_import_each_other_are_judged_with_care(slicer: Slicer) -> None:
    files = {
        "app.py": APP,
        "reports.py": "import others\n\n\ndef total():\n    pass\n",
        "others.py": "import reports\nprint('effect')\n",
    }
    assert "import reports" in slicer.text(files)


def test_name_that_another_module_imports_stays(slicer: Slicer) -> None:
    app = APP.replace("import reports", "import reports\nprint(reports)")
    text = slicer.text({"app.py": app, "reports.py": "from app import LIMIT\nprint(LIMIT)\n"})
    assert "LIMIT = 5" in text
    assert "CLIENT" not in text.replace("return CLIENT", "")


def test_name_that_is_imported_while_a_function_runs_stays(slicer: Slicer) -> None:
    app = APP.replace("import reports", "import reports\nprint(reports)")
    reports = "def total():\n    from app import CLIENT\n    return CLIENT\n"
    assert "CLIENT = boto3" in slicer.text({"app.py": app, "reports.py": reports})


def test_module_that_imports_from_itself_asks_too(slicer: Slicer) -> None:
    app = APP.replace("    return event", "    from app import LIMIT as found\n    return found")
    assert "LIMIT = 5" in slicer.text({"app.py": app, "reports.py": ""})
    itself = APP.replace("    return event", "    import app\n    return app.LIMIT")
    assert slicer.reason({"app.py": itself, "reports.py": ""}).startswith("app.py, line 13")


def test_relative_import_asks_too(slicer: Slicer) -> None:
    app = APP.replace("import reports", "from . import reports\nprint(reports)")
    files = {
        "jobs/__init__.py": "",
        "jobs/app.py": app,
        "jobs/reports.py": "from .app import LIMIT\n",
    }
    found = slicer.outcome(files, module="jobs.app")
    assert isinstance(found, Slice)
    assert b"LIMIT = 5" in found.content
    assert b"import boto3" not in found.content


@pytest.mark.parametrize(
    "reports",
    [
        "import app\n",
        "from app import *\n",
        "import importlib\nfound = importlib.import_module('app')\n",
        "import sys\nfound = vars(sys.modules['app'])\n",
        "def total(function):\n    return function.__globals__\n",
    ],
)
def test_module_that_is_reached_as_a_whole_is_left_alone(slicer: Slicer, reports: str) -> None:
    app = APP.replace("import reports", "import reports\nprint(reports)")
    assert slicer.reason({"app.py": app, "reports.py": reports}).startswith("reports.py, ")


def test_module_that_nothing_loads_asks_nothing(slicer: Slicer) -> None:
    text = slicer.text({"app.py": APP, "reports.py": "", "smoke.py": "import app\n"})
    assert "import boto3" not in text


def test_patch_by_another_module_counts(slicer: Slicer) -> None:
    app = APP.replace("import reports", "import reports\nprint(reports)")
    files = {"app.py": app, "reports.py": "import boto3\nboto3.client = print\n"}
    assert "CLIENT = boto3" in slicer.text(files)


def test_submodule_that_another_module_gets_by_the_way(slicer: Slicer) -> None:
    app = APP.replace("import reports", "import reports\nprint(reports)")
    reports = "import urllib\n\n\ndef total(text):\n    return urllib.parse.quote(text)\n"
    assert "urllib.parse is used" in slicer.reason({"app.py": app, "reports.py": reports})


def test_nothing_expensive_gained_leaves_the_module_alone(slicer: Slicer) -> None:
    source = "import json\nimport sparta\n\napi = sparta.HttpApi('x')\n\n\ndef handler(event): 1\n"
    found = slicer.outcome(source, always=False)
    assert not isinstance(found, Slice)
    assert "takes long to import" in found.reason
    assert isinstance(slicer.outcome(f"import boto3\n{source}", always=False), Slice)


def test_what_is_imported_anyway_is_no_gain(slicer: Slicer) -> None:
    app = APP.replace("import reports", "import reports\nprint(reports)")
    found = slicer.outcome({"app.py": app, "reports.py": "import boto3\n"}, always=False)
    assert not isinstance(found, Slice)


def test_standard_library_beside_a_package_that_stays_is_no_gain(slicer: Slicer) -> None:
    source = "import uuid\nimport boto3\n\n\ndef handler(event):\n    return boto3.client(event)\n"
    assert not isinstance(slicer.outcome(source, always=False), Slice)
    alone = source.replace("boto3", "json")
    assert isinstance(slicer.outcome(alone, always=False), Slice)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (b"# coding: latin-1\nimport boto3\nx = '\xe9'\ndef handler(event): 1\n", "encoding"),
        (b"import boto3\ndef handler(:\n", "cannot parse"),
        (b"import boto3\ndef other(event): 1\n", "nothing binds handler"),
    ],
)
def test_source_that_cannot_be_cut(slicer: Slicer, source: bytes, reason: str) -> None:
    found = slicer.outcome(source)
    assert not isinstance(found, Slice)
    assert reason in found.reason


def test_package_is_left_alone(slicer: Slicer) -> None:
    found = slicer.outcome({"jobs/__init__.py": APP}, module="jobs")
    assert not isinstance(found, Slice)


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_lines_and_their_ends_stay(slicer: Slicer, ending: str) -> None:
    source = b"\xef\xbb\xbf" + APP.replace("import reports\n", "").replace("\n", ending).encode()
    found = slicer.outcome(source.replace(b", reports.total", b""))
    assert isinstance(found, Slice)
    text = found.content.decode()
    assert text.count("\n") == source.count(b"\n")
    assert text.count("\r") == source.count(b"\r")
    assert text.split(ending).index("def handler(event):") == source.decode("utf-8-sig").split(
        ending
    ).index("def handler(event):")
