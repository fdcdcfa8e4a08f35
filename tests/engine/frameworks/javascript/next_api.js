// Outside text in a Next.js page's interface.
import { exec } from 'child_process';
import escapeHtml from 'escape-html';

export default async function handler(req, res) {
  exec('build ' + req.query.target); // expect: shell-injection
  res.send(`<h1>${req.body.name}</h1>`); // expect: unescaped-html
  res.send(`<h1>${escapeHtml(req.body.name)}</h1>`);
  if (req.query.next === '/start') res.redirect(req.query.next);
  else res.redirect(307, req.query.next); // expect: open-redirect
}

export async function getServerSideProps({ query, params }) {
  exec('show ' + query.name); // expect: shell-injection
  return { props: { number: Number(params.number) } };
}
