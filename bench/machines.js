// The cost of a receipt on several machines, beside one machine alone: two chats by turns in one run, the same client.
//
//   node bench/machines.js [ROUNDS] [SECONDS]
//
// Uses target/release/chinwag and the nats-server that `bin/test unit` or `bin/cluster` has installed (or NATS_SERVER), which syncs each
// message. One client has 1, 16, 256 and 1,024 messages of 100 bytes on their way, each said when another has its receipt.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';

const [rounds, seconds] = [Number(process.argv[2] ?? 3), Number(process.argv[3] ?? 4)];
const target = process.env.CARGO_TARGET_DIR ?? 'target';
const folder = mkdtempSync(join(tmpdir(), 'chinwag-machines-'));
const children = [];

function start(program, ...args) {
  children.push(spawn(program, args, { stdio: 'ignore' }));
}

/** Says messages for some seconds, so many at once. */
function say(port, open) {
  return new Promise((done, fail) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, 'chinwag.v1', { perMessageDeflate: false });
    const run = Math.random().toString(36).slice(2);
    const sent = new Map();
    const times = [];
    let count = 0;
    const one = () => {
      const cid = `${run}${count++}`;
      sent.set(cid, performance.now());
      socket.send(JSON.stringify({ type: 'say', room: 'lobby', cid, text: 'x'.repeat(100) }));
    };
    socket.on('error', fail);
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', name: run, rooms: { lobby: {} } })));
    socket.on('message', (data) => {
      for (const line of String(data).split('\n')) {
        if (line.startsWith('{"type":"caught_up"')) {
          for (let i = 0; i < open; i++) one();
          setTimeout(() => {
            socket.terminate();
            times.sort((a, b) => a - b);
            done({ rate: times.length / seconds, p50: times[times.length >> 1], p99: times[Math.floor(times.length * 0.99)] });
          }, seconds * 1000);
        } else if (line.startsWith('{"type":"receipt"')) {
          const { cid } = JSON.parse(line);
          times.push(performance.now() - sent.get(cid));
          sent.delete(cid);
          one();
        } else if (line.startsWith('{"type":"error"')) {
          fail(new Error(line));
        }
      }
    });
  });
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

try {
  const config = join(folder, 'nats.conf');
  writeFileSync(config, `listen: 127.0.0.1:24222\njetstream { store_dir: "${folder}/nats", sync_interval: always }\n`);
  start(process.env.NATS_SERVER ?? join(target, 'tools/nats-server/bin/nats-server'), '-c', config);
  await sleep(1000);
  const program = join(target, 'release/chinwag');
  start(program, '--addr', '127.0.0.1:28081', '--data', join(folder, 'alone'));
  start(program, '--addr', '127.0.0.1:28082', '--data', join(folder, 'member'), '--nats', 'nats://127.0.0.1:24222');
  await sleep(8000);
  console.log(`Medians of ${rounds} rounds of ${seconds} s: one machine alone, and one of several on a nats-server beside it.`);
  for (const open of [1, 16, 256, 1024]) {
    const all = { alone: [], member: [] };
    for (let round = 0; round < rounds; round++) {
      all.alone.push(await say(28081, open));
      all.member.push(await say(28082, open));
    }
    const ratios = all.member.map(({ rate }, round) => (100 * rate) / all.alone[round].rate);
    const of = (name, what) => median(all[name].map((round) => round[what]));
    const words = (name) => `${of(name, 'rate').toFixed(0)} msg/s, p50 ${of(name, 'p50').toFixed(2)} ms, p99 ${of(name, 'p99').toFixed(1)} ms`;
    console.log(`${open} open: alone ${words('alone')}; member ${words('member')}; ${median(ratios).toFixed(0)} %`);
  }
} finally {
  children.forEach((child) => child.kill('SIGKILL'));
  await sleep(200);
  rmSync(folder, { recursive: true, force: true });
}
