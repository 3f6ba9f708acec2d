"""sparta.Model: a frozen keyword-only value, without dataclasses."""

from __future__ import annotations

import pytest

from sparta.model.model import Model, fields_of


class Base(Model):
    id: str


class Order(Base):
    sku: str
    qty: int = 1
    _private: int = 3


def test_fields_come_from_annotations_base_classes_first() -> None:
    assert fields_of(Order) == ("id", "sku", "qty")
    assert fields_of(Base) == ("id",)


def test_defaults_equality_hash_and_repr() -> None:
    order = Order(id="1", sku="a")
    assert order.qty == 1
    assert order == Order(id="1", sku="a", qty=1)
    assert order != Order(id="1", sku="b")
    assert hash(order) == hash(Order(id="1", sku="a"))
    assert repr(order) == "Order(id='1', sku='a', qty=1)"


def test_wrong_fields_are_named() -> None:
    with pytest.raises(TypeError, match="missing the field 'sku'"):
        Order(id="1")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="no field 'skuu'"):
        Order(id="1", sku="a", skuu="b")  # type: ignore[call-arg]


def test_it_is_frozen() -> None:
    order = Order(id="1", sku="a")
    with pytest.raises(AttributeError, match="frozen"):
        order.sku = "b"  # type: ignore[misc]
    with pytest.raises(AttributeError, match="frozen"):
        del order.sku
