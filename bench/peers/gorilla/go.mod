module chinwag/bench/peers/gorilla

go 1.21

require github.com/gorilla/websocket v1.5.0

// Debian's golang-github-gorilla-websocket-dev.
replace github.com/gorilla/websocket => /usr/share/gocode/src/github.com/gorilla/websocket
