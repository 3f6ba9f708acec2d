"""Template decorators of a function and of the service; for the golden template."""

import sparta


def paged(context: sparta.TemplateContext) -> sparta.Fragment:
    """Add a parameter that names the function, and metadata."""
    name = sparta.Resource(
        "FunctionParameter",
        "AWS::SSM::Parameter",
        {"Type": "String", "Value": {"Ref": context.logical_id}},
    )
    return sparta.Fragment(
        resources=[name],
        metadata={"Owner": "orders", "Memory": context.properties["MemorySize"]},
        outputs={"Parameter": name.ref},
    )


def stamped(context: sparta.TemplateContext) -> sparta.Fragment:
    """Say whose it is."""
    return sparta.Fragment(outputs={"Owner": f"{context.service} of {len(context.logical_ids)}"})


@sparta.function(decorators=[paged])
def first() -> None:
    """Do nothing."""


@sparta.function()
def second() -> None:
    """Do nothing either."""


if __name__ == "__main__":
    sparta.main("Decorated", functions=[first, second], hooks=sparta.Hooks(decorate=[stamped]))
