// The messages between the editor and the server, as recorder.py or tee.py wrote them: one JSON object a line.
import fs from "node:fs";
import path from "node:path";

export class Log {
  constructor(file) {
    this.file = file;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.closeSync(fs.openSync(file, "a"));
  }

  /** All messages so far: { from: "client" | "server", message }. */
  all() {
    return fs.readFileSync(this.file, "utf8").split("\n").slice(0, -1).map((line) => JSON.parse(line));
  }

  /** The messages since the server was last started: the ids of requests begin anew there. */
  latest() {
    const all = this.all();
    return all.slice(all.findLastIndex(({ from }) => from === "tee") + 1);
  }

  /** What the server answered to the last request of this method that `which` likes; undefined before it has. */
  answer(method, which) {
    const messages = this.latest();
    const asked = messages.findLast(({ from, message }) => from === "client" && message.method === method && which(message.params));
    return asked && messages.find(({ from, message }) => from === "server" && message.id === asked.message.id && "result" in message)?.message.result;
  }

  /** The params of a client's notifications of one method about one document, oldest first. */
  sent(method, uri) {
    return this.all().filter(({ from, message }) => from === "client" && message.method === method && message.params?.textDocument?.uri === uri)
      .map(({ message }) => message.params);
  }

  /** What `find` finds in the messages, as soon as it finds something. */
  until(find, what, seconds = 20) {
    return new Promise((resolve, reject) => {
      const watcher = fs.watch(this.file, () => look());
      const timer = setTimeout(() => end(reject, new Error(`waited ${seconds} s in vain for ${what}`)), seconds * 1000);
      const end = (finish, value) => { clearTimeout(timer); watcher.close(); finish(value); };
      const look = () => { const found = find(this); if (found) end(resolve, found); };
      look();
    });
  }

  /** The reports of insertions about a document, once there are `count` of them. */
  insertions(uri, count = 1) {
    const method = "gifthorse/didInsert";
    return this.until((log) => { const found = log.sent(method, uri); return found.length >= count && found; }, `${count} reports of insertions; so far: ${JSON.stringify(this.sent(method, uri))}`);
  }

  /** The Regions that the server told last about a document. */
  regions(uri) {
    const messages = this.latest();
    const asked = new Set(messages.filter(({ from, message }) => from === "client" && message.method === "gifthorse/regions" && message.params?.textDocument?.uri === uri).map(({ message }) => message.id));
    const answers = messages.filter(({ from, message }) => from === "server" && message.result && asked.has(message.id));
    return answers.at(-1)?.message.result.regions ?? [];
  }

  /** The Regions of a document, once `check` likes them. */
  untilRegions(uri, check, what) {
    return this.until((log) => { const found = log.regions(uri); return check(found) && found; }, `regions: ${what}`)
      .catch((error) => { throw new Error(`${error.message}; they are ${JSON.stringify(this.regions(uri))}`); });
  }
}
