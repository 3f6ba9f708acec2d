"""What a function costs before and while it answers: CPU time, wall time, memory.

    subject, regime ──> start.measure ──> Sample          (one start)
    turns.turns(all of them, rounds) ──> samples ──> spread.spread

Used by `sparta bench` and by the project's own benchmarks. A start is served by
`sparta.local.runtime_api`; nothing in here imports the application.
"""
