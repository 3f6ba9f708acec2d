from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.golden_client.intended import INTENDED

if TYPE_CHECKING:
    from tests.golden_client.conftest import Golden

HERE = Path(__file__).parent
APPLYING = set(range(1, 69)) - {66, 67}
"""Points of AWS's client that have a case here; `test_points_process.py` says why these two not."""


def test_every_difference_has_a_reason(intended: dict[str, str]) -> None:
    assert [name for name, reason in intended.items() if len(reason) < 20] == []


def test_every_difference_was_met(request: pytest.FixtureRequest) -> None:
    run = {item.path for item in request.session.items if item.path.parent == HERE}
    chosen = request.config.option
    is_part = chosen.keyword or chosen.markexpr or chosen.deselect
    if is_part or run != set(HERE.glob("test_*.py")):
        pytest.skip("only where all the tests of this folder run")
    assert set(INTENDED) - INTENDED.met == set(), "nothing differs so any more, or no test sees it"


def test_every_point_has_a_case() -> None:
    names = re.findall(r"def test_((?:c\d\d_)+)", "".join(p.read_text() for p in HERE.glob("*.py")))
    assert {int(point) for name in names for point in re.findall(r"\d\d", name)} == APPLYING


def test_python_variables(golden: Golden, intended: dict[str, str]) -> None:
    assert intended["python variables"]
    source = "import sys\ndef handler(*_):\n    return sys.flags.optimize\n"
    aws, core = golden.run(source, PYTHONOPTIMIZE="1")
    assert (aws.values, core.values) == ([1], [0])


def test_runtime_modules(golden: Golden, intended: dict[str, str]) -> None:
    assert intended["runtime modules"]
    aws, core = golden.run("import sys\ndef handler(*_):\n    return 'json' in sys.modules\n")
    assert (aws.values, core.values) == ([True], [False])


def test_a_response_that_is_too_large(golden: Golden, intended: dict[str, str]) -> None:
    assert intended["too large"]
    assert intended["refused post"]
    aws, core = golden.run("def handler(event, _): return 'x' * event", b"7000000", b"1")
    assert (aws.kinds, aws.status) == (["error", "exit"], 1)
    assert (core.kinds, core.status) == (["error", "response"], None)
    (theirs, ours) = (json.loads(seen.outcomes[0].body)["errorType"] for seen in (aws, core))
    assert theirs == ours == "Function.ResponseSizeTooLarge"
