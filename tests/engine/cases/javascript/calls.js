// Names, objects, reflection and assembled strings.
import https, { request as ask } from 'node:https';
import * as crypto from 'crypto';
const { exec: run, ...rest } = require('child_process');
const cp = require('child_process');

https.request({ host: h, rejectUnauthorized: false }); // expect: tls
https.request({ host: h, rejectUnauthorized: !1 }); // expect: tls
ask({ rejectUnauthorized: 0 }); // expect: tls
https.request({ rejectUnauthorized: true });
const options = { host: h };
options.rejectUnauthorized = false;
https.request(options); // expect: tls
https.request({ ...options, port: 1 }); // expect: tls
https.request(Object.assign({}, { rejectUnauthorized: false })); // expect: tls
https['req' + 'uest'](options); // expect: tls
Reflect.get(https, 'request')(options); // expect: tls
run('ls ' + dir); // expect: shell
cp.exec('ls'); // expect: shell
cp.exec.call(null, 'ls'); // expect: shell
cp.exec.apply(null, ['ls']); // expect: shell
cp.exec.bind(null)('ls'); // expect: shell
(0, cp.exec)('ls'); // expect: shell
cp[atob('ZXhlYw==')]('ls'); // expect: shell
cp[String.fromCharCode(101, 120, 101, 99)]('ls'); // expect: shell
cp[['ex', 'ec'].join('')]('ls'); // expect: shell
cp['cexe'.split('').reverse().join('')]('ls'); // expect: shell
new Function("require('child_process').exec('ls')")(); // expect: shell
eval(input); // expect: code
crypto.createHash('md5'); // expect: hash
crypto.createHash(`md${5}`); // expect: hash
const [one, two] = [cp.exec, 2];
one('ls'); // expect: shell
const token = Math.random().toString(36); // expect: token
const delay = Math.random();

class Store {
  table = 'users';
  constructor(pool) {
    this.runner = cp.exec;
    this.pool = pool;
  }
  find(id) {
    return this.pool.query(`select * from t where id = ${id}`); // expect: sql
  }
  run() {
    this.runner('ls'); // expect: shell
  }
  safe(id) {
    return this.pool.query('select * from t where id = ?', [id]);
  }
}

app.get('/x', (req, res) => {
  eval(req.query.code); // expect: code
  const inner = (command) => cp.exec(command); // expect: shell
});

(function (win) {
  const hidden = require('child_process');
  function nested(command) {
    hidden['ex' + 'ec'](command); // expect: shell
  }
  app.debug = true; // expect: debug
})(window);

const insecure = ({ verify = false }) => ask({ rejectUnauthorized: verify }); // expect: tls
