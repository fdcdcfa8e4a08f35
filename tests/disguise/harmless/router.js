// Routes in a table; handlers are called by the method's name.
const http = require('http');

const routes = {
  'GET /health': (req, res) => res.end('ok'),
  'GET /version': (req, res) => res.end('1.0.0'),
};

const server = http.createServer((req, res) => {
  const handler = routes[`${req.method} ${new URL(req.url, 'https://localhost').pathname}`];
  if (!handler) {
    res.statusCode = 404;
    return res.end();
  }
  return handler(req, res);
});

server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1');
