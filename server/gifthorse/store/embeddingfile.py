"""One table `[[embedded]]` of a language: which calls or settings hold texts in other languages (docs/languages.md)."""

from gifthorse.model.rule import Embedding, Match, MatchKind
from gifthorse.store.predicates import check_expression, names, predicates
from gifthorse.store.table import Table


def read_embedding(table: Table) -> Embedding:
    """What the table says; what is wrong with it is noted in it."""
    kind = MatchKind.CALL if table.has("call") else MatchKind.ASSIGN
    match = Match(
        kind=kind,
        languages=(),
        patterns=names(table, kind),
        where=predicates(table.table("where")),
        unless=predicates(table.table("unless")),
        files=names(table, "files"),
    )
    embedding = Embedding(
        match=match,
        language=table.needed("language"),
        argument=table.text("argument", "0"),
        joined=table.flag("joined"),
        strip=table.text("strip"),
        hole=table.text("hole"),
    )
    for key in ("strip", "hole"):
        check_expression(table, key, table.text(key))
    if not match.patterns:
        table.problem(kind, "The table names neither a call nor a setting.", 'Add assign = ["path.of.the.setting"].')
    table.close()
    return embedding
