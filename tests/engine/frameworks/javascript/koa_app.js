// Outside text in Koa.
const fs = require('fs');
const { exec } = require('child_process');
const Koa = require('koa');
const Router = require('@koa/router');
const escapeHtml = require('escape-html');

const app = new Koa();
const router = new Router();

router.get('/hello/:name', async (ctx) => {
  ctx.body = `<h1>${ctx.params.name}</h1>`; // expect: unescaped-html
});

router.get('/safe', async (ctx) => {
  ctx.body = `<h1>${escapeHtml(ctx.query.name)}</h1>`;
  ctx.body = { name: ctx.query.name };
});

router.post('/run', async (context) => {
  exec('build ' + context.request.body.target); // expect: shell-injection
  context.redirect(context.query.next); // expect: open-redirect
});

app.use(async (ctx, next) => {
  if (ctx.path.includes('..')) ctx.throw(400);
  fs.readFileSync('/srv/' + ctx.query.file); // expect: path-from-request
  if (!/^[a-z]+$/.test(ctx.query.known)) return;
  fs.readFileSync('/srv/' + ctx.query.known);
  await next();
});

app.use(router.routes());
