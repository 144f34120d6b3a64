import Fastify from 'fastify';

// The reference of the gateway's benchmark: a bare Fastify route that gives back what it gets.
const app = Fastify({ logger: false });
app.post('/echo', (request) => request.body);
await app.listen({ host: '127.0.0.1', port: 0 });
process.on('disconnect', () => process.exit(0));
process.send?.({ type: 'ready', url: app.listeningOrigin });
