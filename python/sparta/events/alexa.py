"""Alexa events: what somebody said to a custom skill, and what the skill answers.

https://developer.amazon.com/en-US/docs/alexa/custom-skills/request-and-response-json-reference.html
"""

from __future__ import annotations

from sparta.events.event import Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class Alexa(Event):
    """One request to a skill."""

    __slots__ = ()

    @classmethod
    def is_one(cls, raw: Any) -> bool:  # noqa: ANN401 - any JSON
        """Say whether a raw event is a skill's request, which names the skill in its context."""
        try:
            return (
                "applicationId" in (raw.get("session") or raw["context"]["System"])["application"]
            )
        except (AttributeError, LookupError, TypeError):
            return False

    @property
    def request(self) -> Mapping[str, Any]:
        """What is asked, as Alexa sent it."""
        request: Mapping[str, Any] = self.raw["request"]
        return request

    @property
    def request_type(self) -> str:
        """`LaunchRequest`, `IntentRequest`, `SessionEndedRequest`, ..."""
        return str(self.request["type"])

    @property
    def intent(self) -> str:
        """The intent's name; empty where the request is about none."""
        return str((self.request.get("intent") or {}).get("name") or "")

    @property
    def slots(self) -> dict[str, str]:
        """The values of the intent's slots that were filled, as they were said."""
        slots: Mapping[str, Any] = (self.request.get("intent") or {}).get("slots") or {}
        return {name: slot["value"] for name, slot in slots.items() if slot.get("value")}

    @property
    def locale(self) -> str:
        """The language, such as `it-IT`."""
        return str(self.request.get("locale") or "")

    @property
    def skill_id(self) -> str:
        """The skill's id."""
        holder = self.raw.get("session") or self.raw["context"]["System"]
        return str(holder["application"]["applicationId"])

    @property
    def user_id(self) -> str:
        """Who is speaking: an id of the account, for this skill."""
        holder = self.raw.get("session") or self.raw["context"]["System"]
        return str(holder["user"]["userId"])

    @property
    def is_new_session(self) -> bool:
        """Whether the conversation begins."""
        return bool((self.raw.get("session") or {}).get("new", False))

    @property
    def session_attributes(self) -> Mapping[str, Any]:
        """What the answer before kept for this conversation."""
        return (self.raw.get("session") or {}).get("attributes") or {}

    def answer(
        self,
        text: str,
        *,
        reprompt: str | None = None,
        title: str | None = None,
        session_attributes: Mapping[str, Any] | None = None,
        end: bool | None = None,
    ) -> dict[str, Any]:
        """Return what Alexa says.

        Args:
            text: Plain text, or SSML where it begins with `<speak>`.
            reprompt: What is said when nobody answers; text or SSML.
            title: Shows the text on a card of this title in the user's app.
            session_attributes: What the next request of the conversation brings back; what this
                one brought where nothing is given.
            end: Whether the conversation is over; without it, it is where there is no `reprompt`.
        """
        response: dict[str, Any] = {"outputSpeech": _output_speech(text)}
        if reprompt is not None:
            response["reprompt"] = {"outputSpeech": _output_speech(reprompt)}
        if title is not None:
            response["card"] = {"type": "Simple", "title": title, "content": text}
        response["shouldEndSession"] = reprompt is None if end is None else end
        kept = self.session_attributes if session_attributes is None else session_attributes
        return {"version": "1.0", "sessionAttributes": dict(kept), "response": response}


def _output_speech(text: str) -> dict[str, str]:
    if text.startswith("<speak>"):
        return {"type": "SSML", "ssml": text}
    return {"type": "PlainText", "text": text}
