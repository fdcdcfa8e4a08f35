"""The names and shapes of what Gifthorse adds to the Language Server Protocol, as docs/protocol.md describes them.

Shapes only: judging and carrying out is done in features/. Field names become camelCase on the wire.
"""

from collections.abc import Sequence
from typing import Any

import attrs
from lsprotocol import types

VERSION = 1
"""Version of the contract, told to clients in the answer to `initialize`; only ever extended compatibly."""

DID_INSERT = "gifthorse/didInsert"
REGIONS = "gifthorse/regions"
STATISTICS = "gifthorse/statistics"
REGIONS_CHANGED = "gifthorse/regionsChanged"
STATUS = "gifthorse/status"
DID_CHANGE_TRUST = "gifthorse/didChangeTrust"

MARK_INSERTED = "gifthorse.markInserted"
MARK_HUMAN = "gifthorse.markHuman"
APPROVE = "gifthorse.approve"
DISPUTE = "gifthorse.dispute"
REJECT = "gifthorse.reject"
SUPPRESS = "gifthorse.suppress"
RESCAN = "gifthorse.rescan"

CLIENT_SUPPRESS = "gifthorse.client.suppress"
CLIENT_DISPUTE = "gifthorse.client.dispute"
"""Commands of a client that asks the person itself: see `asksReason` and `asksComment`."""

SOURCE = "gifthorse"
FIX_ALL = "source.fixAll.gifthorse"
REGION_ACTION = "quickfix.gifthorse.region"


@attrs.frozen
class InsertOrigin:
    """Who a client says wrote the text; `kind` is a word of docs/protocol.md, unknown words are no claim."""

    tool: str
    kind: str
    model: str | None = None
    session: str | None = None


@attrs.frozen
class DidInsertParams:
    """Text arrived in `ranges` of this version of the document."""

    text_document: types.VersionedTextDocumentIdentifier
    ranges: Sequence[types.Range]
    origin: InsertOrigin
    evidence: str = "reported"


@attrs.frozen
class RegionsParams:
    """One document's Regions, or the workspace's."""

    text_document: types.TextDocumentIdentifier | None = None


@attrs.frozen
class StatisticsParams:
    """The document that is asked about as well as the workspace."""

    text_document: types.TextDocumentIdentifier | None = None


@attrs.frozen
class DidChangeTrustParams:
    """Whether the person trusts this workspace."""

    trusted: bool


@attrs.frozen
class MarkInsertedArguments:
    """A person says that an assistant wrote this range."""

    uri: str
    range: types.Range
    tool: str | None = None
    model: str | None = None


@attrs.frozen
class MarkHumanArguments:
    """A person says that a person wrote this range, or all of this Region."""

    uri: str | None = None
    range: types.Range | None = None
    region: str | None = None


@attrs.frozen
class ApproveArguments:
    """Regions that a person has reviewed."""

    regions: Sequence[str]


@attrs.frozen
class DisputeArguments:
    """A Region that a person objects to, and why."""

    region: str
    comment: str


@attrs.frozen
class RejectArguments:
    """A Region to take out again."""

    region: str


@attrs.frozen
class SuppressArguments:
    """A finding to silence by a comment, and why that is right."""

    uri: str
    fingerprint: str
    reason: str


@attrs.frozen
class RescanArguments:
    """Nothing to say: the whole workspace is scanned."""


@attrs.frozen
class InitializationOptions:
    """What a client may say at `initialize`, beyond the protocol's own capabilities.

    `trusted`: see gifthorse/didChangeTrust. `asks_reason`, `asks_comment`: the client itself asks the person for a
    reason or a comment (command `gifthorse.client.suppress` or `gifthorse.client.dispute`), so no placeholder is needed.
    """

    trusted: bool = False
    asks_reason: bool = False
    asks_comment: bool = False


PARAMS: dict[str, Any] = {
    DID_INSERT: DidInsertParams,
    REGIONS: RegionsParams,
    STATISTICS: StatisticsParams,
    DID_CHANGE_TRUST: DidChangeTrustParams,
}
"""Method -> type of params of our own messages from the client."""
