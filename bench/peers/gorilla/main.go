// Command gorilla is a peer to compare with: a chat room on gorilla/websocket, built as the classic
// example is (a hub, a client for each connection, a read pump and a write pump), in our own words.
package main

import (
	"bytes"
	"flag"
	"log"
	"net/http"
	"time"

	"github.com/gorilla/websocket"
)

const (
	writeWait    = 10 * time.Second
	pongWait     = 60 * time.Second
	pingPeriod   = 54 * time.Second // Less than pongWait.
	messageBytes = 512
	sendQueue    = 256
)

// Hub is the room: its one goroutine owns the clients.
type Hub struct {
	clients   map[*Client]struct{}
	broadcast chan []byte
	join      chan *Client
	leave     chan *Client
}

// Client stands between one connection and the hub.
type Client struct {
	hub  *Hub
	conn *websocket.Conn
	send chan []byte
}

func newHub() *Hub {
	return &Hub{
		clients:   make(map[*Client]struct{}),
		broadcast: make(chan []byte),
		join:      make(chan *Client),
		leave:     make(chan *Client),
	}
}

func (h *Hub) run() {
	for {
		select {
		case c := <-h.join:
			h.clients[c] = struct{}{}
		case c := <-h.leave:
			h.drop(c)
		case message := <-h.broadcast:
			for c := range h.clients {
				select {
				case c.send <- message:
				default: // It is a whole queue behind.
					h.drop(c)
				}
			}
		}
	}
}

// drop forgets a client and ends its write pump.
func (h *Hub) drop(c *Client) {
	if _, here := h.clients[c]; here {
		delete(h.clients, c)
		close(c.send)
	}
}

// readPump passes on what the client says until it is gone.
func (c *Client) readPump() {
	defer func() {
		c.hub.leave <- c
		c.conn.Close()
	}()
	alive := func(string) error { return c.conn.SetReadDeadline(time.Now().Add(pongWait)) }
	c.conn.SetReadLimit(messageBytes)
	c.conn.SetPongHandler(alive)
	alive("")
	for {
		_, message, err := c.conn.ReadMessage()
		if err != nil {
			return
		}
		c.hub.broadcast <- bytes.TrimSpace(bytes.ReplaceAll(message, []byte("\n"), []byte(" ")))
	}
}

// writePump writes what the hub queued, all that is there in one message, and pings.
func (c *Client) writePump() {
	ping := time.NewTicker(pingPeriod)
	defer func() {
		ping.Stop()
		c.conn.Close()
	}()
	for {
		var err error
		select {
		case message, open := <-c.send:
			c.conn.SetWriteDeadline(time.Now().Add(writeWait))
			if !open {
				c.conn.WriteMessage(websocket.CloseMessage, nil)
				return
			}
			err = c.writeQueued(message)
		case <-ping.C:
			c.conn.SetWriteDeadline(time.Now().Add(writeWait))
			err = c.conn.WriteMessage(websocket.PingMessage, nil)
		}
		if err != nil {
			return
		}
	}
}

// writeQueued writes the first message and those queued behind it, joined by newlines.
func (c *Client) writeQueued(first []byte) error {
	w, err := c.conn.NextWriter(websocket.TextMessage)
	if err != nil {
		return err
	}
	w.Write(first)
	for queued := len(c.send); queued > 0; queued-- {
		w.Write([]byte{'\n'})
		w.Write(<-c.send)
	}
	return w.Close()
}

func main() {
	addr := flag.String("addr", "127.0.0.1:8080", "address to listen on")
	flag.Parse()
	hub := newHub()
	go hub.run()
	upgrader := websocket.Upgrader{ReadBufferSize: 1024, WriteBufferSize: 1024}
	http.HandleFunc("/ws", func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return // Upgrade has answered.
		}
		client := &Client{hub: hub, conn: conn, send: make(chan []byte, sendQueue)}
		hub.join <- client
		go client.writePump()
		go client.readPump()
	})
	log.Fatal(http.ListenAndServe(*addr, nil))
}
