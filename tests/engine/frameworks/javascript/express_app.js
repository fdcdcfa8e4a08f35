// Outside text in Express.
const { exec, execFile } = require('child_process');
const express = require('express');
const escapeHtml = require('escape-html');
const { Pool } = require('pg');

const app = express();
const router = express.Router();
const pool = new Pool();

app.get('/users/:name', async (req, res) => {
  const { name } = req.params;
  await pool.query(`SELECT * FROM users WHERE name = '${name}'`); // expect: sql-injection
  await pool.query('SELECT * FROM users WHERE name = $1', [name]);
  await pool.query(`SELECT * FROM users LIMIT ${Number(req.query.limit)}`);
  res.send(`<h1>${name}</h1>`); // expect: unescaped-html
});

router.post('/ping', (req, res) => {
  exec('ping ' + req.body.host); // expect: shell-injection
  execFile('ping', ['-c', '1', req.body.host]);
  res.redirect(req.query.next); // expect: open-redirect
});

router.get('/safe', function (req, res) {
  if (!['/a', '/b'].includes(req.query.next)) return res.status(400).end();
  res.send(`<h1>${escapeHtml(req.query.name)}</h1>`);
  res.redirect(req.query.next);
});

app.use('/api', router);
