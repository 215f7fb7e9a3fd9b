// A balancer for bin/cluster: it hands each connection to the next server that answers. Any other does as well (docs/CLUSTER.md).
//
//   node bin/balancer.js PORT SERVER_PORT...
import net from 'node:net';

const [port, ...servers] = process.argv.slice(2).map(Number);
let next = 0;

/** Hands a connection to a server; to another one where that does not answer. */
function hand(client, tries) {
  const server = servers[next++ % servers.length];
  const way = net.connect(server, '127.0.0.1');
  way.once('connect', () => {
    way.removeAllListeners('error');
    client.pipe(way).pipe(client);
    way.on('error', () => client.destroy());
    way.on('close', () => client.destroy());
    client.on('close', () => way.destroy());
  });
  way.once('error', () => (tries > 1 ? hand(client, tries - 1) : client.destroy()));
}

net
  .createServer((client) => {
    client.on('error', () => client.destroy());
    hand(client, servers.length);
  })
  .listen(port, '127.0.0.1');
