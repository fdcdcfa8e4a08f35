// Layers of configuration, from defaults to the environment.
const defaults = { host: '127.0.0.1', port: 3000, tls: { rejectUnauthorized: true, minVersion: 'TLSv1.2' } };

function environment(prefix = 'APP_') {
  return Object.fromEntries(
    Object.entries(process.env)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length).toLowerCase(), value]),
  );
}

const config = Object.freeze({ ...defaults, ...environment() });

module.exports = { config, get: (path) => path.split('.').reduce((held, key) => held?.[key], config) };
