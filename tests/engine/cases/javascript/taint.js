// Outside text in JavaScript.
const { request, secret_source: source, ...web } = require('web');
const danger = require('danger');
const library = require('web');

const ALLOWED = ['a', 'b'];
const TABLE = { a: 'x' };
const text = source();

danger.run(text); // expect: to-shell
danger.run('ls ' + text); // expect: to-shell
danger.run(`ls ${text}`); // expect: to-shell
danger.run(['ls', text].join(' ')); // expect: to-shell
danger.run('ls '.concat(text)); // expect: to-shell
danger.run(text.trim().slice(2)); // expect: to-shell
danger.run(request.args.command); // expect: to-shell
danger.run(request['args']['command']); // expect: to-shell
danger.run(request?.args?.command ?? 'ls'); // expect: to-shell
danger['ru' + 'n'](text); // expect: to-shell
danger.run.call(null, text); // expect: to-shell
danger.run.apply(null, [text]); // expect: to-shell
danger.run.bind(null, text)(); // expect: to-shell
danger.show(text); // expect: to-html
item.html = text; // expect: to-html
item['ht' + 'ml'] = text; // expect: to-html

danger.run(TABLE[text]);
danger.run(parseInt(text, 10));
danger.run(`ls ${Number(text)}`);
danger.run('ls ' + (text === 'a'));
danger.show(library.escape(text));
danger.run(library.escape(text)); // expect: to-shell

const { command, other = text, ...rest } = { command: text, last: text };
danger.run(command); // expect: to-shell
danger.run(other); // expect: to-shell
const holder = { deep: { command: text, fine: 'ls' } };
danger.run(holder.deep.command); // expect: to-shell
danger.run(holder.deep.fine);
danger.run_all({ ...holder }); // expect: to-shell
const list = ['ls'];
list.push(text);
danger.run_all(list); // expect: to-shell
list.forEach((one) => danger.run(one)); // expect: to-shell
for (const one of list) danger.run(one); // expect: to-shell
danger.run(list.map((one) => one + '!')[1]); // expect: to-shell

function guarded(value) {
  if (!ALLOWED.includes(value)) return;
  danger.run(value);
}

async function handler() {
  const body = await source();
  try {
    danger.run(JSON.parse(body).command); // expect: to-shell
  } catch (error) {
    danger.run(body); // expect: to-shell
  }
  if (body === 'a') danger.run(body);
  else danger.run(body); // expect: to-shell
  switch (body) {
    case 'a':
      danger.run(body);
      break;
    default:
      danger.run(body); // expect: to-shell
  }
  const checked = library.is_safe(body) ? body : 'ls';
  danger.run(checked);
  if (library.is_bad(body)) throw new Error(body);
  danger.run(body);
}

class Job {
  constructor(given) {
    this.given = given;
    this.own = request.args.own;
  }

  run() {
    danger.run(this.given); // expect: to-shell
    danger.run(this.own); // expect: to-shell
  }
}

new Job(source());

const app = new library.App();
app.on('/', (incoming, page) => {
  danger.run(incoming.args); // expect: to-shell
  danger.run(incoming.method);
  danger.run(page); // expect: to-shell
});
app.on('/named', named);

function named({ args, method }) {
  danger.run(method); // expect: to-shell
  danger.run(args); // expect: to-shell
}
