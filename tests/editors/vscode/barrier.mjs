// Signals are sent in the order of their changes at the latest 150 ms after them. So after a last, known change has been
// reported, everything before it has been.

/** The kinds of all reports about the open document, in order, without the one that this adds to know that it is the end. */
const END = "# the end\n# of\n# this\n";

export async function kindsSoFar(editor) {
  await editor.ask("insert", { line: 0, text: END });
  const isEnd = ({ ranges: [range] }) => range.start.line === 0 && range.end.line === 3 && range.end.character === 0;
  const sent = await editor.log.until((log) => {
    const all = log.sent("gifthorse/didInsert", editor.uri);
    return all.length > 0 && isEnd(all.at(-1)) && all;
  }, "the report of the last change");
  return sent.slice(0, -1).map((params) => params.origin.kind);
}
