"""How much of a core a subject gets, before its first `/next` and after it.

Lambda runs init on a full core whatever the memory, and events at the memory's share of one:
1,769 MB is one core. Source:
https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
"""

from __future__ import annotations

from dataclasses import dataclass

PERIOD_US = 20_000
"""Of the CPU quota: a share of 0.072 is 1,440 us in every 20,000 us."""
CORE_MB = 1769
MEMORY_SIZES_MB = (128, 512, 1024, 1769)


@dataclass(frozen=True, slots=True)
class Regime:
    """Shares of one core (0.072 is 7.2 %); None does not limit.

    Args:
        name: What tables call it.
        init_share: From exec to the first `/next`.
        invoke_share: From there on.
    """

    name: str
    init_share: float | None
    invoke_share: float | None

    @property
    def throttles(self) -> bool:
        """Whether it limits anything, and so needs a cgroup."""
        return self.init_share is not None or self.invoke_share is not None


def share_of(memory_mb: int) -> float:
    """Return the share of one core that a memory size gives, at most the whole of it."""
    return min(1.0, round(memory_mb / CORE_MB, 3))


def on_demand(memory_mb: int) -> Regime:
    """Return E1 at a memory size: init on a full core, events at the memory's share."""
    return Regime(f"E1 {memory_mb:,} MB", None, share_of(memory_mb))


FULL = Regime("full core", None, None)
E1 = on_demand(128)
"""An on-demand cold start at 128 MB."""
E2 = Regime("E2 128 MB", share_of(128), share_of(128))
"""Throttled from exec on: provisioned concurrency, an init that is run again."""
