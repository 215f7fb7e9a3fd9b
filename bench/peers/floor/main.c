// The floor: what the system calls of a chat room cost any server. One thread waits for sockets with epoll, reads from each, joins
// the messages of a wake-up into one frame, a line each, and sends it to every client with one send. It has no limits and no
// timeouts, checks as little as it can, and waits for a client that does not read.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

enum { READ_BYTES = 1 << 16, JOINED_BYTES = 1 << 22, EVENTS = 1024, BACKLOG = 4096 };

struct client {
    int fd, at; // Its place among `clients`.
    int is_open, len;
    uint8_t *partial; // What was read of a frame or of a request's head that is not whole.
};

static struct client **clients;
static int count, room;
static uint8_t joined[10 + JOINED_BYTES]; // A header's place, and the lines.
static size_t said;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

// FIPS 180-4, 6.1, of a text of at most 119 bytes.
static void sha1(const char *text, size_t len, uint8_t digest[20]) {
    uint32_t h[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0}, w[80];
    uint8_t block[128] = {0};
    size_t blocks = len < 56 ? 1 : 2;
    memcpy(block, text, len);
    block[len] = 0x80;
    block[blocks * 64 - 2] = len >> 5;
    block[blocks * 64 - 1] = len << 3;
    for (size_t b = 0; b < blocks; b++) {
        uint32_t v[5];
        memcpy(v, h, sizeof v);
        for (int i = 0; i < 80; i++) {
            if (i < 16) {
                uint32_t word;
                memcpy(&word, block + b * 64 + i * 4, 4);
                w[i] = ntohl(word);
            } else {
                uint32_t x = w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16];
                w[i] = x << 1 | x >> 31;
            }
            uint32_t f = i < 20   ? (v[1] & v[2]) | (~v[1] & v[3])
                         : i < 40 ? v[1] ^ v[2] ^ v[3]
                         : i < 60 ? (v[1] & v[2]) | (v[1] & v[3]) | (v[2] & v[3])
                                  : v[1] ^ v[2] ^ v[3];
            static const uint32_t k[] = {0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC, 0xCA62C1D6};
            uint32_t next = (v[0] << 5 | v[0] >> 27) + f + v[4] + k[i / 20] + w[i];
            v[4] = v[3], v[3] = v[2], v[2] = v[1] << 30 | v[1] >> 2, v[1] = v[0], v[0] = next;
        }
        for (int i = 0; i < 5; i++) h[i] += v[i];
    }
    for (int i = 0; i < 20; i++) digest[i] = h[i / 4] >> (24 - i % 4 * 8);
}

// RFC 6455, 4.2.2.
static void upgrade(struct client *client, const char *head) {
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *header = strcasestr(head, "Sec-WebSocket-Key:");
    char key[64], accept[29] = {0}, answer[256];
    uint8_t digest[21] = {0};
    if (!header || sscanf(header + 18, " %24s", key) != 1) exit(2);
    strcat(key, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
    sha1(key, strlen(key), digest);
    for (int i = 0; i < 28; i++) {
        int bits = digest[i * 6 / 8] << 8 | digest[i * 6 / 8 + 1];
        accept[i] = alphabet[bits >> (10 - i * 6 % 8) & 63];
    }
    accept[27] = '=';
    int len = sprintf(answer, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                              "Sec-WebSocket-Accept: %s\r\n\r\n", accept);
    if (send(client->fd, answer, len, MSG_NOSIGNAL) == len) client->is_open = 1;
}

static void drop(struct client *client) {
    clients[client->at] = clients[--count];
    clients[client->at]->at = client->at;
    close(client->fd);
    free(client->partial);
    free(client);
}

// What was read: text frames are said, a close ends it. Returns what was used, or -1 when the client has gone.
static int parse(struct client *client, uint8_t *bytes, int len) {
    int at = 0;
    if (!client->is_open) {
        uint8_t *end = memmem(bytes, len, "\r\n\r\n", 4);
        if (!end) return 0;
        *end = 0;
        upgrade(client, (char *)bytes);
        at = end + 4 - bytes;
    }
    while (len - at >= 6) {
        int size = bytes[at + 1] & 127, head = size == 126 ? 8 : 6;
        if (size == 127) exit(3);
        if (len - at < head) break;
        if (size == 126) size = bytes[at + 2] << 8 | bytes[at + 3];
        if (len - at < head + size) break;
        uint8_t *mask = bytes + at + head - 4, *payload = bytes + at + head;
        if ((bytes[at] & 15) == 8) { // RFC 6455, 5.5.1: a close is answered by a close.
            send(client->fd, "\x88", 2, MSG_DONTWAIT | MSG_NOSIGNAL);
            return -1;
        }
        if ((bytes[at] & 15) == 1 && said + size < JOINED_BYTES) {
            if (said) joined[10 + said++] = '\n';
            for (int i = 0; i < size; i++) joined[10 + said + i] = payload[i] ^ mask[i & 3];
            said += size;
        }
        at += head + size;
    }
    return at;
}

static void on_readable(struct client *client) {
    static uint8_t buffer[READ_BYTES];
    int had = client->len;
    if (had) memcpy(buffer, client->partial, had);
    int len = recv(client->fd, buffer + had, READ_BYTES - had, MSG_DONTWAIT);
    if (len < 0 && (errno == EAGAIN || errno == EINTR)) return;
    int used = len > 0 ? parse(client, buffer, had + len) : -1;
    if (used < 0) {
        drop(client);
        return;
    }
    client->len = had + len - used;
    client->partial = realloc(client->partial, client->len ? client->len : 1);
    memcpy(client->partial, buffer + used, client->len);
}

static void broadcast(void) {
    uint8_t *frame = joined + 10;
    size_t size = said;
    if (said < 126) {
        *--frame = said;
    } else if (said < 65536) {
        *--frame = said, *--frame = said >> 8, *--frame = 126;
    } else {
        for (int i = 0; i < 8; i++) *--frame = (uint64_t)said >> (8 * i);
        *--frame = 127;
    }
    *--frame = 0x81;
    size += joined + 10 - frame;
    for (int i = 0; i < count; i++) {
        if (!clients[i]->is_open) continue;
        for (size_t sent = 0; sent < size;) {
            ssize_t n = send(clients[i]->fd, frame + sent, size - sent, MSG_DONTWAIT | MSG_NOSIGNAL);
            if (n > 0) {
                sent += n;
            } else if (errno == EAGAIN) {
                poll(&(struct pollfd){clients[i]->fd, POLLOUT, 0}, 1, -1);
            } else {
                break; // It has gone, and is told so by the next read.
            }
        }
    }
    said = 0;
}

int main(int arguments, char **argument) {
    if (arguments != 2) return fprintf(stderr, "usage: floor PORT\n"), 2;
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
    struct sockaddr_in address = {AF_INET, htons(atoi(argument[1])), {htonl(INADDR_LOOPBACK)}, {0}};
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, BACKLOG)) fail("floor");
    int ready = epoll_create1(0);
    epoll_ctl(ready, EPOLL_CTL_ADD, listener, &(struct epoll_event){EPOLLIN, {0}});
    for (struct epoll_event events[EVENTS];;) {
        int n = epoll_wait(ready, events, EVENTS, -1);
        for (int i = 0; i < n; i++) {
            if (events[i].data.ptr) {
                on_readable(events[i].data.ptr);
                continue;
            }
            int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
            if (fd < 0) continue;
            setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            if (count == room) clients = realloc(clients, (room += 1024) * sizeof *clients);
            struct client *client = clients[count] = calloc(1, sizeof *client);
            client->fd = fd, client->at = count++;
            epoll_ctl(ready, EPOLL_CTL_ADD, fd, &(struct epoll_event){EPOLLIN, {client}});
        }
        if (said) broadcast();
    }
}
