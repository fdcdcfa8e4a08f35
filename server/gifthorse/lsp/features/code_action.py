"""Code actions: the fixes of a finding, suppressing it with a reason, what a person says of a Region, and fix all.

Edits are left to `codeAction/resolve` where the client can do that: opening the light bulb should cost nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lsprotocol import types

from gifthorse.lsp import protocol
from gifthorse.lsp.convert import span_of
from gifthorse.lsp.describe import named
from gifthorse.lsp.disputes import dispute_edit
from gifthorse.lsp.document import Document
from gifthorse.lsp.edits import compatible, text_edits, workspace_edit
from gifthorse.lsp.owed import owed
from gifthorse.lsp.places import places
from gifthorse.lsp.publish import diagnostic
from gifthorse.lsp.remotes import placed
from gifthorse.lsp.rpc import CONTENT_MODIFIED, RequestError
from gifthorse.lsp.server import Server
from gifthorse.lsp.suppression import suppression_edit
from gifthorse.model.finding import FixKind
from gifthorse.model.region import Region
from gifthorse.model.review import Standing
from gifthorse.model.text import Edit, Span
from gifthorse.workspace.judge import Judged
from gifthorse.workspace.policies import asked

JSON = dict[str, Any]
OURS = frozenset({"edits", "elsewhere", "key"})
"""What of an action is for us alone."""


def code_action(server: Server, params: types.CodeActionParams) -> Any:
    """The actions at a range, as far as the client wants their kinds."""
    only = params.context.only
    invoked = params.context.trigger_kind == types.CodeActionTriggerKind.Invoked  # else: a bulb at every selection

    def answer(document: Document) -> list[JSON]:
        span = span_of(params.range, document.text, server.client.encoding)
        possible = [*_actions(server, document, span), *(_mark(server, document, span) if invoked else ())]
        found = [action for action in possible if _wanted(action["kind"], only)]
        return [made for action in found if (made := _lazy(server, document, action)) is not None]

    return server.session.analysed(params.text_document.uri, answer, [])


def resolve(server: Server, action: types.CodeAction) -> JSON:
    """The action with its edit. Fails with ContentModified when the document is not the same any more."""
    key = action.data if isinstance(action.data, dict) else {}
    document = server.session.documents.get(key.get("uri", ""))
    if document is None or not document.fresh or document.serial != key.get("serial"):
        raise RequestError("the document has changed; ask for its code actions again", CONTENT_MODIFIED)
    for candidate in _actions(server, document, Span(0, len(document.text))):
        if candidate.get("key") == key.get("key") and candidate["kind"] == action.kind:
            made = _complete(server, document, candidate)
            if made is not None:
                return made
    raise RequestError("this action is not possible any more; ask for the code actions again", CONTENT_MODIFIED)


def _wanted(kind: str, only: Sequence[Any] | None) -> bool:
    """Kinds are hierarchical. `source` actions are given to those who ask for them by name."""
    if not only:
        return True
    return any(wanted in ("", kind) or kind.startswith(f"{wanted}.") for wanted in map(str, _values(only)))


def _values(only: Sequence[Any]) -> Iterator[Any]:
    return (getattr(kind, "value", kind) for kind in only)


def _lazy(server: Server, document: Document, action: JSON) -> JSON | None:
    """The action as it goes to the client: with a key for `resolve`, or with its edit for a client without that."""
    if "edits" not in action or not server.client.resolves_edits:
        return _complete(server, document, action)
    shown = {name: value for name, value in action.items() if name not in OURS}
    return {**shown, "data": {"uri": document.uri, "serial": document.serial, "key": action["key"]}}


def _complete(server: Server, document: Document, action: JSON) -> JSON | None:
    """The action with its edit; None where another file that it edits is not what it was."""
    shown = {name: value for name, value in action.items() if name not in OURS}
    if "edits" in action:
        others = [placed(server.session, document, one) for one in action.get("elsewhere", ())]
        if None in others:
            return None
        edits = text_edits(action["edits"], document.text, server.client.encoding)
        shown["edit"] = workspace_edit(
            document.uri,
            document.version,
            edits,
            document_changes=server.client.document_changes,
            others=[one for one in others if one is not None],
        )
    return shown


def _actions(server: Server, document: Document, span: Span) -> Iterator[JSON]:
    """All actions for a span, in their order: for each finding fixes, then suppressions; then Regions; then fix all."""
    here = [one for one in document.judged if _touches(one.finding.span, span)]
    for one in here:
        yield from _fixes(server, document, one)
    for one in here:
        yield from _suppression(server, document, one)
    touched = [region for region in document.regions if any(_touches(part, span) for part in region.spans)]
    lacking = owed(server.session.roots.of(document.path), document) if touched else {}
    for region in touched:
        yield from _reviewing(region, asked(lacking.get(region.id, ())))
        yield from _region(server, document, region, span)
    yield from _fix_all(server, document)


def _touches(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _diagnostic(server: Server, document: Document, one: Judged) -> JSON:
    rule = server.session.catalogue(document).rules.get(one.finding.rule)
    return diagnostic(one, places(document.text, server.client.encoding, 1), document.uri, rule)


def _fixes(server: Server, document: Document, one: Judged) -> Iterator[JSON]:
    fixes = one.finding.fixes
    for number, fix in enumerate(fixes):
        preferred = {"isPreferred": True} if number == 0 and fix.kind is FixKind.MECHANICAL else {}
        yield {
            "title": fix.title,
            "kind": "quickfix",
            "diagnostics": [_diagnostic(server, document, one)],
            **preferred,
            "edits": fix.edits,
            "elsewhere": fix.elsewhere,
            "key": f"fix {number} {one.fingerprint}",
        }


def _suppression(server: Server, document: Document, one: Judged) -> Iterator[JSON]:
    language = server.session.language(document)
    edit = suppression_edit(one.finding, document.text, language)
    if edit is None:
        return
    action: JSON = {
        "title": f"Suppress {one.finding.rule} with a reason",
        "kind": "quickfix",
        "diagnostics": [_diagnostic(server, document, one)],
    }
    if server.client.asks_reason:
        argument = {"uri": document.uri, "fingerprint": one.fingerprint, "rule": one.finding.rule}
        yield {**action, "command": _command(action["title"], protocol.CLIENT_SUPPRESS, argument)}
    else:
        yield {**action, "edits": (edit,), "key": f"suppress {one.fingerprint}"}


def _reviewing(region: Region, whose: str) -> Iterator[JSON]:
    """`whose`: who is asked for a review that is missing."""
    if whose or region.standing is not Standing.APPROVED:
        who = f" (asked of {whose})" if whose else ""
        yield _click(f"Mark {named(region)} as reviewed{who}", protocol.APPROVE, {"regions": [region.id]})


def _region(server: Server, document: Document, region: Region, span: Span) -> Iterator[JSON]:
    name = named(region)
    if server.session.can_reject(document, region):
        yield _click(f"Reject {name}: put back what was there before", protocol.REJECT, {"region": region.id})
    if region.standing is not Standing.DISPUTED:
        yield from _dispute(server, document, region, f"Dispute {name}")
    selected = {"uri": document.uri, "range": server.session.range(document, span)}
    which = selected if span.start < span.end else {"region": region.id}
    yield _click("A person wrote this, not an assistant", protocol.MARK_HUMAN, which)


def _mark(server: Server, document: Document, span: Span) -> Iterator[JSON]:
    """What a person selected may be an assistant's, where no Region says so yet."""
    taken = sum(end - start for region in document.regions for start, end in _within(region.spans, span))
    if document.text.slice(span).strip() and taken < span.end - span.start:
        argument = {"uri": document.uri, "range": server.session.range(document, span)}
        yield _click("An assistant wrote this", protocol.MARK_INSERTED, argument)


def _within(spans: Sequence[Span], whole: Span) -> Iterator[Span]:
    """The parts of the spans that are in the whole."""
    return (Span(max(one.start, whole.start), min(one.end, whole.end)) for one in spans if one.overlaps(whole))


def _dispute(server: Server, document: Document, region: Region, title: str) -> Iterator[JSON]:
    if server.client.asks_comment:
        yield _click(title, protocol.CLIENT_DISPUTE, {"region": region.id})
        return
    edit = dispute_edit(region, document.text, server.session.language(document))
    if edit is None:
        yield _click(title, protocol.DISPUTE, {"region": region.id, "comment": ""})
    else:
        yield {"title": title, "kind": protocol.REGION_ACTION, "edits": (edit,), "key": f"dispute {region.id}"}


def _click(title: str, command: str, argument: JSON) -> JSON:
    return {"title": title, "kind": protocol.REGION_ACTION, "command": _command(title, command, argument)}


def _command(title: str, command: str, argument: JSON) -> JSON:
    return {"title": title, "command": command, "arguments": [argument]}


def _fix_all(server: Server, document: Document) -> Iterator[JSON]:
    """One action for each family of rules, so that nobody changes at once what is to be thought about one by one."""
    families = {rule.id: rule.family for rule in server.session.catalogue(document).rules.values()}
    for family, edits in edits_by_family(document.judged, families).items():
        title = f"Gifthorse: make all mechanical fixes of {family}"
        yield {"title": title, "kind": f"{protocol.FIX_ALL}.{family}", "edits": edits, "key": f"all {family}"}


def edits_by_family(judged: Sequence[Judged], families: Mapping[str, str]) -> dict[str, tuple[Edit, ...]]:
    """The mechanical edits of each family that has some. `families`: the family of each rule."""
    found: dict[str, list[Judged]] = {}
    for one in judged:
        found.setdefault(families.get(one.finding.rule, ""), []).append(one)
    edits = {family: mechanical_edits(several) for family, several in sorted(found.items()) if family}
    return {family: several for family, several in edits.items() if several}


def mechanical_edits(judged: Sequence[Judged]) -> tuple[Edit, ...]:
    """The edits of the first mechanical fix of each finding, leaving out fixes that touch an earlier one's."""
    chosen: list[Edit] = []
    for one in judged:
        fix = next((fix for fix in one.finding.fixes if fix.kind is FixKind.MECHANICAL), None)
        if fix is not None and compatible(chosen, fix.edits):
            chosen += [edit for edit in fix.edits if edit not in chosen]
    return tuple(sorted(chosen, key=lambda edit: edit.span))


REQUESTS = {types.TEXT_DOCUMENT_CODE_ACTION: code_action, types.CODE_ACTION_RESOLVE: resolve}
CAPABILITIES = {
    "codeActionProvider": {
        "codeActionKinds": ["quickfix", protocol.REGION_ACTION, protocol.FIX_ALL],
        "resolveProvider": True,
    }
}
