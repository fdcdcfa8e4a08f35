// Modules are loaded when they are first used.
const lazy = (load) => {
  let value;
  return () => (value ??= load());
};

const zlib = lazy(() => require('zlib'));
const crypto = lazy(() => require('crypto'));

exports.pack = (data) => zlib().gzipSync(data);
exports.digest = (data) => crypto().createHash('sha256').update(data).digest('hex');
exports.token = () => crypto().randomBytes(32).toString('base64url');
