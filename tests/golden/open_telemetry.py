"""X-Ray by Lambda itself, and OpenTelemetry by its layer; for the golden template."""

import sparta

LAYER = "arn:aws:lambda:us-east-1:184161586896:layer:opentelemetry-python-0_16_0:1"


@sparta.function(tracing="Active")
def traced(event: dict[str, object]) -> str:
    """Have traces sampled by Lambda."""
    return "traced"


@sparta.function(layers=[LAYER], environment={"AWS_LAMBDA_EXEC_WRAPPER": "/opt/otel-instrument"})
def instrumented(event: dict[str, object]) -> str:
    """Have traces made by OpenTelemetry's wrapper."""
    return "instrumented"


if __name__ == "__main__":
    sparta.main("Traced", "Is traced", functions=[traced, instrumented])
