"""ALB: rules of an existing listener, and of one of the application."""

from typing import Any

import sparta
from sparta import events, triggers

EXISTING = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/front/50dc/f2f7"
front = sparta.Resource(
    "Front",
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    {"Scheme": "internal", "Subnets": ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]},
)
listener = sparta.Resource(
    "Http",
    "AWS::ElasticLoadBalancingV2::Listener",
    {
        "DefaultActions": [
            {"FixedResponseConfig": {"StatusCode": "404"}, "Type": "fixed-response"}
        ],
        "LoadBalancerArn": front.ref,
        "Port": 80,
        "Protocol": "HTTP",
    },
)


@sparta.function(
    on=(
        triggers.alb(EXISTING, priority=10, paths=["/orders", "/orders/*"], methods=["GET"]),
        triggers.alb(EXISTING, priority=11, headers={"x-kind": ["a*"]}, multi_value_headers=False),
        triggers.alb(listener, priority=1, hosts=["*.example.com"], health_check="/health"),
    )
)
def answer(event: events.Alb) -> dict[str, Any]:
    """Answer."""
    return event.answer({"path": event.path})


if __name__ == "__main__":
    resources = [front, listener]
    sparta.main("LoadBalancer", "Answers", functions=[answer], resources=resources)
