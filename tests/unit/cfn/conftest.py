"""Applications as the template's tests have them."""

from __future__ import annotations

from tests.unit.template.conftest import application

__all__ = ["application"]
