// One agent for all calls, with checks on.
const https = require('https');

const base = { keepAlive: true, rejectUnauthorized: !0 };
const agent = new https.Agent({ ...base, minVersion: ['TLSv1', '.2'].join('') });

function call(path, options = {}) {
  const { method = 'GET', headers = {} } = options;
  return new Promise((done, fail) => {
    const request = https['request']({ host: 'api.example.org', headers, agent, method, path, timeout: 5000 }, done);
    request.on('error', fail);
    request.end();
  });
}

exports.call = call;
exports.ping = call.bind(null, '/ping');
