// A peer to compare with: a chat room on uWebSockets. Everyone is subscribed to one topic, and what one says is
// published to it, as in its own examples.
#include <cstdlib>
#include <iostream>

#include "App.h"

struct Client {};

int main(int argc, char **argv) {
    if (argc != 2) {
        std::cerr << "usage: uwebsockets PORT\n";
        return 2;
    }
    uWS::App app;
    app.ws<Client>("/ws", {
        .compression = uWS::DISABLED,
        .maxPayloadLength = 512,
        .idleTimeout = 60,
        // 256 messages of the greatest length; who is further behind is closed, as at the others.
        .maxBackpressure = 256 * 512,
        .closeOnBackpressureLimit = true,
        .open = [](auto *client) { client->subscribe("room"); },
        .message = [&app](auto *, std::string_view message, uWS::OpCode) { app.publish("room", message, uWS::TEXT); },
    }).listen("127.0.0.1", std::atoi(argv[1]), [](auto *listening) {
        if (!listening) std::exit(1);
    }).run();
}
