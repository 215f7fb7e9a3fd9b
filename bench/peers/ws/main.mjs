// A peer to compare with: a chat room on Node and ws. What one says is sent to everyone in a loop, as in the
// broadcast of ws's own documentation.
import { createRequire } from 'node:module';

// ws is wherever bench/compare had npm put it, which NODE_PATH says; only `require` looks there.
const { WebSocketServer, WebSocket } = createRequire(import.meta.url)('ws');

const server = new WebSocketServer({
    host: '127.0.0.1',
    port: Number(process.argv[2]),
    path: '/ws',
    maxPayload: 512,
    perMessageDeflate: false,
});

server.on('connection', (client) => {
    client.on('error', () => {}); // It is closed after this; nothing else is to be done.
    client.on('message', (message, isBinary) => {
        for (const other of server.clients) {
            if (other.readyState === WebSocket.OPEN) other.send(message, { binary: isBinary });
        }
    });
});
