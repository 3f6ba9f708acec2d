"""Lex V2 events: a turn of a conversation with a bot, and what the bot does next.

https://docs.aws.amazon.com/lexv2/latest/dg/lambda-input-format.html
https://docs.aws.amazon.com/lexv2/latest/dg/lambda-response-format.html
"""

from __future__ import annotations

from sparta.events.event import Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Literal

    SessionAttributes = Mapping[str, str] | None
    Message = str | Mapping[str, Any]
    """Plain text, or a message as Lex has it: `contentType`, `content`, `imageResponseCard`."""


class Lex(Event):
    """One turn. The answer says what the bot does next."""

    __slots__ = ()

    @classmethod
    def is_one(cls, raw: Any) -> bool:  # noqa: ANN401 - any JSON
        """Say whether a raw event is a bot's: only those hold a `sessionState` and a `bot`."""
        return isinstance(raw, dict) and "sessionState" in raw and "bot" in raw

    @property
    def invocation_source(self) -> str:
        """`DialogCodeHook`: after each turn; `FulfillmentCodeHook`: once all slots are there."""
        return str(self.raw["invocationSource"])

    @property
    def session_id(self) -> str:
        """The conversation's id."""
        return str(self.raw["sessionId"])

    @property
    def text(self) -> str:
        """What was said or typed."""
        return str(self.raw.get("inputTranscript") or "")

    @property
    def input_mode(self) -> str:
        """`DTMF`, `Speech` or `Text`."""
        return str(self.raw.get("inputMode") or "")

    @property
    def bot(self) -> Mapping[str, str]:
        """The bot: `id`, `name`, `aliasId`, `localeId`, `version`."""
        bot: Mapping[str, str] = self.raw["bot"]
        return bot

    @property
    def locale(self) -> str:
        """The language, such as `it_IT`."""
        return str(self.bot["localeId"])

    @property
    def session_state(self) -> Mapping[str, Any]:
        """How far the conversation is, as Lex sent it."""
        state: Mapping[str, Any] = self.raw["sessionState"]
        return state

    @property
    def intent(self) -> str:
        """The name of the intent that is most likely."""
        return str(self._intent["name"])

    @property
    def confirmation(self) -> str:
        """`Confirmed`, `Denied` or `None`, as Lex writes it."""
        return str(self._intent.get("confirmationState") or "None")

    @property
    def slots(self) -> dict[str, str | list[str] | None]:
        """The intent's slots: what Lex understood; a list for a slot of several values."""
        slots: Mapping[str, Any] = self._intent.get("slots") or {}
        return {name: _slot_value(slot) for name, slot in slots.items()}

    @property
    def session_attributes(self) -> Mapping[str, str]:
        """What the answer before kept for this conversation."""
        return self.session_state.get("sessionAttributes") or {}

    @property
    def request_attributes(self) -> Mapping[str, str]:
        """What the app sent along."""
        return self.raw.get("requestAttributes") or {}

    def close(
        self,
        *messages: Message,
        state: Literal["Failed", "Fulfilled", "InProgress"] = "Fulfilled",
        session_attributes: SessionAttributes = None,
    ) -> dict[str, Any]:
        """Return the answer that ends the intent.

        Args:
            messages: What the bot says.
            state: What became of the intent.
            session_attributes: What the next turn brings back; what this one brought where
                nothing is given. The same for the others.
        """
        intent = {**self._intent, "state": state}
        return self._next({"type": "Close"}, intent, messages, session_attributes)

    def delegate(
        self,
        *,
        slots: Mapping[str, str | None] | None = None,
        session_attributes: SessionAttributes = None,
    ) -> dict[str, Any]:
        """Return the answer that lets the bot go on as it is configured.

        Args:
            slots: Values that are filled in, or emptied by None, before it does.
            session_attributes: As for `close`.
        """
        intent = {**self._intent, "slots": {**self._slots, **_filled_slots(slots or {})}}
        return self._next({"type": "Delegate"}, intent, (), session_attributes)

    def elicit_slot(
        self, slot: str, *messages: Message, session_attributes: SessionAttributes = None
    ) -> dict[str, Any]:
        """Return the answer that asks for a slot, and empties it."""
        intent = {**self._intent, "slots": {**self._slots, slot: None}}
        action = {"type": "ElicitSlot", "slotToElicit": slot}
        return self._next(action, intent, messages, session_attributes)

    def elicit_intent(
        self, *messages: Message, session_attributes: SessionAttributes = None
    ) -> dict[str, Any]:
        """Return the answer that asks what the user wants."""
        return self._next({"type": "ElicitIntent"}, None, messages, session_attributes)

    def confirm_intent(
        self, *messages: Message, session_attributes: SessionAttributes = None
    ) -> dict[str, Any]:
        """Return the answer that asks whether all of it is right."""
        return self._next({"type": "ConfirmIntent"}, self._intent, messages, session_attributes)

    @property
    def _intent(self) -> Mapping[str, Any]:
        intent: Mapping[str, Any] = self.session_state["intent"]
        return intent

    @property
    def _slots(self) -> Mapping[str, Any]:
        return self._intent.get("slots") or {}

    def _next(
        self,
        action: Mapping[str, str],
        intent: Mapping[str, Any] | None,
        messages: tuple[Message, ...],
        session_attributes: SessionAttributes,
    ) -> dict[str, Any]:
        kept = self.session_attributes if session_attributes is None else session_attributes
        state: dict[str, Any] = {"sessionAttributes": dict(kept), "dialogAction": dict(action)}
        if intent is not None:
            state["intent"] = dict(intent)
        answer: dict[str, Any] = {"sessionState": state}
        if messages:
            answer["messages"] = [_lex_message(each) for each in messages]
        if self.raw.get("requestAttributes"):
            answer["requestAttributes"] = dict(self.request_attributes)
        return answer


def _slot_value(slot: Any) -> str | list[str] | None:  # noqa: ANN401 - a slot as Lex has it
    if slot is None:
        return None
    if slot.get("values"):
        return [str(value) for value in map(_slot_value, slot["values"]) if value is not None]
    value: str | None = (slot.get("value") or {}).get("interpretedValue")
    return value


def _filled_slots(slots: Mapping[str, str | None]) -> dict[str, Any]:
    return {
        name: None
        if value is None
        else {
            "shape": "Scalar",
            "value": {"originalValue": value, "interpretedValue": value, "resolvedValues": [value]},
        }
        for name, value in slots.items()
    }


def _lex_message(message: Message) -> dict[str, Any]:
    if isinstance(message, str):
        return {"contentType": "PlainText", "content": message}
    return dict(message)
