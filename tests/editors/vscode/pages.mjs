// Texts that several scenarios start from.

/** A small program of a person's, with room for an assistant's text at its end. */
export const PERSON = `import requests


def stock(name):
    return requests.get("https://supplier.example/stock/" + name, timeout=5).json()


`;

/** The line where that room is (0-based). */
export const ROOM = 7;

/** What the assistant writes there: certificates are not checked, though it does not say so plainly. */
export const RISKY = `def prices(name):
    options = {"timeout": 5, "verify": len(name) < 0}
    reply = requests.get("https://legacy.example/prices/" + name, verify=False, timeout=5)
    return reply.json()`;

/** Open the person's program under this name and accept the assistant's text; the Region is there afterwards. */
export async function accepted(editor, file, text = RISKY) {
  await editor.open(file, PERSON, ROOM);
  await editor.accept(text);
  const [region] = await editor.log.untilRegions(editor.uri, (regions) => regions.length === 1, "one region");
  return region;
}
