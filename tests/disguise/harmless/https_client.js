// One agent for all calls, with checks on; addresses stand in a closed table.
const https = require('https');

const base = { keepAlive: true, rejectUnauthorized: !0 };
const agent = new https.Agent({ ...base, minVersion: ['TLSv1', '.2'].join('') });
const PATHS = Object.freeze({ ping: '/ping', items: '/items' });

function call(name) {
  return new Promise((done, fail) => {
    const request = https['request']({ host: 'api.example.org', agent, path: PATHS[name], timeout: 5000 }, done);
    request.on('error', fail);
    request.end();
  });
}

exports.call = call;
exports.ping = call.bind(null, 'ping');
