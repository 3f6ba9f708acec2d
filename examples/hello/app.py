"""The smallest application: one function that greets."""

import sparta


def hello_world() -> str:
    """Answer every event with a greeting."""
    return "Hello World 🌏"


hello = sparta.Function(hello_world, name="Hello world test")

if __name__ == "__main__":
    sparta.main(
        "SpartaHelloWorld",
        "Simple Sparta application that creates a single AWS Lambda function",
        functions=[hello],
    )
