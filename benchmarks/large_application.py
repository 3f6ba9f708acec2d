"""What an application of 100 functions and 100 resources costs at each cold start.

    .venv/bin/python benchmarks/large_application.py [ROUNDS]

The archive's own files are imported by fresh interpreters inside a pretended Lambda: the bare one,
one that imports `sparta`, one that imports the application, in turn. CPU time, the median of all
rounds; half of the resources are typed ones of `sparta.cfn`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from sparta.package import native_source
from sparta.package.cfn_services import services_named
from sparta.package.join import joined
from sparta.package.packaged import APPLICATION, PackagedFile

COUNT = 100
GOAL_MS = 5.0
HEAD = """\
import sparta
from sparta import events
from sparta.aws import Bucket, Queue, Table, Topic
from sparta.cfn import cloudwatch, dynamodb, sns, sqs, ssm

"""
TYPED_TABLE = """\
r{0} = dynamodb.Table("R{0}", KeySchema=[{{"AttributeName": "id", "KeyType": "HASH"}}],
    AttributeDefinitions=[{{"AttributeName": "id", "AttributeType": "S"}}],
    BillingMode="PAY_PER_REQUEST")
"""
RESOURCES = (
    'r{0} = Table("R{0}", key="id")\n',
    TYPED_TABLE,
    'r{0} = Queue("R{0}")\n',
    'r{0} = sqs.Queue("R{0}", VisibilityTimeout=60)\n',
    'r{0} = Bucket("R{0}")\n',
    'r{0} = ssm.Parameter("R{0}", Type="String", Value=f"{{r0.name}}-{0}")\n',
    'r{0} = Topic("R{0}")\n',
    'r{0} = sns.Topic("R{0}", DisplayName="News {0}")\n',
)
FUNCTION = """
@sparta.function(memory_mb=256, uses=[{uses}])
def f{0}(event: dict[str, object], context: sparta.Context) -> dict[str, str]:
    return {{}}

"""


def source(count: int = COUNT) -> str:
    """Return an application with that many functions and resources."""
    text = [HEAD]
    kinds = len(RESOURCES)
    text += [RESOURCES[number % kinds].format(number) for number in range(count)]
    for number in range(count):
        table = number // kinds * kinds
        text.append(FUNCTION.format(number, uses=f'r{table}.grant("PutItem")'))
    functions = ", ".join(f"f{number}" for number in range(count))
    text.append(f'sparta.main("Large", functions=[{functions}])\n')
    return "".join(text)


def write(folder: Path) -> None:
    """Write the application and the run-time modules into a folder, compiled, as an archive has."""
    text = source()
    services = services_named([PackagedFile("app.py", APPLICATION, content=text.encode())])
    for name, content in {**joined(native_source.PACKAGE, services), "app.py": text}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    compile_all = [sys.executable, "-m", "compileall", "-q", "--invalidation-mode"]
    subprocess.run([*compile_all, "unchecked-hash", str(folder)], check=True)


def cpu_ms(folder: Path, statement: str) -> float:
    """Return the CPU time of one interpreter from its start to its end, in ms."""
    environment = {"AWS_LAMBDA_RUNTIME_API": "127.0.0.1:9", "LAMBDA_TASK_ROOT": str(folder)}
    code = f"import sys; sys.path.insert(0, {str(folder)!r}); {statement}; import os; os._exit(0)"
    child = subprocess.Popen([sys.executable, "-I", "-S", "-c", code], env=environment)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{statement} failed")
    return (usage.ru_utime + usage.ru_stime) * 1000


def measured(rounds: int) -> dict[str, float]:
    """Return the median CPU time of each row, in ms; the rows take turns."""
    rows = {
        "bare interpreter": "pass",
        "import sparta": "import sparta",
        "application": "import app",
    }
    found: dict[str, list[float]] = {name: [] for name in rows}
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
        for _ in range(rounds):
            for name, statement in rows.items():
                found[name].append(cpu_ms(Path(folder), statement))
    return {name: median(values) for name, values in found.items()}


def main() -> None:
    """Print the table."""
    rows = measured(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
    bare = rows["bare interpreter"]
    for name, value in rows.items():
        print(f"{name:20} {value:6.2f} ms   {value - bare:+6.2f} ms")
    print(f"goal: at most {GOAL_MS:.0f} ms of CPU over the bare interpreter")


if __name__ == "__main__":
    main()
