"""The commands by which a person says what a Region is: theirs, an assistant's, reviewed, or objected to.

Over this protocol they are unsigned clicks: the record says so, and none of them is ever proof of a review.
"""

from typing import Any

from gifthorse.lsp import protocol
from gifthorse.lsp.convert import span_of
from gifthorse.lsp.document import Document
from gifthorse.lsp.rpc import RequestError
from gifthorse.lsp.server import Command, Server
from gifthorse.model.review import Standing


def mark_inserted(server: Server, argument: protocol.MarkInsertedArguments) -> dict[str, Any]:
    """A range is an assistant's after all."""
    document = opened(server, argument.uri)
    span = span_of(argument.range, document.text, server.client.encoding)
    if not document.text.slice(span).strip():
        raise RequestError("there is nothing but white space in this range; select the inserted text")
    return {"region": server.insertions.marked(document, span, argument.tool or "unknown", argument.model)}


def mark_human(server: Server, argument: protocol.MarkHumanArguments) -> dict[str, Any]:
    """A range, or what is left of a Region, is a person's after all."""
    if argument.region is not None:
        document, region = region_of(server, argument.region)
        spans = next(one.spans for one in document.regions if one.id == region)
    elif argument.uri is not None and argument.range is not None:
        document = opened(server, argument.uri)
        spans = (span_of(argument.range, document.text, server.client.encoding),)
    else:
        raise RequestError("say which text a person wrote: give `uri` and `range`, or `region`")
    return {"regions": list(server.reviews.mark_human(document, spans))}


def approve(server: Server, argument: protocol.ApproveArguments) -> dict[str, Any]:
    """A person has reviewed these Regions. All of them are known, or none is approved."""
    for region in argument.regions:
        region_of(server, region)
    for region in argument.regions:
        document, _ = region_of(server, region)
        server.reviews.judge(document, region, Standing.APPROVED, "")
    return {"regions": list(argument.regions)}


def dispute(server: Server, argument: protocol.DisputeArguments) -> dict[str, Any]:
    """A person objects to a Region, and says why."""
    if not argument.comment.strip():
        raise RequestError("a dispute needs a comment: say in `comment` what is wrong with this text")
    document, region = region_of(server, argument.region)
    server.reviews.judge(document, region, Standing.DISPUTED, argument.comment)
    return {"regions": [region]}


def opened(server: Server, uri: str) -> Document:
    """The open document of a URI. Fails if there is none."""
    document = server.session.find(uri)
    if document is None:
        raise RequestError("this document is not open; open it in the editor first")
    return document


def region_of(server: Server, region: str) -> tuple[Document, str]:
    """The document that has the Region, an open one or, as of the last look, one on disk. Fails if there is none."""
    for document in (*server.session.documents.values(), *server.closed.documents()):
        if document.holdings.region(region) is not None:
            return document, region
    raise RequestError("no document has this Region any more; ask gifthorse/regions for the ids")


COMMANDS = {
    protocol.MARK_INSERTED: Command(protocol.MarkInsertedArguments, mark_inserted),
    protocol.MARK_HUMAN: Command(protocol.MarkHumanArguments, mark_human),
    protocol.APPROVE: Command(protocol.ApproveArguments, approve),
    protocol.DISPUTE: Command(protocol.DisputeArguments, dispute),
}
