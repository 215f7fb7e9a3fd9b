// A peer to compare with: a chat room on Bun's server. Everyone is subscribed to one topic, and what one says is
// published to it, as in Bun's own chat example.
const server = Bun.serve({
    hostname: '127.0.0.1',
    port: Number(process.argv[2]),
    fetch(request, server) {
        if (server.upgrade(request)) return;
        return new Response('a WebSocket is expected here', { status: 426 });
    },
    websocket: {
        maxPayloadLength: 512,
        idleTimeout: 60,
        // 256 messages of the greatest length; who is further behind is closed, as at the others.
        backpressureLimit: 256 * 512,
        closeOnBackpressureLimit: true,
        perMessageDeflate: false,
        open(client) {
            client.subscribe('room');
        },
        message(client, message) {
            server.publish('room', message);
        },
    },
});
