"""An application with hooks, decorators, interceptors, commands and flags of its own."""

from __future__ import annotations

from typing import Any

import sparta


class Order(sparta.Model):
    sku: str


class Seen(sparta.Interceptor):
    """Writes down what passes."""

    def before_decode(self, event: Any, context: Any) -> None:
        sparta.logger.info("before_decode")

    def after_dispatch(self, result: Any, context: Any) -> Any:
        return {**result, "seen_by": context.function_name}

    def on_error(self, error: Exception, context: Any) -> None:
        sparta.logger.error(f"on_error {error}")


def alarmed(context: sparta.TemplateContext) -> sparta.Fragment:
    """Add a topic of the function's own, and say who made it."""
    topic = sparta.Resource(f"{context.logical_id[:5]}Topic", "AWS::SNS::Topic")
    return sparta.Fragment(
        resources=[topic], metadata={"by": context.service}, outputs={"OwnTopic": topic.ref}
    )


@sparta.function(interceptors=[Seen()], decorators=[alarmed])
def order(request: sparta.Request[Order]) -> dict[str, str]:
    if request.body.sku == "bad":
        raise ValueError("a bad order")
    with open("rules/discounts.json") as rules:
        return {"sku": request.body.sku, "rules": rules.read()}


@sparta.function(interceptors=[Seen()])
async def later(event: dict[str, str]) -> dict[str, str]:
    return event


if __name__ == "__main__":
    import click

    def told(name: str) -> Any:
        def hook(context: sparta.WorkflowContext) -> None:
            click.echo(f"HOOK {name} {context.values['stage']} {sorted(context.values)}")
            context.values[name] = True
            context.on_failure(lambda _: click.echo(f"UNDO {name}"))

        return hook

    def discounts(context: sparta.WorkflowContext, archive: sparta.ArchiveFiles) -> None:
        """Add the stage's rules to the archive."""
        archive.add("rules/discounts.json", context.values["stage"])

    def short(context: sparta.WorkflowContext, template: Any) -> None:
        """Refuse what is too large for this application."""
        if len(template["Resources"]) > context.values["most"]:
            raise ValueError(f"{len(template['Resources'])} resources are too many")
        template.clear()

    @click.command("greet")
    @click.option("--who", default="you")
    def greet(who: str) -> None:
        """Greet somebody."""
        click.echo(f"hello {who}")

    sparta.main(
        "Hooks",
        "Has hooks",
        functions=[order, later],
        hooks=sparta.Hooks(
            before_build=[told("before_build")],
            after_build=[told("after_build")],
            archive=[discounts],
            before_template=[told("before_template")],
            decorate=[lambda context: sparta.Fragment(outputs={"Service": context.service})],
            after_template=[told("after_template")],
            validate=[short],
            rollback=[told("rollback")],
            values={"kept": 1},
        ),
        commands=[greet],
        flags=[
            click.Option(["--stage"], default="dev", help="Which stage it is for."),
            click.Option(["--most"], type=int, default=100),
        ],
    )
