"""What is known of modules and callables: which imports and calls have no effect on a handler.

An entry is a claim: importing this module, or calling this with arguments that have no effect,
leaves nothing behind that another function of the application could see, but for time, memory and
`sys.modules`. docs/slicing.md tells users the same.
"""

from __future__ import annotations

import sys

WITH_EFFECTS = {
    "__main__",
    "antigravity",
    "idlelib",
    "lib2to3",
    "readline",
    "rlcompleter",
    "site",
    "sitecustomize",
    "test",
    "this",
    "tkinter",
    "turtle",
    "turtledemo",
    "usercustomize",
}
STANDARD = frozenset(sys.stdlib_module_names) - WITH_EFFECTS
THIRD_PARTY = frozenset(
    [
        *("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "urllib3", "requests"),
        *("httpx", "numpy", "pandas", "pydantic", "pydantic_core", "msgspec", "orjson"),
        *("sparta", "troposphere", "typing_extensions"),
    ]
)
EXPENSIVE_STANDARD = frozenset(
    [
        *("asyncio", "concurrent", "csv", "ctypes", "dataclasses", "decimal", "difflib", "email"),
        *("fractions", "ftplib", "http", "imaplib", "inspect", "logging", "multiprocessing"),
        *("pathlib", "pydoc", "shutil", "smtplib", "sqlite3", "ssl", "statistics", "subprocess"),
        *("tarfile", "tempfile", "tomllib", "unittest", "urllib", "uuid", "xml", "xmlrpc"),
        *("zipfile", "zoneinfo"),
    ]
)
"""Those of the standard library that are worth a slice: five milliseconds and more each."""
NOT_WORTH_A_SLICE = frozenset({"sparta", "typing_extensions"})

_BUILTIN_CALLS = (
    "bool bytes complex dict float frozenset int list object property range set slice staticmethod "
    "classmethod str tuple ArithmeticError AssertionError AttributeError Exception KeyError "
    "LookupError NotImplementedError OSError RuntimeError TypeError ValueError"
)
_CALLS = (
    "sparta.Function sparta.HttpApi sparta.Resource sparta.Statement sparta.Grant sparta.function "
    "sparta.http_handler sparta.main sparta.schedule "
    "boto3.client boto3.resource boto3.Session boto3.session.Session botocore.config.Config "
    "collections.ChainMap collections.Counter collections.OrderedDict collections.defaultdict "
    "collections.deque collections.namedtuple contextvars.ContextVar dataclasses.field "
    "datetime.date datetime.datetime datetime.time datetime.timedelta datetime.timezone "
    "decimal.Decimal enum.auto fractions.Fraction functools.partial itertools.count "
    "logging.getLogger operator.attrgetter operator.itemgetter os.environ.get os.getenv "
    "pathlib.Path pathlib.PurePath "
    "pathlib.PurePosixPath pydantic.ConfigDict pydantic.Field pydantic.PrivateAttr re.compile "
    "threading.Lock threading.RLock threading.local types.MappingProxyType types.SimpleNamespace "
    "typing.NamedTuple typing.NewType typing.ParamSpec typing.TypeVar typing.TypeVarTuple "
    "typing.TypedDict typing.cast uuid.UUID zoneinfo.ZoneInfo"
)
PURE_CALLS = frozenset(_CALLS.split()) | {f"builtins.{name}" for name in _BUILTIN_CALLS.split()}
PURE_PREFIXES = ("sparta.aws.", "sparta.cfn.", "sparta.iam.", "troposphere.")
"""All classes and functions below these only make values."""

PURE_DECORATORS = frozenset(
    [
        "abc.abstractmethod",
        "builtins.classmethod",
        "builtins.property",
        "builtins.staticmethod",
        "contextlib.asynccontextmanager",
        "contextlib.contextmanager",
        "dataclasses.dataclass",
        "enum.unique",
        "functools.cache",
        "functools.cached_property",
        "functools.lru_cache",
        "functools.singledispatch",
        "functools.total_ordering",
        "functools.wraps",
        "pydantic.computed_field",
        "pydantic.field_serializer",
        "pydantic.field_validator",
        "pydantic.model_serializer",
        "pydantic.model_validator",
        "sparta.function",
        "sparta.http_handler",
        "typing.final",
        "typing.overload",
        "typing.override",
        "typing.runtime_checkable",
    ]
)
PURE_BASES = frozenset(
    [
        "abc.ABC",
        "enum.Enum",
        "enum.Flag",
        "enum.IntEnum",
        "enum.IntFlag",
        "enum.StrEnum",
        "msgspec.Struct",
        "pydantic.BaseModel",
        "sparta.Model",
        "typing.Generic",
        "typing.NamedTuple",
        "typing.Protocol",
        "typing.TypedDict",
    ]
)
PURE_METACLASSES = frozenset({"abc.ABCMeta"})
SUBSCRIPTED = ("builtins.", "collections.", "typing.", "sparta.")
"""What stands before `[...]` in a type: `os.environ[...]` may fail, `list[int]` does not."""
NOT_SUBSCRIPTED = frozenset({"builtins.__dict__", "sparta.metric"})

OWNERS_WITHOUT_STATE = ("sparta.aws.", "sparta.cfn.", "sparta.iam.", "sparta.Resource", "boto3.")
"""Values of these are changed by none of the methods that are called on them."""
OWNERS = (*OWNERS_WITHOUT_STATE, "sparta.HttpApi", "troposphere.")
"""Methods of these return values or change nothing but what they are called on."""


def canonical(dotted: str) -> str:
    """Return the one name of something that Sparta or typing have under two names."""
    for other, one in (("sparta.native", "sparta"), ("typing_extensions", "typing")):
        if dotted == other or dotted.startswith(other + "."):
            return one + dotted[len(other) :]
    return dotted


def is_pure_call(dotted: str) -> bool:
    """Say whether calling `dotted` has no effect, if its arguments have none."""
    name = dotted.rpartition(".")[2]
    return dotted in PURE_CALLS or (dotted.startswith(PURE_PREFIXES) and name[:1].isupper())
