"""A follow-up as a question that stands alone."""

from app.question.followup.conversation import StandAlone, stand_alone

__all__ = ["StandAlone", "stand_alone"]
