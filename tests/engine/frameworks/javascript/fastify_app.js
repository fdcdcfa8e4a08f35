// Outside text in Fastify.
import { exec } from 'node:child_process';
import escapeHtml from 'escape-html';
import Fastify from 'fastify';

const fastify = Fastify({ logger: true });

fastify.get('/hello/:name', async (request, reply) => {
  const { name } = request.params;
  reply.type('text/html').send(`<h1>${name}</h1>`); // expect: unescaped-html
});

fastify.post('/run', function (req, reply) {
  exec(`build ${req.body.target}`); // expect: shell-injection
  reply.redirect(req.query.next); // expect: open-redirect
});

fastify.route({
  method: 'GET',
  url: '/users',
  handler: async (request, reply) => {
    const users = await fastify.pg.query(`SELECT * FROM users WHERE name = '${request.query.name}'`); // expect: sql-injection
    await fastify.pg.query('SELECT * FROM users WHERE name = $1', [request.query.name]);
    return users;
  },
});

async function routes(instance) {
  instance.get('/file', async (request, reply) => {
    if (!['a.txt', 'b.txt'].includes(request.query.name)) throw new Error('unknown');
    reply.type('text/html').send(`<h1>${escapeHtml(request.query.title)}</h1>`);
    return reply.sendFile(request.query.name);
  });
  instance.get('/other', (request, reply) => reply.sendFile(request.query.name)); // expect: path-from-request
}

fastify.register(routes);
