"""What a force says of its use and publishes of it, in words.

In: a verdict of `etl.measures.publishing`. Out: plain sentences."""

from __future__ import annotations

from dashboard.text.language import _
from etl.measures.publishing import PUBLISHING_STATUS, ForcePublishing
from etl.model.codes import LFR_USE


def describe_publishing(publishing: ForcePublishing) -> str:
    """`Uses it. At least one form of publication prints what came of deployments,
    whole or in part.`"""
    use = f"{_(LFR_USE.label(publishing.latest.status_code))}. " if publishing.latest else ""
    return use + _(PUBLISHING_STATUS.entry(publishing.status).meaning)
